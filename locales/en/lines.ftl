### The lines of a page and their states. The value of a state is a tag of a few words;
### its text is the sentence for patients: at most 20 words, reading age 9 to 11.
### Names of lines are headings of a list, so they have no full stop.

## Appointments you already have

line-attend = Appointments you already have
# A pharmacy has no appointments.
line-attend-pharmacy = Coming in
attend-come = Come as usual
    .text = Come to your appointment as usual.
attend-come_unless_contacted = Come unless we contact you
    .text = Come to your appointment unless we contact you.
attend-do_not_come = Do not come
    .text = Do not come to your appointment. We will contact you to arrange a new one.
attend-come-pharmacy = Come as usual
    .text = Come in as usual, but expect to wait longer.
attend-come_unless_contacted-pharmacy = Expect to wait
    .text = Come in, but expect to wait longer than usual.
attend-do_not_come-pharmacy = Do not come
    .text = Do not come in. Use another pharmacy.

## A&E

line-emergency_department = A&E
emergency_department-normal = Normal
    .text = A&E is open.
emergency_department-delayed = Delays
    .text = A&E is open, but you may wait longer.
emergency_department-urgent_only = Urgent only
    .text = A&E is open only for people whose life is in danger.
emergency_department-cancelled = Cancelled
    .text = A&E is not taking new patients.
emergency_department-closed = Closed
    .text = A&E is closed.

## Phone lines

line-phones = Phone lines
phones-working = Working
    .text = You can phone us.
phones-limited = Limited
    .text = Phone us only if it is urgent. Our lines are very busy.
phones-down = Not working
    .text = Our phones are not working.

## Online form

line-online_form = Online form
online_form-on = On
    .text = You can use our online form.
online_form-off = Off
    .text = Our online form is switched off.

## New appointments

line-booking = New appointments
booking-normal = Normal
    .text = You can book appointments as usual.
booking-urgent_only = Urgent only
    .text = We can only book urgent appointments.
booking-paused = Paused
    .text = We cannot book new appointments at the moment.

## Prescriptions

line-prescriptions = Prescriptions
prescriptions-normal = Normal
    .text = Prescriptions are working as usual.
prescriptions-urgent_on_paper = Urgent on paper only
    .text = We can only give urgent prescriptions, on paper.
prescriptions-delayed = Delays
    .text = Prescriptions are taking longer than usual.
prescriptions-order_only_if_needed = Order only if you need to
    .text = Order a repeat prescription only if you are about to run out.

## Test results

line-test_results = Test results
test_results-normal = Normal
    .text = You can get test results as usual.
test_results-delayed = Delays
    .text = Test results may be late. We will contact you if one is urgent.
test_results-paused = Paused
    .text = We cannot see test results at the moment. We will contact you if one is urgent.

## Check-in screens

line-check_in = Check-in screens
check_in-normal = Normal
    .text = The check-in screens are working.
check_in-at_the_desk = At the desk
    .text = The check-in screens are off. Tell reception that you have arrived.

## Health records

line-records = Health records
records-normal = Normal
    .text = We can see your health record.
records-on_paper = On paper
    .text = We are using paper notes. Bring a list of your medicines and allergies.

## Outpatient clinics

line-outpatients = Outpatient clinics
outpatients-normal = Normal
    .text = Outpatient clinics are running.
outpatients-delayed = Delays
    .text = Outpatient clinics are running late.
outpatients-urgent_only = Urgent only
    .text = We are only running clinics that are urgent.
outpatients-cancelled = Cancelled
    .text = Outpatient clinics are cancelled. We will contact you.
outpatients-closed = Closed
    .text = The outpatient clinics here are closed. We will contact you.

## Hospital stays

line-inpatients = Hospital stays
inpatients-normal = Normal
    .text = Hospital stays are going ahead.
inpatients-delayed = Delays
    .text = Hospital stays may start late.
