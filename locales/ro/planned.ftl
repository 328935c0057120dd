### Planned downtime: on the page, and in messages.

planned-work = Lucrări planificate
work-is-ahead = Planificat
work-runs = Se întâmplă acum
work-settles = Ar trebui să fie gata
work-is-done = Încheiat
work-is-off = Anulat
span-one-day = de la { $from } la { $to }, { $day }
span-two-days = de la { $from } până la { $to }
work-is-planned = Este planificat { $span }.
work-has-started = A început. Ar trebui să se termine la { $time }.
work-was-due = Trebuia să se termine la { $time }. Lucrurile ar trebui să funcționeze din nou.
work-ended = S-a încheiat la { $time }.
work-was-stopped = A fost oprit.
work-will-not-happen = Nu va avea loc. Era planificat { $span }.
while-it-lasts = Cât timp durează:
it-happens-weekly = { $count ->
        [one] Are loc în fiecare săptămână: { $days }.
        [few] Are loc la fiecare { $count } săptămâni: { $days }.
       *[other] Are loc la fiecare { $count } de săptămâni: { $days }.
    }
it-happens-monthly = { $week ->
        [first] Are loc în fiecare lună: { $day }, prima din lună.
        [second] Are loc în fiecare lună: { $day }, a doua din lună.
        [third] Are loc în fiecare lună: { $day }, a treia din lună.
        [fourth] Are loc în fiecare lună: { $day }, a patra din lună.
       *[last] Are loc în fiecare lună: { $day }, ultima din lună.
    }
it-goes-on-until = Continuă până la { $date }.
this-and-that = { $first } și { $last }
we-planned = Noi am planificat aceasta.
they-planned = { $name } a planificat aceasta.
work-started-at = A început la { $time }.
work-calendar = Lucrări planificate pentru calendarul dvs.
tell-planned = Lucrări planificate { $span }.
tell-reminder = Reamintire: lucrări planificate { $span }.
tell-begun = Lucrările planificate au început. Ar trebui să se termine la { $time }.
tell-longer = Lucrările planificate durează mai mult. Ar trebui să se termine la { $time }.
tell-over = Lucrările planificate s-au încheiat.
tell-should-be-over = Lucrările planificate trebuiau să se termine acum. Lucrurile ar trebui să funcționeze din nou.
tell-all-cancelled = Toate aceste lucrări planificate sunt anulate. Nu vor mai avea loc.
tell-stopped = Lucrările planificate au fost oprite.
tell-cancelled = Anulat: lucrări planificate { $span }. Nu vor avea loc.

# The title of planned work on a system, when nobody wrote one.
planned-work-on = Lucrări planificate la { $system }
