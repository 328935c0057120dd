# Polish: not checked by a native reader yet.

line-attend = Umówione wizyty
line-attend-pharmacy = Wizyta w aptece
attend-come = Prosimy przyjść jak zwykle
    .text = Prosimy przyjść na wizytę jak zwykle.
attend-come_unless_contacted = Przyjść, chyba że się skontaktujemy
    .text = Prosimy przyjść na wizytę, chyba że wcześniej się z Państwem skontaktujemy.
attend-do_not_come = Prosimy nie przychodzić
    .text = Prosimy nie przychodzić na wizytę. Skontaktujemy się z Państwem, żeby ustalić nowy termin.
attend-come-pharmacy = Prosimy przyjść jak zwykle
    .text = Prosimy przyjść jak zwykle, ale trzeba liczyć się z dłuższym czekaniem.
attend-come_unless_contacted-pharmacy = Trzeba będzie poczekać
    .text = Prosimy przyjść, ale trzeba liczyć się z dłuższym czekaniem niż zwykle.
attend-do_not_come-pharmacy = Prosimy nie przychodzić
    .text = Prosimy nie przychodzić. Prosimy iść do innej apteki.

line-emergency_department = Oddział ratunkowy (A&E)
emergency_department-normal = Normalnie
    .text = Oddział A&E jest otwarty.
emergency_department-delayed = Opóźnienia
    .text = Oddział A&E jest otwarty, ale czas oczekiwania może być dłuższy.
emergency_department-urgent_only = Tylko pilne przypadki
    .text = Oddział A&E jest otwarty tylko w nagłych przypadkach zagrożenia życia.
emergency_department-cancelled = Bez nowych pacjentów
    .text = Oddział A&E nie przyjmuje nowych pacjentów.
emergency_department-closed = Zamknięte
    .text = Oddział A&E jest zamknięty.

line-phones = Linie telefoniczne
phones-working = Działają
    .text = Można do nas dzwonić.
phones-limited = Ograniczone
    .text = Prosimy dzwonić do nas tylko w pilnych sprawach. Nasze linie są bardzo zajęte.
phones-down = Nie działają
    .text = Nasze telefony nie działają.

line-online_form = Formularz internetowy
online_form-on = Włączony
    .text = Można korzystać z naszego formularza internetowego.
online_form-off = Wyłączony
    .text = Nasz formularz internetowy jest wyłączony.

line-booking = Nowe wizyty
booking-normal = Normalnie
    .text = Można umawiać wizyty jak zwykle.
booking-urgent_only = Tylko pilne
    .text = Możemy umawiać tylko pilne wizyty.
booking-paused = Wstrzymane
    .text = W tej chwili nie możemy umawiać nowych wizyt.

line-prescriptions = Recepty
prescriptions-normal = Normalnie
    .text = Obsługa recept działa jak zwykle.
prescriptions-urgent_on_paper = Tylko pilne, na papierze
    .text = Możemy wystawiać tylko pilne recepty, na papierze.
prescriptions-delayed = Opóźnienia
    .text = Na recepty czeka się dłużej niż zwykle.
prescriptions-order_only_if_needed = Zamawiać tylko w razie potrzeby
    .text = Prosimy zamawiać kolejną receptę na stałe leki tylko wtedy, gdy leki zaraz się skończą.

line-test_results = Wyniki badań
test_results-normal = Normalnie
    .text = Wyniki badań można dostać jak zwykle.
test_results-delayed = Opóźnienia
    .text = Wyniki badań mogą się opóźnić. Skontaktujemy się z Państwem, jeśli wynik będzie pilny.
test_results-paused = Wstrzymane
    .text = W tej chwili nie widzimy wyników badań. Skontaktujemy się z Państwem, jeśli wynik będzie pilny.

line-check_in = Ekrany rejestracji
check_in-normal = Normalnie
    .text = Ekrany rejestracji działają.
check_in-at_the_desk = W recepcji
    .text = Ekrany rejestracji są wyłączone. Po przyjściu prosimy zgłosić się w recepcji.

line-records = Dokumentacja medyczna
records-normal = Normalnie
    .text = Widzimy Państwa dokumentację medyczną.
records-on_paper = Na papierze
    .text = Używamy notatek na papierze. Prosimy przynieść listę swoich leków i alergii.

line-outpatients = Poradnie szpitalne
outpatients-normal = Normalnie
    .text = Poradnie szpitalne działają.
outpatients-delayed = Opóźnienia
    .text = Poradnie szpitalne mają opóźnienia.
outpatients-urgent_only = Tylko pilne
    .text = Poradnie szpitalne przyjmują tylko w pilnych przypadkach.
outpatients-cancelled = Odwołane
    .text = Wizyty w poradniach szpitalnych są odwołane. Skontaktujemy się z Państwem.
outpatients-closed = Zamknięte
    .text = Poradnie szpitalne w tym miejscu są zamknięte. Skontaktujemy się z Państwem.

line-inpatients = Pobyty w szpitalu
inpatients-normal = Normalnie
    .text = Pobyty w szpitalu odbywają się zgodnie z planem.
