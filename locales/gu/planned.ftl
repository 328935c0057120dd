### Planned downtime: on the page, and in messages.

planned-work = આયોજિત કામ
work-is-ahead = આયોજિત
work-runs = અત્યારે ચાલુ છે
work-settles = પૂરું થવું જોઈએ
work-is-done = પૂરું
work-is-off = રદ
span-one-day = { $day } ના { $from } થી { $to } સુધી
span-two-days = { $from } થી { $to } સુધી
work-is-planned = આ { $span } થશે.
work-has-started = આ શરૂ થઈ ગયું છે. તે { $time } વાગ્યે પૂરું થવું જોઈએ.
work-was-due = આ { $time } વાગ્યે પૂરું થવાનું હતું. હવે બધું ફરી કામ કરતું હોવું જોઈએ.
work-ended = આ { $time } વાગ્યે પૂરું થયું.
work-was-stopped = આ અટકાવી દેવામાં આવ્યું છે.
work-will-not-happen = આ થશે નહીં. તે { $span } થવાનું હતું.
while-it-lasts = તે ચાલુ હોય ત્યાં સુધી:
it-happens-weekly = { $count ->
        [one] તે દર અઠવાડિયે { $days } ના રોજ થાય છે.
       *[other] તે દર { $count } અઠવાડિયે { $days } ના રોજ થાય છે.
    }
it-happens-monthly = { $week ->
        [first] તે દર મહિનાના પહેલા { $day } ના રોજ થાય છે.
        [second] તે દર મહિનાના બીજા { $day } ના રોજ થાય છે.
        [third] તે દર મહિનાના ત્રીજા { $day } ના રોજ થાય છે.
        [fourth] તે દર મહિનાના ચોથા { $day } ના રોજ થાય છે.
       *[last] તે દર મહિનાના છેલ્લા { $day } ના રોજ થાય છે.
    }
it-goes-on-until = તે { $date } સુધી ચાલશે.
this-and-that = { $first } અને { $last }
we-planned = અમે આનું આયોજન કર્યું છે.
they-planned = { $name } એ આનું આયોજન કર્યું છે.
work-started-at = તે { $time } વાગ્યે શરૂ થયું.
work-calendar = તમારા કેલેન્ડર માટે આયોજિત કામ
tell-planned = આયોજિત કામ { $span }.
tell-reminder = યાદ રાખો: આયોજિત કામ { $span }.
tell-begun = આયોજિત કામ શરૂ થઈ ગયું છે. તે { $time } વાગ્યે પૂરું થવું જોઈએ.
tell-longer = આયોજિત કામમાં વધારે સમય લાગે છે. હવે તે { $time } વાગ્યે પૂરું થવું જોઈએ.
tell-over = આયોજિત કામ પૂરું થયું છે.
tell-should-be-over = આયોજિત કામ હવે પૂરું થવાનું હતું. બધું ફરી કામ કરતું હોવું જોઈએ.
tell-all-cancelled = આ બધું આયોજિત કામ રદ છે. તે ફરી થશે નહીં.
tell-stopped = આયોજિત કામ અટકાવી દેવામાં આવ્યું છે.
tell-cancelled = રદ: આયોજિત કામ { $span }. તે થશે નહીં.

# The title of planned work on a system, when nobody wrote one.
planned-work-on = { $system } પર આયોજિત કામ
