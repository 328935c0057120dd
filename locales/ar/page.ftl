# Arabic: not checked by a native reader yet.

signpost = Signpost
skip-to-content = انتقل إلى المحتوى الرئيسي
find-a-place = ابحث عن مكان
find-another-place = ابحث عن مكان آخر
staff-sign-in = دخول الموظفين
accessibility-link = سهولة الاستخدام
support-links = روابط المساعدة
back = رجوع
languages = اللغات
in-english = بالإنجليزية:
awaiting-check = لم يراجع هذه الكلمات بعدُ شخص يتحدث هذه اللغة. إذا كان هناك شيء غير واضح، فاقرأ الصفحة بالإنجليزية.
read-in-english = اقرأ هذه الصفحة بالإنجليزية
information = معلومات
immediate-action = يجب التصرف فورًا
urgent-advice = نصيحة عاجلة
non-urgent-advice = نصيحة غير عاجلة

checked-at = تم التحقق الساعة { $time }.
next-update-by = التحديث التالي في موعد أقصاه الساعة { $time }.
phone = الهاتف:
use-this-number = استخدم هذا الرقم في الوقت الحالي:
cannot-phone = لا يمكنك الاتصال بنا بالهاتف في الوقت الحالي.
may-not-phone = قد لا تتمكن من الاتصال بنا بالهاتف.
page-changed = تغيّرت هذه الصفحة.
page-changed-reload = تغيّرت هذه الصفحة. أعد تحميلها لترى الجديد.
could-not-check = لم نتمكن من معرفة هل تغيّر شيء. قد يكون جهازك غير متصل بالإنترنت.

update-late = التحديث التالي متأخر
update-was-due = كان من المفترض أن يصل الساعة { $time }.
information-old = هذه المعلومات قديمة
last-heard = وصلتنا آخر معلومات الساعة { $time }.
next-was-due = كان من المفترض أن يصل التحديث التالي الساعة { $time }.
only-good-until = ما قيل لنا كان صحيحًا فقط حتى الساعة { $time }.

place-says = معلومات من { $name }
what-works = ما يعمل وما لا يعمل
no-problem-with = لم يُبلَّغ عن أي مشكلة: { $lines }.
phone-instead = اتصل بالرقم { $number } بدلًا من ذلك.
front-desk-if-urgent = احضر إلى مكتب الاستقبال إذا كان الأمر عاجلًا.
not-known = غير معروف
line-was-good-until = كان هذا صحيحًا فقط حتى الساعة { $time }:
line-not-known = لا نعرف هل ما زال هذا صحيحًا أم لا.
for-the-morning = هذا لصباح { $date } فقط.
for-the-afternoon = هذا لفترة ما بعد الظهر في { $date } فقط.
we-said = قلنا هذا الساعة { $time }.
they-said = جاء هذا من { $name } الساعة { $time }.
they-took-back = سحب { $name } هذا الساعة { $time }.
surgeries-have-a-problem = بعض عيادات GP التي ترسل الوصفات الطبية إلى هنا لديها مشكلة. قد تصلنا وصفتك متأخرة.
surgeries-reported = جاء من { $name } بلاغ عن مشكلة في عيادات GP الساعة { $time }.

we-reported = { $kind ->
        [pharmacy] أبلغت هذه الصيدلية عن هذا.
        [hospital] أبلغ هذا المستشفى عن هذا.
        [surgery] أبلغت عيادة GP هذه عن هذا.
       *[organisation] نحن أبلغنا عن هذا.
    }
they-reported = جاء هذا البلاغ من { $name }.
they-said-over = قال { $name } إن هذه المشكلة انتهت.
they-said-system-over = قال { $name } إن المشكلة في { $system } انتهت.
they-said-other-over = قال { $name } إن مشكلة أخرى انتهت.
not-confirmed-yet = { $kind ->
        [pharmacy] لم تؤكد هذه الصيدلية ذلك بعد.
        [hospital] لم يؤكد هذا المستشفى ذلك بعد.
        [surgery] لم تؤكد عيادة GP هذه ذلك بعد.
       *[organisation] لم نؤكد ذلك بعد.
    }
