# Romanian: not checked by a native reader yet.

correction-mark = Corectare: { $text }
name-and-text = { $name }: { $text }
what-we-told-was-wrong = Ce v-am spus înainte a fost greșit.
problem-with-system = Problema cu { $system } s-a terminat.
problem-is-over = Problema s-a terminat.
one-problem-is-over = O problemă s-a terminat. O alta continuă.
problem-over-subject = { $system ->
        [none] problema s-a terminat
       *[other] problema cu { $system } s-a terminat
    }
back-to-normal = La noi totul este din nou normal.
back-to-normal-subject = totul este din nou normal
working-again-subject = funcționează din nou, recuperăm întârzierile
partly-working-subject = funcționează din nou parțial
some-working-again = { $system ->
        [none] Unele lucruri funcționează din nou, dar nu totul este ca de obicei.
       *[other] { $system } funcționează din nou, dar nu totul este ca de obicei.
    }
urgent-help = Dacă aveți nevoie urgent de ajutor, folosiți 111.nhs.uk sau sunați la 111. Într-o urgență gravă, sunați la 999.
full-information = Informații complete
full-information-at = Informații complete: { $url }
stop-emails = Opriți aceste e-mailuri
stop-emails-at = Opriți aceste e-mailuri: { $url }
stop-texts-at = Pentru a opri: { $url }
you-asked = Ați cerut să vă anunțăm despre { $name }.

confirm-subject = Confirmați că vreți mesaje de la { $name }
confirm-headline = Confirmați că vreți mesaje când se schimbă ceva la { $name }.
confirm-open-link = Deschideți acest link și apăsați butonul: { $link }
confirm-or-code = Sau introduceți acest cod: { $code }
confirm-24-hours = Linkul și codul funcționează timp de 24 de ore.
confirm-not-asked = Dacă nu ați cerut acest lucru, nu faceți nimic. Nu vă vom mai scrie.
confirm-short = Codul este { $code }. Dacă nu l-ați cerut, nu faceți nimic.

## Answers to a text: START, HELP, STATUS

text-started = Vă vom trimite din nou mesaje. Pentru a le opri, răspundeți STOP.
text-nobody = Nu trimitem nimic la acest număr. Alegeți locurile despre care doriți mesaje: { $url }
text-help = Schimbați sau opriți mesajele: { $url } Sau răspundeți STOP. Răspundeți STATUS pentru a afla situația de acum.
