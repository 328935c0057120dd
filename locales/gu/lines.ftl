# Gujarati: not checked by a native reader yet.

line-attend = તમારી અગાઉથી નક્કી એપોઇન્ટમેન્ટ
line-attend-pharmacy = ફાર્મસીમાં આવવું
attend-come = હંમેશની જેમ આવો
    .text = તમારી એપોઇન્ટમેન્ટ માટે હંમેશની જેમ આવો.
attend-come_unless_contacted = અમે સંપર્ક ન કરીએ તો આવો
    .text = જો અમે તમારો સંપર્ક ન કરીએ, તો તમારી એપોઇન્ટમેન્ટ માટે આવો.
attend-do_not_come = આવશો નહીં
    .text = તમારી એપોઇન્ટમેન્ટ માટે આવશો નહીં. નવી એપોઇન્ટમેન્ટ ગોઠવવા અમે તમારો સંપર્ક કરીશું.
attend-come-pharmacy = હંમેશની જેમ આવો
    .text = હંમેશની જેમ આવો, પણ વધુ રાહ જોવી પડશે.
attend-come_unless_contacted-pharmacy = વધુ રાહ જોવી પડશે
    .text = આવો, પણ હંમેશ કરતાં વધુ રાહ જોવી પડશે.
attend-do_not_come-pharmacy = આવશો નહીં
    .text = આવશો નહીં. બીજી ફાર્મસીમાં જાઓ.

line-emergency_department = A&E
emergency_department-normal = સામાન્ય
    .text = A&E ખુલ્લું છે.
emergency_department-delayed = મોડું થાય છે
    .text = A&E ખુલ્લું છે, પણ તમારે વધુ રાહ જોવી પડી શકે છે.
emergency_department-urgent_only = ફક્ત તાત્કાલિક
    .text = A&E ફક્ત જીવનું જોખમ હોય તેવી ઇમરજન્સી માટે જ ખુલ્લું છે.
emergency_department-cancelled = રદ
    .text = A&E નવા દર્દીઓને લેતું નથી.
emergency_department-closed = બંધ
    .text = A&E બંધ છે.

line-phones = ફોન લાઇન
phones-working = ચાલુ છે
    .text = તમે અમને ફોન કરી શકો છો.
phones-limited = મર્યાદિત
    .text = ફક્ત તાત્કાલિક જરૂર હોય તો જ અમને ફોન કરો. અમારી ફોન લાઇન ખૂબ વ્યસ્ત છે.
phones-down = ચાલતી નથી
    .text = અમારા ફોન ચાલતા નથી.

line-online_form = ઓનલાઇન ફોર્મ
online_form-on = ચાલુ
    .text = તમે અમારું ઓનલાઇન ફોર્મ વાપરી શકો છો.
online_form-off = બંધ
    .text = અમારું ઓનલાઇન ફોર્મ બંધ છે.

line-booking = નવી એપોઇન્ટમેન્ટ
booking-normal = સામાન્ય
    .text = તમે હંમેશની જેમ એપોઇન્ટમેન્ટ લઈ શકો છો.
booking-urgent_only = ફક્ત તાત્કાલિક
    .text = અમે ફક્ત તાત્કાલિક એપોઇન્ટમેન્ટ જ આપી શકીએ છીએ.
booking-paused = હાલ પૂરતું બંધ
    .text = હાલમાં અમે નવી એપોઇન્ટમેન્ટ આપી શકતા નથી.

line-prescriptions = પ્રિસ્ક્રિપ્શન
prescriptions-normal = સામાન્ય
    .text = પ્રિસ્ક્રિપ્શન હંમેશની જેમ મળે છે.
prescriptions-urgent_on_paper = ફક્ત તાત્કાલિક, કાગળ પર
    .text = અમે ફક્ત તાત્કાલિક પ્રિસ્ક્રિપ્શન જ આપી શકીએ છીએ, અને તે કાગળ પર.
prescriptions-delayed = મોડું થાય છે
    .text = પ્રિસ્ક્રિપ્શનમાં હંમેશ કરતાં વધુ સમય લાગે છે.
prescriptions-order_only_if_needed = જરૂર હોય તો જ મંગાવો
    .text = તમારી દવા ખલાસ થવા આવી હોય તો જ રિપીટ પ્રિસ્ક્રિપ્શન મંગાવો.

line-test_results = ટેસ્ટનાં પરિણામો
test_results-normal = સામાન્ય
    .text = તમે હંમેશની જેમ ટેસ્ટનાં પરિણામો મેળવી શકો છો.
