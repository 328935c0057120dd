# Bengali: not checked by a native reader yet.

signpost = Signpost
skip-to-content = মূল লেখায় যান
find-a-place = একটি জায়গা খুঁজুন
find-another-place = অন্য একটি জায়গা খুঁজুন
staff-sign-in = কর্মীদের সাইন-ইন
accessibility-link = অ্যাক্সেসিবিলিটি
support-links = সহায়তার লিংক
back = পিছনে যান
languages = ভাষা
in-english = ইংরেজিতে:
awaiting-check = এই ভাষায় কথা বলেন এমন কেউ এখনও এই লেখা যাচাই করেননি। কিছু স্পষ্ট না হলে, পাতাটি ইংরেজিতে পড়ুন।
read-in-english = এই পাতাটি ইংরেজিতে পড়ুন
information = তথ্য
immediate-action = এখনই ব্যবস্থা নিতে হবে
urgent-advice = জরুরি পরামর্শ
non-urgent-advice = জরুরি নয় এমন পরামর্শ

checked-at = যাচাই করা হয়েছে: { $time }।
next-update-by = পরের খবর { $time }-এর মধ্যে।
phone = ফোন:
use-this-number = আপাতত এই নম্বর ব্যবহার করুন:
cannot-phone = এই মুহূর্তে আপনি আমাদের ফোন করতে পারবেন না।
may-not-phone = আপনি হয়তো আমাদের ফোনে পাবেন না।
page-changed = এই পাতা বদলেছে।
page-changed-reload = এই পাতা বদলেছে। নতুন কী আছে দেখতে পাতাটি আবার লোড করুন।
could-not-check = কিছু বদলেছে কি না, তা আমরা যাচাই করতে পারিনি। আপনার ফোন বা কম্পিউটারে হয়তো ইন্টারনেট নেই।

update-late = পরের খবর আসতে দেরি হচ্ছে
update-was-due = আসার কথা ছিল { $time }-এ।
information-old = এই তথ্য পুরোনো
last-heard = আমরা শেষ খবর পেয়েছি { $time }-এ।
next-was-due = পরের খবর আসার কথা ছিল { $time }-এ।
only-good-until = আমাদের যা জানানো হয়েছিল, তা শুধু { $time } পর্যন্ত ঠিক ছিল।

place-says = { $name } জানাচ্ছে
what-works = কী কাজ করছে আর কী কাজ করছে না
no-problem-with = কোনো সমস্যার খবর নেই: { $lines }।
phone-instead = এর বদলে { $number } নম্বরে ফোন করুন।
front-desk-if-urgent = জরুরি হলে রিসেপশন ডেস্কে আসুন।
not-known = জানা নেই
line-was-good-until = এটি শুধু { $time } পর্যন্ত ঠিক ছিল:
line-not-known = এটি এখনও ঠিক আছে কি না, তা আমরা জানি না।
for-the-morning = এটি শুধু { $date } সকালের জন্য।
for-the-afternoon = এটি শুধু { $date } দুপুর ও বিকেলের জন্য।
we-said = আমরা এটি জানিয়েছি { $time }-এ।
they-said = { $name } এটি জানিয়েছে { $time }-এ।
they-took-back = { $name } এটি ফিরিয়ে নিয়েছে { $time }-এ।
surgeries-have-a-problem = যেসব GP সার্জারি এখানে প্রেসক্রিপশন পাঠায়, তার কয়েকটিতে সমস্যা হচ্ছে। আপনার প্রেসক্রিপশন আমাদের কাছে দেরিতে আসতে পারে।
surgeries-reported = { $name } GP সার্জারিতে সমস্যার কথা জানিয়েছে { $time }-এ।

we-reported = { $kind ->
        [pharmacy] এই ফার্মেসি সমস্যাটির কথা জানিয়েছে।
        [hospital] এই হাসপাতাল সমস্যাটির কথা জানিয়েছে।
        [surgery] এই GP সার্জারি সমস্যাটির কথা জানিয়েছে।
       *[organisation] আমরা সমস্যাটির কথা জানিয়েছি।
    }
they-reported = { $name } সমস্যাটির কথা জানিয়েছে।
they-said-over = { $name } জানিয়েছে যে এই সমস্যা শেষ হয়েছে।
they-said-system-over = { $name } জানিয়েছে যে { $system }-এর সমস্যা শেষ হয়েছে।
they-said-other-over = { $name } জানিয়েছে যে আরেকটি সমস্যা শেষ হয়েছে।
not-confirmed-yet = { $kind ->
        [pharmacy] এই ফার্মেসি এটি এখনও নিশ্চিত করেনি।
        [hospital] এই হাসপাতাল এটি এখনও নিশ্চিত করেনি।
        [surgery] এই GP সার্জারি এটি এখনও নিশ্চিত করেনি।
       *[organisation] আমরা এটি এখনও নিশ্চিত করিনি।
    }
