# Romanian: not checked by a native reader yet.

get-updates-by = Primiți noutăți prin e-mail sau SMS
get-updates-title = Primiți noutăți: { $name }
we-tell-you = Vă anunțăm când ceva nu mai funcționează aici și când funcționează din nou.
how-to-tell = Cum să vă anunțăm?
email = E-mail
text-message = SMS
which-language = Ce limbă să folosim?
which-services = Despre ce doriți să vă anunțăm?
which-services-hint = Nu alegeți nimic pentru a fi anunțat despre toate.
only-about = Numai despre: { $services }
contact-label = Adresa dumneavoastră de e-mail sau numărul de mobil
contact-hint = Un număr de mobil are 11 cifre, de exemplu 07700 900123
continue = Continuați
what-we-do = Ce facem cu datele dumneavoastră de contact
we-keep-only = Păstrăm doar această adresă sau acest număr și unitățile și serviciile pe care le alegeți. Nu vă întrebăm numele și nimic despre sănătatea dumneavoastră.
we-keep-locked = Păstrăm aceste date în siguranță și le ștergem când renunțați. Puteți renunța oricând, cu o singură apăsare sau răspunzând STOP.
we-keep-locked-link = Păstrăm aceste date în siguranță și le ștergem când renunțați. Puteți renunța oricând, cu o singură apăsare.
error-prefix = Eroare:
there-is-a-problem = Există o problemă
error-mark = Eroare:

check-your-phone = Verificați telefonul
check-your-email = Verificați e-mailul
sent-a-text = Am trimis un SMS cu un cod la { $contact }. Poate dura câteva minute.
sent-an-email = Am trimis un e-mail cu un cod și un link la { $contact }. Poate dura câteva minute, așa că verificați și dosarul spam.
enter-code-text = Introduceți codul aici. Nu trimitem noutăți înainte de aceasta.
enter-code-email = Introduceți codul aici sau folosiți linkul din e-mail. Nu trimitem noutăți înainte de aceasta.
not-set-up = Nu putem trimite încă e-mailuri sau SMS-uri aici. Uitați-vă în schimb la pagina web.
not-sent = Nu s-a trimis niciun mesaj
not-sent-to = Nu am trimis nimic la { $contact }. Mesajele nu sunt încă activate aici.
code-is-kept = Personalul de aici poate citi codul. Introduceți-l mai jos.
signed-up = V-ați înscris
code = Cod
six-digits = 6 cifre
change-contact = Schimbați datele de contact
get-updates-button = Primiți noutăți

get-updates-about = Vreți să primiți noutăți despre { $name }?
we-send-them-to = Le trimitem la { $contact }.
yes-get-updates = Da, vreau noutăți
did-not-ask = Dacă nu ați cerut acest lucru, închideți pagina. Nu se trimite nimic.

you-will-get-updates = Veți primi noutăți
tell-you-by-email = Vă vom anunța prin e-mail când se schimbă ceva.
tell-you-by-text = Vă vom anunța prin SMS când se schimbă ceva.
tell-you-by-whatsapp = Vă vom anunța prin WhatsApp când se schimbă ceva.
change-or-stop = Schimbați sau opriți noutățile
see-how-it-is = Vedeți cum este acum: { $name }

your-updates = Noutățile dumneavoastră
send-by-email-to = Le trimitem prin e-mail la { $contact }.
send-by-text-to = Le trimitem prin SMS la { $contact }.
send-by-whatsapp-to = Le trimitem prin WhatsApp la { $contact }.
no-updates-now = În prezent nu primiți noutăți.
places-you-follow = Unități medicale despre care primiți noutăți
stop-these = Opriți aceste noutăți
stop-these-about = Opriți aceste noutăți despre { $name }
removed = Am șters. Nu veți mai primi mesaje despre această unitate.
change-language = Schimbați limba
language-changed = De acum înainte folosim această limbă.
stop-everything = Opriți tot
delete-number = Vă ștergem numărul imediat.
delete-address = Vă ștergem adresa imediat.
stop-all = Opriți toate mesajele
success = Gata

no-more-messages = Nu mai primiți mesaje
deleted-contact = V-am șters datele de contact
still-look = Puteți vedea în continuare pagina oricărei unități medicale.

link-is-old = Acest link nu mai funcționează
link-is-old-text = A fost deja folosit sau este prea vechi. Nu s-a schimbat nimic.
ask-again = Ca să primiți noutăți, găsiți unitatea medicală și cereți-le din nou.

device-heading = Pe acest telefon sau calculator
device-text = Browserul vă arată o notificare când se schimbă ceva aici. Nu avem nevoie de adresa de e-mail sau de numărul dumneavoastră.
device-button = Primiți notificări pe acest dispozitiv
device-denied = Acest browser nu ne lasă să arătăm notificări. Schimbați acest lucru în setările lui sau alegeți e-mail sau SMS.
device-failed = Notificările nu au funcționat în acest browser. Încercați din nou sau alegeți e-mail sau SMS.
tell-you-on-device = Vă vom arăta o notificare pe acest dispozitiv când se schimbă ceva.
show-on-device = Le arătăm ca notificări pe un singur dispozitiv.
delete-device = Uităm imediat acest dispozitiv.

choose-channel = Alegeți cum să vă anunțăm.
choose-language = Alegeți una dintre limbi.
enter-contact = Introduceți o adresă de e-mail sau un număr de mobil.
enter-email = Introduceți o adresă de e-mail în forma corectă, de exemplu name@example.com.
enter-mobile = Introduceți un număr de mobil din Regatul Unit, de exemplu 07700 900 982.
code-is-wrong = Acest cod nu este corect. Verificați-l și introduceți-l din nou.
code-is-old = Acest cod nu mai funcționează. Înscrieți-vă din nou ca să primiți unul nou.
