# Romanian: not checked by a native reader yet.

clock-style = 24
am = dimineața
pm = după-amiaza
midday = 12:00
midnight = 00:00

weekday-1 = luni
weekday-2 = marți
weekday-3 = miercuri
weekday-4 = joi
weekday-5 = vineri
weekday-6 = sâmbătă
weekday-7 = duminică

month-1 = ianuarie
month-2 = februarie
month-3 = martie
month-4 = aprilie
month-5 = mai
month-6 = iunie
month-7 = iulie
month-8 = august
month-9 = septembrie
month-10 = octombrie
month-11 = noiembrie
month-12 = decembrie

date = { $day } { $month } { $year }
weekday-and-date = { $weekday }, { $day } { $month }
weekday-and-full-date = { $weekday }, { $day } { $month } { $year }
month-and-year = { $month } { $year }
time-on-day = { $time } ({ $day })
time-and-day = { $time }, { $day }
