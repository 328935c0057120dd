### Looking back: the history, months and single problems.

problems-90-days = છેલ્લા 90 દિવસની સમસ્યાઓ
table-date = તારીખ
table-what = શું
table-how-long = કેટલો સમય
still-going-on = હજુ ચાલુ છે
not-affected-here = અહીં અસર નથી
less-than-a-minute = એક મિનિટથી ઓછો
lasted-days = { $count ->
        [one] { $count } દિવસ
       *[other] { $count } દિવસ
    }
lasted-hours = { $count ->
        [one] { $count } કલાક
       *[other] { $count } કલાક
    }
lasted-minutes = { $count ->
        [one] { $count } મિનિટ
       *[other] { $count } મિનિટ
    }
how-often-worked = દરેક વસ્તુએ કેટલું કામ કર્યું
table-worked = કામ કર્યું
table-did-not-work = રાબેતા મુજબ કામ ન કર્યું
not-at-all = જરાય નહીં
slower-by-surgeries = અહીં પ્રિસ્ક્રિપ્શન મોકલતી GP સર્જરીમાં આ સમસ્યા હતી. પ્રિસ્ક્રિપ્શન મોડાં મળી શક્યાં હોય.
how-it-is-counted = આ છેલ્લા 90 દિવસની તે મિનિટો ગણે છે જ્યારે આ પાના પરનું કંઈક સામાન્ય ન હતું. સ્થળ પોતાના વિશે જે કહે છે તે પહેલાં ગણાય છે. આયોજિત કામ પણ ગણાય છે.
records-began = અમારી નોંધ { $date } થી શરૂ થઈ.
by-month = મહિના પ્રમાણે
problems-in-month = અગાઉની સમસ્યાઓ: { $month }
month-before = પહેલાં: { $month }
month-after = પછી: { $month }
all-past-problems = બધી અગાઉની સમસ્યાઓ
what-we-learned = અમે શું શીખ્યા
cannot-look-back = અમે અત્યારે આટલું પાછળ જોઈ શકતા નથી
today-still-works = આજનું પાનું હજુ કામ કરે છે. એક મિનિટ રાહ જુઓ અને ફરી પ્રયત્ન કરો.
