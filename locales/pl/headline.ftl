# Polish: not checked by a native reader yet.

headline-normal = Brak znanych problemów
headline-busy = Większy ruch niż zwykle
headline-limited = Niektóre rzeczy nie działają
headline-serious = Poważne problemy
headline-closed = Wizyty się nie odbywają
headline-shut = Zamknięte
headline-catching_up = Znowu działa, nadrabiamy zaległości
headline-not_confirmed = Niepotwierdzone
headline-unknown = Nie wiemy

come-in-as-usual = Prosimy przyjść jak zwykle.
we-are-busier = Mamy większy ruch niż zwykle.
not-known-if-right = Nie wiemy, czy te informacje są nadal prawidłowe.
contact-before-you-come = Prosimy skontaktować się z nami przed przyjściem.
no-medicines-here = W tej chwili nie można tu otrzymać leków. Prosimy iść do innej apteki.
call-111-for-medicine = Prosimy zadzwonić pod 111, jeśli lek jest potrzebny dzisiaj.
some-have-a-problem = Niektóre placówki mają problem z komputerami.
not-said-if-affected = { $kind ->
        [pharmacy] Ta apteka nie podała, czy problem jej dotyczy.
        [hospital] Ten szpital nie podał, czy problem go dotyczy.
        [surgery] Ta przychodnia GP nie podała, czy problem jej dotyczy.
       *[organisation] Nie podaliśmy, czy problem nas dotyczy.
    }
not-confirmed-over = { $kind ->
        [pharmacy] Ta apteka nie potwierdziła, że problem już minął.
        [hospital] Ten szpital nie potwierdził, że problem już minął.
        [surgery] Ta przychodnia GP nie potwierdziła, że problem już minął.
       *[organisation] Nie potwierdziliśmy, że problem już minął.
    }
may-not-be-open = { $kind ->
        [pharmacy] Nie wiemy, czy ta apteka jest otwarta.
        [hospital] Nie wiemy, czy ten szpital jest otwarty.
        [surgery] Nie wiemy, czy ta przychodnia GP jest otwarta.
       *[organisation] Nie wiemy, czy ta organizacja jest otwarta.
    }
has-closed-for-good = { $kind ->
        [pharmacy] Ta apteka została zamknięta na stałe. Prosimy znaleźć inną.
        [hospital] Ten szpital został zamknięty na stałe. Prosimy znaleźć inny.
        [surgery] Ta przychodnia GP została zamknięta na stałe. Prosimy znaleźć inną.
       *[organisation] Ta organizacja została zamknięta na stałe. Prosimy znaleźć inną.
    }
area-problem = Niektóre usługi NHS w tym rejonie mają problem.
area-look-up = Prosimy wyszukać swoją przychodnię GP, szpital lub aptekę.
area-look-up-problem = Prosimy wyszukać swoją przychodnię GP, szpital lub aptekę i sprawdzić, czy jest tam problem.

stage-investigating = Ustalamy, na czym polega problem
    .text = Ustalamy, na czym polega problem.
stage-identified = Wiemy, na czym polega problem
    .text = Wiemy, na czym polega problem. Pracujemy nad naprawą.
stage-limited = Znowu działa częściowo
    .text = Niektóre nasze systemy znowu działają. Inne nadal nie działają.
stage-catching_up = Znowu działa, nadrabiamy zaległości
    .text = Nasze systemy znowu działają. Nadrabiamy zaległości.
stage-monitoring = Znowu działa, obserwujemy
    .text = Nasze systemy znowu działają. Nadrabiamy zaległości.
stage-resolved = Wróciło do normy
    .text = Ten problem już minął.
stage-elsewhere = Zgłoszone, tutaj niepotwierdzone
    .text = Zgłoszono problem. Nie wiemy, czy ten problem jest tutaj.
stage-said-over = Podobno minęło
stage-withdrawn = Wycofane

kind-surgery = przychodnia GP
kind-pharmacy = apteka
kind-hospital = szpital
kind-trust = organizacja NHS (trust)
kind-region = region NHS
kind-board = rada zdrowia (health board)
kind-nhs = NHS
kind-organisation = organizacja