test_results-delayed = મોડું થાય છે
    .text = ટેસ્ટનાં પરિણામો મોડાં આવી શકે છે. કોઈ પરિણામ તાત્કાલિક હશે તો અમે તમારો સંપર્ક કરીશું.
test_results-paused = હાલ પૂરતું બંધ
    .text = હાલમાં અમે ટેસ્ટનાં પરિણામો જોઈ શકતા નથી. કોઈ પરિણામ તાત્કાલિક હશે તો અમે તમારો સંપર્ક કરીશું.

line-check_in = ચેક-ઇન સ્ક્રીન
check_in-normal = સામાન્ય
    .text = ચેક-ઇન સ્ક્રીન ચાલુ છે.
check_in-at_the_desk = રિસેપ્શન પર જણાવો
    .text = ચેક-ઇન સ્ક્રીન બંધ છે. તમે આવી ગયા છો તે રિસેપ્શન પર જણાવો.

line-records = આરોગ્ય રેકોર્ડ
records-normal = સામાન્ય
    .text = અમે તમારો આરોગ્ય રેકોર્ડ જોઈ શકીએ છીએ.
records-on_paper = કાગળ પર
    .text = અમે કાગળની નોંધો વાપરીએ છીએ. તમારી દવાઓ અને એલર્જીની યાદી લાવો.

line-outpatients = આઉટપેશન્ટ ક્લિનિક
outpatients-normal = સામાન્ય
    .text = આઉટપેશન્ટ ક્લિનિક ચાલુ છે.
outpatients-delayed = મોડું થાય છે
    .text = આઉટપેશન્ટ ક્લિનિક મોડાં ચાલે છે.
outpatients-urgent_only = ફક્ત તાત્કાલિક
    .text = ફક્ત તાત્કાલિક આઉટપેશન્ટ ક્લિનિક જ ચાલુ છે.
outpatients-cancelled = રદ
    .text = આઉટપેશન્ટ ક્લિનિક રદ થયાં છે. અમે તમારો સંપર્ક કરીશું.
outpatients-closed = બંધ
    .text = અહીંનાં આઉટપેશન્ટ ક્લિનિક બંધ છે. અમે તમારો સંપર્ક કરીશું.

line-inpatients = હોસ્પિટલમાં દાખલ થવું
inpatients-normal = સામાન્ય
    .text = હોસ્પિટલમાં દર્દીઓને દાખલ કરવાનું ચાલુ છે.
inpatients-delayed = મોડું થાય છે
    .text = હોસ્પિટલમાં દાખલ થવામાં મોડું થઈ શકે છે.
inpatients-urgent_only = ફક્ત તાત્કાલિક
    .text = હોસ્પિટલમાં ફક્ત તાત્કાલિક દર્દીઓને જ દાખલ કરવામાં આવે છે.
inpatients-cancelled = રદ
    .text = અગાઉથી નક્કી કરેલું હોસ્પિટલમાં દાખલ થવાનું રદ થયું છે. અમે તમારો સંપર્ક કરીશું.
inpatients-closed = બંધ
    .text = વોર્ડ નવા દર્દીઓ માટે બંધ છે.

line-operations = ઓપરેશન
operations-normal = સામાન્ય
    .text = ઓપરેશન થઈ રહ્યાં છે.
operations-delayed = મોડું થાય છે
    .text = ઓપરેશન મોડાં થઈ શકે છે.
operations-urgent_only = ફક્ત તાત્કાલિક
    .text = ફક્ત તાત્કાલિક ઓપરેશન જ થઈ રહ્યાં છે.
operations-cancelled = રદ
    .text = અગાઉથી નક્કી કરેલાં ઓપરેશન રદ થયાં છે. અમે તમારો સંપર્ક કરીશું.
operations-closed = બંધ
    .text = ઓપરેશન થિયેટર બંધ છે. અમે તમારો સંપર્ક કરીશું.

line-scans = સ્કેન અને એક્સ-રે
scans-normal = સામાન્ય
    .text = સ્કેન અને એક્સ-રે થઈ રહ્યાં છે.
scans-delayed = મોડું થાય છે
    .text = સ્કેન અને એક્સ-રે મોડાં થઈ શકે છે.
scans-urgent_only = ફક્ત તાત્કાલિક
    .text = ફક્ત તાત્કાલિક સ્કેન અને એક્સ-રે જ થઈ રહ્યાં છે.
scans-cancelled = રદ
    .text = સ્કેન અને એક્સ-રે રદ થયાં છે. અમે તમારો સંપર્ક કરીશું.
scans-closed = બંધ
    .text = સ્કેન વિભાગ બંધ છે. અમે તમારો સંપર્ક કરીશું.