inpatients-urgent_only = Urgent only
    .text = Only urgent hospital stays are going ahead.
inpatients-cancelled = Cancelled
    .text = Planned hospital stays are cancelled. We will contact you.
inpatients-closed = Closed
    .text = The wards are closed to new patients.

## Operations

line-operations = Operations
operations-normal = Normal
    .text = Operations are going ahead.
operations-delayed = Delays
    .text = Operations may be delayed.
operations-urgent_only = Urgent only
    .text = Only urgent operations are going ahead.
operations-cancelled = Cancelled
    .text = Planned operations are cancelled. We will contact you.
operations-closed = Closed
    .text = The operating theatres are closed. We will contact you.

## Scans and X-rays

line-scans = Scans and X-rays
scans-normal = Normal
    .text = Scans and X-rays are going ahead.
scans-delayed = Delays
    .text = Scans and X-rays may be delayed.
scans-urgent_only = Urgent only
    .text = Only urgent scans and X-rays are going ahead.
scans-cancelled = Cancelled
    .text = Scans and X-rays are cancelled. We will contact you.
scans-closed = Closed
    .text = The scanning department is closed. We will contact you.

## Blood tests

line-blood_tests = Blood tests
blood_tests-normal = Normal
    .text = Blood tests are going ahead.
blood_tests-delayed = Delays
    .text = Blood tests may be delayed.
blood_tests-urgent_only = Urgent only
    .text = Only urgent blood tests are going ahead.
blood_tests-cancelled = Cancelled
    .text = Routine blood tests are cancelled. We will contact you.
blood_tests-closed = Closed
    .text = The blood test clinic is closed. We will contact you.

## Radiotherapy

line-radiotherapy = Radiotherapy
radiotherapy-normal = Normal
    .text = Radiotherapy is going ahead.
radiotherapy-delayed = Delays
    .text = Radiotherapy may be delayed.
radiotherapy-urgent_only = Urgent only
    .text = Only urgent radiotherapy is going ahead.
radiotherapy-cancelled = Cancelled
    .text = Radiotherapy is cancelled. We will contact you with a new time.
radiotherapy-closed = Closed
    .text = The radiotherapy department is closed. We will contact you.

## Maternity

line-maternity = Maternity
maternity-normal = Normal
    .text = Maternity services are open.
maternity-delayed = Delays
    .text = Maternity services are open, but you may wait longer.
maternity-urgent_only = Urgent only
    .text = Maternity services are open for urgent care only.
maternity-cancelled = Cancelled
    .text = Routine maternity appointments are cancelled. We will contact you.
maternity-closed = Closed
    .text = The maternity unit here is closed. We will tell you where to go.

## Medicines made up for you

line-dispensing = Medicines made up for you
dispensing-normal = Normal
    .text = We are making up medicines as usual.
dispensing-delayed = Delays
    .text = Medicines are taking longer than usual.
dispensing-paused = Paused
    .text = We cannot make up medicines at the moment.

## Collecting medicines

line-collection = Collecting medicines
collection-normal = Normal
    .text = You can collect medicines as usual.
collection-delayed = Delays
    .text = Expect to wait longer when you collect medicines.
collection-paused = Paused
    .text = You cannot collect medicines at the moment.

## Medicine deliveries

line-deliveries = Medicine deliveries
deliveries-normal = Normal
    .text = Medicine deliveries are running as usual.
deliveries-delayed = Delays
    .text = Medicine deliveries are late.
deliveries-paused = Paused
    .text = Medicine deliveries have stopped for now.

## NHS 111

line-nhs_111 = NHS 111
nhs_111-normal = Normal
    .text = NHS 111 is working as usual.
nhs_111-changed = Changed
    .text = NHS 111 has changed how it works.

## 999

line-emergency_999 = 999
emergency_999-normal = Normal
    .text = 999 is working as usual.
emergency_999-changed = Changed
    .text = Calling 999 has changed.
