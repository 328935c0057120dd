### Planned downtime: on the page, and in messages.

planned-work = Planowane prace
work-is-ahead = Planowane
work-runs = Trwa teraz
work-settles = Powinno być zakończone
work-is-done = Zakończone
work-is-off = Odwołane
span-one-day = od { $from } do { $to }, { $day }
span-two-days = od { $from } do { $to }
work-is-planned = Planowany czas: { $span }.
work-has-started = To już się zaczęło. Powinno się skończyć: { $time }.
work-was-due = Miało się to skończyć: { $time }. Wszystko powinno znowu działać.
work-ended = To się skończyło: { $time }.
work-was-stopped = To zostało przerwane.
work-will-not-happen = To się nie odbędzie. Planowany czas: { $span }.
while-it-lasts = W tym czasie:
it-happens-weekly = { $count ->
        [one] Powtarza się co tydzień: { $days }.
        [few] Powtarza się co { $count } tygodnie: { $days }.
        [many] Powtarza się co { $count } tygodni: { $days }.
       *[other] Powtarza się co { $count } tygodnia: { $days }.
    }
it-happens-monthly = { $week ->
        [first] Powtarza się co miesiąc: { $day }, pierwszy raz w miesiącu.
        [second] Powtarza się co miesiąc: { $day }, drugi raz w miesiącu.
        [third] Powtarza się co miesiąc: { $day }, trzeci raz w miesiącu.
        [fourth] Powtarza się co miesiąc: { $day }, czwarty raz w miesiącu.
       *[last] Powtarza się co miesiąc: { $day }, ostatni raz w miesiącu.
    }
it-goes-on-until = Powtarza się do { $date }.
this-and-that = { $first } i { $last }
we-planned = To nasze planowane prace.
they-planned = Prace zaplanował(a): { $name }.
work-started-at = Początek: { $time }.
work-calendar = Planowane prace do kalendarza
tell-planned = Planowane prace { $span }.
tell-reminder = Przypomnienie: planowane prace { $span }.
tell-begun = Planowane prace się zaczęły. Powinny się skończyć: { $time }.
tell-longer = Planowane prace trwają dłużej. Powinny się skończyć: { $time }.
tell-over = Planowane prace się skończyły.
tell-should-be-over = Planowane prace miały się teraz skończyć. Wszystko powinno znowu działać.
tell-all-cancelled = Wszystkie te planowane prace są odwołane. Nie odbędą się więcej.
tell-stopped = Planowane prace zostały przerwane.
tell-cancelled = Odwołane: planowane prace { $span }. Nie odbędą się.

# The title of planned work on a system, when nobody wrote one.
planned-work-on = Planowane prace: { $system }
