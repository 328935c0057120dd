# Welsh: not checked by a native reader yet.

signpost = Signpost
skip-to-content = Neidio i'r prif gynnwys
find-a-place = Dod o hyd i le
find-another-place = Dod o hyd i le arall
staff-sign-in = Mewngofnodi staff
accessibility-link = Hygyrchedd
support-links = Dolenni cymorth
back = Yn ôl
languages = Ieithoedd
in-english = Yn Saesneg:
awaiting-check = Nid oes neb sy'n siarad yr iaith hon wedi gwirio'r geiriau hyn eto. Os nad yw rhywbeth yn glir, darllenwch y dudalen yn Saesneg.
read-in-english = Darllen y dudalen hon yn Saesneg
information = Gwybodaeth
immediate-action = Angen gweithredu ar unwaith
urgent-advice = Cyngor brys
non-urgent-advice = Cyngor nad yw'n frys

checked-at = Gwiriwyd am { $time }.
next-update-by = Diweddariad nesaf erbyn { $time }.
phone = Ffôn:
use-this-number = Defnyddiwch y rhif hwn am y tro:
cannot-phone = Ni allwch ein ffonio ar hyn o bryd.
may-not-phone = Efallai na fyddwch yn gallu ein ffonio.
page-changed = Mae'r dudalen hon wedi newid.
page-changed-reload = Mae'r dudalen hon wedi newid. Llwythwch hi eto i weld beth sy'n newydd.
could-not-check = Ni allem wirio am newidiadau. Efallai nad yw eich dyfais ar-lein.

update-late = Mae'r diweddariad nesaf yn hwyr
update-was-due = Roedd i fod i ddod am { $time }.
information-old = Mae'r wybodaeth hon yn hen
last-heard = Clywsom rywbeth ddiwethaf am { $time }.
next-was-due = Roedd y diweddariad nesaf i fod i ddod am { $time }.
only-good-until = Dim ond tan { $time } roedd yr hyn a ddywedwyd wrthym yn ddilys.

place-says = Mae { $name } yn dweud
what-works = Beth sy'n gweithio a beth sydd ddim
no-problem-with = Dim problem wedi'i adrodd: { $lines }.
phone-instead = Ffoniwch { $number } yn lle hynny.
front-desk-if-urgent = Dewch i'r dderbynfa os yw'n fater brys.
not-known = Ddim yn hysbys
line-was-good-until = Dim ond tan { $time } roedd hyn yn ddilys:
line-not-known = Nid ydym yn gwybod a yw'n dal i fod yn gywir.
for-the-morning = Mae hyn ar gyfer bore { $date } yn unig.
for-the-afternoon = Mae hyn ar gyfer prynhawn { $date } yn unig.
we-said = Dywedom hyn am { $time }.
they-said = Dywedodd { $name } hyn am { $time }.
they-took-back = Tynnodd { $name } hyn yn ôl am { $time }.
surgeries-have-a-problem = Mae gan rai meddygfeydd sy'n anfon presgripsiynau yma broblem. Gall eich presgripsiwn gyrraedd yn hwyr.
surgeries-reported = Adroddodd { $name } am broblem mewn meddygfeydd am { $time }.

we-reported = { $kind ->
        [pharmacy] Y fferyllfa hon a adroddodd am hyn.
        [hospital] Yr ysbyty hwn a adroddodd am hyn.
        [surgery] Y feddygfa hon a adroddodd am hyn.
       *[organisation] Ni a adroddodd am hyn.
    }
they-reported = { $name } a adroddodd am hyn.
they-said-over = Dywedodd { $name } fod y broblem hon ar ben.
they-said-system-over = Dywedodd { $name } fod y broblem gyda { $system } ar ben.
they-said-other-over = Dywedodd { $name } fod problem arall ar ben.
not-confirmed-yet = { $kind ->
        [pharmacy] Nid yw'r fferyllfa hon wedi cadarnhau hyn eto.
        [hospital] Nid yw'r ysbyty hwn wedi cadarnhau hyn eto.
        [surgery] Nid yw'r feddygfa hon wedi cadarnhau hyn eto.
       *[organisation] Nid ydym wedi cadarnhau hyn eto.
    }
