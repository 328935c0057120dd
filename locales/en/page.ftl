### The patient page, the history and the search.

## On every page

# The name of the product; it stays as it is.
signpost = Signpost
skip-to-content = Skip to main content
find-a-place = Find a place
find-another-place = Find another place
staff-sign-in = Staff sign-in
accessibility-link = Accessibility
support-links = Support links
back = Back
languages = Languages
# Before what stays as it was written.
in-english = In English:
# On every page in a language that no native reader has checked yet.
awaiting-check = A person who speaks this language has not checked these words yet. If something is not clear, read the page in English.
read-in-english = Read this page in English
information = Information
immediate-action = Immediate action required
urgent-advice = Urgent advice
non-urgent-advice = Non-urgent advice

## The answer

checked-at = Checked at { $time }.
next-update-by = Next update by { $time }.
phone = Phone:
use-this-number = Use this number for now:
cannot-phone = You cannot phone us at the moment.
may-not-phone = You may not be able to phone us.
page-changed = This page has changed.
page-changed-reload = This page has changed. Load it again to see what is new.
could-not-check = We could not check for changes. Your device may be offline.

## What is late

update-late = The next update is late
update-was-due = It was due at { $time }.
information-old = This information is old
last-heard = We last heard something at { $time }.
next-was-due = The next update was due at { $time }.
only-good-until = What we were told was only good until { $time }.

## The lines

place-says = { $name } says
what-works = What is working and what is not
# $lines are labels of lines, with commas between them.
no-problem-with = No problem reported: { $lines }.
phone-instead = Phone { $number } instead.
front-desk-if-urgent = Come to the front desk if it is urgent.
not-known = Not known
line-was-good-until = This was only good until { $time }:
line-not-known = We do not know if it is still right.
for-the-morning = This is for the morning of { $date } only.
for-the-afternoon = This is for the afternoon of { $date } only.
we-said = We said this at { $time }.
they-said = { $name } said this at { $time }.
they-took-back = { $name } took this back at { $time }.
# On the page of a pharmacy, when a problem at surgeries makes it slower.
surgeries-have-a-problem = Some GP surgeries that send prescriptions here have a problem. Your prescription may reach us late.
surgeries-reported = { $name } reported a problem at GP surgeries at { $time }.

## Who reported a problem

we-reported = { $kind ->
        [pharmacy] This pharmacy reported this.
        [hospital] This hospital reported this.
        [surgery] This GP surgery reported this.
       *[organisation] We reported this.
    }
they-reported = { $name } reported this.
# Before "This GP surgery has not confirmed it yet."
they-said-over = { $name } said that this problem is over.
they-said-system-over = { $name } said that the problem with { $system } is over.
they-said-other-over = { $name } said that another problem is over.
not-confirmed-yet = { $kind ->
        [pharmacy] This pharmacy has not confirmed it yet.
        [hospital] This hospital has not confirmed it yet.
        [surgery] This GP surgery has not confirmed it yet.
       *[organisation] We have not confirmed it yet.
    }
not-known-if-affected = { $kind ->
        [pharmacy] We do not know if this pharmacy is affected.
        [hospital] We do not know if this hospital is affected.
        [surgery] We do not know if this GP surgery is affected.
       *[organisation] We do not know if this part of the NHS is affected.
    }
confirmed-at = { $kind ->
        [pharmacy] This pharmacy said at { $time } that it was affected.
        [hospital] This hospital said at { $time } that it was affected.
        [surgery] This GP surgery said at { $time } that it was affected.
       *[organisation] We said at { $time } that we were affected.
    }
said-not-affected = { $kind ->
        [pharmacy] This pharmacy said at { $time } that it is not affected.
        [hospital] This hospital said at { $time } that it is not affected.
        [surgery] This GP surgery said at { $time } that it is not affected.
       *[organisation] We said at { $time } that we are not affected.
    }
is-busier = It is busier than usual.
said-recovered = { $kind ->
        [pharmacy] This pharmacy said at { $time } that it is back to normal here.
        [hospital] This hospital said at { $time } that it is back to normal here.
        [surgery] This GP surgery said at { $time } that it is back to normal here.
       *[organisation] We said at { $time } that we are back to normal.
    }
