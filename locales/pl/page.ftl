# Polish: not checked by a native reader yet.

signpost = Signpost
skip-to-content = Przejdź do głównej treści
find-a-place = Znajdź placówkę
find-another-place = Znajdź inną placówkę
staff-sign-in = Logowanie dla pracowników
accessibility-link = Dostępność
support-links = Linki pomocnicze
back = Wstecz
languages = Języki
in-english = Po angielsku:
awaiting-check = Osoba mówiąca po polsku jeszcze nie sprawdziła tego tekstu. Jeśli coś jest niejasne, prosimy przeczytać stronę po angielsku.
read-in-english = Przeczytaj tę stronę po angielsku
information = Informacja
immediate-action = Trzeba działać natychmiast
urgent-advice = Pilna porada
non-urgent-advice = Porada, gdy sprawa nie jest pilna

checked-at = Sprawdzono o { $time }.
next-update-by = Następna aktualizacja najpóźniej o { $time }.
phone = Telefon:
use-this-number = Na razie prosimy dzwonić pod ten numer:
cannot-phone = W tej chwili nie można się do nas dodzwonić.
may-not-phone = Możliwe, że nie uda się do nas dodzwonić.
page-changed = Ta strona się zmieniła.
page-changed-reload = Ta strona się zmieniła. Prosimy ją odświeżyć, aby zobaczyć, co nowego.
could-not-check = Nie udało się sprawdzić, czy są zmiany. Możliwe, że urządzenie nie ma połączenia z internetem.

update-late = Następna aktualizacja się spóźnia
update-was-due = Miała być o { $time }.
information-old = Te informacje są stare
last-heard = Ostatnią wiadomość dostaliśmy o { $time }.
next-was-due = Następna aktualizacja miała być o { $time }.
only-good-until = Informacje, które dostaliśmy, były ważne tylko do { $time }.

place-says = { $name } informuje
what-works = Co działa, a co nie działa
no-problem-with = Brak zgłoszonych problemów: { $lines }.
phone-instead = Zamiast tego prosimy zadzwonić pod { $number }.
front-desk-if-urgent = Jeśli sprawa jest pilna, prosimy przyjść do recepcji.
not-known = Nie wiadomo
line-was-good-until = Ta informacja była ważna tylko do { $time }:
line-not-known = Nie wiemy, czy jest nadal prawidłowa.
for-the-morning = Dotyczy tylko przedpołudnia { $date }.
for-the-afternoon = Dotyczy tylko popołudnia { $date }.
we-said = Podaliśmy to o { $time }.
they-said = { $name }: tę informację podano o { $time }.
they-took-back = { $name }: tę informację wycofano o { $time }.
surgeries-have-a-problem = Niektóre przychodnie GP, które wysyłają tu recepty, mają problem. Recepta może do nas dotrzeć później.
surgeries-reported = { $name }: problem w przychodniach GP zgłoszono o { $time }.

we-reported = { $kind ->
        [pharmacy] Zgłosiła to ta apteka.
        [hospital] Zgłosił to ten szpital.
        [surgery] Zgłosiła to ta przychodnia GP.
       *[organisation] My to zgłosiliśmy.
    }
they-reported = Problem zgłasza { $name }.
they-said-over = { $name } informuje, że ten problem już minął.
they-said-system-over = { $name } informuje, że problem już minął: { $system }.
they-said-other-over = { $name } informuje, że inny problem już minął.
not-confirmed-yet = { $kind ->
        [pharmacy] Ta apteka jeszcze tego nie potwierdziła.
        [hospital] Ten szpital jeszcze tego nie potwierdził.
        [surgery] Ta przychodnia GP jeszcze tego nie potwierdziła.
       *[organisation] Jeszcze tego nie potwierdziliśmy.
    }
not-known-if-affected = { $kind ->
        [pharmacy] Nie wiemy, czy problem dotyczy tej apteki.
        [hospital] Nie wiemy, czy problem dotyczy tego szpitala.
        [surgery] Nie wiemy, czy problem dotyczy tej przychodni GP.
       *[organisation] Nie wiemy, czy problem dotyczy tej organizacji.
    }
confirmed-at = { $kind ->
        [pharmacy] Ta apteka podała o { $time }, że problem jej dotyczy.
        [hospital] Ten szpital podał o { $time }, że problem go dotyczy.
        [surgery] Ta przychodnia GP podała o { $time }, że problem jej dotyczy.
       *[organisation] Podaliśmy o { $time }, że problem nas dotyczy.
    }
said-not-affected = { $kind ->
        [pharmacy] Ta apteka podała o { $time }, że problem jej nie dotyczy.
        [hospital] Ten szpital podał o { $time }, że problem go nie dotyczy.
        [surgery] Ta przychodnia GP podała o { $time }, że problem jej nie dotyczy.
       *[organisation] Podaliśmy o { $time }, że problem nas nie dotyczy.
    }
is-busier = Jest tam większy ruch niż zwykle.
said-recovered = { $kind ->
        [pharmacy] Ta apteka podała o { $time }, że wszystko wróciło tu do normy.
        [hospital] Ten szpital podał o { $time }, że wszystko wróciło tu do normy.
        [surgery] Ta przychodnia GP podała o { $time }, że wszystko wróciło tu do normy.
       *[organisation] Podaliśmy o { $time }, że wszystko wróciło u nas do normy.
    }
