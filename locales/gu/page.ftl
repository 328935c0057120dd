# Gujarati: not checked by a native reader yet.

signpost = Signpost
skip-to-content = મુખ્ય લખાણ પર જાઓ
find-a-place = જગ્યા શોધો
find-another-place = બીજી જગ્યા શોધો
staff-sign-in = સ્ટાફ સાઇન-ઇન
accessibility-link = સુલભતા
support-links = મદદની લિંક
back = પાછા જાઓ
languages = ભાષાઓ
in-english = અંગ્રેજીમાં:
awaiting-check = આ ભાષા બોલતી કોઈ વ્યક્તિએ હજી આ શબ્દો તપાસ્યા નથી. કંઈ સ્પષ્ટ ન હોય તો આ પેજ અંગ્રેજીમાં વાંચો.
read-in-english = આ પેજ અંગ્રેજીમાં વાંચો
information = માહિતી
immediate-action = તરત જ પગલાં લેવાં જરૂરી
urgent-advice = તાત્કાલિક સલાહ
non-urgent-advice = તાત્કાલિક ન હોય તેવી સલાહ

checked-at = { $time } વાગ્યે તપાસ્યું.
next-update-by = હવે પછીની માહિતી { $time } વાગ્યા સુધીમાં મળશે.
phone = ફોન:
use-this-number = હાલ પૂરતો આ નંબર વાપરો:
cannot-phone = હાલમાં તમે અમને ફોન કરી શકશો નહીં.
may-not-phone = કદાચ તમે અમને ફોન ન કરી શકો.
page-changed = આ પેજ બદલાયું છે.
page-changed-reload = આ પેજ બદલાયું છે. નવું શું છે તે જોવા તેને ફરી લોડ કરો.
could-not-check = કંઈ બદલાયું છે કે નહીં તે અમે તપાસી શક્યા નથી. તમારા ફોન કે કમ્પ્યુટરમાં કદાચ ઇન્ટરનેટ નથી.

update-late = હવે પછીની માહિતી મોડી છે
update-was-due = તે { $time } વાગ્યે આવવાની હતી.
information-old = આ માહિતી જૂની છે
last-heard = અમને છેલ્લે { $time } વાગ્યે માહિતી મળી હતી.
next-was-due = તે પછીની માહિતી { $time } વાગ્યે આવવાની હતી.
only-good-until = અમને જે જણાવ્યું હતું તે ફક્ત { $time } વાગ્યા સુધી જ સાચું હતું.

place-says = { $name } જણાવે છે
what-works = શું ચાલે છે અને શું ચાલતું નથી
no-problem-with = કોઈ સમસ્યા જણાવાઈ નથી: { $lines }.
phone-instead = તેના બદલે { $number } પર ફોન કરો.
front-desk-if-urgent = તાત્કાલિક જરૂર હોય તો રિસેપ્શન ડેસ્ક પર આવો.
not-known = ખબર નથી
line-was-good-until = આ ફક્ત { $time } વાગ્યા સુધી જ સાચું હતું:
line-not-known = તે હજી સાચું છે કે નહીં તે અમને ખબર નથી.
for-the-morning = આ ફક્ત { $date } ની સવાર માટે છે.
for-the-afternoon = આ ફક્ત { $date } ના બપોર પછીના સમય માટે છે.
we-said = અમે આ { $time } વાગ્યે જણાવ્યું હતું.
they-said = { $name } તરફથી આ { $time } વાગ્યે જણાવાયું હતું.
they-took-back = { $name } તરફથી આ { $time } વાગ્યે પાછું ખેંચાયું હતું.
surgeries-have-a-problem = અહીં પ્રિસ્ક્રિપ્શન મોકલતી કેટલીક GP સર્જરીમાં સમસ્યા છે. તમારું પ્રિસ્ક્રિપ્શન અમને મોડું મળી શકે છે.
surgeries-reported = { $name } તરફથી GP સર્જરીઓમાં સમસ્યાની જાણ { $time } વાગ્યે કરાઈ હતી.

we-reported = { $kind ->
        [pharmacy] આ ફાર્મસીએ આ સમસ્યાની જાણ કરી છે.
        [hospital] આ હોસ્પિટલે આ સમસ્યાની જાણ કરી છે.
        [surgery] આ GP સર્જરીએ આ સમસ્યાની જાણ કરી છે.
       *[organisation] અમે આ સમસ્યાની જાણ કરી છે.
    }
they-reported = { $name } તરફથી આ સમસ્યાની જાણ કરવામાં આવી છે.
they-said-over = { $name } એ જણાવ્યું છે કે આ સમસ્યા પૂરી થઈ છે.
they-said-system-over = { $name } એ જણાવ્યું છે કે { $system } ની સમસ્યા પૂરી થઈ છે.
they-said-other-over = { $name } એ જણાવ્યું છે કે બીજી એક સમસ્યા પૂરી થઈ છે.
not-confirmed-yet = { $kind ->
        [pharmacy] આ ફાર્મસીએ હજી તેની ખાતરી કરી નથી.
        [hospital] આ હોસ્પિટલે હજી તેની ખાતરી કરી નથી.
        [surgery] આ GP સર્જરીએ હજી તેની ખાતરી કરી નથી.
       *[organisation] અમે હજી તેની ખાતરી કરી નથી.
    }
