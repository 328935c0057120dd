# Gujarati: not checked by a native reader yet.

clock-style = 24
am = સવારે
pm = સાંજે
midday = 12:00
midnight = 00:00

weekday-1 = સોમવાર
weekday-2 = મંગળવાર
weekday-3 = બુધવાર
weekday-4 = ગુરુવાર
weekday-5 = શુક્રવાર
weekday-6 = શનિવાર
weekday-7 = રવિવાર

month-1 = જાન્યુઆરી
month-2 = ફેબ્રુઆરી
month-3 = માર્ચ
month-4 = એપ્રિલ
month-5 = મે
month-6 = જૂન
month-7 = જુલાઈ
month-8 = ઑગસ્ટ
month-9 = સપ્ટેમ્બર
month-10 = ઑક્ટોબર
month-11 = નવેમ્બર
month-12 = ડિસેમ્બર

date = { $day } { $month } { $year }
weekday-and-date = { $weekday } { $day } { $month }
weekday-and-full-date = { $weekday } { $day } { $month } { $year }
month-and-year = { $month } { $year }
time-on-day = { $day }, { $time }
time-and-day = { $day }, { $time }
