### Looking back: the history, months and single problems.

problems-90-days = Problems in the last 90 days
table-date = Date
table-what = What
table-how-long = How long
still-going-on = Still going on
not-affected-here = Not affected here
less-than-a-minute = less than a minute
lasted-days = { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
lasted-hours = { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
lasted-minutes = { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
how-often-worked = How often each thing worked
table-worked = Worked
table-did-not-work = Did not work as usual for
not-at-all = Not at all
# In a pharmacy's table of problems, below what the problem was.
slower-by-surgeries = GP surgeries that send prescriptions here had this problem. Prescriptions could be late.
how-it-is-counted = This counts the minutes in the last 90 days in which a line was not normal, for this page. What a place says about itself counts first. Planned work counts too.
# After it, where there are no records of 90 days.
records-began = Our records began on { $date }.
by-month = By month
problems-in-month = Past problems in { $month }
month-before = Before: { $month }
month-after = After: { $month }
all-past-problems = All past problems
what-we-learned = What we learned
cannot-look-back = We cannot look that far back at the moment
today-still-works = The page for today still works. Wait a minute and try again.
