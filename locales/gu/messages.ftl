# Gujarati: not checked by a native reader yet.

correction-mark = સુધારો: { $text }
name-and-text = { $name }: { $text }
what-we-told-was-wrong = અમે તમને અગાઉ જે જણાવ્યું હતું તે ખોટું હતું.
problem-with-system = { $system } ની સમસ્યા દૂર થઈ ગઈ છે.
problem-is-over = સમસ્યા દૂર થઈ ગઈ છે.
one-problem-is-over = એક સમસ્યા દૂર થઈ ગઈ છે. બીજી હજી ચાલુ છે.
problem-over-subject = { $system ->
        [none] સમસ્યા દૂર થઈ ગઈ છે
       *[other] { $system } ની સમસ્યા દૂર થઈ ગઈ છે
    }
back-to-normal = અમારે ત્યાં બધું ફરી સામાન્ય છે.
back-to-normal-subject = ફરી સામાન્ય
working-again-subject = ફરી ચાલુ, બાકી કામ ચાલુ
partly-working-subject = થોડું ફરી ચાલુ
some-working-again = { $system ->
        [none] કેટલીક વસ્તુઓ ફરી ચાલુ છે, પણ બધું હજી રાબેતા મુજબ નથી.
       *[other] { $system } ફરી ચાલુ છે, પણ બધું હજી રાબેતા મુજબ નથી.
    }
urgent-help = તાત્કાલિક મદદની જરૂર હોય તો 111.nhs.uk વાપરો અથવા 111 પર ફોન કરો. ઇમરજન્સીમાં 999 પર ફોન કરો.
full-information = પૂરી માહિતી
full-information-at = પૂરી માહિતી: { $url }
stop-emails = આ ઈમેલ બંધ કરો
stop-emails-at = આ ઈમેલ બંધ કરો: { $url }
stop-texts-at = બંધ કરવા: { $url }
you-asked = તમે { $name } વિશે માહિતી માગી હતી.

confirm-subject = તમને { $name } તરફથી મેસેજ જોઈએ છે તેની ખાતરી કરો
confirm-headline = { $name } માં કંઈ બદલાય ત્યારે તમને મેસેજ જોઈએ છે તેની ખાતરી કરો.
confirm-open-link = આ લિંક ખોલો અને બટન દબાવો: { $link }
confirm-or-code = અથવા આ કોડ લખો: { $code }
confirm-24-hours = લિંક અને કોડ 24 કલાક ચાલશે.
confirm-not-asked = તમે આ માગ્યું ન હોય તો કંઈ ન કરશો. અમે ફરી તમારો સંપર્ક કરીશું નહીં.
confirm-short = તમારો કોડ { $code } છે. માગ્યો ન હોય તો કંઈ ન કરશો.

## Answers to a text: START, HELP, STATUS

text-started = અમે તમને ફરીથી મેસેજ મોકલીશું. બંધ કરવા જવાબમાં STOP લખો.
text-nobody = અમે આ નંબર પર કંઈ મોકલતા નથી. જે જગ્યાઓ વિશે મેસેજ જોઈએ તે પસંદ કરો: { $url }
text-help = તમારા મેસેજ બદલો કે બંધ કરો: { $url } અથવા જવાબમાં STOP લખો. અત્યારની સ્થિતિ જાણવા STATUS લખો.
