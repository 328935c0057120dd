# Urdu: not checked by a native reader yet.

poster-for = { $name }: پوسٹر
poster-scan = تازہ ترین معلومات دیکھنے کے لیے یہ کوڈ اپنے فون سے سکین کریں
poster-or-go-to = یا یہاں جائیں
more-on-the-page = ویب صفحے پر مزید معلومات ہیں۔
poster-printed = { $time } بجے کی صورتحال۔
poster-pdf = اسے PDF کے طور پر لیں
poster-choose-second = دوسری زبان شامل کریں
poster-help = اسے A4 کاغذ پر پرنٹ کر کے دروازے پر لگائیں۔ جب صفحہ بدلے تو نیا پرنٹ کریں۔

screen-for = { $name }: انتظار گاہ کی سکرین
screen-more = مزید معلومات اپنے فون پر:
screen-offline = اس سکرین کا انٹرنیٹ بند ہے۔ اس پر لکھی معلومات پرانی ہو سکتی ہیں۔
screen-minutes-old = { $minutes ->
        [one] یہ { $minutes } منٹ پہلے جانچا گیا تھا۔
       *[other] یہ { $minutes } منٹ پہلے جانچا گیا تھا۔
    }

voice-greeting = آپ نے { $name } کو فون کیا ہے۔
voice-webpage = تازہ ترین معلومات ہمارے ویب صفحے پر مل سکتی ہیں۔
voice-look-first = آنے سے پہلے ہمارا ویب صفحہ دیکھیں۔
voice-999 = ایمرجنسی میں 9 9 9 پر فون کریں۔
voice-111 = اگر آپ کو ابھی طبی مدد چاہیے اور یہ ایمرجنسی نہیں ہے، تو 1 1 1 پر فون کریں۔
voice-other-number = اس کے بجائے ہمیں { $number } پر فون کریں۔

widget-more = { $name } کے بارے میں مزید پڑھیں
badge-alternative = کیا { $name } معمول کے مطابق کام کر رہا ہے؟
badge-text = { $name }: { $state }
widget-title = یہ نوٹس کسی ویب سائٹ پر لگائیں
widget-intro = یہ سطریں اپنی ویب سائٹ کے صفحے میں کاپی کریں۔ نوٹس صرف اس وقت نظر آتا ہے جب کوئی خرابی ہو۔
widget-no-cookies = یہ کوئی کوکی نہیں رکھتا اور اسے فریم کی ضرورت نہیں۔ یہ سخت سیکیورٹی پالیسی کے ساتھ بھی چلتا ہے۔
widget-code = کاپی کرنے کی سطریں
picture-alt = { $name }۔ { $state }۔ { $answer }
