### Planned downtime: on the page, and in messages.

planned-work = পরিকল্পিত কাজ
work-is-ahead = পরিকল্পিত
work-runs = এখন চলছে
work-settles = শেষ হওয়ার কথা
work-is-done = শেষ
work-is-off = বাতিল
span-one-day = { $day } { $from } থেকে { $to } পর্যন্ত
span-two-days = { $from } থেকে { $to } পর্যন্ত
work-is-planned = এটি { $span } হবে।
work-has-started = এটি শুরু হয়েছে। এটি { $time } শেষ হওয়ার কথা।
work-was-due = এটি { $time } শেষ হওয়ার কথা ছিল। এখন সবকিছু আবার কাজ করার কথা।
work-ended = এটি { $time } শেষ হয়েছে।
work-was-stopped = এটি থামানো হয়েছে।
work-will-not-happen = এটি হবে না। এটি { $span } হওয়ার কথা ছিল।
while-it-lasts = এটি চলাকালীন:
it-happens-weekly = { $count ->
        [one] এটি প্রতি সপ্তাহে { $days } হয়।
       *[other] এটি প্রতি { $count } সপ্তাহ পর পর { $days } হয়।
    }
it-happens-monthly = { $week ->
        [first] এটি প্রতি মাসের প্রথম { $day } হয়।
        [second] এটি প্রতি মাসের দ্বিতীয় { $day } হয়।
        [third] এটি প্রতি মাসের তৃতীয় { $day } হয়।
        [fourth] এটি প্রতি মাসের চতুর্থ { $day } হয়।
       *[last] এটি প্রতি মাসের শেষ { $day } হয়।
    }
it-goes-on-until = এটি { $date } পর্যন্ত চলবে।
this-and-that = { $first } এবং { $last }
we-planned = আমরা এটির পরিকল্পনা করেছি।
they-planned = { $name } এটির পরিকল্পনা করেছে।
work-started-at = এটি { $time } শুরু হয়েছে।
work-calendar = আপনার ক্যালেন্ডারের জন্য পরিকল্পিত কাজ
tell-planned = পরিকল্পিত কাজ { $span }।
tell-reminder = মনে রাখুন: পরিকল্পিত কাজ { $span }।
tell-begun = পরিকল্পিত কাজ শুরু হয়েছে। এটি { $time } শেষ হওয়ার কথা।
tell-longer = পরিকল্পিত কাজে বেশি সময় লাগছে। এখন এটি { $time } শেষ হওয়ার কথা।
tell-over = পরিকল্পিত কাজ শেষ হয়েছে।
tell-should-be-over = পরিকল্পিত কাজ এখন শেষ হওয়ার কথা ছিল। সবকিছু আবার কাজ করার কথা।
tell-all-cancelled = এই সব পরিকল্পিত কাজ বাতিল। এটি আর হবে না।
tell-stopped = পরিকল্পিত কাজ থামানো হয়েছে।
tell-cancelled = বাতিল: পরিকল্পিত কাজ { $span }। এটি হবে না।

# The title of planned work on a system, when nobody wrote one.
planned-work-on = { $system }-এ পরিকল্পিত কাজ
