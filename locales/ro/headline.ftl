# Romanian: not checked by a native reader yet.

headline-normal = Nicio problemă cunoscută
headline-busy = Mai aglomerat decât de obicei
headline-limited = Unele lucruri nu funcționează
headline-serious = Probleme grave
headline-closed = Programările nu au loc
headline-shut = Închis
headline-catching_up = Funcționează din nou, recuperăm întârzieri
headline-not_confirmed = Neconfirmat
headline-unknown = Nu știm

come-in-as-usual = Veniți ca de obicei.
we-are-busier = Este mai aglomerat decât de obicei la noi.
not-known-if-right = Nu știm dacă aceste informații mai sunt corecte.
contact-before-you-come = Contactați-ne înainte de a veni.
no-medicines-here = În acest moment nu puteți primi medicamente aici. Mergeți la altă farmacie.
call-111-for-medicine = Sunați la 111 dacă aveți nevoie de medicamente astăzi.
some-have-a-problem = Unele unități medicale au o problemă cu calculatoarele.
not-said-if-affected = { $kind ->
        [pharmacy] Această farmacie nu a spus dacă este afectată.
        [hospital] Acest spital nu a spus dacă este afectat.
        [surgery] Acest cabinet GP nu a spus dacă este afectat.
       *[organisation] Noi nu am spus dacă suntem afectați.
    }
not-confirmed-over = { $kind ->
        [pharmacy] Această farmacie nu a confirmat că problema s-a terminat.
        [hospital] Acest spital nu a confirmat că problema s-a terminat.
        [surgery] Acest cabinet GP nu a confirmat că problema s-a terminat.
       *[organisation] Noi nu am confirmat că problema s-a terminat.
    }
may-not-be-open = { $kind ->
        [pharmacy] Nu știm dacă această farmacie este deschisă.
        [hospital] Nu știm dacă acest spital este deschis.
        [surgery] Nu știm dacă acest cabinet GP este deschis.
       *[organisation] Nu știm dacă această organizație este deschisă.
    }
has-closed-for-good = { $kind ->
        [pharmacy] Această farmacie s-a închis definitiv. Căutați alta.
        [hospital] Acest spital s-a închis definitiv. Căutați altul.
        [surgery] Acest cabinet GP s-a închis definitiv. Căutați altul.
       *[organisation] Această organizație s-a închis definitiv. Căutați alta.
    }
area-problem = Unele servicii NHS din această zonă au o problemă.
area-look-up = Căutați cabinetul GP, spitalul sau farmacia dumneavoastră.
area-look-up-problem = Căutați cabinetul GP, spitalul sau farmacia dumneavoastră, ca să vedeți dacă are o problemă.

stage-investigating = Aflăm care este problema
    .text = Încercăm să aflăm care este problema.
stage-identified = Știm care este problema
    .text = Știm care este problema. Lucrăm ca să o rezolvăm.
stage-limited = Funcționează din nou parțial
    .text = Unele dintre sistemele noastre funcționează din nou. Altele nu funcționează.
stage-catching_up = Funcționează din nou, recuperăm întârzieri
    .text = Sistemele noastre funcționează din nou. Recuperăm întârzierile.
stage-monitoring = Funcționează din nou, sub observație
    .text = Sistemele noastre funcționează din nou. Recuperăm întârzierile.
stage-resolved = Totul este din nou normal
    .text = Această problemă s-a terminat.
stage-elsewhere = Raportat, neconfirmat aici
    .text = A fost raportată o problemă. Nu știm dacă este o problemă aici.
stage-said-over = Se spune că s-a terminat
stage-withdrawn = Retras

kind-surgery = cabinet GP
kind-pharmacy = farmacie
kind-hospital = spital
kind-trust = organizație NHS (trust)
kind-region = regiune NHS
kind-board = consiliu de sănătate (health board)
kind-nhs = NHS
kind-organisation = organizație
