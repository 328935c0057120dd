# Urdu: not checked by a native reader yet.

line-attend = آپ کی پہلے سے طے اپائنٹمنٹ
line-attend-pharmacy = فارمیسی آنا
attend-come = معمول کے مطابق آئیں
    .text = معمول کے مطابق اپنی اپائنٹمنٹ پر آئیں۔
attend-come_unless_contacted = آئیں، اگر ہم رابطہ نہ کریں
    .text = اگر ہم آپ سے رابطہ نہ کریں تو اپنی اپائنٹمنٹ پر آئیں۔
attend-do_not_come = مت آئیں
    .text = اپنی اپائنٹمنٹ پر مت آئیں۔ ہم نئی اپائنٹمنٹ طے کرنے کے لیے آپ سے رابطہ کریں گے۔
attend-come-pharmacy = معمول کے مطابق آئیں
    .text = معمول کے مطابق آئیں، لیکن زیادہ انتظار کے لیے تیار رہیں۔
attend-come_unless_contacted-pharmacy = انتظار کرنا ہو گا
    .text = آئیں، لیکن معمول سے زیادہ انتظار کے لیے تیار رہیں۔
attend-do_not_come-pharmacy = مت آئیں
    .text = یہاں مت آئیں۔ کسی دوسری فارمیسی جائیں۔

line-emergency_department = A&E (ایمرجنسی)
emergency_department-normal = معمول کے مطابق
    .text = A&E کھلا ہے۔
emergency_department-delayed = تاخیر
    .text = A&E کھلا ہے، لیکن آپ کو زیادہ انتظار کرنا پڑ سکتا ہے۔
emergency_department-urgent_only = صرف فوری
    .text = A&E صرف ان ایمرجنسیوں کے لیے کھلا ہے جن میں جان کو خطرہ ہو۔
emergency_department-cancelled = نئے مریض نہیں لے رہا
    .text = A&E نئے مریض نہیں لے رہا۔
emergency_department-closed = بند
    .text = A&E بند ہے۔

line-phones = فون لائنیں
phones-working = کام کر رہی ہیں
    .text = آپ ہمیں فون کر سکتے ہیں۔
phones-limited = محدود
    .text = ہمیں صرف فوری ضرورت میں فون کریں۔ ہماری لائنیں بہت مصروف ہیں۔
phones-down = کام نہیں کر رہیں
    .text = ہمارے فون کام نہیں کر رہے۔

line-online_form = آن لائن فارم
online_form-on = چالو
    .text = آپ ہمارا آن لائن فارم استعمال کر سکتے ہیں۔
online_form-off = بند
    .text = ہمارا آن لائن فارم بند ہے۔

line-booking = نئی اپائنٹمنٹ
booking-normal = معمول کے مطابق
    .text = آپ معمول کے مطابق اپائنٹمنٹ لے سکتے ہیں۔
booking-urgent_only = صرف فوری
    .text = ہم صرف فوری ضرورت والی اپائنٹمنٹ دے سکتے ہیں۔
booking-paused = فی الحال بند
    .text = اس وقت ہم نئی اپائنٹمنٹ نہیں دے سکتے۔

line-prescriptions = دوا کے نسخے
prescriptions-normal = معمول کے مطابق
    .text = دوا کے نسخے معمول کے مطابق مل رہے ہیں۔
prescriptions-urgent_on_paper = صرف فوری، کاغذ پر
    .text = ہم دوا کے صرف فوری نسخے دے سکتے ہیں، اور وہ کاغذ پر ہوں گے۔
prescriptions-delayed = تاخیر
    .text = دوا کے نسخوں میں معمول سے زیادہ وقت لگ رہا ہے۔
prescriptions-order_only_if_needed = صرف ضرورت ہو تو منگوائیں
    .text = ریپیٹ نسخہ (بار بار ملنے والی دوا) صرف تب منگوائیں جب آپ کی دوا ختم ہونے والی ہو۔

line-test_results = ٹیسٹ کے نتائج
test_results-normal = معمول کے مطابق
    .text = آپ معمول کے مطابق ٹیسٹ کے نتائج لے سکتے ہیں۔
test_results-delayed = تاخیر
    .text = ٹیسٹ کے نتائج دیر سے آ سکتے ہیں۔ اگر کوئی نتیجہ فوری توجہ کا ہو تو ہم آپ سے رابطہ کریں گے۔