# Where a board or a region answered for the place.
they-said-affected-here = { $name } said for this place at { $time } that it was affected.
they-said-not-affected-here = { $name } said for this place at { $time } that it is not affected.
they-said-recovered-here = { $name } said for this place at { $time } that it is back to normal.
# For feeds and machines: they stay right when the clock moves on.
reported-by = Reported by { $name }.
confirmed-by = { $name } said that it was affected.
not-confirmed-by = Not confirmed by { $name } yet.
not-affected-by = { $name } is not affected.
recovered-by = { $name } is back to normal.
affected-said-by = { $name } said for { $place } that it was affected.
not-affected-said-by = { $name } said for { $place } that it is not affected.
recovered-said-by = { $name } said for { $place } that it is back to normal.

## What to do instead

what-to-do = What to do instead
if-you-need-help = If you need help
call-999-if = Call 999 now if:
heart-attack-or-stroke = someone has signs of a heart attack or a stroke
struggling-to-breathe = someone is struggling to breathe
bleeding = someone is bleeding and it will not stop
cannot-be-woken = someone cannot be woken
emergency-help = Get help in an emergency
use-111-if = Get help from NHS 111 if:
need-help-now = you need medical help now and it is not an emergency
cannot-reach-us = you cannot reach us and it cannot wait
# <a>…</a> marks links; keep the marks, and the address 111.nhs.uk. 111 online is not for children under 5.
how-to-use-111 = Go to 111.nhs.uk or call 111. For a child under 5, call 111.
help-now = If you need help now
ask-a-pharmacist-if = Ask a pharmacist if:
minor-illness = you have a minor illness, such as a cough, an earache or a sore throat
medicine-question = you have a question about a medicine
ask-another-pharmacy-if = Ask another pharmacy if:
need-medicine-today = you need a medicine today and we do not have it
cannot-wait-for-medicine = you cannot wait for your medicine
in-an-emergency = In an emergency, call 999.
need-medical-help = If you need medical help now and it is not an emergency, go to 111.nhs.uk or call 111.

## What has happened

what-happened = What has happened
problems-elsewhere = Problems elsewhere
what-we-know = What we know about it
over-lately = Over in the last 24 hours
what-happened-then = What happened
# Below the newest updates, when there are more.
all-updates = See all updates about this problem
taken-back = We took this back at { $time }. Do not use it.
# After who took it back, where that is somebody else.
do-not-use = Do not use it.
correction = Correction
began-at = Began at { $time }.
ended-at = Ended at { $time }.

## At the foot

be-told = Be told when this changes
get-updates = Get updates about { $name } by email or text
see-past-problems = See past problems
other-forms = Other ways to read this page
print-poster = Print a poster for the door
waiting-room-screen = Show this on a waiting room screen
put-on-website = Put this notice on a website
for-computers = For computers:
atom-feed = Atom feed
rss-feed = RSS feed
status-json = status as JSON

## Past problems

past-problems = Past problems
place-now = { $name } now
no-problems = No problems have been reported here.
feed-of-updates = Feed of these updates

## Finding a place

search-title = Find your GP surgery, hospital or pharmacy
search-heading = Is your GP surgery, hospital or pharmacy working as usual?
all-places = All places by town
search-hint = Use its name, town, postcode or code
search-button = Search
search-places-for = Places for “{ $query }”
search-none = We cannot find a place for “{ $query }”
search-you-can = You can:
search-check-spelling = check the spelling
search-shorter = use a shorter name, or only the town
search-half-postcode = use the first half of the postcode
search-found = { $count ->
        [one] { $count } place for “{ $query }”
       *[other] { $count } places for “{ $query }”
    }
search-first = The first { $count } places for “{ $query }”
search-add-town = Add the town or the postcode to see fewer places.
search-kind-and-code = { $kind }, code { $code }
not-found-title = We cannot find that place
not-found-text = The address may be mistyped, or the place may have closed.
