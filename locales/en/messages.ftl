### Emails, text messages and social posts. The answer comes first; links and names are put in.

# Before the words of a message that puts an earlier one right.
correction-mark = Correction: { $text }
# The start of a message: the name of the place, and what is said.
name-and-text = { $name }: { $text }
what-we-told-was-wrong = What we told you before was wrong.
problem-with-system = The problem with { $system } is over.
problem-is-over = The problem is over.
one-problem-is-over = One problem is over. Another one is not.
problem-over-subject = { $system ->
        [none] the problem is over
       *[other] the problem with { $system } is over
    }
back-to-normal = We are back to normal.
back-to-normal-subject = back to normal
working-again-subject = working again, catching up
partly-working-subject = partly working again
# An incident is better, and something else at the place is not.
some-working-again = { $system ->
        [none] Some things work again. Others are not as usual.
       *[other] { $system } works again. Some things are not as usual.
    }
urgent-help = If you need urgent help, use 111.nhs.uk or call 111. In an emergency, call 999.
full-information = Full information
full-information-at = Full information: { $url }
stop-emails = Stop these emails
stop-emails-at = Stop these emails: { $url }
# At the end of a text message that cannot be replied to.
stop-texts-at = To stop: { $url }
you-asked = You asked to be told about { $name }.

## Confirming

confirm-subject = Confirm that you want messages from { $name }
confirm-headline = Confirm that you want messages when things change at { $name }.
confirm-open-link = Open this link and press the button: { $link }
confirm-or-code = Or enter this code: { $code }
confirm-24-hours = The link and the code work for 24 hours.
confirm-not-asked = If you did not ask for this, do nothing. You will not hear from us again.
confirm-short = Your code is { $code }. If you did not ask for it, do nothing.

## Answers to a text: START, HELP, STATUS. STOP and STATUS stay as they are.

text-started = We will send you messages again. To stop them, reply STOP.
text-nobody = We send nothing to this number. Choose the places that you want messages about: { $url }
text-help = Change or stop your messages: { $url } Or reply STOP. Reply STATUS to hear how things are now.