not-known-if-affected = { $kind ->
        [pharmacy] এই ফার্মেসিতে এই সমস্যা হচ্ছে কি না, তা আমরা জানি না।
        [hospital] এই হাসপাতালে এই সমস্যা হচ্ছে কি না, তা আমরা জানি না।
        [surgery] এই GP সার্জারিতে এই সমস্যা হচ্ছে কি না, তা আমরা জানি না।
       *[organisation] এই প্রতিষ্ঠানে এই সমস্যা হচ্ছে কি না, তা আমরা জানি না।
    }
confirmed-at = { $kind ->
        [pharmacy] এই ফার্মেসি { $time }-এ জানিয়েছে যে, এখানে এই সমস্যা হচ্ছে।
        [hospital] এই হাসপাতাল { $time }-এ জানিয়েছে যে, এখানে এই সমস্যা হচ্ছে।
        [surgery] এই GP সার্জারি { $time }-এ জানিয়েছে যে, এখানে এই সমস্যা হচ্ছে।
       *[organisation] আমরা { $time }-এ জানিয়েছি যে, আমাদের এই সমস্যা হচ্ছে।
    }
said-not-affected = { $kind ->
        [pharmacy] এই ফার্মেসি { $time }-এ জানিয়েছে যে, এখানে এই সমস্যা হচ্ছে না।
        [hospital] এই হাসপাতাল { $time }-এ জানিয়েছে যে, এখানে এই সমস্যা হচ্ছে না।
        [surgery] এই GP সার্জারি { $time }-এ জানিয়েছে যে, এখানে এই সমস্যা হচ্ছে না।
       *[organisation] আমরা { $time }-এ জানিয়েছি যে, আমাদের এখানে এই সমস্যা হচ্ছে না।
    }
is-busier = এখানে স্বাভাবিকের চেয়ে বেশি ব্যস্ততা চলছে।
said-recovered = { $kind ->
        [pharmacy] এই ফার্মেসি { $time }-এ জানিয়েছে যে, এখানে সব আবার স্বাভাবিক।
        [hospital] এই হাসপাতাল { $time }-এ জানিয়েছে যে, এখানে সব আবার স্বাভাবিক।
        [surgery] এই GP সার্জারি { $time }-এ জানিয়েছে যে, এখানে সব আবার স্বাভাবিক।
       *[organisation] আমরা { $time }-এ জানিয়েছি যে, আমাদের সব আবার স্বাভাবিক।
    }
they-said-affected-here = { $name } এই জায়গার হয়ে { $time }-এ জানিয়েছে যে, এখানে এই সমস্যা হচ্ছে।
they-said-not-affected-here = { $name } এই জায়গার হয়ে { $time }-এ জানিয়েছে যে, এখানে এই সমস্যা হচ্ছে না।
they-said-recovered-here = { $name } এই জায়গার হয়ে { $time }-এ জানিয়েছে যে, এখানে সব আবার স্বাভাবিক।
reported-by = সমস্যাটির কথা জানিয়েছে { $name }।
confirmed-by = { $name } জানিয়েছে যে, সেখানে এই সমস্যা হচ্ছে।
not-confirmed-by = { $name } এখনও নিশ্চিত করেনি।
not-affected-by = { $name }-এ এই সমস্যা হচ্ছে না।
recovered-by = { $name }-এ সব আবার স্বাভাবিক।
affected-said-by = { $name } জানিয়েছে যে, { $place }-এ এই সমস্যা হচ্ছে।
not-affected-said-by = { $name } জানিয়েছে যে, { $place }-এ এই সমস্যা হচ্ছে না।
recovered-said-by = { $name } জানিয়েছে যে, { $place }-এ সব আবার স্বাভাবিক।

