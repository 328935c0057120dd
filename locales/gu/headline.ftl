# Gujarati: not checked by a native reader yet.

headline-normal = અમારી જાણમાં કોઈ સમસ્યા નથી
headline-busy = હંમેશ કરતાં વધુ વ્યસ્ત
headline-limited = કેટલીક વસ્તુઓ ચાલતી નથી
headline-serious = ગંભીર સમસ્યાઓ
headline-closed = એપોઇન્ટમેન્ટ માટે બંધ
headline-shut = બંધ
headline-catching_up = ફરી ચાલુ, બાકી કામ ચાલુ
headline-not_confirmed = ખાતરી થઈ નથી
headline-unknown = અમને ખબર નથી

come-in-as-usual = હંમેશની જેમ આવો.
we-are-busier = અમે હંમેશ કરતાં વધુ વ્યસ્ત છીએ.
not-known-if-right = આ માહિતી હજી સાચી છે કે નહીં તે અમને ખબર નથી.
contact-before-you-come = આવતા પહેલાં અમારો સંપર્ક કરો.
no-medicines-here = હાલમાં અહીં દવાઓ મળી શકશે નહીં. બીજી ફાર્મસીમાં જાઓ.
call-111-for-medicine = આજે જ દવાની જરૂર હોય તો 111 પર ફોન કરો.
some-have-a-problem = કેટલીક જગ્યાએ કમ્પ્યુટરની સમસ્યા છે.
not-said-if-affected = { $kind ->
        [pharmacy] આ ફાર્મસીમાં આ સમસ્યા છે કે નહીં તે ફાર્મસીએ જણાવ્યું નથી.
        [hospital] આ હોસ્પિટલમાં આ સમસ્યા છે કે નહીં તે હોસ્પિટલે જણાવ્યું નથી.
        [surgery] આ GP સર્જરીમાં આ સમસ્યા છે કે નહીં તે સર્જરીએ જણાવ્યું નથી.
       *[organisation] અમારે ત્યાં આ સમસ્યા છે કે નહીં તે અમે જણાવ્યું નથી.
    }
not-confirmed-over = { $kind ->
        [pharmacy] સમસ્યા પૂરી થઈ છે તેની ખાતરી આ ફાર્મસીએ કરી નથી.
        [hospital] સમસ્યા પૂરી થઈ છે તેની ખાતરી આ હોસ્પિટલે કરી નથી.
        [surgery] સમસ્યા પૂરી થઈ છે તેની ખાતરી આ GP સર્જરીએ કરી નથી.
       *[organisation] સમસ્યા પૂરી થઈ છે તેની ખાતરી અમે કરી નથી.
    }
may-not-be-open = { $kind ->
        [pharmacy] આ ફાર્મસી ખુલ્લી છે કે નહીં તે અમને ખબર નથી.
        [hospital] આ હોસ્પિટલ ખુલ્લી છે કે નહીં તે અમને ખબર નથી.
        [surgery] આ GP સર્જરી ખુલ્લી છે કે નહીં તે અમને ખબર નથી.
       *[organisation] આ સંસ્થા ખુલ્લી છે કે નહીં તે અમને ખબર નથી.
    }
has-closed-for-good = { $kind ->
        [pharmacy] આ ફાર્મસી કાયમ માટે બંધ થઈ ગઈ છે. બીજી શોધો.
        [hospital] આ હોસ્પિટલ કાયમ માટે બંધ થઈ ગઈ છે. બીજી શોધો.
        [surgery] આ GP સર્જરી કાયમ માટે બંધ થઈ ગઈ છે. બીજી શોધો.
       *[organisation] આ સંસ્થા કાયમ માટે બંધ થઈ ગઈ છે. બીજી શોધો.
    }
area-problem = આ વિસ્તારની કેટલીક NHS સેવાઓમાં સમસ્યા છે.
area-look-up = તમારી પોતાની GP સર્જરી, હોસ્પિટલ કે ફાર્મસી શોધીને જુઓ.
area-look-up-problem = સમસ્યા છે કે નહીં તે જાણવા તમારી પોતાની GP સર્જરી, હોસ્પિટલ કે ફાર્મસી શોધીને જુઓ.

stage-investigating = શું ખોટું છે, શોધીએ છીએ
    .text = શું ખોટું થયું છે તે અમે શોધી રહ્યા છીએ.
stage-identified = સમસ્યા શું છે, ખબર છે
    .text = શું ખોટું થયું છે તે અમને ખબર છે. અમે તેને ઠીક કરવા કામ કરી રહ્યા છીએ.
stage-limited = થોડું ફરી ચાલુ
    .text = અમારી કેટલીક સિસ્ટમ ફરી ચાલુ છે. બીજી ચાલુ નથી.
stage-catching_up = ફરી ચાલુ, બાકી કામ ચાલુ
    .text = અમારી સિસ્ટમ ફરી ચાલુ છે. અમે બાકી રહેલું કામ પૂરું કરી રહ્યા છીએ.
stage-monitoring = ફરી ચાલુ, નજર રાખીએ છીએ
    .text = અમારી સિસ્ટમ ફરી ચાલુ છે. અમે બાકી રહેલું કામ પૂરું કરી રહ્યા છીએ.
stage-resolved = ફરી સામાન્ય
    .text = આ સમસ્યા દૂર થઈ ગઈ છે.
stage-elsewhere = જાણ થઈ, અહીં ખાતરી નથી
    .text = એક સમસ્યાની જાણ કરવામાં આવી છે. તે સમસ્યા અહીં છે કે નહીં તે અમને ખબર નથી.
stage-said-over = પૂરી થઈ એમ જણાવાયું
stage-withdrawn = પાછું ખેંચ્યું

kind-surgery = GP સર્જરી
kind-pharmacy = ફાર્મસી
kind-hospital = હોસ્પિટલ
kind-trust = NHS ટ્રસ્ટ
kind-region = NHS વિસ્તાર
kind-board = હેલ્થ બોર્ડ
kind-nhs = NHS
kind-organisation = સંસ્થા
