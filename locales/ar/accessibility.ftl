# Arabic: not checked by a native reader yet.

accessibility-title = بيان سهولة الاستخدام
accessibility-intro = نريد أن يتمكن الجميع من استخدام هذه الصفحات.
accessibility-means = هذا يعني أنه يمكنك:
accessibility-zoom = تكبير النص 4 مرات دون أن يختفي أي جزء منه
accessibility-keyboard = استخدام كل صفحة بلوحة المفاتيح فقط
accessibility-reader = الاستماع إلى كل صفحة باستخدام قارئ الشاشة
accessibility-script = قراءة كل صفحة دون برامج نصية أو ألوان أو صور
accessibility-contrast = استخدام ألوانك الخاصة ونص كبير وحركة أقل
accessibility-how = ما مدى سهولة استخدام هذه الصفحات
accessibility-standard = نتبع Web Content Accessibility Guidelines، الإصدار 2.2، المستوى AA.
accessibility-status = تلتزم هذه الصفحات بمعظم هذه القواعد، لكن ليس بكلها. توضح القائمة ما ينقص.
accessibility-pdf = قد لا تعمل الملصقات بصيغة PDF مع قارئ الشاشة. وفي صفحة الملصق الكلمات نفسها.
accessibility-tested = نختبر كل صفحة ببرنامج كلما غيّرناها. لا يكتشف البرنامج إلا بعض المشكلات.
accessibility-not-yet = لم يختبر هذه الصفحات بعدُ أشخاص يستخدمون التقنيات المساعدة.
accessibility-translations = بعض الترجمات لم يراجعها شخص يتحدث تلك اللغة. هذا مكتوب على تلك الصفحات.
accessibility-written = الكلمات التي كتبها الموظفون بأنفسهم تبقى باللغة التي كُتبت بها.
accessibility-tell-us = إذا كان هناك شيء لا يعمل معك
accessibility-contact = أخبر المكان صاحب الصفحة. عنوانه في أعلى الصفحة، وكذلك رقم هاتفه إذا كان يعمل.
accessibility-contact-us = يمكنك أيضًا الاتصال بنا:
accessibility-enforcement = إذا لم تكن راضيًا عن الرد، فتواصل مع Equality Advisory and Support Service (EASS).
accessibility-prepared = كتبنا هذا البيان في { $date }.
