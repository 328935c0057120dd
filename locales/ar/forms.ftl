# Arabic: not checked by a native reader yet.

get-updates-by = احصل على آخر الأخبار بالبريد الإلكتروني أو برسالة نصية
get-updates-title = احصل على آخر الأخبار: { $name }
we-tell-you = نخبرك عندما يتوقف شيء عن العمل هنا، وعندما يعود إلى العمل.
how-to-tell = كيف نخبرك؟
email = بريد إلكتروني
text-message = رسالة نصية
which-language = ما اللغة التي نستخدمها؟
which-services = ما الذي تريد أن تعرف عنه؟
which-services-hint = لا تختر شيئًا لتعرف عن كل شيء.
only-about = فقط عن: { $services }
contact-label = بريدك الإلكتروني أو رقم هاتفك المحمول
contact-hint = رقم الهاتف المحمول من 11 رقمًا، مثل 07700 900123
continue = متابعة
what-we-do = ماذا نفعل ببيانات الاتصال الخاصة بك
we-keep-only = نحتفظ فقط بهذا البريد أو الرقم، وبالأماكن والخدمات التي تختارها. لا نسأل عن اسمك ولا عن أي شيء يخص صحتك.
we-keep-locked = نحفظه في مكان آمن، ونحذفه عندما تلغي اشتراكك. يمكنك الإلغاء في أي وقت، بضغطة واحدة أو بالرد بكلمة STOP.
we-keep-locked-link = نحفظه في مكان آمن، ونحذفه عندما تلغي اشتراكك. يمكنك الإلغاء في أي وقت، بضغطة واحدة.
error-prefix = خطأ:
there-is-a-problem = هناك مشكلة
error-mark = خطأ:

check-your-phone = انظر في هاتفك
check-your-email = انظر في بريدك الإلكتروني
sent-a-text = أرسلنا رسالة نصية فيها رمز إلى { $contact }. قد تصل بعد بضع دقائق.
sent-an-email = أرسلنا رسالة بريد فيها رمز ورابط إلى { $contact }. قد تصل بعد بضع دقائق، فانظر أيضًا في مجلد البريد غير المرغوب فيه.
enter-code-text = أدخل الرمز هنا. لن نرسل أي أخبار قبل ذلك.
enter-code-email = أدخل الرمز هنا، أو استخدم الرابط الموجود في رسالة البريد. لن نرسل أي أخبار قبل ذلك.
code = الرمز
six-digits = 6 أرقام
change-contact = غيّر بيانات الاتصال الخاصة بك
get-updates-button = احصل على آخر الأخبار

get-updates-about = هل تريد آخر الأخبار عن { $name }؟
we-send-them-to = نرسلها إلى { $contact }.
yes-get-updates = نعم، أريد آخر الأخبار
did-not-ask = إذا لم تطلب هذا، فأغلق هذه الصفحة. لن يُرسل أي شيء.

you-will-get-updates = ستصلك آخر الأخبار
tell-you-by-email = سنخبرك بالبريد الإلكتروني عندما يتغير شيء.
tell-you-by-text = سنخبرك برسالة نصية عندما يتغير شيء.
tell-you-by-whatsapp = سنخبرك عبر WhatsApp عندما يتغير شيء.
change-or-stop = غيّر الأخبار التي تصلك أو أوقفها
see-how-it-is = اعرف كيف هو الوضع الآن في { $name }

your-updates = الأخبار التي تصلك
send-by-email-to = نرسلها بالبريد الإلكتروني إلى { $contact }.
send-by-text-to = نرسلها برسالة نصية إلى { $contact }.
send-by-whatsapp-to = نرسلها عبر WhatsApp إلى { $contact }.
no-updates-now = لا تصلك أي أخبار في الوقت الحالي.
places-you-follow = الأماكن التي تصلك أخبارها
stop-these = أوقف هذه
stop-these-about = أوقف هذه الأخبار عن { $name }
removed = تم الحذف. لن تصلك رسائل أخرى عن هذا المكان.
change-language = تغيير اللغة
language-changed = سنستخدم هذه اللغة من الآن فصاعداً.
stop-everything = أوقف كل شيء
delete-number = نحذف رقمك فورًا.
delete-address = نحذف بريدك الإلكتروني فورًا.
stop-all = أوقف كل الرسائل
success = تم بنجاح

no-more-messages = لن تصلك رسائل أخرى
deleted-contact = لقد حذفنا بيانات الاتصال الخاصة بك
still-look = لا يزال بإمكانك مشاهدة صفحة أي مكان.

link-is-old = هذا الرابط لم يعد يعمل
link-is-old-text = تم استخدامه من قبل، أو أنه قديم جدًا. لم يتغير أي شيء.
ask-again = لتصلك الأخبار، ابحث عن المكان واطلبها مرة أخرى.

device-heading = على هذا الهاتف أو الحاسوب
device-text = يعرض متصفحك إشعارًا عندما يتغير شيء هنا. لا نحتاج إلى بريدك الإلكتروني أو رقمك.
device-button = احصل على إشعارات على هذا الجهاز
device-denied = هذا المتصفح لا يسمح لنا بعرض الإشعارات. غيّر ذلك في إعداداته، أو اختر البريد الإلكتروني أو الرسالة النصية.
device-failed = لم تعمل الإشعارات في هذا المتصفح. حاول مرة أخرى، أو اختر البريد الإلكتروني أو الرسالة النصية.
tell-you-on-device = سنعرض إشعارًا على هذا الجهاز عندما يتغير شيء.
show-on-device = نعرضها كإشعارات على جهاز واحد.
delete-device = ننسى هذا الجهاز فورًا.

choose-channel = اختر كيف نخبرك.
choose-language = اختر إحدى اللغات.
enter-contact = أدخل بريدًا إلكترونيًا أو رقم هاتف محمول.
enter-email = أدخل البريد الإلكتروني بالشكل الصحيح، مثل name@example.com.
enter-mobile = أدخل رقم هاتف محمول بريطاني، مثل 07700 900 982.
code-is-wrong = هذا الرمز غير صحيح. تحقق منه وأدخله مرة أخرى.
code-is-old = هذا الرمز لم يعد يعمل. اشترك مرة أخرى للحصول على رمز جديد.
