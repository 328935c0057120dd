# Arabic: not checked by a native reader yet.

clock-style = 24
am = صباحًا
pm = مساءً
midday = 12:00
midnight = 00:00

weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد

month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

date = { $day } { $month } { $year }
weekday-and-date = { $weekday } { $day } { $month }
weekday-and-full-date = { $weekday } { $day } { $month } { $year }
month-and-year = { $month } { $year }
time-on-day = { $time } يوم { $day }
time-and-day = { $time }، { $day }