they-said-affected-here = { $name } podaje w imieniu tej placówki o { $time }, że problem jej dotyczy.
they-said-not-affected-here = { $name } podaje w imieniu tej placówki o { $time }, że problem jej nie dotyczy.
they-said-recovered-here = { $name } podaje w imieniu tej placówki o { $time }, że wszystko wróciło do normy.
reported-by = Problem zgłasza { $name }.
confirmed-by = Problem potwierdza { $name }.
not-confirmed-by = { $name }: jeszcze brak potwierdzenia.
not-affected-by = Problem nie dotyczy: { $name }.
recovered-by = { $name }: wszystko wróciło do normy.
affected-said-by = { $name } podaje, że problem dotyczy: { $place }.
not-affected-said-by = { $name } podaje, że problem nie dotyczy: { $place }.
recovered-said-by = { $name } podaje, że wszystko wróciło do normy: { $place }.

what-to-do = Co zrobić zamiast tego
if-you-need-help = Jeśli potrzebna jest pomoc
call-999-if = Prosimy natychmiast zadzwonić pod 999, jeśli:
heart-attack-or-stroke = ktoś ma objawy zawału serca lub udaru mózgu
struggling-to-breathe = ktoś z trudem oddycha
bleeding = ktoś krwawi i krwawienie nie ustaje
cannot-be-woken = kogoś nie można obudzić
emergency-help = Pomoc w nagłym wypadku lub przy zagrożeniu życia
use-111-if = Prosimy skorzystać z pomocy NHS 111, jeśli:
need-help-now = pomoc medyczna jest potrzebna teraz, a nie jest to nagły wypadek ani zagrożenie życia
cannot-reach-us = nie można się z nami skontaktować, a sprawa nie może czekać
how-to-use-111 = Prosimy wejść na 111.nhs.uk lub zadzwonić pod 111. W sprawie dziecka poniżej 5 lat prosimy nie używać tej strony, tylko zadzwonić pod 111.
help-now = Jeśli pomoc jest potrzebna teraz
ask-a-pharmacist-if = Prosimy zapytać farmaceutę, jeśli:
minor-illness = dolegliwość jest lekka, na przykład kaszel, ból ucha lub ból gardła
medicine-question = mają Państwo pytanie o lek
ask-another-pharmacy-if = Prosimy zapytać w innej aptece, jeśli:
need-medicine-today = lek jest potrzebny dzisiaj, a my go nie mamy
cannot-wait-for-medicine = nie można czekać na lek
in-an-emergency = W nagłym wypadku lub przy zagrożeniu życia prosimy dzwonić pod 999.
need-medical-help = Jeśli pomoc medyczna jest potrzebna teraz, a nie jest to stan zagrożenia życia, prosimy użyć 111.nhs.uk lub zadzwonić pod 111.

what-happened = Co się stało
problems-elsewhere = Problemy w innych miejscach
what-we-know = Co o tym wiemy
over-lately = Zakończone w ostatnich 24 godzinach
what-happened-then = Co się działo
all-updates = Zobacz wszystkie informacje o tym problemie
taken-back = Wycofaliśmy tę informację o { $time }. Prosimy z niej nie korzystać.
do-not-use = Prosimy z niej nie korzystać.
correction = Sprostowanie
began-at = Początek: { $time }.
ended-at = Koniec: { $time }.

be-told = Powiadomienie, gdy to się zmieni
get-updates = Powiadomienia e-mailem lub SMS-em: { $name }
see-past-problems = Zobacz poprzednie problemy
other-forms = Inne sposoby czytania tej strony
print-poster = Wydrukuj plakat na drzwi
waiting-room-screen = Pokaż to na ekranie w poczekalni
put-on-website = Umieść ten komunikat na stronie internetowej
for-computers = Dla komputerów:
atom-feed = kanał Atom
rss-feed = kanał RSS
status-json = stan jako JSON

past-problems = Poprzednie problemy
place-now = { $name } teraz
no-problems = Nie zgłoszono tutaj żadnych problemów.
feed-of-updates = Kanał z tymi aktualizacjami

search-title = Znajdź swoją przychodnię GP, szpital lub aptekę
search-heading = Czy Państwa przychodnia GP, szpital lub apteka działa jak zwykle?
all-places = Wszystkie placówki według miejscowości
search-hint = Prosimy wpisać nazwę, miejscowość, kod pocztowy lub kod placówki
search-button = Szukaj
search-places-for = Placówki dla „{ $query }”
search-none = Nie możemy znaleźć placówki dla „{ $query }”
search-you-can = Można:
search-check-spelling = sprawdzić pisownię
search-shorter = wpisać krótszą nazwę lub samą miejscowość
search-half-postcode = wpisać pierwszą połowę kodu pocztowego
search-found = { $count ->
        [one] { $count } placówka dla „{ $query }”
        [few] { $count } placówki dla „{ $query }”
        [many] { $count } placówek dla „{ $query }”
       *[other] { $count } placówki dla „{ $query }”
    }
search-first = Pierwsze placówki ({ $count }) dla „{ $query }”
search-add-town = Prosimy dodać miejscowość lub kod pocztowy, aby zobaczyć mniej placówek.
search-kind-and-code = { $kind }, kod { $code }
not-found-title = Nie możemy znaleźć tej placówki
not-found-text = Adres może być źle wpisany lub placówka mogła zostać zamknięta.
