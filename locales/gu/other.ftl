# Gujarati: not checked by a native reader yet.

poster-for = { $name }: પોસ્ટર
poster-scan = સૌથી નવી માહિતી જોવા તમારા ફોનથી આ કોડ સ્કેન કરો
poster-or-go-to = અથવા અહીં જાઓ
more-on-the-page = વેબ પેજ પર વધુ માહિતી છે.
poster-printed = આ { $time } વાગ્યાની માહિતી છે.
poster-pdf = PDF તરીકે મેળવો
poster-choose-second = બીજી ભાષા ઉમેરો
poster-help = A4 કાગળ પર પ્રિન્ટ કરીને દરવાજા પર લગાવો. પેજ બદલાય ત્યારે નવું પ્રિન્ટ કરો.

screen-for = { $name }: વેઇટિંગ રૂમની સ્ક્રીન
screen-more = તમારા ફોન પર વધુ જુઓ:
screen-offline = આ સ્ક્રીન પર ઇન્ટરનેટ નથી. તેમાં લખેલી માહિતી જૂની હોઈ શકે છે.
screen-minutes-old = { $minutes ->
        [one] આ { $minutes } મિનિટ પહેલાં તપાસ્યું હતું.
       *[other] આ { $minutes } મિનિટ પહેલાં તપાસ્યું હતું.
    }

voice-greeting = તમે { $name } ને ફોન કર્યો છે.
voice-webpage = સૌથી નવી માહિતી અમારા વેબ પેજ પર મળશે.
voice-look-first = આવતા પહેલાં અમારું વેબ પેજ જુઓ.
voice-999 = ઇમરજન્સીમાં 9 9 9 પર ફોન કરો.
voice-111 = હમણાં જ તબીબી મદદની જરૂર હોય અને તે ઇમરજન્સી ન હોય, તો 1 1 1 પર ફોન કરો.
voice-other-number = તેના બદલે અમને { $number } પર ફોન કરો.

widget-more = { $name } વિશે વધુ વાંચો
badge-alternative = શું { $name } રાબેતા મુજબ ચાલે છે?
badge-text = { $name }: { $state }
widget-title = આ નોટિસ વેબસાઇટ પર મૂકો
widget-intro = આ લીટીઓ કોપી કરીને તમારી વેબસાઇટના પેજમાં મૂકો. કંઈ સમસ્યા હોય ત્યારે જ નોટિસ દેખાય છે.
widget-no-cookies = તે કોઈ કૂકી મૂકતી નથી અને તેને ફ્રેમની જરૂર નથી. તે કડક સુરક્ષા નીતિ સાથે પણ ચાલે છે.
widget-code = કોપી કરવાની લીટીઓ
picture-alt = { $name }. { $state }. { $answer }