not-known-if-affected = { $kind ->
        [pharmacy] لا نعرف هل تأثرت هذه الصيدلية بالمشكلة أم لا.
        [hospital] لا نعرف هل تأثر هذا المستشفى بالمشكلة أم لا.
        [surgery] لا نعرف هل تأثرت عيادة GP هذه بالمشكلة أم لا.
       *[organisation] لا نعرف هل تأثرت هذه المؤسسة بالمشكلة أم لا.
    }
confirmed-at = { $kind ->
        [pharmacy] قالت هذه الصيدلية الساعة { $time } إنها تأثرت بالمشكلة.
        [hospital] قال هذا المستشفى الساعة { $time } إنه تأثر بالمشكلة.
        [surgery] قالت عيادة GP هذه الساعة { $time } إنها تأثرت بالمشكلة.
       *[organisation] قلنا الساعة { $time } إننا تأثرنا بالمشكلة.
    }
said-not-affected = { $kind ->
        [pharmacy] قالت هذه الصيدلية الساعة { $time } إنها لم تتأثر بالمشكلة.
        [hospital] قال هذا المستشفى الساعة { $time } إنه لم يتأثر بالمشكلة.
        [surgery] قالت عيادة GP هذه الساعة { $time } إنها لم تتأثر بالمشكلة.
       *[organisation] قلنا الساعة { $time } إننا لم نتأثر بالمشكلة.
    }
is-busier = الازدحام هنا أكثر من المعتاد.
said-recovered = { $kind ->
        [pharmacy] قالت هذه الصيدلية الساعة { $time } إن العمل هنا عاد كالمعتاد.
        [hospital] قال هذا المستشفى الساعة { $time } إن العمل هنا عاد كالمعتاد.
        [surgery] قالت عيادة GP هذه الساعة { $time } إن العمل هنا عاد كالمعتاد.
       *[organisation] قلنا الساعة { $time } إن العمل لدينا عاد كالمعتاد.
    }
they-said-affected-here = قال { $name } نيابة عن هذا المكان الساعة { $time } إنه تأثر بالمشكلة.
they-said-not-affected-here = قال { $name } نيابة عن هذا المكان الساعة { $time } إنه لم يتأثر بالمشكلة.
they-said-recovered-here = قال { $name } نيابة عن هذا المكان الساعة { $time } إن العمل عاد كالمعتاد.
reported-by = جاء البلاغ من { $name }.
confirmed-by = جاء تأكيد المشكلة من { $name }.
not-confirmed-by = لم يصل تأكيد من { $name } بعد.
not-affected-by = لا تأثير للمشكلة على { $name }.
recovered-by = عاد العمل في { $name } كالمعتاد.
affected-said-by = قال { $name } نيابة عن { $place } إن المشكلة تؤثر هناك.
not-affected-said-by = قال { $name } نيابة عن { $place } إن المشكلة لا تؤثر هناك.
recovered-said-by = قال { $name } نيابة عن { $place } إن العمل عاد كالمعتاد.

