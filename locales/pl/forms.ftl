# Polish: not checked by a native reader yet.

get-updates-by = Powiadomienia e-mailem lub SMS-em
get-updates-title = Powiadomienia: { $name }
we-tell-you = Powiadamiamy, gdy coś tutaj przestaje działać i gdy znowu działa.
how-to-tell = Jak mamy powiadamiać?
email = E-mail
text-message = SMS
which-language = W jakim języku mamy pisać?
which-services = O czym chcesz otrzymywać wiadomości?
which-services-hint = Nie wybieraj nic, aby otrzymywać wiadomości o wszystkim.
only-about = Tylko o: { $services }
contact-label = Adres e-mail lub numer telefonu komórkowego
contact-hint = Numer telefonu komórkowego ma 11 cyfr, na przykład 07700 900123
continue = Dalej
what-we-do = Co robimy z Państwa danymi kontaktowymi
we-keep-only = Przechowujemy tylko ten jeden adres lub numer i wybrane placówki i usługi. Nie pytamy o imię i nazwisko ani o stan zdrowia.
we-keep-locked = Chronimy te dane i usuwamy je po rezygnacji. Zrezygnować można w każdej chwili jednym naciśnięciem lub odpowiedzią STOP.
we-keep-locked-link = Chronimy te dane i usuwamy je po rezygnacji. Zrezygnować można w każdej chwili jednym naciśnięciem.
error-prefix = Błąd:
there-is-a-problem = Wystąpił problem
error-mark = Błąd:

check-your-phone = Prosimy sprawdzić telefon
check-your-email = Prosimy sprawdzić e-mail
sent-a-text = Wysłaliśmy SMS z kodem na numer { $contact }. Może dojść po kilku minutach.
sent-an-email = Wysłaliśmy e-mail z kodem i linkiem na adres { $contact }. Może dojść po kilku minutach. Prosimy sprawdzić też folder ze spamem.
enter-code-text = Prosimy wpisać tutaj kod. Wcześniej nie wysyłamy żadnych powiadomień.
enter-code-email = Prosimy wpisać tutaj kod lub użyć linku z e-maila. Wcześniej nie wysyłamy żadnych powiadomień.
not-set-up = Nie możemy tu jeszcze wysyłać e-maili ani SMS-ów. Prosimy zajrzeć na stronę internetową.
not-sent = Nie wysłano żadnej wiadomości
not-sent-to = Nie wysłaliśmy niczego na { $contact }. Wiadomości nie są tu jeszcze włączone.
code-is-kept = Personel może tu odczytać kod. Prosimy wpisać go poniżej.
signed-up = Zgłoszenie jest zapisane
code = Kod
six-digits = 6 cyfr
change-contact = Zmiana danych kontaktowych
get-updates-button = Włącz powiadomienia

get-updates-about = Czy włączyć powiadomienia: { $name }?
we-send-them-to = Wysyłamy je na: { $contact }.
yes-get-updates = Tak, włącz powiadomienia
did-not-ask = Jeśli to nie Państwa prośba, prosimy zamknąć tę stronę. Nic nie zostanie wysłane.

you-will-get-updates = Powiadomienia są włączone
tell-you-by-email = Gdy coś się zmieni, wyślemy e-mail.
tell-you-by-text = Gdy coś się zmieni, wyślemy SMS.
tell-you-by-whatsapp = Gdy coś się zmieni, wyślemy wiadomość przez WhatsApp.
change-or-stop = Zmiana lub wyłączenie powiadomień
see-how-it-is = Jak jest teraz: { $name }

your-updates = Państwa powiadomienia
send-by-email-to = Wysyłamy je e-mailem na adres { $contact }.
send-by-text-to = Wysyłamy je SMS-em na numer { $contact }.
send-by-whatsapp-to = Wysyłamy je przez WhatsApp na numer { $contact }.
no-updates-now = W tej chwili nie wysyłamy Państwu żadnych powiadomień.
places-you-follow = Placówki, o których wysyłamy powiadomienia
stop-these = Wyłącz te powiadomienia
stop-these-about = Wyłącz te powiadomienia: { $name }
removed = Usunięto. Nie będzie więcej wiadomości o tej placówce.
change-language = Zmień język
language-changed = Od teraz będziemy pisać w tym języku.
stop-everything = Wyłączenie wszystkiego
delete-number = Od razu usuwamy numer telefonu.
delete-address = Od razu usuwamy adres.
stop-all = Wyłącz wszystkie wiadomości
success = Udało się

no-more-messages = Nie będziemy już wysyłać wiadomości
deleted-contact = Usunęliśmy Państwa dane kontaktowe
still-look = Nadal można oglądać stronę każdej placówki.

link-is-old = Ten link już nie działa
link-is-old-text = Link został już użyty lub jest za stary. Nic nie zostało zmienione.
ask-again = Aby dostawać powiadomienia, prosimy znaleźć placówkę i ponownie o nie poprosić.

device-heading = Na tym telefonie lub komputerze
device-text = Gdy coś się tutaj zmieni, przeglądarka pokaże powiadomienie. Nie potrzebujemy adresu e-mail ani numeru.
device-button = Włącz powiadomienia na tym urządzeniu
device-denied = Ta przeglądarka nie pozwala nam pokazywać powiadomień. Prosimy zmienić to w jej ustawieniach albo wybrać e-mail lub SMS.
device-failed = Powiadomienia nie zadziałały w tej przeglądarce. Prosimy spróbować ponownie albo wybrać e-mail lub SMS.
tell-you-on-device = Gdy coś się zmieni, pokażemy powiadomienie na tym urządzeniu.
show-on-device = Pokazujemy je jako powiadomienia na jednym urządzeniu.
delete-device = Od razu usuwamy dane tego urządzenia.

choose-channel = Prosimy wybrać, jak mamy powiadamiać.
choose-language = Prosimy wybrać jeden z języków.
enter-contact = Prosimy wpisać adres e-mail lub numer telefonu komórkowego.
enter-email = Prosimy wpisać adres e-mail w poprawnej formie, na przykład name@example.com.
enter-mobile = Prosimy wpisać brytyjski numer telefonu komórkowego, na przykład 07700 900 982.
code-is-wrong = Ten kod jest niepoprawny. Prosimy go sprawdzić i wpisać jeszcze raz.
code-is-old = Ten kod już nie działa. Aby dostać nowy, prosimy zapisać się ponownie.
