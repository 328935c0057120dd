# Polish: not checked by a native reader yet.

clock-style = 24
am = rano
pm = po południu
midday = 12:00
midnight = 00:00

weekday-1 = poniedziałek
weekday-2 = wtorek
weekday-3 = środa
weekday-4 = czwartek
weekday-5 = piątek
weekday-6 = sobota
weekday-7 = niedziela

month-1 = stycznia
month-2 = lutego
month-3 = marca
month-4 = kwietnia
month-5 = maja
month-6 = czerwca
month-7 = lipca
month-8 = sierpnia
month-9 = września
month-10 = października
month-11 = listopada
month-12 = grudnia

date = { $day } { $month } { $year }
weekday-and-date = { $weekday }, { $day } { $month }
weekday-and-full-date = { $weekday }, { $day } { $month } { $year }
# The months are in the genitive, as a date needs them.
month-and-year = W ciągu { $month } { $year }
time-on-day = { $time } ({ $day })
time-and-day = { $time }, { $day }