test_results-paused = فی الحال بند
    .text = اس وقت ہم ٹیسٹ کے نتائج نہیں دیکھ سکتے۔ اگر کوئی نتیجہ فوری توجہ کا ہو تو ہم آپ سے رابطہ کریں گے۔

line-check_in = چیک ان سکرینیں
check_in-normal = معمول کے مطابق
    .text = چیک ان سکرینیں کام کر رہی ہیں۔
check_in-at_the_desk = استقبالیہ پر
    .text = چیک ان سکرینیں بند ہیں۔ استقبالیہ کو بتائیں کہ آپ آ گئے ہیں۔

line-records = صحت کے ریکارڈ
records-normal = معمول کے مطابق
    .text = ہم آپ کی صحت کا ریکارڈ دیکھ سکتے ہیں۔
records-on_paper = کاغذ پر
    .text = ہم کاغذی ریکارڈ استعمال کر رہے ہیں۔ اپنی دواؤں اور الرجیوں کی فہرست ساتھ لائیں۔

line-outpatients = آؤٹ پیشنٹ کلینک
outpatients-normal = معمول کے مطابق
    .text = آؤٹ پیشنٹ کلینک چل رہے ہیں۔
outpatients-delayed = تاخیر
    .text = آؤٹ پیشنٹ کلینک دیر سے چل رہے ہیں۔
outpatients-urgent_only = صرف فوری
    .text = صرف فوری ضرورت والے آؤٹ پیشنٹ کلینک چل رہے ہیں۔
outpatients-cancelled = منسوخ
    .text = آؤٹ پیشنٹ کلینک منسوخ ہیں۔ ہم آپ سے رابطہ کریں گے۔
outpatients-closed = بند
    .text = یہاں کے آؤٹ پیشنٹ کلینک بند ہیں۔ ہم آپ سے رابطہ کریں گے۔

line-inpatients = ہسپتال میں داخلہ
inpatients-normal = معمول کے مطابق
    .text = ہسپتال میں داخلے معمول کے مطابق ہو رہے ہیں۔
inpatients-delayed = تاخیر
    .text = ہسپتال میں داخلے میں دیر ہو سکتی ہے۔
inpatients-urgent_only = صرف فوری
    .text = ہسپتال میں صرف فوری ضرورت والے مریض داخل ہو رہے ہیں۔
inpatients-cancelled = منسوخ
    .text = ہسپتال میں پہلے سے طے داخلے منسوخ ہیں۔ ہم آپ سے رابطہ کریں گے۔
inpatients-closed = بند
    .text = وارڈ نئے مریضوں کے لیے بند ہیں۔

line-operations = آپریشن
operations-normal = معمول کے مطابق
    .text = آپریشن ہو رہے ہیں۔
operations-delayed = تاخیر
    .text = آپریشن میں دیر ہو سکتی ہے۔
operations-urgent_only = صرف فوری
    .text = صرف فوری ضرورت والے آپریشن ہو رہے ہیں۔
operations-cancelled = منسوخ
    .text = پہلے سے طے آپریشن منسوخ ہیں۔ ہم آپ سے رابطہ کریں گے۔
operations-closed = بند
    .text = آپریشن تھیٹر بند ہیں۔ ہم آپ سے رابطہ کریں گے۔

line-scans = سکین اور ایکسرے
scans-normal = معمول کے مطابق
    .text = سکین اور ایکسرے ہو رہے ہیں۔
scans-delayed = تاخیر
    .text = سکین اور ایکسرے میں دیر ہو سکتی ہے۔
scans-urgent_only = صرف فوری
    .text = صرف فوری ضرورت والے سکین اور ایکسرے ہو رہے ہیں۔
scans-cancelled = منسوخ
    .text = سکین اور ایکسرے منسوخ ہیں۔ ہم آپ سے رابطہ کریں گے۔
scans-closed = بند
    .text = سکین کا شعبہ بند ہے۔ ہم آپ سے رابطہ کریں گے۔

line-blood_tests = خون کے ٹیسٹ
blood_tests-normal = معمول کے مطابق
    .text = خون کے ٹیسٹ ہو رہے ہیں۔
