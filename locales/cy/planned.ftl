### Planned downtime: on the page, and in messages.

planned-work = Gwaith wedi'i gynllunio
work-is-ahead = Wedi'i gynllunio
work-runs = Yn digwydd nawr
work-settles = Dylai fod drosodd
work-is-done = Drosodd
work-is-off = Wedi'i ganslo
span-one-day = o { $from } tan { $to } ar { $day }
span-two-days = o { $from } tan { $to }
work-is-planned = Mae hyn wedi'i gynllunio { $span }.
work-has-started = Mae hyn wedi dechrau. Dylai ddod i ben am { $time }.
work-was-due = Roedd hyn i fod i ddod i ben am { $time }. Dylai pethau fod yn gweithio eto.
work-ended = Daeth hyn i ben am { $time }.
work-was-stopped = Mae hyn wedi stopio.
work-will-not-happen = Ni fydd hyn yn digwydd. Roedd wedi'i gynllunio { $span }.
while-it-lasts = Tra bydd hyn yn para:
it-happens-weekly = { $count ->
        [zero] Mae'n digwydd bob { $count } wythnos ar { $days }.
        [one] Mae'n digwydd bob wythnos ar { $days }.
        [two] Mae'n digwydd bob { $count } wythnos ar { $days }.
        [few] Mae'n digwydd bob { $count } wythnos ar { $days }.
        [many] Mae'n digwydd bob { $count } wythnos ar { $days }.
       *[other] Mae'n digwydd bob { $count } wythnos ar { $days }.
    }
it-happens-monthly = { $week ->
        [first] Mae'n digwydd bob mis: { $day }, y tro cyntaf yn y mis.
        [second] Mae'n digwydd bob mis: { $day }, yr ail dro yn y mis.
        [third] Mae'n digwydd bob mis: { $day }, y trydydd tro yn y mis.
        [fourth] Mae'n digwydd bob mis: { $day }, y pedwerydd tro yn y mis.
       *[last] Mae'n digwydd bob mis: { $day }, y tro olaf yn y mis.
    }
it-goes-on-until = Mae'n parhau tan { $date }.
this-and-that = { $first } a { $last }
we-planned = Ni gynlluniodd hyn.
they-planned = { $name } a gynlluniodd hyn.
work-started-at = Dechreuodd am { $time }.
work-calendar = Gwaith wedi'i gynllunio ar gyfer eich calendr
tell-planned = Gwaith wedi'i gynllunio { $span }.
tell-reminder = Nodyn atgoffa: gwaith wedi'i gynllunio { $span }.
tell-begun = Mae gwaith wedi'i gynllunio wedi dechrau. Dylai ddod i ben am { $time }.
tell-longer = Mae gwaith wedi'i gynllunio yn cymryd mwy o amser. Dylai ddod i ben am { $time }.
tell-over = Mae'r gwaith wedi'i gynllunio ar ben.
tell-should-be-over = Roedd gwaith wedi'i gynllunio i fod i ddod i ben nawr. Dylai pethau fod yn gweithio eto.
tell-all-cancelled = Mae'r holl waith hwn wedi'i ganslo. Ni fydd yn digwydd eto.
tell-stopped = Mae gwaith wedi'i gynllunio wedi stopio.
tell-cancelled = Wedi'i ganslo: gwaith { $span }. Ni fydd yn digwydd.

# The title of planned work on a system, when nobody wrote one.
planned-work-on = Gwaith wedi'i gynllunio ar { $system }
