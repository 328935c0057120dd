# Romanian: not checked by a native reader yet.

signpost = Signpost
skip-to-content = Treceți la conținutul principal
find-a-place = Găsiți o unitate medicală
find-another-place = Găsiți altă unitate medicală
staff-sign-in = Autentificare pentru personal
accessibility-link = Accesibilitate
support-links = Linkuri utile
back = Înapoi
languages = Limbi
in-english = În engleză:
awaiting-check = O persoană care vorbește această limbă nu a verificat încă textul. Dacă ceva nu este clar, citiți pagina în engleză.
read-in-english = Citiți această pagină în engleză
information = Informații
immediate-action = Trebuie să acționați imediat
urgent-advice = Sfaturi urgente
non-urgent-advice = Sfaturi care nu sunt urgente

checked-at = Verificat la ora { $time }.
next-update-by = Următoarea actualizare: cel târziu la ora { $time }.
phone = Telefon:
use-this-number = Deocamdată folosiți acest număr:
cannot-phone = În acest moment nu ne puteți suna.
may-not-phone = Este posibil să nu ne puteți contacta prin telefon.
page-changed = Această pagină s-a schimbat.
page-changed-reload = Această pagină s-a schimbat. Încărcați-o din nou ca să vedeți ce este nou.
could-not-check = Nu am putut verifica dacă s-a schimbat ceva. Este posibil ca dispozitivul dumneavoastră să nu aibă conexiune.

update-late = Următoarea actualizare întârzie
update-was-due = Trebuia să apară la ora { $time }.
information-old = Aceste informații sunt vechi
last-heard = Ultima dată am primit vești la ora { $time }.
next-was-due = Următoarea actualizare trebuia să apară la ora { $time }.
only-good-until = Ce ni s-a spus era valabil doar până la ora { $time }.

place-says = { $name } spune
what-works = Ce funcționează și ce nu funcționează
no-problem-with = Nicio problemă raportată: { $lines }.
phone-instead = În schimb, sunați la { $number }.
front-desk-if-urgent = Veniți la recepție dacă este urgent.
not-known = Nu se știe
line-was-good-until = Aceasta era valabil doar până la ora { $time }:
line-not-known = Nu știm dacă mai este corect.
for-the-morning = Este valabil doar pentru dimineața zilei de { $date }.
for-the-afternoon = Este valabil doar pentru după-amiaza zilei de { $date }.
we-said = Am spus aceasta la ora { $time }.
they-said = { $name } a spus aceasta la ora { $time }.
they-took-back = { $name } a retras acest mesaj la ora { $time }.
surgeries-have-a-problem = Unele cabinete GP care trimit rețete aici au o problemă. Rețeta dumneavoastră poate ajunge la noi mai târziu.
surgeries-reported = { $name } a raportat o problemă la cabinetele GP la ora { $time }.

we-reported = { $kind ->
        [pharmacy] Această farmacie a raportat problema.
        [hospital] Acest spital a raportat problema.
        [surgery] Acest cabinet GP a raportat problema.
       *[organisation] Noi am raportat problema.
    }
they-reported = { $name } a raportat problema.
they-said-over = { $name } a spus că această problemă s-a terminat.
they-said-system-over = { $name } a spus că problema cu { $system } s-a terminat.
they-said-other-over = { $name } a spus că o altă problemă s-a terminat.
not-confirmed-yet = { $kind ->
        [pharmacy] Această farmacie nu a confirmat încă acest lucru.
        [hospital] Acest spital nu a confirmat încă acest lucru.
        [surgery] Acest cabinet GP nu a confirmat încă acest lucru.
       *[organisation] Noi nu am confirmat încă acest lucru.
    }
not-known-if-affected = { $kind ->
        [pharmacy] Nu știm dacă această farmacie este afectată.
        [hospital] Nu știm dacă acest spital este afectat.
        [surgery] Nu știm dacă acest cabinet GP este afectat.
       *[organisation] Nu știm dacă această organizație este afectată.
    }
confirmed-at = { $kind ->
        [pharmacy] Această farmacie a confirmat problema la ora { $time }.
        [hospital] Acest spital a confirmat problema la ora { $time }.
        [surgery] Acest cabinet GP a confirmat problema la ora { $time }.
       *[organisation] Noi am confirmat problema la ora { $time }.
    }
said-not-affected = { $kind ->
        [pharmacy] Această farmacie a spus la ora { $time } că nu este afectată.
        [hospital] Acest spital a spus la ora { $time } că nu este afectat.
        [surgery] Acest cabinet GP a spus la ora { $time } că nu este afectat.
       *[organisation] Am spus la ora { $time } că nu suntem afectați.
    }
is-busier = Este mai aglomerat decât de obicei.
said-recovered = { $kind ->
        [pharmacy] Această farmacie a spus la ora { $time } că aici totul este din nou normal.
        [hospital] Acest spital a spus la ora { $time } că aici totul este din nou normal.
        [surgery] Acest cabinet GP a spus la ora { $time } că aici totul este din nou normal.
       *[organisation] Am spus la ora { $time } că la noi totul este din nou normal.
    }