not-known-if-affected = { $kind ->
        [pharmacy] આ ફાર્મસીમાં આ સમસ્યા છે કે નહીં તે અમને ખબર નથી.
        [hospital] આ હોસ્પિટલમાં આ સમસ્યા છે કે નહીં તે અમને ખબર નથી.
        [surgery] આ GP સર્જરીમાં આ સમસ્યા છે કે નહીં તે અમને ખબર નથી.
       *[organisation] આ સંસ્થામાં આ સમસ્યા છે કે નહીં તે અમને ખબર નથી.
    }
confirmed-at = { $kind ->
        [pharmacy] આ ફાર્મસીએ { $time } વાગ્યે જણાવ્યું છે કે અહીં આ સમસ્યા છે.
        [hospital] આ હોસ્પિટલે { $time } વાગ્યે જણાવ્યું છે કે અહીં આ સમસ્યા છે.
        [surgery] આ GP સર્જરીએ { $time } વાગ્યે જણાવ્યું છે કે અહીં આ સમસ્યા છે.
       *[organisation] અમે { $time } વાગ્યે જણાવ્યું છે કે અમારે ત્યાં આ સમસ્યા છે.
    }
said-not-affected = { $kind ->
        [pharmacy] આ ફાર્મસીએ { $time } વાગ્યે જણાવ્યું છે કે અહીં આ સમસ્યા નથી.
        [hospital] આ હોસ્પિટલે { $time } વાગ્યે જણાવ્યું છે કે અહીં આ સમસ્યા નથી.
        [surgery] આ GP સર્જરીએ { $time } વાગ્યે જણાવ્યું છે કે અહીં આ સમસ્યા નથી.
       *[organisation] અમે { $time } વાગ્યે જણાવ્યું છે કે અમારે ત્યાં આ સમસ્યા નથી.
    }
is-busier = અહીં હંમેશ કરતાં વધુ ભીડ છે.
said-recovered = { $kind ->
        [pharmacy] આ ફાર્મસીએ { $time } વાગ્યે જણાવ્યું છે કે અહીં બધું ફરી સામાન્ય છે.
        [hospital] આ હોસ્પિટલે { $time } વાગ્યે જણાવ્યું છે કે અહીં બધું ફરી સામાન્ય છે.
        [surgery] આ GP સર્જરીએ { $time } વાગ્યે જણાવ્યું છે કે અહીં બધું ફરી સામાન્ય છે.
       *[organisation] અમે { $time } વાગ્યે જણાવ્યું છે કે અમારે ત્યાં બધું ફરી સામાન્ય છે.
    }
they-said-affected-here = { $name } એ આ સ્થળ વતી { $time } વાગ્યે જણાવ્યું છે કે અહીં આ સમસ્યા છે.
they-said-not-affected-here = { $name } એ આ સ્થળ વતી { $time } વાગ્યે જણાવ્યું છે કે અહીં આ સમસ્યા નથી.
they-said-recovered-here = { $name } એ આ સ્થળ વતી { $time } વાગ્યે જણાવ્યું છે કે અહીં બધું ફરી સામાન્ય છે.
reported-by = { $name } તરફથી આ સમસ્યાની જાણ થઈ છે.
confirmed-by = { $name } એ જણાવ્યું છે કે ત્યાં આ સમસ્યા છે.
not-confirmed-by = { $name } તરફથી હજી ખાતરી થઈ નથી.
not-affected-by = { $name } માં આ સમસ્યા નથી.
recovered-by = { $name } માં બધું ફરી સામાન્ય છે.
affected-said-by = { $name } એ જણાવ્યું છે કે { $place } માં આ સમસ્યા છે.
not-affected-said-by = { $name } એ જણાવ્યું છે કે { $place } માં આ સમસ્યા નથી.
recovered-said-by = { $name } એ જણાવ્યું છે કે { $place } માં બધું ફરી સામાન્ય છે.

