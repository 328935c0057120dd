# Bengali: not checked by a native reader yet.

clock-style = 24
am = সকাল
pm = বিকেল
midday = 12:00
midnight = 00:00

weekday-1 = সোমবার
weekday-2 = মঙ্গলবার
weekday-3 = বুধবার
weekday-4 = বৃহস্পতিবার
weekday-5 = শুক্রবার
weekday-6 = শনিবার
weekday-7 = রবিবার

month-1 = জানুয়ারি
month-2 = ফেব্রুয়ারি
month-3 = মার্চ
month-4 = এপ্রিল
month-5 = মে
month-6 = জুন
month-7 = জুলাই
month-8 = আগস্ট
month-9 = সেপ্টেম্বর
month-10 = অক্টোবর
month-11 = নভেম্বর
month-12 = ডিসেম্বর

date = { $day } { $month } { $year }
weekday-and-date = { $weekday } { $day } { $month }
weekday-and-full-date = { $weekday } { $day } { $month } { $year }
month-and-year = { $month } { $year }
time-on-day = { $day }, { $time }
time-and-day = { $day }, { $time }