what-to-do = এর বদলে কী করবেন
if-you-need-help = আপনার সাহায্য দরকার হলে
call-999-if = এখনই 999 নম্বরে কল করুন, যদি:
heart-attack-or-stroke = কারও হার্ট অ্যাটাক বা স্ট্রোকের লক্ষণ থাকে
struggling-to-breathe = কারও শ্বাস নিতে কষ্ট হয়
bleeding = কারও রক্ত পড়তে থাকে এবং তা না থামে
cannot-be-woken = কাউকে জাগানো না যায়
emergency-help = ইমার্জেন্সিতে সাহায্য নিন
use-111-if = NHS 111 থেকে সাহায্য নিন, যদি:
need-help-now = আপনার এখনই চিকিৎসার সাহায্য দরকার হয়, কিন্তু এটি ইমার্জেন্সি নয়
cannot-reach-us = আপনি আমাদের সাথে যোগাযোগ করতে না পারেন এবং অপেক্ষা করা সম্ভব না হয়
how-to-use-111 = 111.nhs.uk ওয়েবসাইটে যান বা 111 নম্বরে কল করুন। শিশুর বয়স 5 বছরের কম হলে, ওয়েবসাইটে না গিয়ে 111 নম্বরে কল করুন।
help-now = এখনই সাহায্য দরকার হলে
ask-a-pharmacist-if = ফার্মাসিস্টের পরামর্শ নিন, যদি:
minor-illness = আপনার ছোটখাটো অসুখ হয়, যেমন কাশি, কানে ব্যথা বা গলা ব্যথা
medicine-question = ওষুধ নিয়ে আপনার কোনো প্রশ্ন থাকে
ask-another-pharmacy-if = অন্য ফার্মেসিতে জিজ্ঞাসা করুন, যদি:
need-medicine-today = আপনার আজই কোনো ওষুধ দরকার হয়, আর আমাদের কাছে তা না থাকে
cannot-wait-for-medicine = আপনি ওষুধের জন্য অপেক্ষা করতে না পারেন
in-an-emergency = ইমার্জেন্সি হলে 999 নম্বরে কল করুন।
need-medical-help = এখনই চিকিৎসার সাহায্য দরকার, কিন্তু ইমার্জেন্সি নয়? 111.nhs.uk ওয়েবসাইটে যান বা 111 নম্বরে কল করুন।

what-happened = কী হয়েছে
problems-elsewhere = অন্য জায়গার সমস্যা
what-we-know = এ বিষয়ে আমরা যা জানি
over-lately = গত 24 ঘণ্টায় মিটে গেছে
what-happened-then = কী হয়েছিল
all-updates = এই সমস্যা সম্পর্কে সব তথ্য দেখুন
taken-back = আমরা { $time }-এ এটি ফিরিয়ে নিয়েছি। এটি মেনে চলবেন না।
do-not-use = এটি মেনে চলবেন না।
correction = সংশোধন
began-at = শুরু হয়েছে { $time }-এ।
ended-at = শেষ হয়েছে { $time }-এ।

be-told = কিছু বদলালে খবর পান
get-updates = { $name } সম্পর্কে ইমেইল বা টেক্সট মেসেজে খবর পান
see-past-problems = আগের সমস্যাগুলো দেখুন
other-forms = এই পাতা পড়ার অন্য উপায়
print-poster = দরজায় লাগানোর পোস্টার প্রিন্ট করুন
waiting-room-screen = এটি অপেক্ষার ঘরের স্ক্রিনে দেখান
put-on-website = এই নোটিশ কোনো ওয়েবসাইটে দিন
for-computers = কম্পিউটারের জন্য:
atom-feed = Atom ফিড
rss-feed = RSS ফিড
status-json = অবস্থা, JSON আকারে

past-problems = আগের সমস্যা
place-now = { $name } এখন
no-problems = এখানে কোনো সমস্যার কথা জানানো হয়নি।
feed-of-updates = এই খবরগুলোর ফিড

search-title = আপনার GP সার্জারি, হাসপাতাল বা ফার্মেসি খুঁজুন
search-heading = আপনার GP সার্জারি, হাসপাতাল বা ফার্মেসি কি স্বাভাবিকভাবে চলছে?
all-places = শহর অনুযায়ী সব জায়গা
search-hint = নাম, শহর, পোস্টকোড বা কোড লিখুন
search-button = খুঁজুন
search-places-for = “{ $query }”-এর জন্য পাওয়া জায়গা
search-none = “{ $query }”-এর জন্য আমরা কোনো জায়গা পাইনি
search-you-can = আপনি যা করতে পারেন:
search-check-spelling = বানান ঠিক আছে কি না দেখুন
search-shorter = নাম ছোট করে লিখুন, অথবা শুধু শহরের নাম লিখুন
search-half-postcode = পোস্টকোডের প্রথম অর্ধেক লিখুন
search-found = { $count ->
        [one] “{ $query }”-এর জন্য { $count }টি জায়গা
       *[other] “{ $query }”-এর জন্য { $count }টি জায়গা
    }
search-first = “{ $query }”-এর জন্য প্রথম { $count }টি জায়গা
search-add-town = কম জায়গা দেখতে চাইলে শহর বা পোস্টকোড যোগ করুন।
search-kind-and-code = { $kind }, কোড { $code }
not-found-title = আমরা এই জায়গাটি খুঁজে পাইনি
not-found-text = ঠিকানাটি হয়তো ভুল লেখা হয়েছে, অথবা জায়গাটি হয়তো স্থায়ীভাবে বন্ধ হয়ে গেছে।
