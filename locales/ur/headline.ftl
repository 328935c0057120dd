# Urdu: not checked by a native reader yet.

headline-normal = کوئی معلوم مسئلہ نہیں
headline-busy = معمول سے زیادہ مصروف
headline-limited = کچھ چیزیں کام نہیں کر رہیں
headline-serious = سنگین مسائل
headline-closed = اپائنٹمنٹ کے لیے بند
headline-shut = بند
headline-catching_up = بحال، پچھلا کام جاری
headline-not_confirmed = تصدیق نہیں ہوئی
headline-unknown = ہمیں معلوم نہیں

come-in-as-usual = معمول کے مطابق آئیں۔
we-are-busier = ہم معمول سے زیادہ مصروف ہیں۔
not-known-if-right = ہمیں معلوم نہیں کہ یہ معلومات اب بھی درست ہیں یا نہیں۔
contact-before-you-come = آنے سے پہلے ہم سے رابطہ کریں۔
no-medicines-here = اس وقت آپ کو یہاں سے دوائیں نہیں مل سکتیں۔ کسی دوسری فارمیسی جائیں۔
call-111-for-medicine = اگر دوا آج ہی چاہیے تو 111 پر فون کریں۔
some-have-a-problem = کچھ جگہوں پر کمپیوٹر کا مسئلہ ہے۔
not-said-if-affected = { $kind ->
        [pharmacy] اس فارمیسی نے نہیں بتایا کہ وہ متاثر ہے یا نہیں۔
        [hospital] اس ہسپتال نے نہیں بتایا کہ وہ متاثر ہے یا نہیں۔
        [surgery] اس GP سرجری نے نہیں بتایا کہ وہ متاثر ہے یا نہیں۔
       *[organisation] ہم نے نہیں بتایا کہ ہم متاثر ہیں یا نہیں۔
    }
not-confirmed-over = { $kind ->
        [pharmacy] اس فارمیسی نے تصدیق نہیں کی کہ مسئلہ ختم ہو گیا ہے۔
        [hospital] اس ہسپتال نے تصدیق نہیں کی کہ مسئلہ ختم ہو گیا ہے۔
        [surgery] اس GP سرجری نے تصدیق نہیں کی کہ مسئلہ ختم ہو گیا ہے۔
       *[organisation] ہم نے تصدیق نہیں کی کہ مسئلہ ختم ہو گیا ہے۔
    }
may-not-be-open = { $kind ->
        [pharmacy] ہمیں معلوم نہیں کہ یہ فارمیسی کھلی ہے یا نہیں۔
        [hospital] ہمیں معلوم نہیں کہ یہ ہسپتال کھلا ہے یا نہیں۔
        [surgery] ہمیں معلوم نہیں کہ یہ GP سرجری کھلی ہے یا نہیں۔
       *[organisation] ہمیں معلوم نہیں کہ یہ ادارہ کھلا ہے یا نہیں۔
    }
has-closed-for-good = { $kind ->
        [pharmacy] یہ فارمیسی ہمیشہ کے لیے بند ہو گئی ہے۔ کوئی دوسری فارمیسی تلاش کریں۔
        [hospital] یہ ہسپتال ہمیشہ کے لیے بند ہو گیا ہے۔ کوئی دوسرا ہسپتال تلاش کریں۔
        [surgery] یہ GP سرجری ہمیشہ کے لیے بند ہو گئی ہے۔ کوئی دوسری GP سرجری تلاش کریں۔
       *[organisation] یہ ادارہ ہمیشہ کے لیے بند ہو گیا ہے۔ کوئی دوسرا ادارہ تلاش کریں۔
    }
area-problem = اس علاقے میں NHS کی کچھ خدمات میں مسئلہ ہے۔
area-look-up = اپنی GP سرجری، ہسپتال یا فارمیسی کا صفحہ دیکھیں۔
area-look-up-problem = اپنی GP سرجری، ہسپتال یا فارمیسی کا صفحہ دیکھیں کہ وہاں کوئی مسئلہ ہے یا نہیں۔

stage-investigating = ہم معلوم کر رہے ہیں کہ کیا خرابی ہے
    .text = ہم معلوم کر رہے ہیں کہ کیا خرابی ہے۔
stage-identified = ہمیں معلوم ہے کہ کیا خرابی ہے
    .text = ہمیں معلوم ہے کہ کیا خرابی ہے۔ ہم اسے ٹھیک کرنے کا کام کر رہے ہیں۔
stage-limited = جزوی طور پر بحال
    .text = ہمارے کچھ سسٹم دوبارہ کام کر رہے ہیں۔ باقی ابھی کام نہیں کر رہے۔
stage-catching_up = بحال، پچھلا کام جاری
    .text = ہمارے سسٹم دوبارہ کام کر رہے ہیں۔ ہم رکا ہوا کام پورا کر رہے ہیں۔
stage-monitoring = بحال، نظر رکھی جا رہی ہے
    .text = ہمارے سسٹم دوبارہ کام کر رہے ہیں۔ ہم رکا ہوا کام پورا کر رہے ہیں۔
stage-resolved = سب معمول پر ہے
    .text = یہ مسئلہ ختم ہو گیا ہے۔
stage-elsewhere = اطلاع ملی، یہاں تصدیق نہیں
    .text = ایک مسئلے کی اطلاع ملی ہے۔ ہمیں معلوم نہیں کہ یہاں بھی یہ مسئلہ ہے یا نہیں۔
stage-said-over = کہا گیا کہ ختم ہو گیا
stage-withdrawn = واپس لے لیا گیا

kind-surgery = GP سرجری
kind-pharmacy = فارمیسی
kind-hospital = ہسپتال
kind-trust = NHS ٹرسٹ
kind-region = NHS کا علاقہ
kind-board = ہیلتھ بورڈ
kind-nhs = NHS
kind-organisation = ادارہ
