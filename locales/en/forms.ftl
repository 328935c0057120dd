### Asking to be told, and leaving.

get-updates-by = Get updates by email or text
get-updates-title = Get updates: { $name }
we-tell-you = We tell you when something stops working here, and when it works again.
how-to-tell = How should we tell you?
email = Email
text-message = Text message
which-language = Which language should we use?
which-services = What do you want to hear about?
which-services-hint = Tick none to be told of all.
only-about = Only about: { $services }
contact-label = Your email address or mobile number
contact-hint = A mobile number is 11 digits, such as 07700 900123
continue = Continue
what-we-do = What we do with your contact details
we-keep-only = We keep only this one address or number, and the places and services you choose. We do not ask your name or anything about your health.
we-keep-locked = We keep it locked, and delete it when you leave. You can leave at any time, with one press or by replying STOP.
# The same where a text message cannot be replied to.
we-keep-locked-link = We keep it locked, and delete it when you leave. You can leave at any time, with one press.
error-prefix = Error:
there-is-a-problem = There is a problem
# Before what is wrong with a field; heard, not seen.
error-mark = Error:

check-your-phone = Check your phone
check-your-email = Check your email
sent-a-text = We have sent a text message with a code to { $contact }. It may take a few minutes.
sent-an-email = We have sent an email with a code and a link to { $contact }. It may take a few minutes, so look in your spam folder too.
enter-code-text = Enter the code here. We send no updates before that.
enter-code-email = Enter the code here, or use the link in the email. We send no updates before that.
# Where messages are captured: kept for staff to read, and not sent.
not-set-up = We cannot send emails or text messages here yet. Look at the web page instead.
not-sent = No message was sent
not-sent-to = We have sent nothing to { $contact }. Messages are not set up here yet.
code-is-kept = Staff here can read the code. Enter it below.
signed-up = You have signed up
code = Code
six-digits = 6 digits
change-contact = Change your contact details
get-updates-button = Get updates

get-updates-about = Get updates about { $name }?
we-send-them-to = We send them to { $contact }.
yes-get-updates = Yes, get updates
did-not-ask = If you did not ask for this, close this page. Nothing is sent.

you-will-get-updates = You will get updates
tell-you-by-email = We will tell you by email when something changes.
tell-you-by-text = We will tell you by text message when something changes.
tell-you-by-whatsapp = We will tell you by WhatsApp when something changes.
change-or-stop = Change or stop your updates
see-how-it-is = See how { $name } is now

your-updates = Your updates
send-by-email-to = We send them by email to { $contact }.
send-by-text-to = We send them by text message to { $contact }.
send-by-whatsapp-to = We send them by WhatsApp to { $contact }.
no-updates-now = You get no updates at the moment.
places-you-follow = Places you get updates about
stop-these = Stop these
stop-these-about = Stop these updates about { $name }
removed = Removed. You will get no more messages about it.
change-language = Change language
language-changed = We will use this language from now on.
stop-everything = Stop everything
delete-number = We delete your number at once.
delete-address = We delete your address at once.
stop-all = Stop all messages
success = Success

no-more-messages = You get no more messages
deleted-contact = We have deleted your contact details
still-look = You can still look at the page of any place.

link-is-old = This link no longer works
link-is-old-text = It has been used, or it is too old. Nothing was changed.
ask-again = To get updates, find the place and ask for them again.

## Notifications in the browser

device-heading = On this phone or computer
device-text = Your browser shows an alert when something changes here. We do not need your email address or number.
device-button = Get alerts on this device
device-denied = This browser does not let us show alerts. Change that in its settings, or choose email or text message.
device-failed = Alerts did not work in this browser. Try again, or choose email or text message.
tell-you-on-device = We will show an alert on this device when something changes.
show-on-device = We show them as alerts on one device.
delete-device = We forget this device at once.

## Mistakes beside a field

choose-channel = Choose how we should tell you.
choose-language = Choose one of the languages.
enter-contact = Enter an email address or mobile number.
enter-email = Enter an email address in the correct format, like name@example.com.
enter-mobile = Enter a UK mobile phone number, like 07700 900 982.
code-is-wrong = This code is not right. Check it and enter it again.
code-is-old = This code no longer works. Sign up again to get a new one.
