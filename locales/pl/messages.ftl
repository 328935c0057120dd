# Polish: not checked by a native reader yet.

correction-mark = Sprostowanie: { $text }
name-and-text = { $name }: { $text }
what-we-told-was-wrong = Nasza poprzednia informacja była błędna.
problem-with-system = Problem już minął: { $system }.
problem-is-over = Problem już minął.
one-problem-is-over = Jeden problem już minął. Inny nadal trwa.
problem-over-subject = { $system ->
        [none] problem już minął
       *[other] problem już minął: { $system }
    }
back-to-normal = U nas wszystko wróciło do normy.
back-to-normal-subject = wszystko wróciło do normy
working-again-subject = znowu działa, nadrabiamy zaległości
partly-working-subject = znowu działa częściowo
some-working-again = { $system ->
        [none] Część rzeczy znowu działa, ale jeszcze nie wszystko jest jak zwykle.
       *[other] { $system } znowu działa, ale jeszcze nie wszystko jest jak zwykle.
    }
urgent-help = Jeśli pilnie potrzebna jest pomoc, prosimy użyć 111.nhs.uk lub zadzwonić pod 111. W nagłym wypadku lub przy zagrożeniu życia prosimy dzwonić pod 999.
full-information = Pełna informacja
full-information-at = Pełna informacja: { $url }
stop-emails = Wyłącz te e-maile
stop-emails-at = Wyłączenie tych e-maili: { $url }
stop-texts-at = Rezygnacja: { $url }
you-asked = Wysyłamy powiadomienia na Państwa prośbę. Placówka: { $name }.

confirm-subject = Prosimy potwierdzić, że chcą Państwo dostawać wiadomości: { $name }
confirm-headline = Prosimy potwierdzić, że chcą Państwo dostawać wiadomości o zmianach. Placówka: { $name }.
confirm-open-link = Prosimy otworzyć ten link i nacisnąć przycisk: { $link }
confirm-or-code = Można też wpisać ten kod: { $code }
confirm-24-hours = Link i kod działają przez 24 godziny.
confirm-not-asked = Jeśli to nie Państwa prośba, nie trzeba nic robić. Nie będziemy więcej pisać.
confirm-short = Kod: { $code }. Jeśli to nie Państwa prośba, nie trzeba nic robić.

## Answers to a text: START, HELP, STATUS

text-started = Znowu będziemy wysyłać wiadomości. Aby je wyłączyć, prosimy odpisać STOP.
text-nobody = Na ten numer nic nie wysyłamy. Tu można wybrać placówki, o których chcą Państwo wiedzieć: { $url }
text-help = Zmiana lub wyłączenie wiadomości: { $url } Można też odpisać STOP. Odpisanie STATUS pokaże obecną sytuację.
