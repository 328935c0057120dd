### Looking back: the history, months and single problems.

problems-90-days = پچھلے 90 دنوں کے مسائل
table-date = تاریخ
table-what = کیا
table-how-long = کتنی دیر
still-going-on = ابھی تک جاری ہے
not-affected-here = یہاں کوئی اثر نہیں
less-than-a-minute = ایک منٹ سے کم
lasted-days = { $count ->
        [one] { $count } دن
       *[other] { $count } دن
    }
lasted-hours = { $count ->
        [one] { $count } گھنٹہ
       *[other] { $count } گھنٹے
    }
lasted-minutes = { $count ->
        [one] { $count } منٹ
       *[other] { $count } منٹ
    }
how-often-worked = ہر چیز نے کتنا کام کیا
table-worked = کام کیا
table-did-not-work = معمول کے مطابق کام نہیں کیا
not-at-all = بالکل نہیں
slower-by-surgeries = یہ مسئلہ ان GP سرجریوں میں تھا جو یہاں نسخے بھیجتی ہیں۔ نسخے دیر سے پہنچ سکتے تھے۔
how-it-is-counted = یہ پچھلے 90 دنوں کے وہ منٹ گنتا ہے جن میں اس صفحے کی کوئی چیز معمول پر نہیں تھی۔ جگہ اپنے بارے میں جو کہتی ہے، وہ پہلے گنا جاتا ہے۔ طے شدہ کام بھی گنا جاتا ہے۔
records-began = ہمارا ریکارڈ { $date } سے شروع ہوا۔
by-month = مہینے کے حساب سے
problems-in-month = پچھلے مسائل: { $month }
month-before = اس سے پہلے: { $month }
month-after = اس کے بعد: { $month }
all-past-problems = تمام پچھلے مسائل
what-we-learned = ہم نے کیا سیکھا
cannot-look-back = ہم اس وقت اتنا پیچھے نہیں دیکھ سکتے
today-still-works = آج کا صفحہ اب بھی کام کرتا ہے۔ ایک منٹ رکیں اور دوبارہ کوشش کریں۔