line-blood_tests = લોહીના ટેસ્ટ
blood_tests-normal = સામાન્ય
    .text = લોહીના ટેસ્ટ થઈ રહ્યા છે.
blood_tests-delayed = મોડું થાય છે
    .text = લોહીના ટેસ્ટ મોડા થઈ શકે છે.
blood_tests-urgent_only = ફક્ત તાત્કાલિક
    .text = લોહીના ફક્ત તાત્કાલિક ટેસ્ટ જ થઈ રહ્યા છે.
blood_tests-cancelled = રદ
    .text = લોહીના રૂટિન ટેસ્ટ રદ થયા છે. અમે તમારો સંપર્ક કરીશું.
blood_tests-closed = બંધ
    .text = લોહીના ટેસ્ટનું ક્લિનિક બંધ છે. અમે તમારો સંપર્ક કરીશું.

line-radiotherapy = રેડિયોથેરાપી
radiotherapy-normal = સામાન્ય
    .text = રેડિયોથેરાપી ચાલુ છે.
radiotherapy-delayed = મોડું થાય છે
    .text = રેડિયોથેરાપી મોડી થઈ શકે છે.
radiotherapy-urgent_only = ફક્ત તાત્કાલિક
    .text = ફક્ત તાત્કાલિક રેડિયોથેરાપી જ ચાલુ છે.
radiotherapy-cancelled = રદ
    .text = રેડિયોથેરાપી રદ થઈ છે. નવો સમય જણાવવા અમે તમારો સંપર્ક કરીશું.
radiotherapy-closed = બંધ
    .text = રેડિયોથેરાપી વિભાગ બંધ છે. અમે તમારો સંપર્ક કરીશું.

line-maternity = પ્રસૂતિ સેવા
maternity-normal = સામાન્ય
    .text = પ્રસૂતિ સેવાઓ ખુલ્લી છે.
maternity-delayed = મોડું થાય છે
    .text = પ્રસૂતિ સેવાઓ ખુલ્લી છે, પણ તમારે વધુ રાહ જોવી પડી શકે છે.
maternity-urgent_only = ફક્ત તાત્કાલિક
    .text = પ્રસૂતિ સેવાઓ ફક્ત તાત્કાલિક સારવાર માટે જ ખુલ્લી છે.
maternity-cancelled = રદ
    .text = રૂટિન પ્રસૂતિ એપોઇન્ટમેન્ટ રદ થઈ છે. અમે તમારો સંપર્ક કરીશું.
maternity-closed = બંધ
    .text = અહીંનો પ્રસૂતિ વિભાગ બંધ છે. ક્યાં જવું તે અમે તમને જણાવીશું.

line-dispensing = તમારી દવા તૈયાર કરવી
dispensing-normal = સામાન્ય
    .text = અમે હંમેશની જેમ દવાઓ તૈયાર કરીએ છીએ.
dispensing-delayed = મોડું થાય છે
    .text = દવાઓ તૈયાર કરવામાં હંમેશ કરતાં વધુ સમય લાગે છે.
dispensing-paused = હાલ પૂરતું બંધ
    .text = હાલમાં અમે દવાઓ તૈયાર કરી શકતા નથી.

line-collection = દવા લઈ જવી
collection-normal = સામાન્ય
    .text = તમે હંમેશની જેમ આવીને દવા લઈ જઈ શકો છો.
collection-delayed = મોડું થાય છે
    .text = દવા લઈ જવા આવો ત્યારે વધુ રાહ જોવી પડશે.
collection-paused = હાલ પૂરતું બંધ
    .text = હાલમાં તમે આવીને દવા લઈ જઈ શકશો નહીં.

line-deliveries = દવાની ડિલિવરી
deliveries-normal = સામાન્ય
    .text = દવાની ડિલિવરી હંમેશની જેમ ચાલુ છે.
deliveries-delayed = મોડું થાય છે
    .text = દવાની ડિલિવરી મોડી છે.
deliveries-paused = હાલ પૂરતું બંધ
    .text = દવાની ડિલિવરી હાલ પૂરતી બંધ છે.

line-nhs_111 = NHS 111
nhs_111-normal = સામાન્ય
    .text = NHS 111 હંમેશની જેમ ચાલુ છે.
nhs_111-changed = બદલાયું છે
    .text = NHS 111 ની કામ કરવાની રીત બદલાઈ છે.

line-emergency_999 = 999
emergency_999-normal = સામાન્ય
    .text = 999 હંમેશની જેમ ચાલુ છે.
emergency_999-changed = બદલાયું છે
    .text = 999 પર ફોન કરવાની રીત બદલાઈ છે.
