### Looking back: the history, months and single problems.

problems-90-days = المشاكل في آخر 90 يوما
table-date = التاريخ
table-what = ماذا
table-how-long = كم من الوقت
still-going-on = ما زال مستمرا
not-affected-here = لا تأثير هنا
less-than-a-minute = أقل من دقيقة
lasted-days = { $count ->
        [zero] { $count } يوما
        [one] { $count } يوم
        [two] { $count } يومان
        [few] { $count } أيام
        [many] { $count } يوما
       *[other] { $count } يوما
    }
lasted-hours = { $count ->
        [zero] { $count } ساعة
        [one] { $count } ساعة
        [two] { $count } ساعتان
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    }
lasted-minutes = { $count ->
        [zero] { $count } دقيقة
        [one] { $count } دقيقة
        [two] { $count } دقيقتان
        [few] { $count } دقائق
        [many] { $count } دقيقة
       *[other] { $count } دقيقة
    }
how-often-worked = كم مرة عمل كل شيء
table-worked = عمل
table-did-not-work = لم يعمل كالمعتاد لمدة
not-at-all = أبدا
slower-by-surgeries = حدثت هذه المشكلة في عيادات GP التي ترسل الوصفات الطبية إلى هنا. كان من الممكن أن تتأخر الوصفات.
how-it-is-counted = يحسب هذا الدقائق في آخر 90 يوما التي لم يكن فيها شيء في هذه الصفحة طبيعيا. ما يقوله المكان عن نفسه يُحسب أولا. تُحسب الأعمال المخطط لها أيضا.
records-began = بدأت سجلاتنا في { $date }.
by-month = حسب الشهر
problems-in-month = المشاكل السابقة: { $month }
month-before = قبل: { $month }
month-after = بعد: { $month }
all-past-problems = كل المشاكل السابقة
what-we-learned = ماذا تعلمنا
cannot-look-back = لا يمكننا النظر إلى هذا الوقت البعيد الآن
today-still-works = صفحة اليوم ما زالت تعمل. انتظر دقيقة وحاول مرة أخرى.
