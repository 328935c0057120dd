# Arabic: not checked by a native reader yet.

poster-for = { $name }: ملصق
poster-scan = امسح هذا الرمز بهاتفك لترى أحدث المعلومات
poster-or-go-to = أو اذهب إلى
more-on-the-page = يوجد المزيد على صفحة الويب.
poster-printed = هذا هو الوضع كما كان الساعة { $time }.
poster-pdf = احصل عليه كملف PDF
poster-choose-second = أضف لغة ثانية
poster-help = اطبعه على ورق A4 وضعه على الباب. اطبع ملصقًا جديدًا عندما تتغير الصفحة.

screen-for = { $name }: شاشة غرفة الانتظار
screen-more = المزيد على هاتفك:
screen-offline = هذه الشاشة غير متصلة بالإنترنت. قد تكون معلوماتها قديمة.
screen-minutes-old = { $minutes ->
        [zero] تم التحقق من هذا قبل أقل من دقيقة.
        [one] تم التحقق من هذا قبل دقيقة واحدة.
        [two] تم التحقق من هذا قبل دقيقتين.
        [few] تم التحقق من هذا قبل { $minutes } دقائق.
        [many] تم التحقق من هذا قبل { $minutes } دقيقة.
       *[other] تم التحقق من هذا قبل { $minutes } دقيقة.
    }

voice-greeting = لقد اتصلت بـ { $name }.
voice-webpage = يمكنك أن تجد أحدث المعلومات على صفحتنا على الإنترنت.
voice-look-first = انظر إلى صفحتنا على الإنترنت قبل أن تأتي.
voice-999 = في حالة الطوارئ، اتصل بالرقم 9 9 9.
voice-111 = إذا كنت تحتاج إلى مساعدة طبية الآن ولم تكن الحالة طارئة، فاتصل بالرقم 1 1 1.
voice-other-number = اتصل بنا على الرقم { $number } بدلًا من ذلك.

widget-more = اقرأ المزيد عن { $name }
badge-alternative = هل يعمل { $name } كالمعتاد؟
badge-text = { $name }: { $state }
widget-title = ضع هذا الإشعار على موقع إلكتروني
widget-intro = انسخ هذه الأسطر إلى صفحة موقعك. لا يظهر الإشعار إلا عند وجود مشكلة.
widget-no-cookies = لا يضع أي ملف تعريف ارتباط (cookie) ولا يحتاج إلى إطار. يعمل مع سياسة أمان صارمة.
widget-code = الأسطر المطلوب نسخها
picture-alt = { $name }. { $state }. { $answer }
