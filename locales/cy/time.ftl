# Welsh: not checked by a native reader yet.

clock-style = 12
am = am
pm = pm
midday = hanner dydd
midnight = hanner nos

weekday-1 = dydd Llun
weekday-2 = dydd Mawrth
weekday-3 = dydd Mercher
weekday-4 = dydd Iau
weekday-5 = dydd Gwener
weekday-6 = dydd Sadwrn
weekday-7 = dydd Sul

month-1 = Ionawr
month-2 = Chwefror
month-3 = Mawrth
month-4 = Ebrill
month-5 = Mai
month-6 = Mehefin
month-7 = Gorffennaf
month-8 = Awst
month-9 = Medi
month-10 = Hydref
month-11 = Tachwedd
month-12 = Rhagfyr

date = { $day } { $month } { $year }
weekday-and-date = { $weekday } { $day } { $month }
weekday-and-full-date = { $weekday } { $day } { $month } { $year }
month-and-year = { $month } { $year }
time-on-day = { $time }, { $day }
time-and-day = { $time }, { $day }
