# Welsh: not checked by a native reader yet.

get-updates-by = Cael diweddariadau drwy e-bost neu neges destun
get-updates-title = Cael diweddariadau: { $name }
we-tell-you = Byddwn yn dweud wrthych pan fydd rhywbeth yn stopio gweithio yma, a phan fydd yn gweithio eto.
how-to-tell = Sut dylem ddweud wrthych?
email = E-bost
text-message = Neges destun
which-language = Pa iaith dylem ei defnyddio?
which-services = Am beth ydych chi eisiau clywed?
which-services-hint = Peidiwch â dewis dim i glywed am bopeth.
only-about = Dim ond am: { $services }
contact-label = Eich cyfeiriad e-bost neu rif ffôn symudol
contact-hint = Mae gan rif ffôn symudol 11 digid, fel 07700 900123
continue = Parhau
what-we-do = Beth rydym yn ei wneud â'ch manylion cyswllt
we-keep-only = Dim ond yr un cyfeiriad neu rif hwn, a'r lleoedd a'r gwasanaethau a ddewiswch, rydym yn eu cadw. Nid ydym yn gofyn eich enw nac unrhyw beth am eich iechyd.
we-keep-locked = Rydym yn ei gadw dan glo, ac yn ei ddileu pan fyddwch yn gadael. Gallwch adael unrhyw bryd, drwy bwyso unwaith neu drwy ateb STOP.
we-keep-locked-link = Rydym yn ei gadw dan glo, ac yn ei ddileu pan fyddwch yn gadael. Gallwch adael unrhyw bryd, drwy bwyso unwaith.
error-prefix = Gwall:
there-is-a-problem = Mae problem
error-mark = Gwall:

check-your-phone = Edrychwch ar eich ffôn
check-your-email = Edrychwch ar eich e-bost
sent-a-text = Rydym wedi anfon neges destun gyda chod at { $contact }. Gall gymryd ychydig funudau.
sent-an-email = Rydym wedi anfon e-bost gyda chod a dolen at { $contact }. Gall gymryd ychydig funudau, felly edrychwch yn eich ffolder sbam hefyd.
enter-code-text = Rhowch y cod yma. Nid ydym yn anfon diweddariadau cyn hynny.
enter-code-email = Rhowch y cod yma, neu defnyddiwch y ddolen yn yr e-bost. Nid ydym yn anfon diweddariadau cyn hynny.
not-set-up = Ni allwn anfon e-byst na negeseuon testun yma eto. Edrychwch ar y dudalen we yn lle hynny.
not-sent = Ni anfonwyd neges
not-sent-to = Nid ydym wedi anfon dim at { $contact }. Nid yw negeseuon wedi'u gosod yma eto.
code-is-kept = Gall staff yma ddarllen y cod. Rhowch ef isod.
signed-up = Rydych wedi cofrestru
code = Cod
six-digits = 6 digid
change-contact = Newid eich manylion cyswllt
get-updates-button = Cael diweddariadau

get-updates-about = Cael diweddariadau am { $name }?
we-send-them-to = Rydym yn eu hanfon at { $contact }.
yes-get-updates = Iawn, anfonwch ddiweddariadau
did-not-ask = Os na ofynnoch am hyn, caewch y dudalen hon. Ni fydd dim yn cael ei anfon.

you-will-get-updates = Byddwch yn cael diweddariadau
tell-you-by-email = Byddwn yn dweud wrthych drwy e-bost pan fydd rhywbeth yn newid.
tell-you-by-text = Byddwn yn dweud wrthych drwy neges destun pan fydd rhywbeth yn newid.
tell-you-by-whatsapp = Byddwn yn dweud wrthych drwy WhatsApp pan fydd rhywbeth yn newid.
change-or-stop = Newid neu stopio eich diweddariadau
see-how-it-is = Gweld sut mae { $name } nawr

your-updates = Eich diweddariadau
send-by-email-to = Rydym yn eu hanfon drwy e-bost at { $contact }.
send-by-text-to = Rydym yn eu hanfon drwy neges destun at { $contact }.
send-by-whatsapp-to = Rydym yn eu hanfon drwy WhatsApp at { $contact }.
no-updates-now = Nid ydych yn cael unrhyw ddiweddariadau ar hyn o bryd.
places-you-follow = Lleoedd rydych yn cael diweddariadau amdanynt
stop-these = Stopio'r rhain
stop-these-about = Stopio'r diweddariadau hyn am { $name }
removed = Wedi'i dynnu. Ni fyddwch yn cael rhagor o negeseuon amdano.
change-language = Newid iaith
language-changed = Byddwn yn defnyddio'r iaith hon o hyn ymlaen.
stop-everything = Stopio popeth
delete-number = Rydym yn dileu eich rhif ar unwaith.
delete-address = Rydym yn dileu eich cyfeiriad ar unwaith.
stop-all = Stopio pob neges
success = Llwyddiant

no-more-messages = Ni fyddwch yn cael rhagor o negeseuon
deleted-contact = Rydym wedi dileu eich manylion cyswllt
still-look = Gallwch edrych ar dudalen unrhyw le o hyd.

link-is-old = Nid yw'r ddolen hon yn gweithio mwyach
link-is-old-text = Mae wedi cael ei defnyddio, neu mae'n rhy hen. Ni newidiwyd dim.
ask-again = I gael diweddariadau, dewch o hyd i'r lle a gofynnwch amdanynt eto.

device-heading = Ar y ffôn neu'r cyfrifiadur hwn
device-text = Bydd eich porwr yn dangos hysbysiad pan fydd rhywbeth yn newid yma. Nid oes angen eich cyfeiriad e-bost na'ch rhif arnom.
device-button = Cael hysbysiadau ar y ddyfais hon
device-denied = Nid yw'r porwr hwn yn gadael inni ddangos hysbysiadau. Newidiwch hynny yn ei osodiadau, neu dewiswch e-bost neu neges destun.
device-failed = Ni weithiodd hysbysiadau yn y porwr hwn. Rhowch gynnig arall arni, neu dewiswch e-bost neu neges destun.
tell-you-on-device = Byddwn yn dangos hysbysiad ar y ddyfais hon pan fydd rhywbeth yn newid.
show-on-device = Rydym yn eu dangos fel hysbysiadau ar un ddyfais.
delete-device = Rydym yn anghofio'r ddyfais hon ar unwaith.

choose-channel = Dewiswch sut y dylem ddweud wrthych.
choose-language = Dewiswch un o'r ieithoedd.
enter-contact = Rhowch gyfeiriad e-bost neu rif ffôn symudol.
enter-email = Rhowch gyfeiriad e-bost yn y fformat cywir, fel name@example.com.
enter-mobile = Rhowch rif ffôn symudol y DU, fel 07700 900 982.
code-is-wrong = Nid yw'r cod hwn yn gywir. Gwiriwch ef a'i roi eto.
code-is-old = Nid yw'r cod hwn yn gweithio mwyach. Cofrestrwch eto i gael un newydd.