not-known-if-affected = { $kind ->
        [pharmacy] Nid ydym yn gwybod a yw'r broblem yn effeithio ar y fferyllfa hon.
        [hospital] Nid ydym yn gwybod a yw'r broblem yn effeithio ar yr ysbyty hwn.
        [surgery] Nid ydym yn gwybod a yw'r broblem yn effeithio ar y feddygfa hon.
       *[organisation] Nid ydym yn gwybod a yw'r broblem yn effeithio ar y sefydliad hwn.
    }
confirmed-at = { $kind ->
        [pharmacy] Dywedodd y fferyllfa hon am { $time } fod y broblem yn effeithio arni.
        [hospital] Dywedodd yr ysbyty hwn am { $time } fod y broblem yn effeithio arno.
        [surgery] Dywedodd y feddygfa hon am { $time } fod y broblem yn effeithio arni.
       *[organisation] Dywedom am { $time } fod y broblem yn effeithio arnom.
    }
said-not-affected = { $kind ->
        [pharmacy] Dywedodd y fferyllfa hon am { $time } nad yw'r broblem yn effeithio arni.
        [hospital] Dywedodd yr ysbyty hwn am { $time } nad yw'r broblem yn effeithio arno.
        [surgery] Dywedodd y feddygfa hon am { $time } nad yw'r broblem yn effeithio arni.
       *[organisation] Dywedom am { $time } nad yw'r broblem yn effeithio arnom ni.
    }
is-busier = Mae'n brysurach nag arfer.
said-recovered = { $kind ->
        [pharmacy] Dywedodd y fferyllfa hon am { $time } fod pethau yn ôl i'r arfer yma.
        [hospital] Dywedodd yr ysbyty hwn am { $time } fod pethau yn ôl i'r arfer yma.
        [surgery] Dywedodd y feddygfa hon am { $time } fod pethau yn ôl i'r arfer yma.
       *[organisation] Dywedom am { $time } ein bod yn ôl i'r arfer.
    }
they-said-affected-here = Dywedodd { $name } ar ran y lle hwn am { $time } fod y broblem yn effeithio arno.
they-said-not-affected-here = Dywedodd { $name } ar ran y lle hwn am { $time } nad yw'r broblem yn effeithio arno.
they-said-recovered-here = Dywedodd { $name } ar ran y lle hwn am { $time } fod pethau yn ôl i'r arfer.
reported-by = Adroddwyd gan { $name }.
confirmed-by = Dywedodd { $name } fod y broblem yno.
not-confirmed-by = Heb ei gadarnhau gan { $name } eto.
not-affected-by = Nid yw'r broblem yn effeithio ar { $name }.
recovered-by = Mae { $name } yn ôl i'r arfer.
affected-said-by = Dywedodd { $name } ar ran { $place } fod y broblem yn effeithio yno.
not-affected-said-by = Dywedodd { $name } ar ran { $place } nad yw'r broblem yn effeithio yno.
recovered-said-by = Dywedodd { $name } ar ran { $place } fod pethau yn ôl i'r arfer.

