# Punjabi: not checked by a native reader yet.

clock-style = 24
am = ਸਵੇਰ
pm = ਸ਼ਾਮ
midday = 12:00
midnight = 00:00

weekday-1 = ਸੋਮਵਾਰ
weekday-2 = ਮੰਗਲਵਾਰ
weekday-3 = ਬੁੱਧਵਾਰ
weekday-4 = ਵੀਰਵਾਰ
weekday-5 = ਸ਼ੁੱਕਰਵਾਰ
weekday-6 = ਸ਼ਨਿੱਚਰਵਾਰ
weekday-7 = ਐਤਵਾਰ

month-1 = ਜਨਵਰੀ
month-2 = ਫ਼ਰਵਰੀ
month-3 = ਮਾਰਚ
month-4 = ਅਪ੍ਰੈਲ
month-5 = ਮਈ
month-6 = ਜੂਨ
month-7 = ਜੁਲਾਈ
month-8 = ਅਗਸਤ
month-9 = ਸਤੰਬਰ
month-10 = ਅਕਤੂਬਰ
month-11 = ਨਵੰਬਰ
month-12 = ਦਸੰਬਰ

date = { $day } { $month } { $year }
weekday-and-date = { $weekday } { $day } { $month }
weekday-and-full-date = { $weekday } { $day } { $month } { $year }
month-and-year = { $month } { $year }
# The time comes last: the sentences put "ਵਜੇ" after it.
time-on-day = { $day } ਨੂੰ { $time }
time-and-day = { $day }, { $time }