what-to-do = ماذا تفعل بدلًا من ذلك
if-you-need-help = إذا كنت تحتاج إلى مساعدة
call-999-if = اتصل بالرقم 999 الآن إذا:
heart-attack-or-stroke = ظهرت على شخص علامات نوبة قلبية أو سكتة دماغية
struggling-to-breathe = كان شخص يجد صعوبة شديدة في التنفس
bleeding = كان شخص ينزف ولا يتوقف النزيف
cannot-be-woken = كان شخص لا يمكن إيقاظه
emergency-help = احصل على مساعدة في حالة الطوارئ
use-111-if = احصل على مساعدة من NHS 111 إذا:
need-help-now = كنت تحتاج إلى مساعدة طبية الآن والحالة ليست طارئة
cannot-reach-us = لم تتمكن من الوصول إلينا والأمر لا يمكن أن ينتظر
how-to-use-111 = اذهب إلى 111.nhs.uk أو اتصل بالرقم 111. لطفل عمره أقل من 5 سنوات، اتصل بالرقم 111 بدلًا من الموقع.
help-now = إذا كنت تحتاج إلى مساعدة الآن
ask-a-pharmacist-if = اسأل الصيدلي إذا:
minor-illness = كان لديك مرض بسيط، مثل السعال أو ألم الأذن أو التهاب الحلق
medicine-question = كان لديك سؤال عن دواء
ask-another-pharmacy-if = اسأل صيدلية أخرى إذا:
need-medicine-today = كنت تحتاج إلى دواء اليوم وهو غير موجود لدينا
cannot-wait-for-medicine = كنت لا تستطيع انتظار دوائك
in-an-emergency = في حالة الطوارئ، اتصل بالرقم 999.
need-medical-help = إذا كنت تحتاج إلى مساعدة طبية الآن والحالة ليست طارئة، فاذهب إلى 111.nhs.uk أو اتصل بالرقم 111.

what-happened = ماذا حدث
problems-elsewhere = مشكلات في أماكن أخرى
what-we-know = ما نعرفه عن ذلك
over-lately = مشكلات انتهت في آخر 24 ساعة
what-happened-then = ما الذي حدث
all-updates = انظر كل ما قيل عن هذه المشكلة
taken-back = سحبنا هذه المعلومات الساعة { $time }. لا تعتمد عليها.
do-not-use = لا تعتمد عليه.
correction = تصحيح
began-at = بدأت المشكلة الساعة { $time }.
ended-at = انتهت المشكلة الساعة { $time }.

be-told = اعرف عندما يتغير هذا
get-updates = احصل على آخر أخبار { $name } بالبريد الإلكتروني أو برسالة نصية
see-past-problems = انظر المشكلات السابقة
other-forms = طرق أخرى لقراءة هذه الصفحة
print-poster = اطبع ملصقًا للباب
waiting-room-screen = اعرض هذا على شاشة غرفة الانتظار
put-on-website = ضع هذا الإشعار على موقع إلكتروني
for-computers = لأجهزة الكمبيوتر:
atom-feed = موجز Atom
rss-feed = موجز RSS
status-json = الحالة بصيغة JSON

past-problems = المشكلات السابقة
place-now = { $name } الآن
no-problems = لم يتم الإبلاغ عن أي مشكلات هنا.
feed-of-updates = موجز هذه الأخبار

search-title = ابحث عن عيادة الطبيب العام (GP) أو المستشفى أو الصيدلية
search-heading = هل تعمل عيادة الطبيب العام (GP) أو المستشفى أو الصيدلية الخاصة بك كالمعتاد؟
all-places = كل الأماكن حسب المدينة
search-hint = اكتب الاسم أو المدينة أو الرمز البريدي أو رمز المكان
search-button = بحث
search-places-for = أماكن مطابقة لـ «{ $query }»
search-none = لم نجد مكانًا مطابقًا لـ «{ $query }»
search-you-can = يمكنك:
search-check-spelling = التحقق من كتابة الاسم
search-shorter = استخدام اسم أقصر، أو اسم المدينة فقط
search-half-postcode = استخدام النصف الأول من الرمز البريدي
search-found = { $count ->
        [zero] لا توجد أماكن مطابقة لـ «{ $query }»
        [one] مكان واحد مطابق لـ «{ $query }»
        [two] مكانان مطابقان لـ «{ $query }»
        [few] { $count } أماكن مطابقة لـ «{ $query }»
        [many] { $count } مكانًا مطابقًا لـ «{ $query }»
       *[other] { $count } مكان مطابق لـ «{ $query }»
    }
search-first = أول { $count } من الأماكن المطابقة لـ «{ $query }»
search-add-town = أضف المدينة أو الرمز البريدي لترى أماكن أقل.
search-kind-and-code = { $kind }، الرمز { $code }
not-found-title = لا نجد هذا المكان
not-found-text = ربما كُتب العنوان خطأً، أو ربما أُغلق المكان.
