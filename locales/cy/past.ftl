### Looking back: the history, months and single problems.

problems-90-days = Problemau yn y 90 diwrnod diwethaf
table-date = Dyddiad
table-what = Beth
table-how-long = Am ba hyd
still-going-on = Yn dal i ddigwydd
not-affected-here = Dim effaith yma
less-than-a-minute = llai na munud
lasted-days = { $count ->
        [zero] { $count } diwrnod
        [one] { $count } diwrnod
        [two] { $count } ddiwrnod
        [few] { $count } diwrnod
        [many] { $count } diwrnod
       *[other] { $count } diwrnod
    }
lasted-hours = { $count ->
        [zero] { $count } awr
        [one] { $count } awr
        [two] { $count } awr
        [few] { $count } awr
        [many] { $count } awr
       *[other] { $count } awr
    }
lasted-minutes = { $count ->
        [zero] { $count } munud
        [one] { $count } munud
        [two] { $count } funud
        [few] { $count } munud
        [many] { $count } munud
       *[other] { $count } munud
    }
how-often-worked = Pa mor aml roedd pob peth yn gweithio
table-worked = Wedi gweithio
table-did-not-work = Heb weithio fel arfer am
not-at-all = Dim o gwbl
slower-by-surgeries = Meddygfeydd sy'n anfon presgripsiynau yma a gafodd y broblem hon. Gallai presgripsiynau fod yn hwyr.
how-it-is-counted = Ar gyfer y dudalen hon, mae hyn yn cyfrif munudau'r 90 diwrnod diwethaf pan nad oedd llinell yn normal. Yr hyn y mae lle yn ei ddweud amdano'i hun sy'n cyfrif gyntaf. Mae gwaith wedi'i gynllunio yn cyfrif hefyd.
records-began = Dechreuodd ein cofnodion ar { $date }.
by-month = Fesul mis
problems-in-month = Problemau'r gorffennol: { $month }
month-before = Cyn: { $month }
month-after = Wedyn: { $month }
all-past-problems = Holl broblemau'r gorffennol
what-we-learned = Yr hyn a ddysgon ni
cannot-look-back = Ni allwn edrych mor bell yn ôl ar hyn o bryd
today-still-works = Mae'r dudalen ar gyfer heddiw yn dal i weithio. Arhoswch funud a rhowch gynnig arall arni.
