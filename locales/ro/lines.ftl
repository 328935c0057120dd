# Romanian: not checked by a native reader yet.

line-attend = Programările pe care le aveți deja
line-attend-pharmacy = Venirea la farmacie
attend-come = Veniți ca de obicei
    .text = Veniți la programare ca de obicei.
attend-come_unless_contacted = Veniți, dacă nu vă contactăm
    .text = Veniți la programare, cu excepția cazului în care vă contactăm noi.
attend-do_not_come = Nu veniți
    .text = Nu veniți la programare. Vă vom contacta ca să stabilim una nouă.
attend-come-pharmacy = Veniți ca de obicei
    .text = Veniți ca de obicei, dar va trebui să așteptați mai mult.
attend-come_unless_contacted-pharmacy = Va trebui să așteptați
    .text = Veniți, dar va trebui să așteptați mai mult decât de obicei.
attend-do_not_come-pharmacy = Nu veniți
    .text = Nu veniți. Mergeți la altă farmacie.

line-emergency_department = Urgențe (A&E)
emergency_department-normal = Normal
    .text = Secția A&E este deschisă.
emergency_department-delayed = Întârzieri
    .text = Secția A&E este deschisă, dar este posibil să așteptați mai mult.
emergency_department-urgent_only = Doar cazuri urgente
    .text = Secția A&E este deschisă doar pentru urgențe care pun viața în pericol.
emergency_department-cancelled = Fără pacienți noi
    .text = Secția A&E nu primește pacienți noi.
emergency_department-closed = Închis
    .text = Secția A&E este închisă.

line-phones = Linii telefonice
phones-working = Funcționează
    .text = Ne puteți suna.
phones-limited = Limitat
    .text = Sunați-ne doar dacă este urgent. Liniile noastre sunt foarte ocupate.
phones-down = Nu funcționează
    .text = Telefoanele noastre nu funcționează.

line-online_form = Formular online
online_form-on = Pornit
    .text = Puteți folosi formularul nostru online.
online_form-off = Oprit
    .text = Formularul nostru online este oprit.

line-booking = Programări noi
booking-normal = Normal
    .text = Puteți face programări ca de obicei.
booking-urgent_only = Doar urgente
    .text = Putem face doar programări urgente.
booking-paused = Suspendate
    .text = În acest moment nu putem face programări noi.

line-prescriptions = Rețete
prescriptions-normal = Normal
    .text = Rețetele funcționează ca de obicei.
prescriptions-urgent_on_paper = Doar urgente, pe hârtie
    .text = Putem da doar rețete urgente, pe hârtie.
prescriptions-delayed = Întârzieri
    .text = Rețetele durează mai mult decât de obicei.
prescriptions-order_only_if_needed = Cereți doar dacă este nevoie
    .text = Cereți o nouă rețetă pentru tratamentul obișnuit doar dacă medicamentele sunt pe terminate.

line-test_results = Rezultatele analizelor
test_results-normal = Normal
    .text = Puteți primi rezultatele analizelor ca de obicei.
test_results-delayed = Întârzieri
    .text = Rezultatele analizelor pot întârzia. Vă vom contacta dacă un rezultat este urgent.
test_results-paused = Suspendate
    .text = În acest moment nu putem vedea rezultatele analizelor. Vă vom contacta dacă un rezultat este urgent.

line-check_in = Ecrane de înregistrare
check_in-normal = Normal
    .text = Ecranele de înregistrare funcționează.
check_in-at_the_desk = La recepție
    .text = Ecranele de înregistrare sunt oprite. Spuneți la recepție că ați sosit.

line-records = Dosare medicale
records-normal = Normal
    .text = Putem vedea dosarul dumneavoastră medical.
records-on_paper = Pe hârtie
    .text = Folosim fișe pe hârtie. Aduceți o listă cu medicamentele și alergiile dumneavoastră.

line-outpatients = Ambulatoriul spitalului
outpatients-normal = Normal
    .text = Consultațiile în ambulatoriu au loc.
outpatients-delayed = Întârzieri
    .text = Consultațiile în ambulatoriu au întârzieri.
outpatients-urgent_only = Doar urgente
    .text = În ambulatoriu au loc doar consultațiile urgente.
outpatients-cancelled = Anulate
    .text = Consultațiile în ambulatoriu sunt anulate. Vă vom contacta.
outpatients-closed = Închis
    .text = Ambulatoriul de aici este închis. Vă vom contacta.

line-inpatients = Internări
inpatients-normal = Normal
    .text = Internările au loc conform planului.
inpatients-delayed = Întârzieri
    .text = Internările pot începe mai târziu.
