# Arabic: not checked by a native reader yet.

correction-mark = تصحيح: { $text }
name-and-text = { $name }: { $text }
what-we-told-was-wrong = ما أخبرناك به من قبل كان خطأ.
problem-with-system = انتهت المشكلة في { $system }.
problem-is-over = انتهت المشكلة.
one-problem-is-over = انتهت مشكلة. وهناك مشكلة أخرى لم تنته.
problem-over-subject = { $system ->
        [none] انتهت المشكلة
       *[other] انتهت المشكلة في { $system }
    }
back-to-normal = عاد العمل لدينا كالمعتاد.
back-to-normal-subject = عاد العمل كالمعتاد
working-again-subject = عاد العمل، ننجز المتأخر
partly-working-subject = عاد العمل جزئيًا
some-working-again = { $system ->
        [none] عادت بعض الأشياء إلى العمل، لكن ليس كل شيء كالمعتاد بعد.
       *[other] عاد { $system } إلى العمل، لكن ليس كل شيء كالمعتاد بعد.
    }
urgent-help = إذا كنت تحتاج إلى مساعدة عاجلة، فاستخدم 111.nhs.uk أو اتصل بالرقم 111. في حالة الطوارئ، اتصل بالرقم 999.
full-information = المعلومات الكاملة
full-information-at = المعلومات الكاملة: { $url }
stop-emails = أوقف هذه الرسائل
stop-emails-at = أوقف هذه الرسائل: { $url }
stop-texts-at = للإيقاف: { $url }
you-asked = لقد طلبت أن نخبرك بأخبار { $name }.

confirm-subject = أكّد أنك تريد رسائل من { $name }
confirm-headline = أكّد أنك تريد رسائل عندما يتغير شيء في { $name }.
confirm-open-link = افتح هذا الرابط واضغط على الزر: { $link }
confirm-or-code = أو أدخل هذا الرمز: { $code }
confirm-24-hours = يعمل الرابط والرمز لمدة 24 ساعة.
confirm-not-asked = إذا لم تطلب هذا، فلا تفعل شيئًا. لن نراسلك مرة أخرى.
confirm-short = رمزك هو { $code }. إذا لم تطلبه، فلا تفعل شيئًا.

## Answers to a text: START, HELP, STATUS

text-started = سنرسل إليك الرسائل مرة أخرى. لإيقافها، أجب بكلمة STOP.
text-nobody = لا نرسل شيئًا إلى هذا الرقم. اختر الأماكن التي تريد رسائل عنها: { $url }
text-help = غيّر رسائلك أو أوقفها: { $url } أو أجب بكلمة STOP. أجب بكلمة STATUS لتعرف الوضع الآن.
