### What patients are told when a system fails, without the sentence on attending and without
### 999 or 111 advice: those are made from the lines. `.short` is for text messages: in English at
### most 60 characters of the GSM alphabet. The id is "system-" and the key of data/catalogue.toml.

# EMIS Web
system-emis-web = Our computer system is not working. We can only deal with urgent problems today.
    .short = Our computer system is not working.
# TPP SystmOne
system-systmone = { system-emis-web }
    .short = { system-emis-web.short }
# Cegedim Vision
system-vision = { system-emis-web }
    .short = { system-emis-web.short }
# Online request form
system-online-form = Our online form is switched off. If it is urgent, contact us another way.
    .short = Our online form is switched off.
# Test ordering and results links
system-gp-order = Test results may be late. We will contact you if one needs action.
    .short = Test results may be late.
# Surgery phones
system-gp-phone = You cannot reach us by phone. If it is urgent, come to the front desk.
    .short = Our phones are not working.
# Text messages to patients
system-gp-sms = You may not get a text reminder. Your appointment still stands.
    .short = You may not get a text reminder from us.
# Pharmacy computer system
system-pharmacy-pmr = The pharmacy is working by hand, so expect to wait longer.
    .short = The pharmacy is working by hand. Expect to wait longer.
# Medicine deliveries to pharmacies
system-wholesale = Some medicines are arriving late. Check with the pharmacy before you travel to collect yours.
    .short = Some medicines are arriving late.
# Electronic Prescription Service
system-eps = Prescriptions cannot be sent by computer. If you will run out today, ask your GP surgery for a paper one.
    .short = Prescriptions cannot be sent by computer.
# NHS Spine
system-spine = Some national NHS computer services are not working. Your care will go on, but more slowly.
    .short = Some NHS computer services are not working.
# Personal Demographics Service
system-pds = We may not be able to look up your details. Bring your NHS number or proof of address if you have it.
    .short = Bring your NHS number or proof of address if you have it.
# Summary Care Record
system-scr = We cannot see your list of medicines and allergies. Bring your own list if you can.
    .short = Bring a list of your medicines and allergies.
# e-Referral Service
system-ers = Your hospital referral may be booked later than usual. We are keeping a list.
    .short = Hospital referrals may be booked later than usual.
# GP Connect
system-gp-connect = NHS 111 may not be able to book you in with us. They may ask you to contact us to book.
    .short = NHS 111 may ask you to contact us to book.
# NHS App
system-nhs-app = The NHS App is not working. Contact your GP surgery or pharmacy instead.
    .short = The NHS App is not working.
# NHS login
system-nhs-login = You cannot sign in to some NHS services online. Contact your GP surgery or pharmacy instead.
    .short = You cannot sign in to some NHS services online.
# NHSmail
system-nhsmail = We cannot read emails at the moment. Please do not email us anything urgent.
    .short = We cannot read emails at the moment.
# Smartcards and CIS2 sign-in
system-cis2 = Staff cannot use some systems, so things will take longer.
    .short = Staff cannot use some systems. Expect delays.
# HSCN network
system-hscn = Our site has lost its connection. We are seeing urgent patients first.
    .short = Our site has lost its computer connection.
# NHS 111 software
system-111-system = The NHS 111 computer system is not working. You may wait longer for an answer.
    .short = The NHS 111 computer system is not working.
# 999 call handling
system-999-calls = Some emergency calls may not connect. Follow the emergency advice on this page.
    .short = Some emergency calls may not connect.
# Ambulance dispatch
system-ambulance-cad = Ambulances may take longer to reach you. Follow the emergency advice on this page.
    .short = Ambulances may take longer to reach you.
# Hospital records system
system-hospital-epr = Our hospital records system is not working, so staff are using paper. Expect to wait longer.
    .short = Our hospital records system is not working.
# Hospital bookings system
system-hospital-pas = We are working from paper lists. Bring your appointment letter if you have it.
    .short = We are on paper. Bring your appointment letter.
# Radiotherapy system
system-radiotherapy = Some radiotherapy may be delayed. We will contact you if your treatment time changes.
    .short = Some radiotherapy may be delayed.
# Blood test laboratory system
system-pathology = We can only do urgent blood tests at the moment. We will contact you if we need to cancel yours.
    .short = We can only do urgent blood tests at the moment.
# X-ray and scan images
system-pacs = Your scan may be delayed. We will contact you if we need to move it.
    .short = Your scan may be delayed.
# Community and mental health records
system-mh-epr = Our records system is not working, so replies may be slow. In a mental health crisis, do not wait for our reply.
    .short = Our records system is not working.
# Self check-in screens
system-kiosk = The check-in screens are off. Please tell reception you have arrived.
    .short = The check-in screens are off. Tell reception you are here.
# CrowdStrike Falcon
system-falcon = Many of our computers are not working. Things will take longer than usual.
    .short = Many of our computers are not working.
# Windows computers
system-windows = { system-falcon }
    .short = { system-falcon.short }
# Microsoft 365, Azure and Entra sign-in
system-m365 = Some of our systems are not working, and we may be slow to reply.
    .short = Some of our systems are not working.
# Site power or network
system-power-net = We have lost power or our network, so this site is closed. We will contact you about your appointment.
    .short = This site is closed. We have lost power or our network.

# The title of a problem with a system, when nobody wrote one.
system-is-not-working = { $system } is not working
systems-are-not-working = { $system } are not working
