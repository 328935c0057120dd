# Bengali: not checked by a native reader yet.

headline-normal = জানা কোনো সমস্যা নেই
headline-busy = স্বাভাবিকের চেয়ে বেশি ব্যস্ত
headline-limited = কিছু জিনিস কাজ করছে না
headline-serious = গুরুতর সমস্যা
headline-closed = অ্যাপয়েন্টমেন্টের জন্য বন্ধ
headline-shut = বন্ধ
headline-catching_up = আবার চালু, জমা কাজ চলছে
headline-not_confirmed = নিশ্চিত করা হয়নি
headline-unknown = আমরা জানি না

come-in-as-usual = অন্য সময়ের মতোই আসুন।
we-are-busier = আমরা স্বাভাবিকের চেয়ে বেশি ব্যস্ত আছি।
not-known-if-right = এই তথ্য এখনও ঠিক আছে কি না, তা আমরা জানি না।
contact-before-you-come = আসার আগে আমাদের সঙ্গে যোগাযোগ করুন।
no-medicines-here = এই মুহূর্তে এখানে ওষুধ পাওয়া যাবে না। অন্য ফার্মেসিতে যান।
call-111-for-medicine = আজই ওষুধ লাগলে 111 নম্বরে কল করুন।
some-have-a-problem = কিছু জায়গায় কম্পিউটারের সমস্যা হচ্ছে।
not-said-if-affected = { $kind ->
        [pharmacy] এই ফার্মেসিতে এই সমস্যা হচ্ছে কি না, তা ফার্মেসি জানায়নি।
        [hospital] এই হাসপাতালে এই সমস্যা হচ্ছে কি না, তা হাসপাতাল জানায়নি।
       *[surgery] এই GP সার্জারিতে এই সমস্যা হচ্ছে কি না, তা সার্জারি জানায়নি।
    }
has-closed-for-good = { $kind ->
        [pharmacy] এই ফার্মেসি স্থায়ীভাবে বন্ধ হয়ে গেছে। অন্য একটি খুঁজুন।
        [hospital] এই হাসপাতাল স্থায়ীভাবে বন্ধ হয়ে গেছে। অন্য একটি খুঁজুন।
        [surgery] এই GP সার্জারি স্থায়ীভাবে বন্ধ হয়ে গেছে। অন্য একটি খুঁজুন।
       *[organisation] এই প্রতিষ্ঠান স্থায়ীভাবে বন্ধ হয়ে গেছে। অন্য একটি খুঁজুন।
    }
area-problem = এই এলাকার কিছু NHS সেবায় সমস্যা হচ্ছে।
area-look-up = আপনার নিজের GP সার্জারি, হাসপাতাল বা ফার্মেসি খুঁজে দেখুন।
area-look-up-problem = সমস্যা আছে কি না জানতে আপনার নিজের GP সার্জারি, হাসপাতাল বা ফার্মেসি খুঁজে দেখুন।

stage-investigating = কী সমস্যা, তা খুঁজে দেখছি
    .text = কী সমস্যা হয়েছে, তা আমরা খুঁজে দেখছি।
stage-identified = কী সমস্যা, তা আমরা জানি
    .text = কী সমস্যা হয়েছে, তা আমরা জানি। আমরা এটি ঠিক করার কাজ করছি।
stage-limited = কিছুটা আবার কাজ করছে
    .text = আমাদের কিছু সিস্টেম আবার কাজ করছে। অন্যগুলো কাজ করছে না।
stage-catching_up = আবার চালু, জমা কাজ চলছে
    .text = আমাদের সিস্টেম আবার কাজ করছে। আমরা জমে থাকা কাজ শেষ করছি।
stage-monitoring = আবার চালু, নজর রাখা হচ্ছে
    .text = আমাদের সিস্টেম আবার কাজ করছে। আমরা জমে থাকা কাজ শেষ করছি।
stage-resolved = আবার স্বাভাবিক
    .text = এই সমস্যা মিটে গেছে।
stage-elsewhere = জানানো হয়েছে, এখানে নিশ্চিত নয়
    .text = একটি সমস্যার কথা জানানো হয়েছে। এখানে সমস্যাটি আছে কি না, তা আমরা জানি না।
stage-withdrawn = ফিরিয়ে নেওয়া হয়েছে

kind-surgery = GP সার্জারি
kind-pharmacy = ফার্মেসি
kind-hospital = হাসপাতাল
kind-trust = NHS ট্রাস্ট
kind-region = NHS অঞ্চল
kind-board = হেলথ বোর্ড
kind-nhs = NHS
kind-organisation = প্রতিষ্ঠান