what-to-do = Beth i'w wneud yn lle hynny
if-you-need-help = Os oes angen help arnoch
call-999-if = Ffoniwch 999 nawr os:
heart-attack-or-stroke = oes gan rywun arwyddion trawiad ar y galon neu strôc
struggling-to-breathe = yw rhywun yn cael trafferth anadlu
bleeding = yw rhywun yn gwaedu ac nad yw'r gwaedu'n stopio
cannot-be-woken = nad oes modd deffro rhywun
emergency-help = Cael help mewn argyfwng
use-111-if = Gofynnwch am help gan NHS 111 os:
need-help-now = oes angen help meddygol arnoch nawr ac nad yw'n argyfwng
cannot-reach-us = na allwch gysylltu â ni ac na all y mater aros
how-to-use-111 = Ewch i 111.nhs.uk neu ffoniwch 111. Ar gyfer plentyn dan 5 oed, ffoniwch 111 bob tro.
help-now = Os oes angen help arnoch nawr
ask-a-pharmacist-if = Gofynnwch i fferyllydd os:
minor-illness = oes gennych fân salwch, fel peswch, clust dost neu ddolur gwddf
medicine-question = oes gennych gwestiwn am feddyginiaeth
ask-another-pharmacy-if = Gofynnwch i fferyllfa arall os:
need-medicine-today = oes angen meddyginiaeth arnoch heddiw ac nad yw gennym ni
cannot-wait-for-medicine = na allwch aros am eich meddyginiaeth
in-an-emergency = Mewn argyfwng, ffoniwch 999.
need-medical-help = Os oes angen help meddygol arnoch nawr ac nad yw'n argyfwng, ewch i 111.nhs.uk neu ffoniwch 111.

what-happened = Beth sydd wedi digwydd
problems-elsewhere = Problemau mewn mannau eraill
what-we-know = Beth rydym yn ei wybod amdano
over-lately = Wedi dod i ben yn y 24 awr ddiwethaf
what-happened-then = Beth ddigwyddodd
all-updates = Gweld pob diweddariad am y broblem hon
taken-back = Tynnwyd hyn yn ôl gennym am { $time }. Peidiwch â'i ddefnyddio.
do-not-use = Peidiwch â'i ddefnyddio.
correction = Cywiriad
began-at = Dechreuodd am { $time }.
ended-at = Daeth i ben am { $time }.

be-told = Cael gwybod pan fydd hyn yn newid
get-updates = Cael diweddariadau am { $name } drwy e-bost neu neges destun
see-past-problems = Gweld problemau'r gorffennol
other-forms = Ffyrdd eraill o ddarllen y dudalen hon
print-poster = Argraffu poster ar gyfer y drws
waiting-room-screen = Dangos hyn ar sgrin ystafell aros
put-on-website = Rhoi'r hysbysiad hwn ar wefan
for-computers = Ar gyfer cyfrifiaduron:
atom-feed = Ffrwd Atom
rss-feed = Ffrwd RSS
status-json = statws fel JSON

past-problems = Problemau'r gorffennol
place-now = { $name } nawr
no-problems = Nid oes neb wedi adrodd am broblemau yma.
feed-of-updates = Ffrwd o'r diweddariadau hyn

search-title = Dod o hyd i'ch meddygfa, eich ysbyty neu eich fferyllfa
search-heading = A yw eich meddygfa, eich ysbyty neu eich fferyllfa'n gweithio fel arfer?
all-places = Pob lle yn ôl tref
search-hint = Defnyddiwch ei enw, ei dref, ei god post neu ei god
search-button = Chwilio
search-places-for = Lleoedd ar gyfer “{ $query }”
search-none = Ni allwn ddod o hyd i le ar gyfer “{ $query }”
search-you-can = Gallwch:
search-check-spelling = wirio'r sillafu
search-shorter = defnyddio enw byrrach, neu'r dref yn unig
search-half-postcode = defnyddio hanner cyntaf y cod post
search-found = { $count ->
        [zero] { $count } lle ar gyfer “{ $query }”
        [one] { $count } lle ar gyfer “{ $query }”
        [two] { $count } le ar gyfer “{ $query }”
        [few] { $count } lle ar gyfer “{ $query }”
        [many] { $count } lle ar gyfer “{ $query }”
       *[other] { $count } lle ar gyfer “{ $query }”
    }
search-first = Y { $count } lle cyntaf ar gyfer “{ $query }”
search-add-town = Ychwanegwch y dref neu'r cod post i weld llai o leoedd.
search-kind-and-code = { $kind }, cod { $code }
not-found-title = Ni allwn ddod o hyd i'r lle hwnnw
not-found-text = Efallai fod y cyfeiriad wedi'i deipio'n anghywir, neu fod y lle wedi cau.
