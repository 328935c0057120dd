# Arabic: not checked by a native reader yet.

line-attend = المواعيد المحجوزة لك من قبل
line-attend-pharmacy = الحضور إلى الصيدلية
attend-come = احضر كالمعتاد
    .text = احضر إلى موعدك كالمعتاد.
attend-come_unless_contacted = احضر إلا إذا تواصلنا معك
    .text = احضر إلى موعدك، إلا إذا تواصلنا معك.
attend-do_not_come = لا تحضر
    .text = لا تحضر إلى موعدك. سنتواصل معك لتحديد موعد جديد.
attend-come-pharmacy = احضر كالمعتاد
    .text = احضر كالمعتاد، لكن توقع أن تنتظر وقتًا أطول.
attend-come_unless_contacted-pharmacy = توقع الانتظار
    .text = احضر، لكن توقع أن تنتظر أكثر من المعتاد.
attend-do_not_come-pharmacy = لا تحضر
    .text = لا تحضر إلى هنا. اذهب إلى صيدلية أخرى.

line-emergency_department = قسم الطوارئ (A&E)
emergency_department-normal = كالمعتاد
    .text = قسم الطوارئ (A&E) مفتوح.
emergency_department-delayed = تأخير
    .text = قسم الطوارئ (A&E) مفتوح، لكن قد تنتظر وقتًا أطول.
emergency_department-urgent_only = الحالات العاجلة فقط
    .text = قسم الطوارئ (A&E) مفتوح فقط للحالات الطارئة التي تهدد الحياة.
emergency_department-cancelled = لا يستقبل مرضى جددًا
    .text = قسم الطوارئ (A&E) لا يستقبل مرضى جددًا.
emergency_department-closed = مغلق
    .text = قسم الطوارئ (A&E) مغلق.

line-phones = خطوط الهاتف
phones-working = تعمل
    .text = يمكنك الاتصال بنا بالهاتف.
phones-limited = محدودة
    .text = لا تتصل بنا بالهاتف إلا إذا كان الأمر عاجلًا. خطوطنا مشغولة جدًا.
phones-down = لا تعمل
    .text = هواتفنا لا تعمل.

line-online_form = النموذج على الإنترنت
online_form-on = يعمل
    .text = يمكنك استخدام نموذجنا على الإنترنت.
online_form-off = متوقف
    .text = نموذجنا على الإنترنت متوقف.

line-booking = المواعيد الجديدة
booking-normal = كالمعتاد
    .text = يمكنك حجز المواعيد كالمعتاد.
booking-urgent_only = العاجلة فقط
    .text = لا يمكننا أن نحجز إلا المواعيد العاجلة.
booking-paused = متوقفة مؤقتًا
    .text = لا يمكننا حجز مواعيد جديدة في الوقت الحالي.

line-prescriptions = الوصفات الطبية
prescriptions-normal = كالمعتاد
    .text = الوصفات الطبية تعمل كالمعتاد.
prescriptions-urgent_on_paper = العاجلة فقط، على ورق
    .text = لا يمكننا إعطاء إلا الوصفات العاجلة، وتكون على ورق.
prescriptions-delayed = تأخير
    .text = الوصفات الطبية تستغرق وقتًا أطول من المعتاد.
prescriptions-order_only_if_needed = اطلب عند الحاجة فقط
    .text = لا تطلب وصفة متكررة إلا إذا كان دواؤك على وشك أن ينفد.

line-test_results = نتائج الفحوصات
test_results-normal = كالمعتاد
    .text = يمكنك الحصول على نتائج الفحوصات كالمعتاد.
test_results-delayed = تأخير
    .text = قد تتأخر نتائج الفحوصات. سنتواصل معك إذا كانت إحدى نتائجك عاجلة.
test_results-paused = متوقفة مؤقتًا
    .text = لا يمكننا رؤية نتائج الفحوصات في الوقت الحالي. سنتواصل معك إذا كانت إحدى نتائجك عاجلة.

line-check_in = شاشات تسجيل الوصول
check_in-normal = كالمعتاد
    .text = شاشات تسجيل الوصول تعمل.
check_in-at_the_desk = عند الاستقبال
    .text = شاشات تسجيل الوصول متوقفة. أخبر موظفي الاستقبال أنك وصلت.

line-records = السجلات الصحية
records-normal = كالمعتاد
    .text = يمكننا رؤية سجلك الصحي.
records-on_paper = على ورق
    .text = نستخدم سجلات ورقية. أحضر قائمة بأدويتك وأنواع الحساسية لديك.

line-outpatients = العيادات الخارجية
outpatients-normal = كالمعتاد
    .text = العيادات الخارجية تعمل.
outpatients-delayed = تأخير
    .text = المواعيد في العيادات الخارجية متأخرة.
outpatients-urgent_only = العاجلة فقط
    .text = العيادات الخارجية تعمل للحالات العاجلة فقط.
outpatients-cancelled = ملغاة
    .text = العيادات الخارجية ملغاة. سنتواصل معك.
outpatients-closed = مغلقة
    .text = العيادات الخارجية هنا مغلقة. سنتواصل معك.

line-inpatients = الإقامة في المستشفى
inpatients-normal = كالمعتاد
    .text = الإقامة في المستشفى مستمرة كالمعتاد.