they-said-affected-here = { $name } a spus pentru acest loc la ora { $time } că este afectat.
they-said-not-affected-here = { $name } a spus pentru acest loc la ora { $time } că nu este afectat.
they-said-recovered-here = { $name } a spus pentru acest loc la ora { $time } că totul este din nou normal.
reported-by = Raportat de { $name }.
confirmed-by = Problemă confirmată de { $name }.
not-confirmed-by = Încă neconfirmat de { $name }.
not-affected-by = { $name } nu are această problemă.
recovered-by = { $name }: totul este din nou normal.
affected-said-by = { $name } a spus că { $place } are această problemă.
not-affected-said-by = { $name } a spus că { $place } nu are această problemă.
recovered-said-by = { $name } a spus pentru { $place } că totul este din nou normal.

what-to-do = Ce să faceți în schimb
if-you-need-help = Dacă aveți nevoie de ajutor
call-999-if = Sunați imediat la 999 dacă:
heart-attack-or-stroke = cineva are semne de infarct sau de accident vascular cerebral (AVC)
struggling-to-breathe = cineva respiră cu greu
bleeding = cineva sângerează și sângerarea nu se oprește
cannot-be-woken = cineva nu poate fi trezit
emergency-help = Ajutor într-o urgență gravă
use-111-if = Cereți ajutor de la NHS 111 dacă:
need-help-now = aveți nevoie acum de ajutor medical, dar nu este o urgență gravă
cannot-reach-us = nu puteți lua legătura cu noi și problema nu poate aștepta
how-to-use-111 = Intrați pe 111.nhs.uk sau sunați la 111. Pentru un copil sub 5 ani nu folosiți acest site, ci sunați la 111.
help-now = Dacă aveți nevoie acum de ajutor
ask-a-pharmacist-if = Întrebați un farmacist dacă:
minor-illness = aveți o boală ușoară, de exemplu tuse, durere de ureche sau durere în gât
medicine-question = aveți o întrebare despre un medicament
ask-another-pharmacy-if = Întrebați la altă farmacie dacă:
need-medicine-today = aveți nevoie de un medicament astăzi și noi nu îl avem
cannot-wait-for-medicine = nu puteți aștepta medicamentul
in-an-emergency = Într-o urgență gravă, sunați la 999.
need-medical-help = Dacă aveți nevoie acum de ajutor medical, dar nu este o urgență gravă, intrați pe 111.nhs.uk sau sunați la 111.

what-happened = Ce s-a întâmplat
problems-elsewhere = Probleme în alte locuri
what-we-know = Ce știm despre aceasta
over-lately = Terminate în ultimele 24 de ore
what-happened-then = Cum s-a întâmplat
all-updates = Vedeți toate informațiile despre această problemă
taken-back = Am retras această informație la ora { $time }. Nu o folosiți.
do-not-use = Nu îl folosiți.
correction = Corectare
began-at = A început la ora { $time }.
ended-at = S-a terminat la ora { $time }.

be-told = Aflați când se schimbă ceva
get-updates = Primiți noutăți despre { $name } prin e-mail sau SMS
see-past-problems = Vedeți problemele din trecut
other-forms = Alte moduri de a citi această pagină
print-poster = Tipăriți un afiș pentru ușă
waiting-room-screen = Arătați aceasta pe un ecran în sala de așteptare
put-on-website = Puneți acest anunț pe un site
for-computers = Pentru calculatoare:
atom-feed = flux Atom
rss-feed = flux RSS
status-json = starea în format JSON

past-problems = Probleme din trecut
place-now = { $name } acum
no-problems = Nu au fost raportate probleme aici.
feed-of-updates = Flux cu aceste actualizări

search-title = Găsiți cabinetul GP, spitalul sau farmacia dumneavoastră
search-heading = Cabinetul GP, spitalul sau farmacia dumneavoastră funcționează ca de obicei?
all-places = Toate unitățile medicale, după localitate
search-hint = Folosiți numele, orașul, codul poștal sau codul unității
search-button = Căutați
search-places-for = Unități medicale pentru „{ $query }”
search-none = Nu găsim nicio unitate medicală pentru „{ $query }”
search-you-can = Puteți:
search-check-spelling = să verificați dacă ați scris corect
search-shorter = să folosiți un nume mai scurt sau doar orașul
search-half-postcode = să folosiți prima jumătate a codului poștal
search-found = { $count ->
        [one] { $count } unitate medicală pentru „{ $query }”
        [few] { $count } unități medicale pentru „{ $query }”
       *[other] { $count } de unități medicale pentru „{ $query }”
    }
search-first = Primele unități medicale ({ $count }) pentru „{ $query }”
search-add-town = Adăugați orașul sau codul poștal ca să vedeți mai puține unități medicale.
search-kind-and-code = { $kind }, cod { $code }
not-found-title = Nu găsim acea unitate medicală
not-found-text = Adresa poate fi scrisă greșit sau este posibil ca unitatea să se fi închis.
