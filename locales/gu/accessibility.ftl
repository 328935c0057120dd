# Gujarati: not checked by a native reader yet.

accessibility-title = સુલભતા નિવેદન
accessibility-intro = અમે ઇચ્છીએ છીએ કે દરેક વ્યક્તિ આ પેજ વાપરી શકે.
accessibility-means = એટલે કે તમે આ કરી શકો છો:
accessibility-zoom = કોઈ લખાણ ગુમાવ્યા વિના લખાણ 4 ગણું મોટું કરવું
accessibility-keyboard = ફક્ત કીબોર્ડથી દરેક પેજ વાપરવું
accessibility-reader = સ્ક્રીન રીડરથી દરેક પેજ સાંભળવું
accessibility-script = સ્ક્રિપ્ટ, રંગો કે ચિત્રો વિના દરેક પેજ વાંચવું
accessibility-contrast = તમારા પોતાના રંગો, મોટા અક્ષરો અને ઓછી હલચલ વાપરવી
accessibility-how = આ પેજ કેટલાં સુલભ છે
accessibility-standard = અમે Web Content Accessibility Guidelines આવૃત્તિ 2.2, સ્તર AA પ્રમાણે ચાલીએ છીએ.
accessibility-status = આ પાનાં આમાંના મોટા ભાગના નિયમો પાળે છે, પણ બધા નહીં. શું બાકી છે તે યાદી કહે છે.
accessibility-pdf = PDF પોસ્ટર સ્ક્રીન રીડર સાથે કદાચ કામ ન કરે. પોસ્ટરના પાના પર એ જ શબ્દો છે.
accessibility-tested = અમે કોઈ પેજ બદલીએ ત્યારે દરેક પેજ એક પ્રોગ્રામથી તપાસીએ છીએ. પ્રોગ્રામ ફક્ત કેટલીક સમસ્યાઓ જ શોધે છે.
accessibility-not-yet = સહાયક ટેકનોલોજી વાપરતા લોકોએ હજી આ પેજ તપાસ્યાં નથી.
accessibility-translations = કેટલાક અનુવાદ તે ભાષા બોલતી કોઈ વ્યક્તિએ તપાસ્યા નથી. તે પેજ પર એમ લખેલું છે.
accessibility-written = સ્ટાફે પોતે લખેલા શબ્દો જે ભાષામાં લખ્યા હોય તે જ ભાષામાં રહે છે.
accessibility-tell-us = તમારા માટે કંઈ ચાલતું ન હોય તો
accessibility-contact = જે જગ્યાનું પેજ હોય તેને જણાવો. તેનું સરનામું, અને ફોન ચાલુ હોય તો ફોન નંબર, પેજની ઉપર છે.
accessibility-contact-us = તમે અમારો પણ સંપર્ક કરી શકો છો:
accessibility-enforcement = જવાબથી સંતોષ ન હોય તો Equality Advisory and Support Service (EASS) નો સંપર્ક કરો.
accessibility-prepared = અમે આ નિવેદન { $date } ના રોજ લખ્યું છે.