blood_tests-delayed = تاخیر
    .text = خون کے ٹیسٹ میں دیر ہو سکتی ہے۔
blood_tests-urgent_only = صرف فوری
    .text = صرف فوری ضرورت والے خون کے ٹیسٹ ہو رہے ہیں۔
blood_tests-cancelled = منسوخ
    .text = معمول کے خون کے ٹیسٹ منسوخ ہیں۔ ہم آپ سے رابطہ کریں گے۔
blood_tests-closed = بند
    .text = خون کے ٹیسٹ کا کلینک بند ہے۔ ہم آپ سے رابطہ کریں گے۔

line-radiotherapy = ریڈیو تھراپی
radiotherapy-normal = معمول کے مطابق
    .text = ریڈیو تھراپی ہو رہی ہے۔
radiotherapy-delayed = تاخیر
    .text = ریڈیو تھراپی میں دیر ہو سکتی ہے۔
radiotherapy-urgent_only = صرف فوری
    .text = صرف فوری ضرورت والی ریڈیو تھراپی ہو رہی ہے۔
radiotherapy-cancelled = منسوخ
    .text = ریڈیو تھراپی منسوخ ہے۔ ہم آپ سے رابطہ کر کے نیا وقت بتائیں گے۔
radiotherapy-closed = بند
    .text = ریڈیو تھراپی کا شعبہ بند ہے۔ ہم آپ سے رابطہ کریں گے۔

line-maternity = حمل اور زچگی
maternity-normal = معمول کے مطابق
    .text = حمل اور زچگی کی خدمات کھلی ہیں۔
maternity-delayed = تاخیر
    .text = حمل اور زچگی کی خدمات کھلی ہیں، لیکن آپ کو زیادہ انتظار کرنا پڑ سکتا ہے۔
maternity-urgent_only = صرف فوری
    .text = حمل اور زچگی کی خدمات صرف فوری دیکھ بھال کے لیے کھلی ہیں۔
maternity-cancelled = منسوخ
    .text = حمل اور زچگی کی معمول کی اپائنٹمنٹ منسوخ ہیں۔ ہم آپ سے رابطہ کریں گے۔
maternity-closed = بند
    .text = یہاں کا زچگی کا شعبہ بند ہے۔ ہم آپ کو بتائیں گے کہ کہاں جانا ہے۔

line-dispensing = آپ کی دواؤں کی تیاری
dispensing-normal = معمول کے مطابق
    .text = ہم معمول کے مطابق دوائیں تیار کر رہے ہیں۔
dispensing-delayed = تاخیر
    .text = دوائیں ملنے میں معمول سے زیادہ وقت لگ رہا ہے۔
dispensing-paused = فی الحال بند
    .text = اس وقت ہم دوائیں تیار نہیں کر سکتے۔

line-collection = دوائیں وصول کرنا
collection-normal = معمول کے مطابق
    .text = آپ معمول کے مطابق دوائیں وصول کر سکتے ہیں۔
collection-delayed = تاخیر
    .text = دوائیں وصول کرنے آئیں تو زیادہ انتظار کے لیے تیار رہیں۔
collection-paused = فی الحال بند
    .text = اس وقت آپ دوائیں وصول نہیں کر سکتے۔

line-deliveries = دواؤں کی ڈیلیوری
deliveries-normal = معمول کے مطابق
    .text = دواؤں کی ڈیلیوری معمول کے مطابق ہو رہی ہے۔
deliveries-delayed = تاخیر
    .text = دواؤں کی ڈیلیوری میں دیر ہو رہی ہے۔
deliveries-paused = فی الحال بند
    .text = دواؤں کی ڈیلیوری فی الحال بند ہے۔

line-nhs_111 = NHS 111
nhs_111-normal = معمول کے مطابق
    .text = NHS 111 معمول کے مطابق کام کر رہا ہے۔
nhs_111-changed = تبدیلی
    .text = NHS 111 کے کام کرنے کا طریقہ بدل گیا ہے۔

line-emergency_999 = 999
emergency_999-normal = معمول کے مطابق
    .text = 999 معمول کے مطابق کام کر رہا ہے۔
emergency_999-changed = تبدیلی
    .text = 999 پر فون کرنے کا طریقہ بدل گیا ہے۔
