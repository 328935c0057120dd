# Welsh: not checked by a native reader yet.

correction-mark = Cywiriad: { $text }
name-and-text = { $name }: { $text }
what-we-told-was-wrong = Roedd yr hyn a ddywedom wrthych o'r blaen yn anghywir.
problem-with-system = Mae'r broblem gyda { $system } wedi dod i ben.
problem-is-over = Mae'r broblem wedi dod i ben.
one-problem-is-over = Mae un broblem ar ben. Mae un arall yn parhau.
problem-over-subject = { $system ->
        [none] mae'r broblem wedi dod i ben
       *[other] mae'r broblem gyda { $system } wedi dod i ben
    }
back-to-normal = Rydym yn ôl i'r arfer.
back-to-normal-subject = yn ôl i'r arfer
working-again-subject = gweithio eto, clirio'r oedi
partly-working-subject = gweithio eto'n rhannol
some-working-again = { $system ->
        [none] Mae rhai pethau'n gweithio eto, ond nid yw popeth fel arfer.
       *[other] Mae { $system } yn gweithio eto, ond nid yw popeth fel arfer.
    }
urgent-help = Os oes angen help brys arnoch, defnyddiwch 111.nhs.uk neu ffoniwch 111. Mewn argyfwng, ffoniwch 999.
full-information = Gwybodaeth lawn
full-information-at = Gwybodaeth lawn: { $url }
stop-emails = Stopio'r e-byst hyn
stop-emails-at = Stopio'r e-byst hyn: { $url }
stop-texts-at = I stopio: { $url }
you-asked = Gofynnoch am gael gwybod am { $name }.

confirm-subject = Cadarnhewch eich bod eisiau negeseuon gan { $name }
confirm-headline = Cadarnhewch eich bod eisiau negeseuon pan fydd pethau'n newid ar gyfer { $name }.
confirm-open-link = Agorwch y ddolen hon a phwyswch y botwm: { $link }
confirm-or-code = Neu rhowch y cod hwn: { $code }
confirm-24-hours = Mae'r ddolen a'r cod yn gweithio am 24 awr.
confirm-not-asked = Os na ofynnoch am hyn, peidiwch â gwneud dim. Ni fyddwch yn clywed gennym eto.
confirm-short = Eich cod yw { $code }. Os na ofynnoch amdano, peidiwch â gwneud dim.

## Answers to a text: START, HELP, STATUS

text-started = Byddwn yn anfon negeseuon atoch eto. I'w stopio, atebwch STOP.
text-nobody = Nid ydym yn anfon dim at y rhif hwn. Dewiswch y lleoedd yr hoffech gael negeseuon amdanynt: { $url }
text-help = Newid neu stopio eich negeseuon: { $url } Neu atebwch STOP. Atebwch STATUS i glywed sut mae pethau nawr.
