# Urdu: not checked by a native reader yet.

correction-mark = تصحیح: { $text }
name-and-text = { $name }: { $text }
what-we-told-was-wrong = ہم نے آپ کو پہلے جو بتایا تھا وہ غلط تھا۔
problem-with-system = { $system } کا مسئلہ ختم ہو گیا ہے۔
problem-is-over = مسئلہ ختم ہو گیا ہے۔
one-problem-is-over = ایک مسئلہ ختم ہو گیا ہے۔ ایک اور مسئلہ ابھی باقی ہے۔
problem-over-subject = { $system ->
        [none] مسئلہ ختم ہو گیا ہے
       *[other] { $system } کا مسئلہ ختم ہو گیا ہے
    }
back-to-normal = ہمارا کام معمول پر آ گیا ہے۔
back-to-normal-subject = سب معمول پر آ گیا ہے
working-again-subject = بحال، پچھلا کام جاری
partly-working-subject = جزوی طور پر بحال
some-working-again = { $system ->
        [none] کچھ چیزیں دوبارہ چل رہی ہیں، لیکن ابھی سب کچھ معمول پر نہیں ہے۔
       *[other] { $system } دوبارہ چل رہا ہے، لیکن ابھی سب کچھ معمول پر نہیں ہے۔
    }
urgent-help = اگر آپ کو فوری مدد چاہیے تو 111.nhs.uk استعمال کریں یا 111 پر فون کریں۔ ایمرجنسی میں 999 پر فون کریں۔
full-information = پوری معلومات
full-information-at = پوری معلومات: { $url }
stop-emails = یہ ای میلیں بند کریں
stop-emails-at = یہ ای میلیں بند کریں: { $url }
stop-texts-at = بند کرنے کے لیے: { $url }
you-asked = آپ نے { $name } کے بارے میں اطلاع مانگی تھی۔

confirm-subject = تصدیق کریں کہ آپ کو { $name } کے پیغام چاہییں
confirm-headline = تصدیق کریں کہ { $name } میں کچھ بدلنے پر آپ کو پیغام چاہییں۔
confirm-open-link = یہ لنک کھولیں اور بٹن دبائیں: { $link }
confirm-or-code = یا یہ کوڈ لکھیں: { $code }
confirm-24-hours = لنک اور کوڈ 24 گھنٹے تک کام کرتے ہیں۔
confirm-not-asked = اگر آپ نے یہ نہیں مانگا تھا تو کچھ نہ کریں۔ ہم آپ کو دوبارہ کوئی پیغام نہیں بھیجیں گے۔
confirm-short = آپ کا کوڈ { $code } ہے۔ اگر آپ نے نہیں مانگا تو کچھ نہ کریں۔

## Answers to a text: START, HELP, STATUS

text-started = ہم آپ کو دوبارہ پیغام بھیجیں گے۔ بند کرنے کے لیے جواب میں STOP لکھیں۔
text-nobody = ہم اس نمبر پر کچھ نہیں بھیجتے۔ وہ جگہیں چنیں جن کے بارے میں آپ پیغام چاہتے ہیں: { $url }
text-help = اپنے پیغام بدلیں یا بند کریں: { $url } یا جواب میں STOP لکھیں۔ ابھی کی صورت حال جاننے کے لیے STATUS لکھیں۔