inpatients-urgent_only = Doar urgente
    .text = Au loc doar internările urgente.
inpatients-cancelled = Anulate
    .text = Internările planificate sunt anulate. Vă vom contacta.
inpatients-closed = Închis
    .text = Secțiile spitalului sunt închise pentru pacienți noi.

line-operations = Operații
operations-normal = Normal
    .text = Operațiile au loc conform planului.
operations-delayed = Întârzieri
    .text = Operațiile pot întârzia.
operations-urgent_only = Doar urgente
    .text = Au loc doar operațiile urgente.
operations-cancelled = Anulate
    .text = Operațiile planificate sunt anulate. Vă vom contacta.
operations-closed = Închis
    .text = Sălile de operație sunt închise. Vă vom contacta.

line-scans = Scanări și radiografii
scans-normal = Normal
    .text = Scanările și radiografiile au loc conform planului.
scans-delayed = Întârzieri
    .text = Scanările și radiografiile pot întârzia.
scans-urgent_only = Doar urgente
    .text = Au loc doar scanările și radiografiile urgente.
scans-cancelled = Anulate
    .text = Scanările și radiografiile sunt anulate. Vă vom contacta.
scans-closed = Închis
    .text = Secția de scanări și radiografii este închisă. Vă vom contacta.

line-blood_tests = Analize de sânge
blood_tests-normal = Normal
    .text = Analizele de sânge au loc conform planului.
blood_tests-delayed = Întârzieri
    .text = Analizele de sânge pot întârzia.
blood_tests-urgent_only = Doar urgente
    .text = Se fac doar analizele de sânge urgente.
blood_tests-cancelled = Anulate
    .text = Analizele de sânge de rutină sunt anulate. Vă vom contacta.
blood_tests-closed = Închis
    .text = Punctul de recoltare a sângelui este închis. Vă vom contacta.

line-radiotherapy = Radioterapie
radiotherapy-normal = Normal
    .text = Radioterapia are loc conform planului.
radiotherapy-delayed = Întârzieri
    .text = Radioterapia poate întârzia.
radiotherapy-urgent_only = Doar urgentă
    .text = Are loc doar radioterapia urgentă.
radiotherapy-cancelled = Anulată
    .text = Radioterapia este anulată. Vă vom contacta și vă vom da o nouă oră.
radiotherapy-closed = Închis
    .text = Secția de radioterapie este închisă. Vă vom contacta.

line-maternity = Sarcină și naștere
maternity-normal = Normal
    .text = Serviciile pentru sarcină și naștere sunt deschise.
maternity-delayed = Întârzieri
    .text = Serviciile pentru sarcină și naștere sunt deschise, dar este posibil să așteptați mai mult.
maternity-urgent_only = Doar cazuri urgente
    .text = Serviciile pentru sarcină și naștere sunt deschise doar pentru cazuri urgente.
maternity-cancelled = Anulate
    .text = Programările de rutină pentru sarcină și naștere sunt anulate. Vă vom contacta.
maternity-closed = Închis
    .text = Maternitatea de aici este închisă. Vă vom spune unde să mergeți.

line-dispensing = Pregătirea medicamentelor
dispensing-normal = Normal
    .text = Pregătim medicamentele ca de obicei.
dispensing-delayed = Întârzieri
    .text = Pregătirea medicamentelor durează mai mult decât de obicei.
dispensing-paused = Suspendată
    .text = În acest moment nu putem pregăti medicamente.

line-collection = Ridicarea medicamentelor
collection-normal = Normal
    .text = Puteți ridica medicamentele ca de obicei.
collection-delayed = Întârzieri
    .text = Va trebui să așteptați mai mult când ridicați medicamentele.
collection-paused = Suspendată
    .text = În acest moment nu puteți ridica medicamente.

line-deliveries = Livrarea medicamentelor
deliveries-normal = Normal
    .text = Livrarea medicamentelor are loc ca de obicei.
deliveries-delayed = Întârzieri
    .text = Livrarea medicamentelor are întârzieri.
deliveries-paused = Suspendată
    .text = Livrarea medicamentelor este oprită deocamdată.

line-nhs_111 = NHS 111
nhs_111-normal = Normal
    .text = NHS 111 funcționează ca de obicei.
nhs_111-changed = Schimbat
    .text = NHS 111 funcționează acum altfel.

line-emergency_999 = 999
emergency_999-normal = Normal
    .text = Numărul 999 funcționează ca de obicei.
emergency_999-changed = Schimbat
    .text = Modul în care sunați la 999 s-a schimbat.
