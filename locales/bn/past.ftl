### Looking back: the history, months and single problems.

problems-90-days = গত 90 দিনের সমস্যা
table-date = তারিখ
table-what = কী
table-how-long = কতক্ষণ
still-going-on = এখনও চলছে
not-affected-here = এখানে প্রভাব নেই
less-than-a-minute = এক মিনিটের কম
lasted-days = { $count ->
        [one] { $count } দিন
       *[other] { $count } দিন
    }
lasted-hours = { $count ->
        [one] { $count } ঘণ্টা
       *[other] { $count } ঘণ্টা
    }
lasted-minutes = { $count ->
        [one] { $count } মিনিট
       *[other] { $count } মিনিট
    }
how-often-worked = প্রতিটি জিনিস কতটা কাজ করেছে
table-worked = কাজ করেছে
table-did-not-work = যতক্ষণ স্বাভাবিক কাজ করেনি
not-at-all = একদম না
slower-by-surgeries = যেসব GP সার্জারি এখানে প্রেসক্রিপশন পাঠায়, সেগুলোতে এই সমস্যা হয়েছিল। প্রেসক্রিপশন দেরিতে আসতে পারত।
how-it-is-counted = এটি গত 90 দিনের সেই মিনিটগুলো গোনে যখন এই পাতার কিছু স্বাভাবিক ছিল না। জায়গাটি নিজের সম্পর্কে যা বলে তা আগে ধরা হয়। পরিকল্পিত কাজও ধরা হয়।
records-began = আমাদের নথি { $date } থেকে শুরু হয়েছে।
by-month = মাস অনুযায়ী
problems-in-month = আগের সমস্যা: { $month }
month-before = আগে: { $month }
month-after = পরে: { $month }
all-past-problems = আগের সব সমস্যা
what-we-learned = আমরা যা শিখেছি
cannot-look-back = আমরা এই মুহূর্তে এত আগে দেখতে পারছি না
today-still-works = আজকের পাতা এখনও কাজ করে। এক মিনিট অপেক্ষা করে আবার চেষ্টা করুন।
