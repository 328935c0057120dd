# Arabic: not checked by a native reader yet.

headline-normal = لا توجد مشكلات معروفة
headline-busy = ازدحام أكثر من المعتاد
headline-limited = بعض الأشياء لا تعمل
headline-serious = مشكلات كبيرة
headline-closed = مغلق، لا مواعيد
headline-shut = مغلق
headline-catching_up = عاد العمل، ننجز المتأخر
headline-not_confirmed = غير مؤكد
headline-unknown = لا نعرف

come-in-as-usual = احضر كالمعتاد.
we-are-busier = لدينا ازدحام أكثر من المعتاد.
not-known-if-right = لا نعرف هل هذه المعلومات ما زالت صحيحة أم لا.
contact-before-you-come = اتصل بنا قبل أن تأتي.
no-medicines-here = لا يمكنك الحصول على الأدوية هنا في الوقت الحالي. اذهب إلى صيدلية أخرى.
call-111-for-medicine = اتصل بالرقم 111 إذا كنت تحتاج إلى دواء اليوم.
some-have-a-problem = توجد في بعض الأماكن مشكلة في الكمبيوتر.
not-said-if-affected = { $kind ->
        [pharmacy] لم تذكر هذه الصيدلية هل تأثرت بالمشكلة أم لا.
        [hospital] لم يذكر هذا المستشفى هل تأثر بالمشكلة أم لا.
        [surgery] لم تذكر عيادة GP هذه هل تأثرت بالمشكلة أم لا.
       *[organisation] لم نذكر هل تأثرنا بالمشكلة أم لا.
    }
not-confirmed-over = { $kind ->
        [pharmacy] لم تؤكد هذه الصيدلية انتهاء المشكلة.
        [hospital] لم يؤكد هذا المستشفى انتهاء المشكلة.
        [surgery] لم تؤكد عيادة GP هذه انتهاء المشكلة.
       *[organisation] لم نؤكد انتهاء المشكلة.
    }
may-not-be-open = { $kind ->
        [pharmacy] لا نعرف هل هذه الصيدلية مفتوحة أم لا.
        [hospital] لا نعرف هل هذا المستشفى مفتوح أم لا.
        [surgery] لا نعرف هل عيادة GP هذه مفتوحة أم لا.
       *[organisation] لا نعرف هل هذه المؤسسة مفتوحة أم لا.
    }
has-closed-for-good = { $kind ->
        [pharmacy] أُغلقت هذه الصيدلية نهائيًا. ابحث عن صيدلية أخرى.
        [hospital] أُغلق هذا المستشفى نهائيًا. ابحث عن مستشفى آخر.
        [surgery] أُغلقت عيادة GP هذه نهائيًا. ابحث عن عيادة أخرى.
       *[organisation] أُغلقت هذه المؤسسة نهائيًا. ابحث عن مؤسسة أخرى.
    }
area-problem = توجد مشكلة في بعض خدمات NHS في هذه المنطقة.
area-look-up = ابحث عن عيادة GP أو المستشفى أو الصيدلية الخاصة بك.
area-look-up-problem = ابحث عن عيادة GP أو المستشفى أو الصيدلية الخاصة بك لتعرف هل توجد فيها مشكلة.

stage-investigating = نحاول معرفة سبب المشكلة
    .text = نحاول معرفة سبب المشكلة.
stage-identified = نعرف سبب المشكلة
    .text = نعرف سبب المشكلة. نعمل على إصلاحها.
stage-limited = عاد العمل جزئيًا
    .text = بعض أنظمتنا عادت إلى العمل. وبعضها الآخر لا يعمل بعد.
stage-catching_up = عاد العمل، ننجز المتأخر
    .text = أنظمتنا عادت إلى العمل. ننجز الآن الأعمال المتأخرة.
stage-monitoring = عاد العمل، تحت المراقبة
    .text = أنظمتنا عادت إلى العمل. ننجز الآن الأعمال المتأخرة.
stage-resolved = عاد كل شيء كالمعتاد
    .text = انتهت هذه المشكلة.
stage-elsewhere = تم الإبلاغ، غير مؤكد هنا
    .text = تم الإبلاغ عن مشكلة. لا نعرف هل هي موجودة هنا أم لا.
stage-said-over = قيل إنها انتهت
stage-withdrawn = تم سحبه

kind-surgery = عيادة الطبيب العام (GP)
kind-pharmacy = صيدلية
kind-hospital = مستشفى
kind-trust = مؤسسة NHS (trust)
kind-region = منطقة NHS
kind-board = مجلس صحي
kind-nhs = NHS
kind-organisation = مؤسسة
