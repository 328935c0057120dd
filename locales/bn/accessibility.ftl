# Bengali: not checked by a native reader yet.

accessibility-title = অ্যাক্সেসিবিলিটি বিবৃতি
accessibility-intro = আমরা চাই সবাই যেন এই পাতাগুলো ব্যবহার করতে পারেন।
accessibility-means = এর মানে, আপনি পারেন:
accessibility-zoom = কোনো লেখা না হারিয়ে লেখা 4 গুণ বড় করতে
accessibility-keyboard = শুধু কিবোর্ড দিয়ে প্রতিটি পাতা ব্যবহার করতে
accessibility-reader = স্ক্রিন রিডার দিয়ে প্রতিটি পাতা শুনতে
accessibility-script = স্ক্রিপ্ট, রং বা ছবি ছাড়া প্রতিটি পাতা পড়তে
accessibility-contrast = নিজের পছন্দের রং, বড় লেখা ও কম নড়াচড়া ব্যবহার করতে
accessibility-how = এই পাতাগুলো কতটা সহজে ব্যবহার করা যায়
accessibility-standard = আমরা Web Content Accessibility Guidelines সংস্করণ 2.2, স্তর AA মেনে চলি।
accessibility-status = এই পৃষ্ঠাগুলো এসব নিয়মের বেশির ভাগ মানে, কিন্তু সব নয়। কী বাকি আছে তা তালিকায় বলা আছে।
accessibility-pdf = PDF পোস্টার স্ক্রিন রিডারে কাজ না-ও করতে পারে। পোস্টারের পৃষ্ঠায় একই কথা আছে।
accessibility-tested = যখনই কোনো পাতা বদলাই, আমরা প্রতিটি পাতা একটি প্রোগ্রাম দিয়ে পরীক্ষা করি। প্রোগ্রামটি শুধু কিছু সমস্যা ধরতে পারে।
accessibility-not-yet = সহায়ক প্রযুক্তি ব্যবহার করেন এমন মানুষ এখনও এই পাতাগুলো পরীক্ষা করেননি।
accessibility-translations = কিছু অনুবাদ সেই ভাষায় কথা বলেন এমন কেউ যাচাই করেননি। সেই পাতাগুলোতে তা লেখা থাকে।
accessibility-written = কর্মীরা নিজেরা যা লিখেছেন, তা যে ভাষায় লেখা সেই ভাষাতেই থাকে।
accessibility-tell-us = কিছু আপনার জন্য কাজ না করলে
accessibility-contact = যে জায়গার পাতা, তাদের জানান। তাদের ঠিকানা, আর ফোন চালু থাকলে ফোন নম্বর, পাতার উপরে আছে।
accessibility-contact-us = আপনি আমাদের সঙ্গেও যোগাযোগ করতে পারেন:
accessibility-enforcement = উত্তরে সন্তুষ্ট না হলে Equality Advisory and Support Service (EASS)-এর সাথে যোগাযোগ করুন।
accessibility-prepared = আমরা এই বিবৃতি লিখেছি { $date } তারিখে।
