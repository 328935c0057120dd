### Looking back: the history, months and single problems.

problems-90-days = Problemy w ostatnich 90 dniach
table-date = Data
table-what = Co
table-how-long = Jak długo
still-going-on = Nadal trwa
not-affected-here = Tutaj bez wpływu
less-than-a-minute = mniej niż minuta
lasted-days = { $count ->
        [one] { $count } dzień
        [few] { $count } dni
        [many] { $count } dni
       *[other] { $count } dni
    }
lasted-hours = { $count ->
        [one] { $count } godzina
        [few] { $count } godziny
        [many] { $count } godzin
       *[other] { $count } godziny
    }
lasted-minutes = { $count ->
        [one] { $count } minuta
        [few] { $count } minuty
        [many] { $count } minut
       *[other] { $count } minuty
    }
how-often-worked = Jak często co działało
table-worked = Działało
table-did-not-work = Nie działało jak zwykle przez
not-at-all = Ani razu
slower-by-surgeries = Ten problem miały przychodnie GP, które wysyłają tu recepty. Recepty mogły dotrzeć później.
how-it-is-counted = Liczymy minuty z ostatnich 90 dni, w których coś na tej stronie nie działało normalnie. Najpierw liczy się to, co placówka mówi o sobie. Planowane prace też się liczą.
records-began = Data rozpoczęcia naszych zapisów: { $date }.
by-month = Według miesięcy
problems-in-month = Dawne problemy: { $month }
month-before = Wcześniej: { $month }
month-after = Później: { $month }
all-past-problems = Wszystkie dawne problemy
what-we-learned = Czego się nauczyliśmy
cannot-look-back = Nie możemy teraz sięgnąć tak daleko wstecz
today-still-works = Dzisiejsza strona nadal działa. Poczekaj minutę i spróbuj ponownie.