what-to-do = તેના બદલે શું કરવું
if-you-need-help = તમને મદદની જરૂર હોય તો
call-999-if = તરત જ 999 પર ફોન કરો, જો:
heart-attack-or-stroke = કોઈને હાર્ટ એટેક કે સ્ટ્રોક (લકવા)નાં લક્ષણો હોય
struggling-to-breathe = કોઈને શ્વાસ લેવામાં તકલીફ પડતી હોય
bleeding = કોઈને લોહી વહેતું હોય અને તે બંધ ન થતું હોય
cannot-be-woken = કોઈ વ્યક્તિને જગાડી ન શકાતી હોય
emergency-help = ઇમરજન્સીમાં મદદ મેળવો
use-111-if = NHS 111 ની મદદ મેળવો, જો:
need-help-now = તમને હમણાં જ તબીબી મદદની જરૂર હોય અને તે ઇમરજન્સી ન હોય
cannot-reach-us = તમે અમારો સંપર્ક ન કરી શકતા હો અને રાહ જોઈ શકાય તેમ ન હોય
how-to-use-111 = 111.nhs.uk વેબસાઇટ પર જાઓ અથવા 111 પર ફોન કરો. 5 વર્ષથી નાના બાળક માટે વેબસાઇટ ન વાપરો, 111 પર ફોન કરો.
help-now = તમને હમણાં જ મદદની જરૂર હોય તો
ask-a-pharmacist-if = ફાર્માસિસ્ટને પૂછો, જો:
minor-illness = તમને નાની બીમારી હોય, જેમ કે ઉધરસ, કાનનો દુખાવો કે ગળામાં દુખાવો
medicine-question = તમારે દવા વિશે કંઈ પૂછવું હોય
ask-another-pharmacy-if = બીજી ફાર્મસીમાં પૂછો, જો:
need-medicine-today = તમને આજે જ દવાની જરૂર હોય અને તે અમારી પાસે ન હોય
cannot-wait-for-medicine = તમે તમારી દવા માટે રાહ જોઈ શકો તેમ ન હો
in-an-emergency = ઇમરજન્સીમાં 999 પર ફોન કરો.
need-medical-help = હમણાં જ તબીબી મદદની જરૂર હોય અને તે ઇમરજન્સી ન હોય, તો 111.nhs.uk પર જાઓ અથવા 111 પર ફોન કરો.

what-happened = શું થયું છે
problems-elsewhere = બીજી જગ્યાની સમસ્યાઓ
what-we-know = અમે તેના વિશે શું જાણીએ છીએ
over-lately = છેલ્લા 24 કલાકમાં દૂર થયેલી
what-happened-then = શું થયું હતું
all-updates = આ સમસ્યા વિશેની બધી માહિતી જુઓ
taken-back = અમે આ { $time } વાગ્યે પાછું ખેંચ્યું છે. તેનો ઉપયોગ ન કરશો.
do-not-use = તેનો ઉપયોગ ન કરશો.
correction = સુધારો
began-at = { $time } વાગ્યે શરૂ થયું.
ended-at = { $time } વાગ્યે પૂરું થયું.

be-told = આમાં ફેરફાર થાય ત્યારે જાણો
get-updates = { $name } વિશે ઈમેલ કે ટેક્સ્ટ મેસેજથી માહિતી મેળવો
see-past-problems = અગાઉની સમસ્યાઓ જુઓ
other-forms = આ પેજ વાંચવાની બીજી રીતો
print-poster = દરવાજા માટે પોસ્ટર પ્રિન્ટ કરો
waiting-room-screen = આ વેઇટિંગ રૂમની સ્ક્રીન પર બતાવો
put-on-website = આ નોટિસ વેબસાઇટ પર મૂકો
for-computers = કમ્પ્યુટર માટે:
atom-feed = Atom ફીડ
rss-feed = RSS ફીડ
status-json = સ્થિતિ, JSON રૂપે

past-problems = અગાઉની સમસ્યાઓ
place-now = { $name } હમણાં
no-problems = અહીં કોઈ સમસ્યાની જાણ થઈ નથી.
feed-of-updates = આ માહિતીની ફીડ

search-title = તમારી GP સર્જરી, હોસ્પિટલ કે ફાર્મસી શોધો
search-heading = શું તમારી GP સર્જરી, હોસ્પિટલ કે ફાર્મસી હંમેશની જેમ ચાલે છે?
all-places = શહેર પ્રમાણે બધી જગ્યાઓ
search-hint = નામ, શહેર, પોસ્ટકોડ કે કોડ લખો
search-button = શોધો
search-places-for = “{ $query }” માટેની જગ્યાઓ
search-none = “{ $query }” માટે અમને કોઈ જગ્યા મળી નથી
search-you-can = તમે આમ કરી શકો છો:
search-check-spelling = જોડણી તપાસો
search-shorter = નાનું નામ લખો, અથવા ફક્ત શહેરનું નામ લખો
search-half-postcode = પોસ્ટકોડનો પહેલો અડધો ભાગ લખો
search-found = { $count ->
        [one] “{ $query }” માટે { $count } જગ્યા
       *[other] “{ $query }” માટે { $count } જગ્યાઓ
    }
search-first = “{ $query }” માટેની પહેલી { $count } જગ્યાઓ
search-add-town = ઓછી જગ્યાઓ જોવા શહેર કે પોસ્ટકોડ ઉમેરો.
search-kind-and-code = { $kind }, કોડ { $code }
not-found-title = અમને તે જગ્યા મળી નથી
not-found-text = સરનામું કદાચ ખોટું લખાયું હોય, અથવા તે જગ્યા કદાચ કાયમ માટે બંધ થઈ ગઈ હોય.
