# Urdu: not checked by a native reader yet.

signpost = Signpost
skip-to-content = سیدھے اصل مواد پر جائیں
find-a-place = کوئی جگہ تلاش کریں
find-another-place = کوئی دوسری جگہ تلاش کریں
staff-sign-in = عملے کا سائن ان
accessibility-link = رسائی
support-links = مدد کے لنک
back = واپس
languages = زبانیں
in-english = انگریزی میں:
awaiting-check = یہ زبان بولنے والے کسی شخص نے ابھی یہ الفاظ نہیں جانچے۔ اگر کچھ واضح نہ ہو تو صفحہ انگریزی میں پڑھیں۔
read-in-english = یہ صفحہ انگریزی میں پڑھیں
information = معلومات
immediate-action = فوراً قدم اٹھانا ضروری ہے
urgent-advice = فوری مشورہ
non-urgent-advice = عام مشورہ (فوری نہیں)

checked-at = { $time } بجے جانچا گیا۔
next-update-by = اگلی اطلاع { $time } بجے تک آئے گی۔
phone = فون:
use-this-number = فی الحال یہ نمبر استعمال کریں:
cannot-phone = اس وقت آپ ہمیں فون نہیں کر سکتے۔
may-not-phone = ہو سکتا ہے کہ آپ ہمیں فون نہ کر سکیں۔
page-changed = یہ صفحہ بدل گیا ہے۔
page-changed-reload = یہ صفحہ بدل گیا ہے۔ نئی معلومات دیکھنے کے لیے اسے دوبارہ کھولیں۔
could-not-check = ہم نہیں دیکھ سکے کہ کچھ بدلا ہے یا نہیں۔ ہو سکتا ہے آپ کا آلہ انٹرنیٹ سے جڑا نہ ہو۔

update-late = اگلی اطلاع میں دیر ہو گئی ہے
update-was-due = یہ { $time } بجے آنی تھی۔
information-old = یہ معلومات پرانی ہیں
last-heard = ہمیں آخری اطلاع { $time } بجے ملی تھی۔
next-was-due = اگلی اطلاع { $time } بجے آنی تھی۔
only-good-until = ہمیں جو بتایا گیا تھا وہ صرف { $time } بجے تک درست تھا۔

place-says = { $name } کا کہنا ہے
what-works = کیا کام کر رہا ہے اور کیا نہیں
no-problem-with = کسی مسئلے کی اطلاع نہیں: { $lines }۔
phone-instead = اس کے بجائے { $number } پر فون کریں۔
front-desk-if-urgent = اگر ضرورت فوری ہو تو استقبالیہ پر آئیں۔
not-known = معلوم نہیں
line-was-good-until = یہ صرف { $time } بجے تک درست تھا:
line-not-known = ہمیں معلوم نہیں کہ یہ اب بھی درست ہے یا نہیں۔
for-the-morning = یہ صرف { $date } کی صبح کے لیے ہے۔
for-the-afternoon = یہ صرف { $date } کو دوپہر کے بعد کے وقت کے لیے ہے۔
we-said = ہم نے یہ { $time } بجے بتایا تھا۔
they-said = { $name } نے یہ { $time } بجے بتایا تھا۔
they-took-back = { $name } نے یہ { $time } بجے واپس لے لیا۔
surgeries-have-a-problem = کچھ GP سرجریاں جو یہاں نسخے بھیجتی ہیں، ان میں مسئلہ ہے۔ آپ کا نسخہ ہمارے پاس دیر سے پہنچ سکتا ہے۔
surgeries-reported = { $name } نے GP سرجریوں میں مسئلے کی اطلاع { $time } بجے دی تھی۔

we-reported = { $kind ->
        [pharmacy] اس فارمیسی نے یہ اطلاع دی ہے۔
        [hospital] اس ہسپتال نے یہ اطلاع دی ہے۔
        [surgery] اس GP سرجری نے یہ اطلاع دی ہے۔
       *[organisation] ہم نے یہ اطلاع دی ہے۔
    }
they-reported = { $name } نے یہ اطلاع دی ہے۔
they-said-over = { $name } نے کہا ہے کہ یہ مسئلہ ختم ہو گیا ہے۔
they-said-system-over = { $name } نے کہا ہے کہ { $system } کا مسئلہ ختم ہو گیا ہے۔
they-said-other-over = { $name } نے کہا ہے کہ ایک اور مسئلہ ختم ہو گیا ہے۔
not-confirmed-yet = { $kind ->
        [pharmacy] اس فارمیسی نے ابھی اس کی تصدیق نہیں کی۔
        [hospital] اس ہسپتال نے ابھی اس کی تصدیق نہیں کی۔
        [surgery] اس GP سرجری نے ابھی اس کی تصدیق نہیں کی۔
       *[organisation] ہم نے ابھی اس کی تصدیق نہیں کی۔
    }
