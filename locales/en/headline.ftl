### The answer at the top of a page, and what stands beside it.

## Tags of one to four words

headline-normal = No known problems
headline-busy = Busier than usual
headline-limited = Some things are not working
headline-serious = Serious problems
headline-closed = Closed to appointments
# Of a pharmacy, which has no appointments, and of what has closed for good.
headline-shut = Closed
headline-catching_up = Working again, catching up
headline-not_confirmed = Not confirmed
headline-unknown = We do not know

## Sentences

come-in-as-usual = Come in as usual.
we-are-busier = We are busier than usual.
not-known-if-right = We do not know if this information is still right.
# After it, where patients had been told not to come, and where nobody knows if it is open.
contact-before-you-come = Contact us before you come.
# A pharmacy where nobody can collect medicines. The second follows it, and "Use another pharmacy.", while 111 works as usual.
no-medicines-here = You cannot get medicines here at the moment. Use another pharmacy.
call-111-for-medicine = Call 111 if you need medicine today.
some-have-a-problem = Some places have a computer problem.
# $kind is surgery, pharmacy, hospital or another; so it is wherever it stands below.
not-said-if-affected = { $kind ->
        [pharmacy] This pharmacy has not said if it is affected.
        [hospital] This hospital has not said if it is affected.
        [surgery] This GP surgery has not said if it is affected.
       *[organisation] We have not said if we are affected.
    }
# Others said that a problem is over, and this place has said nothing.
not-confirmed-over = { $kind ->
        [pharmacy] This pharmacy has not confirmed that the problem is over.
        [hospital] This hospital has not confirmed that the problem is over.
        [surgery] This GP surgery has not confirmed that the problem is over.
       *[organisation] We have not confirmed that the problem is over.
    }
# ODS calls it dormant or proposed: nobody knows whether it sees patients.
may-not-be-open = { $kind ->
        [pharmacy] We do not know if this pharmacy is open.
        [hospital] We do not know if this hospital is open.
        [surgery] We do not know if this GP surgery is open.
       *[organisation] We do not know if this place is open.
    }
has-closed-for-good = { $kind ->
        [pharmacy] This pharmacy has closed. Find another one.
        [hospital] This hospital has closed. Find another one.
        [surgery] This GP surgery has closed. Find another one.
       *[organisation] This organisation has closed. Find another one.
    }
# On the page of a region or a health board, which sees no patients.
area-problem = Some NHS services in this area have a problem.
area-look-up = Look up your own GP surgery, hospital or pharmacy.
area-look-up-problem = Look up your own GP surgery, hospital or pharmacy to see if it has a problem.

## How far along a problem is

stage-investigating = We are finding out what is wrong
    .text = We are finding out what is wrong.
stage-identified = We know what is wrong
    .text = We know what is wrong. We are working to put it right.
stage-limited = Partly working again
    .text = Some of our systems are working again. Others are not.
stage-catching_up = Working again, catching up
    .text = Our systems are working again. We are catching up.
stage-monitoring = Working again, being watched
    .text = Our systems are working again. We are catching up.
stage-resolved = Back to normal
    .text = This problem is over.
# On the page of a place of which nobody knows whether it is affected: nothing is said in its name.
stage-elsewhere = Reported, not confirmed here
    .text = A problem was reported. We do not know if it is a problem here.
# On the page of a place that has not confirmed what others say is over.
stage-said-over = Said to be over
stage-withdrawn = Withdrawn

kind-surgery = GP surgery
kind-pharmacy = pharmacy
kind-hospital = hospital
kind-trust = NHS trust
kind-region = NHS region
kind-board = health board
kind-nhs = NHS
kind-organisation = organisation
