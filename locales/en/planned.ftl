### Planned downtime: on the page, and in messages.

planned-work = Planned work
work-is-ahead = Planned
work-runs = Happening now
work-settles = Should be over
work-is-done = Over
work-is-off = Cancelled
span-one-day = from { $from } to { $to } on { $day }
span-two-days = from { $from } to { $to }
work-is-planned = This is planned { $span }.
work-has-started = This has started. It should end at { $time }.
work-was-due = This was due to end at { $time }. Things should be working again.
work-ended = This ended at { $time }.
work-was-stopped = This has stopped.
work-will-not-happen = This will not happen. It was planned { $span }.
while-it-lasts = While it lasts:
it-happens-weekly = { $count ->
        [one] It happens every week on { $days }.
       *[other] It happens every { $count } weeks on { $days }.
    }
it-happens-monthly = { $week ->
        [first] It happens on the first { $day } of each month.
        [second] It happens on the second { $day } of each month.
        [third] It happens on the third { $day } of each month.
        [fourth] It happens on the fourth { $day } of each month.
       *[last] It happens on the last { $day } of each month.
    }
it-goes-on-until = It goes on until { $date }.
this-and-that = { $first } and { $last }
we-planned = We planned this.
they-planned = { $name } planned this.
work-started-at = It started at { $time }.
work-calendar = Planned work for your calendar
tell-planned = Planned work { $span }.
tell-reminder = Reminder: planned work { $span }.
tell-begun = Planned work has started. It should end at { $time }.
tell-longer = Planned work is taking longer. It should now end at { $time }.
tell-over = Planned work is over.
tell-should-be-over = Planned work was due to end now. Things should be working again.
tell-all-cancelled = All of this planned work is cancelled. It will not happen again.
tell-stopped = Planned work has stopped.
tell-cancelled = Cancelled: planned work { $span }. It will not happen.

# The title of planned work on a system, when nobody wrote one.
planned-work-on = Planned work on { $system }