inpatients-delayed = تأخير
    .text = قد يتأخر بدء الإقامة في المستشفى.
inpatients-urgent_only = العاجلة فقط
    .text = الإقامة في المستشفى متاحة للحالات العاجلة فقط.
inpatients-cancelled = ملغاة
    .text = أُلغيت الإقامة المقررة من قبل في المستشفى. سنتواصل معك.
inpatients-closed = مغلقة
    .text = أجنحة المستشفى مغلقة أمام المرضى الجدد.

line-operations = العمليات الجراحية
operations-normal = كالمعتاد
    .text = العمليات الجراحية تُجرى كالمعتاد.
operations-delayed = تأخير
    .text = قد تتأخر العمليات الجراحية.
operations-urgent_only = العاجلة فقط
    .text = تُجرى العمليات الجراحية العاجلة فقط.
operations-cancelled = ملغاة
    .text = العمليات الجراحية المقررة من قبل ملغاة. سنتواصل معك.
operations-closed = مغلقة
    .text = غرف العمليات مغلقة. سنتواصل معك.

line-scans = التصوير الطبي والأشعة السينية
scans-normal = كالمعتاد
    .text = التصوير الطبي والأشعة السينية يعملان كالمعتاد.
scans-delayed = تأخير
    .text = قد يتأخر التصوير الطبي والأشعة السينية.
scans-urgent_only = العاجلة فقط
    .text = التصوير الطبي والأشعة السينية للحالات العاجلة فقط.
scans-cancelled = ملغاة
    .text = مواعيد التصوير الطبي والأشعة السينية ملغاة. سنتواصل معك.
scans-closed = مغلقة
    .text = قسم التصوير الطبي مغلق. سنتواصل معك.

line-blood_tests = فحوصات الدم
blood_tests-normal = كالمعتاد
    .text = فحوصات الدم تُجرى كالمعتاد.
blood_tests-delayed = تأخير
    .text = قد تتأخر فحوصات الدم.
blood_tests-urgent_only = العاجلة فقط
    .text = تُجرى فحوصات الدم العاجلة فقط.
blood_tests-cancelled = ملغاة
    .text = فحوصات الدم الروتينية ملغاة. سنتواصل معك.
blood_tests-closed = مغلقة
    .text = عيادة فحوصات الدم مغلقة. سنتواصل معك.

line-radiotherapy = العلاج الإشعاعي
radiotherapy-normal = كالمعتاد
    .text = العلاج الإشعاعي مستمر كالمعتاد.
radiotherapy-delayed = تأخير
    .text = قد يتأخر العلاج الإشعاعي.
radiotherapy-urgent_only = العاجل فقط
    .text = العلاج الإشعاعي متاح للحالات العاجلة فقط.
radiotherapy-cancelled = ملغى
    .text = جلسات العلاج الإشعاعي ملغاة. سنتواصل معك لإعطائك موعدًا جديدًا.
radiotherapy-closed = مغلق
    .text = قسم العلاج الإشعاعي مغلق. سنتواصل معك.

line-maternity = الحمل والولادة
maternity-normal = كالمعتاد
    .text = خدمات الحمل والولادة مفتوحة.
maternity-delayed = تأخير
    .text = خدمات الحمل والولادة مفتوحة، لكن قد تنتظرين وقتًا أطول.
maternity-urgent_only = الحالات العاجلة فقط
    .text = خدمات الحمل والولادة مفتوحة للرعاية العاجلة فقط.
maternity-cancelled = ملغاة
    .text = مواعيد الحمل والولادة الروتينية ملغاة. سنتواصل معكِ.
maternity-closed = مغلقة
    .text = قسم الولادة هنا مغلق. سنخبركِ إلى أين تذهبين.

line-dispensing = تحضير أدويتك
dispensing-normal = كالمعتاد
    .text = نحضّر الأدوية كالمعتاد.
dispensing-delayed = تأخير
    .text = تحضير الأدوية يستغرق وقتًا أطول من المعتاد.
dispensing-paused = متوقف مؤقتًا
    .text = لا يمكننا تحضير الأدوية في الوقت الحالي.

line-collection = استلام الأدوية
collection-normal = كالمعتاد
    .text = يمكنك استلام الأدوية كالمعتاد.
collection-delayed = تأخير
    .text = توقع أن تنتظر وقتًا أطول عند استلام الأدوية.
collection-paused = متوقف مؤقتًا
    .text = لا يمكنك استلام الأدوية في الوقت الحالي.

line-deliveries = توصيل الأدوية
deliveries-normal = كالمعتاد
    .text = توصيل الأدوية يجري كالمعتاد.
deliveries-delayed = تأخير
    .text = توصيل الأدوية متأخر.
deliveries-paused = متوقف مؤقتًا
    .text = توصيل الأدوية متوقف مؤقتًا.

line-nhs_111 = NHS 111
nhs_111-normal = كالمعتاد
    .text = خدمة NHS 111 تعمل كالمعتاد.
nhs_111-changed = تغيير
    .text = تغيّرت طريقة عمل خدمة NHS 111.

line-emergency_999 = 999
emergency_999-normal = كالمعتاد
    .text = الرقم 999 يعمل كالمعتاد.
emergency_999-changed = تغيير
    .text = تغيّرت طريقة الاتصال بالرقم 999.