not-known-if-affected = { $kind ->
        [pharmacy] ہمیں معلوم نہیں کہ یہ فارمیسی متاثر ہے یا نہیں۔
        [hospital] ہمیں معلوم نہیں کہ یہ ہسپتال متاثر ہے یا نہیں۔
        [surgery] ہمیں معلوم نہیں کہ یہ GP سرجری متاثر ہے یا نہیں۔
       *[organisation] ہمیں معلوم نہیں کہ یہ ادارہ متاثر ہے یا نہیں۔
    }
confirmed-at = { $kind ->
        [pharmacy] اس فارمیسی نے { $time } بجے بتایا کہ یہ متاثر ہے۔
        [hospital] اس ہسپتال نے { $time } بجے بتایا کہ یہ متاثر ہے۔
        [surgery] اس GP سرجری نے { $time } بجے بتایا کہ یہ متاثر ہے۔
       *[organisation] ہم نے { $time } بجے بتایا کہ ہم متاثر ہیں۔
    }
said-not-affected = { $kind ->
        [pharmacy] اس فارمیسی نے { $time } بجے بتایا کہ وہ متاثر نہیں ہے۔
        [hospital] اس ہسپتال نے { $time } بجے بتایا کہ وہ متاثر نہیں ہے۔
        [surgery] اس GP سرجری نے { $time } بجے بتایا کہ وہ متاثر نہیں ہے۔
       *[organisation] ہم نے { $time } بجے بتایا کہ ہم متاثر نہیں ہیں۔
    }
is-busier = یہاں معمول سے زیادہ رش ہے۔
said-recovered = { $kind ->
        [pharmacy] اس فارمیسی نے { $time } بجے بتایا کہ یہاں سب معمول پر آ گیا ہے۔
        [hospital] اس ہسپتال نے { $time } بجے بتایا کہ یہاں سب معمول پر آ گیا ہے۔
        [surgery] اس GP سرجری نے { $time } بجے بتایا کہ یہاں سب معمول پر آ گیا ہے۔
       *[organisation] ہم نے { $time } بجے بتایا کہ ہمارا کام معمول پر آ گیا ہے۔
    }
they-said-affected-here = { $name } نے اس جگہ کی طرف سے { $time } بجے بتایا کہ یہ متاثر ہے۔
they-said-not-affected-here = { $name } نے اس جگہ کی طرف سے { $time } بجے بتایا کہ یہ متاثر نہیں ہے۔
they-said-recovered-here = { $name } نے اس جگہ کی طرف سے { $time } بجے بتایا کہ یہاں سب معمول پر آ گیا ہے۔
reported-by = { $name } نے اطلاع دی۔
confirmed-by = { $name } نے بتایا کہ یہ متاثر ہے۔
not-confirmed-by = { $name } نے ابھی تصدیق نہیں کی۔
not-affected-by = { $name } متاثر نہیں ہے۔
recovered-by = { $name } میں سب معمول پر آ گیا ہے۔
affected-said-by = { $name } نے بتایا کہ { $place } متاثر ہے۔
not-affected-said-by = { $name } نے بتایا کہ { $place } متاثر نہیں ہے۔
recovered-said-by = { $name } نے بتایا کہ { $place } میں سب معمول پر آ گیا ہے۔

