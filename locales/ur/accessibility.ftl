# Urdu: not checked by a native reader yet.

accessibility-title = رسائی کا بیان
accessibility-intro = ہم چاہتے ہیں کہ ہر شخص یہ صفحے استعمال کر سکے۔
accessibility-means = اس کا مطلب ہے کہ آپ:
accessibility-zoom = متن کو 4 گنا بڑا کر سکتے ہیں، اور اس کا کوئی حصہ غائب نہیں ہو گا
accessibility-keyboard = ہر صفحہ صرف کی بورڈ سے استعمال کر سکتے ہیں
accessibility-reader = ہر صفحہ سکرین ریڈر سے سن سکتے ہیں
accessibility-script = ہر صفحہ سکرپٹ، رنگوں اور تصویروں کے بغیر پڑھ سکتے ہیں
accessibility-contrast = اپنے رنگ، بڑے حروف اور کم حرکت استعمال کر سکتے ہیں
accessibility-how = ان صفحوں تک رسائی کتنی آسان ہے
accessibility-standard = ہم Web Content Accessibility Guidelines کے ورژن 2.2، درجہ AA پر عمل کرتے ہیں۔
accessibility-status = یہ صفحات ان میں سے زیادہ تر اصولوں پر پورے اترتے ہیں، مگر سب پر نہیں۔ فہرست بتاتی ہے کہ کیا باقی ہے۔
accessibility-pdf = PDF پوسٹر شاید اسکرین ریڈر کے ساتھ کام نہ کریں۔ پوسٹر کے صفحے پر وہی الفاظ ہیں۔
accessibility-tested = ہم جب بھی کوئی صفحہ بدلتے ہیں تو اسے ایک پروگرام سے جانچتے ہیں۔ پروگرام صرف کچھ مسئلے ڈھونڈ پاتا ہے۔
accessibility-not-yet = معاون ٹیکنالوجی استعمال کرنے والے لوگوں نے ابھی یہ صفحے نہیں جانچے۔
accessibility-translations = کچھ ترجمے زبان بولنے والے کسی شخص نے نہیں جانچے۔ ان صفحوں پر یہ بات لکھی ہے۔
accessibility-written = جو الفاظ عملے نے خود لکھے ہیں، وہ اسی زبان میں رہتے ہیں جس میں لکھے گئے۔
accessibility-tell-us = اگر کوئی چیز آپ کے لیے کام نہ کرے
accessibility-contact = جس جگہ کا صفحہ ہے، اسے بتائیں۔ اس کا پتہ صفحے کے اوپر ہے، اور فون نمبر بھی، اگر فون چل رہا ہو۔
accessibility-contact-us = آپ ہم سے بھی رابطہ کر سکتے ہیں:
accessibility-enforcement = اگر آپ جواب سے خوش نہیں ہیں تو Equality Advisory and Support Service (EASS) سے رابطہ کریں۔
accessibility-prepared = ہم نے یہ بیان { $date } کو لکھا۔
