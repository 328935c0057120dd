# Gujarati: not checked by a native reader yet.

get-updates-by = ઈમેલ કે ટેક્સ્ટ મેસેજથી માહિતી મેળવો
get-updates-title = માહિતી મેળવો: { $name }
we-tell-you = અહીં કંઈ ચાલતું બંધ થાય ત્યારે અને તે ફરી ચાલુ થાય ત્યારે અમે તમને જણાવીએ છીએ.
how-to-tell = અમે તમને કેવી રીતે જણાવીએ?
email = ઈમેલ
text-message = ટેક્સ્ટ મેસેજ
which-language = અમે કઈ ભાષા વાપરીએ?
contact-label = તમારું ઈમેલ સરનામું કે મોબાઇલ નંબર
contact-hint = મોબાઇલ નંબરમાં 11 આંકડા હોય છે, જેમ કે 07700 900123
continue = આગળ વધો
what-we-do = તમારી સંપર્ક વિગતોનું અમે શું કરીએ છીએ
we-keep-only = અમે ફક્ત આ એક સરનામું કે નંબર અને તમે પસંદ કરેલી જગ્યાઓ રાખીએ છીએ. અમે તમારું નામ કે તમારા આરોગ્ય વિશે કંઈ પૂછતા નથી.
we-keep-locked = અમે તેને સુરક્ષિત રાખીએ છીએ, અને તમે છોડો ત્યારે કાઢી નાખીએ છીએ. તમે એક બટન દબાવીને કે જવાબમાં STOP લખીને ગમે ત્યારે છોડી શકો છો.
error-prefix = ભૂલ:
there-is-a-problem = એક સમસ્યા છે

check-your-phone = તમારો ફોન જુઓ
check-your-email = તમારો ઈમેલ જુઓ
sent-a-text = અમે { $contact } પર કોડ સાથેનો ટેક્સ્ટ મેસેજ મોકલ્યો છે. તેને થોડી મિનિટો લાગી શકે છે.
sent-an-email = અમે { $contact } પર કોડ અને લિંક સાથેનો ઈમેલ મોકલ્યો છે. તેને થોડી મિનિટો લાગી શકે છે, તેથી સ્પામ ફોલ્ડર પણ જુઓ.
enter-code-text = અહીં કોડ લખો. તે પહેલાં અમે કોઈ માહિતી મોકલતા નથી.
enter-code-email = અહીં કોડ લખો, અથવા ઈમેલમાંની લિંક વાપરો. તે પહેલાં અમે કોઈ માહિતી મોકલતા નથી.
code = કોડ
six-digits = 6 આંકડા
change-contact = તમારી સંપર્ક વિગતો બદલો
get-updates-button = માહિતી મેળવો

get-updates-about = { $name } વિશે માહિતી મેળવવી છે?
we-send-them-to = અમે તે { $contact } પર મોકલીએ છીએ.
yes-get-updates = હા, માહિતી મેળવવી છે
did-not-ask = તમે આ માગ્યું ન હોય તો આ પેજ બંધ કરો. કંઈ મોકલવામાં આવશે નહીં.

you-will-get-updates = તમને માહિતી મળશે
tell-you-by-email = કંઈ બદલાશે ત્યારે અમે તમને ઈમેલથી જણાવીશું.
tell-you-by-text = કંઈ બદલાશે ત્યારે અમે તમને ટેક્સ્ટ મેસેજથી જણાવીશું.
tell-you-by-whatsapp = કંઈ બદલાશે ત્યારે અમે તમને WhatsApp થી જણાવીશું.
change-or-stop = તમને મળતી માહિતી બદલો કે બંધ કરો
see-how-it-is = { $name } ની હાલની સ્થિતિ જુઓ

your-updates = તમને મળતી માહિતી
send-by-email-to = અમે તે ઈમેલથી { $contact } પર મોકલીએ છીએ.
send-by-text-to = અમે તે ટેક્સ્ટ મેસેજથી { $contact } પર મોકલીએ છીએ.
send-by-whatsapp-to = અમે તે WhatsApp થી { $contact } પર મોકલીએ છીએ.
no-updates-now = હાલમાં તમને કોઈ માહિતી મળતી નથી.
places-you-follow = જે જગ્યાઓની માહિતી તમને મળે છે
stop-these = આ બંધ કરો
stop-these-about = { $name } વિશેની આ માહિતી બંધ કરો
removed = કાઢી નાખ્યું. તેના વિશે તમને હવે કોઈ મેસેજ મળશે નહીં.
stop-everything = બધું બંધ કરો
delete-number = અમે તમારો નંબર તરત જ કાઢી નાખીએ છીએ.
delete-address = અમે તમારું સરનામું તરત જ કાઢી નાખીએ છીએ.
stop-all = બધા મેસેજ બંધ કરો
success = સફળ

no-more-messages = તમને હવે કોઈ મેસેજ મળશે નહીં
deleted-contact = અમે તમારી સંપર્ક વિગતો કાઢી નાખી છે
still-look = તમે હજી પણ કોઈ પણ જગ્યાનું પેજ જોઈ શકો છો.

link-is-old = આ લિંક હવે ચાલતી નથી
link-is-old-text = તે વપરાઈ ગઈ છે, અથવા બહુ જૂની છે. કંઈ બદલાયું નથી.
ask-again = માહિતી મેળવવા માટે જગ્યા શોધો અને ફરીથી માહિતી માગો.

choose-channel = ઈમેલ કે ટેક્સ્ટ મેસેજ પસંદ કરો.
choose-language = એક ભાષા પસંદ કરો.
enter-contact = ઈમેલ સરનામું કે મોબાઇલ નંબર લખો.
enter-email = સાચી રીતે ઈમેલ સરનામું લખો, જેમ કે name@example.com.
enter-mobile = UK નો મોબાઇલ ફોન નંબર લખો, જેમ કે 07700 900 982.
code-is-wrong = આ કોડ સાચો નથી. તેને તપાસીને ફરી લખો.
code-is-old = આ કોડ હવે ચાલતો નથી. નવો કોડ મેળવવા ફરી નોંધણી કરો.