inpatients-delayed = Opóźnienia
    .text = Pobyty w szpitalu mogą zacząć się później.
inpatients-urgent_only = Tylko pilne
    .text = Odbywają się tylko pilne pobyty w szpitalu.
inpatients-cancelled = Odwołane
    .text = Planowe pobyty w szpitalu są odwołane. Skontaktujemy się z Państwem.
inpatients-closed = Zamknięte
    .text = Oddziały szpitalne są zamknięte dla nowych pacjentów.

line-operations = Operacje
operations-normal = Normalnie
    .text = Operacje odbywają się zgodnie z planem.
operations-delayed = Opóźnienia
    .text = Operacje mogą się opóźnić.
operations-urgent_only = Tylko pilne
    .text = Odbywają się tylko pilne operacje.
operations-cancelled = Odwołane
    .text = Planowe operacje są odwołane. Skontaktujemy się z Państwem.
operations-closed = Zamknięte
    .text = Sale operacyjne są zamknięte. Skontaktujemy się z Państwem.

line-scans = Skany i prześwietlenia
scans-normal = Normalnie
    .text = Skany i prześwietlenia odbywają się zgodnie z planem.
scans-delayed = Opóźnienia
    .text = Skany i prześwietlenia mogą się opóźnić.
scans-urgent_only = Tylko pilne
    .text = Odbywają się tylko pilne skany i prześwietlenia.
scans-cancelled = Odwołane
    .text = Skany i prześwietlenia są odwołane. Skontaktujemy się z Państwem.
scans-closed = Zamknięte
    .text = Pracownia skanów i prześwietleń jest zamknięta. Skontaktujemy się z Państwem.

line-blood_tests = Badania krwi
blood_tests-normal = Normalnie
    .text = Badania krwi odbywają się zgodnie z planem.
blood_tests-delayed = Opóźnienia
    .text = Badania krwi mogą się opóźnić.
blood_tests-urgent_only = Tylko pilne
    .text = Odbywają się tylko pilne badania krwi.
blood_tests-cancelled = Odwołane
    .text = Rutynowe badania krwi są odwołane. Skontaktujemy się z Państwem.
blood_tests-closed = Zamknięte
    .text = Punkt pobrań krwi jest zamknięty. Skontaktujemy się z Państwem.

line-radiotherapy = Radioterapia
radiotherapy-normal = Normalnie
    .text = Radioterapia odbywa się zgodnie z planem.
radiotherapy-delayed = Opóźnienia
    .text = Radioterapia może się opóźnić.
radiotherapy-urgent_only = Tylko pilna
    .text = Odbywa się tylko pilna radioterapia.
radiotherapy-cancelled = Odwołana
    .text = Radioterapia jest odwołana. Skontaktujemy się z Państwem i podamy nowy termin.
radiotherapy-closed = Zamknięte
    .text = Oddział radioterapii jest zamknięty. Skontaktujemy się z Państwem.

line-maternity = Opieka w ciąży i przy porodzie
maternity-normal = Normalnie
    .text = Opieka w ciąży i przy porodzie działa.
maternity-delayed = Opóźnienia
    .text = Opieka w ciąży i przy porodzie działa, ale czas oczekiwania może być dłuższy.
maternity-urgent_only = Tylko pilne przypadki
    .text = Opieka w ciąży i przy porodzie działa tylko w pilnych przypadkach.
maternity-cancelled = Odwołane
    .text = Rutynowe wizyty związane z ciążą i porodem są odwołane. Skontaktujemy się z Państwem.
maternity-closed = Zamknięte
    .text = Oddział położniczy w tym miejscu jest zamknięty. Powiemy Państwu, dokąd się udać.

line-dispensing = Przygotowywanie leków
dispensing-normal = Normalnie
    .text = Przygotowujemy leki jak zwykle.
dispensing-delayed = Opóźnienia
    .text = Przygotowanie leków trwa dłużej niż zwykle.
dispensing-paused = Wstrzymane
    .text = W tej chwili nie możemy przygotowywać leków.

line-collection = Odbiór leków
collection-normal = Normalnie
    .text = Leki można odbierać jak zwykle.
collection-delayed = Opóźnienia
    .text = Przy odbiorze leków trzeba liczyć się z dłuższym czekaniem.
collection-paused = Wstrzymany
    .text = W tej chwili nie można odbierać leków.

line-deliveries = Dostawy leków
deliveries-normal = Normalnie
    .text = Dostawy leków odbywają się jak zwykle.
deliveries-delayed = Opóźnienia
    .text = Dostawy leków są opóźnione.
deliveries-paused = Wstrzymane
    .text = Dostawy leków są na razie wstrzymane.

line-nhs_111 = NHS 111
nhs_111-normal = Normalnie
    .text = NHS 111 działa jak zwykle.
nhs_111-changed = Zmiana
    .text = NHS 111 działa teraz inaczej.

line-emergency_999 = 999
emergency_999-normal = Normalnie
    .text = Numer 999 działa jak zwykle.
emergency_999-changed = Zmiana
    .text = Dzwonienie pod numer 999 wygląda teraz inaczej.