what-to-do = اس کے بجائے کیا کریں
if-you-need-help = اگر آپ کو مدد چاہیے
call-999-if = ابھی 999 پر فون کریں اگر:
heart-attack-or-stroke = کسی میں دل کے دورے یا فالج کی علامات ہوں
struggling-to-breathe = کسی کو سانس لینے میں سخت مشکل ہو رہی ہو
bleeding = کسی کا خون بہہ رہا ہو اور رک نہ رہا ہو
cannot-be-woken = کسی کو جگایا نہ جا سکے
emergency-help = ایمرجنسی میں مدد لیں
use-111-if = NHS 111 سے مدد لیں اگر:
need-help-now = آپ کو ابھی طبی مدد چاہیے اور یہ ایمرجنسی نہیں ہے
cannot-reach-us = آپ ہم سے رابطہ نہ کر سکیں اور معاملہ انتظار نہ کر سکتا ہو
how-to-use-111 = 111.nhs.uk پر جائیں یا 111 پر فون کریں۔ بچہ 5 سال سے کم عمر کا ہو تو ویب سائٹ کے بجائے 111 پر فون کریں۔
help-now = اگر آپ کو ابھی مدد چاہیے
ask-a-pharmacist-if = فارماسسٹ سے پوچھیں اگر:
minor-illness = آپ کو کوئی معمولی بیماری ہو، جیسے کھانسی، کان کا درد یا گلے کی خراش
medicine-question = آپ کو کسی دوا کے بارے میں سوال ہو
ask-another-pharmacy-if = کسی دوسری فارمیسی سے پوچھیں اگر:
need-medicine-today = آپ کو دوا آج چاہیے اور وہ ہمارے پاس نہیں ہے
cannot-wait-for-medicine = آپ اپنی دوا کا انتظار نہ کر سکتے ہوں
in-an-emergency = ایمرجنسی میں 999 پر فون کریں۔
need-medical-help = اگر آپ کو ابھی طبی مدد چاہیے اور یہ ایمرجنسی نہیں، تو 111.nhs.uk پر جائیں یا 111 پر فون کریں۔

what-happened = کیا ہوا ہے
problems-elsewhere = دوسری جگہوں پر مسائل
what-we-know = ہمیں اس کے بارے میں کیا معلوم ہے
over-lately = پچھلے 24 گھنٹوں میں ختم ہونے والے مسائل
what-happened-then = کیا ہوا تھا
all-updates = اس مسئلے کے بارے میں تمام معلومات دیکھیں
taken-back = ہم نے یہ معلومات { $time } بجے واپس لے لیں۔ ان پر عمل نہ کریں۔
do-not-use = اس پر عمل نہ کریں۔
correction = تصحیح
began-at = { $time } بجے شروع ہوا۔
ended-at = { $time } بجے ختم ہوا۔

be-told = جب یہ بدلے تو اطلاع پائیں
get-updates = { $name } کے بارے میں ای میل یا ٹیکسٹ پیغام سے تازہ اطلاعات حاصل کریں
see-past-problems = پچھلے مسائل دیکھیں
other-forms = یہ صفحہ پڑھنے کے دوسرے طریقے
print-poster = دروازے کے لیے پوسٹر پرنٹ کریں
waiting-room-screen = اسے انتظار گاہ کی سکرین پر دکھائیں
put-on-website = یہ نوٹس کسی ویب سائٹ پر لگائیں
for-computers = کمپیوٹر کے لیے:
atom-feed = Atom فیڈ
rss-feed = RSS فیڈ
status-json = حالت JSON میں

past-problems = پچھلے مسائل
place-now = { $name } کا موجودہ حال
no-problems = یہاں کسی مسئلے کی اطلاع نہیں ملی۔
feed-of-updates = ان اطلاعات کی فیڈ

search-title = اپنی GP سرجری، ہسپتال یا فارمیسی تلاش کریں
search-heading = کیا آپ کی GP سرجری، ہسپتال یا فارمیسی معمول کے مطابق کام کر رہی ہے؟
all-places = شہر کے لحاظ سے تمام جگہیں
search-hint = اس کا نام، شہر، پوسٹ کوڈ یا کوڈ لکھیں
search-button = تلاش کریں
search-places-for = “{ $query }” کے لیے جگہیں
search-none = ہمیں “{ $query }” کے لیے کوئی جگہ نہیں ملی
search-you-can = آپ یہ کر سکتے ہیں:
search-check-spelling = ہجے دیکھیں
search-shorter = چھوٹا نام لکھیں، یا صرف شہر کا نام
search-half-postcode = پوسٹ کوڈ کا صرف پہلا آدھا حصہ لکھیں
search-found = { $count ->
        [one] “{ $query }” کے لیے { $count } جگہ
       *[other] “{ $query }” کے لیے { $count } جگہیں
    }
search-first = “{ $query }” کے لیے پہلی { $count } جگہیں
search-add-town = کم جگہیں دیکھنے کے لیے شہر یا پوسٹ کوڈ بھی لکھیں۔
search-kind-and-code = { $kind }، کوڈ { $code }
not-found-title = ہمیں وہ جگہ نہیں ملی
not-found-text = ہو سکتا ہے پتہ غلط لکھا گیا ہو، یا وہ جگہ بند ہو گئی ہو۔
