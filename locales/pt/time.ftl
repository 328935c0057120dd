# European Portuguese: not checked by a native reader yet.

clock-style = 24
am = am
pm = pm
midday = 12:00
midnight = 00:00

weekday-1 = segunda-feira
weekday-2 = terça-feira
weekday-3 = quarta-feira
weekday-4 = quinta-feira
weekday-5 = sexta-feira
weekday-6 = sábado
weekday-7 = domingo

month-1 = janeiro
month-2 = fevereiro
month-3 = março
month-4 = abril
month-5 = maio
month-6 = junho
month-7 = julho
month-8 = agosto
month-9 = setembro
month-10 = outubro
month-11 = novembro
month-12 = dezembro

date = { $day } de { $month } de { $year }
weekday-and-date = { $weekday }, { $day } de { $month }
weekday-and-full-date = { $weekday }, { $day } de { $month } de { $year }
month-and-year = { $month } de { $year }
time-on-day = { $time } de { $day }
time-and-day = { $time }, { $day }
