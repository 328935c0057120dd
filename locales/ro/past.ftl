### Looking back: the history, months and single problems.

problems-90-days = Probleme în ultimele 90 de zile
table-date = Data
table-what = Ce
table-how-long = Cât timp
still-going-on = Încă durează
not-affected-here = Fără efect aici
less-than-a-minute = mai puțin de un minut
lasted-days = { $count ->
        [one] { $count } zi
        [few] { $count } zile
       *[other] { $count } de zile
    }
lasted-hours = { $count ->
        [one] { $count } oră
        [few] { $count } ore
       *[other] { $count } de ore
    }
lasted-minutes = { $count ->
        [one] { $count } minut
        [few] { $count } minute
       *[other] { $count } de minute
    }
how-often-worked = Cât de des a funcționat fiecare lucru
table-worked = A funcționat
table-did-not-work = Nu a funcționat ca de obicei timp de
not-at-all = Deloc
slower-by-surgeries = Această problemă au avut-o cabinetele GP care trimit rețete aici. Rețetele puteau ajunge mai târziu.
how-it-is-counted = Numărăm minutele din ultimele 90 de zile în care ceva de pe această pagină nu a fost normal. Mai întâi contează ce spune locul despre sine. Se numără și lucrările planificate.
records-began = Înregistrările noastre încep de la data de { $date }.
by-month = Pe luni
problems-in-month = Probleme din trecut: { $month }
month-before = Înainte: { $month }
month-after = După: { $month }
all-past-problems = Toate problemele din trecut
what-we-learned = Ce am învățat
cannot-look-back = Nu putem privi atât de departe în urmă acum
today-still-works = Pagina de azi funcționează în continuare. Așteptați un minut și încercați din nou.
