### Times and dates, as the NHS content style writes them.

# 12 gives "8:05am", 24 gives "08:05".
clock-style = 12
am = am
pm = pm
midday = midday
midnight = midnight

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# "19 July 2024"
date = { $day } { $month } { $year }
# "Friday 19 July"
weekday-and-date = { $weekday } { $day } { $month }
# "Friday 19 July 2024"
weekday-and-full-date = { $weekday } { $day } { $month } { $year }
# "July 2024"
month-and-year = { $month } { $year }
# A time on another day: "8am on Saturday 20 July"
time-on-day = { $time } on { $day }
# "8:05am, Friday 19 July 2024"
time-and-day = { $time }, { $day }
