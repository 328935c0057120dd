# Bengali: not checked by a native reader yet.

poster-for = { $name }: পোস্টার
poster-scan = সবচেয়ে নতুন তথ্য দেখতে আপনার ফোন দিয়ে এই কোড স্ক্যান করুন
poster-or-go-to = অথবা এখানে যান
more-on-the-page = ওয়েব পেজে আরও তথ্য আছে।
poster-printed = এটি { $time }-এর তথ্য।
poster-pdf = PDF হিসেবে নিন
poster-choose-second = দ্বিতীয় একটি ভাষা যোগ করুন
poster-help = A4 কাগজে প্রিন্ট করে দরজায় লাগান। পাতা বদলালে নতুন করে প্রিন্ট করুন।

screen-for = { $name }: অপেক্ষার ঘরের স্ক্রিন
screen-more = আপনার ফোনে আরও দেখুন:
screen-offline = এই স্ক্রিনে ইন্টারনেট নেই। এখানকার তথ্য পুরোনো হতে পারে।
screen-minutes-old = { $minutes ->
        [one] এটি { $minutes } মিনিট আগে যাচাই করা হয়েছে।
       *[other] এটি { $minutes } মিনিট আগে যাচাই করা হয়েছে।
    }

voice-greeting = আপনি { $name }-এ ফোন করেছেন।
voice-webpage = সবচেয়ে নতুন তথ্য আমাদের ওয়েব পাতায় পাবেন।
voice-look-first = আসার আগে আমাদের ওয়েব পাতা দেখুন।
voice-999 = ইমার্জেন্সি হলে 9 9 9 নম্বরে কল করুন।
voice-111 = এখনই চিকিৎসার সাহায্য দরকার হলে, আর তা ইমার্জেন্সি না হলে, 1 1 1 নম্বরে কল করুন।
voice-other-number = এর বদলে আমাদের { $number } নম্বরে ফোন করুন।

widget-more = { $name } সম্পর্কে আরও পড়ুন
badge-alternative = { $name } কি স্বাভাবিকভাবে চলছে?
badge-text = { $name }: { $state }
widget-title = এই নোটিশ কোনো ওয়েবসাইটে দিন
widget-intro = এই লাইনগুলো কপি করে আপনার ওয়েবসাইটের পাতায় বসান। শুধু কোনো সমস্যা চলার সময় নোটিশটি দেখা যায়।
widget-no-cookies = এটি কোনো কুকি রাখে না এবং এতে কোনো ফ্রেম লাগে না। কড়া নিরাপত্তা নীতির সাথেও এটি কাজ করে।
widget-code = কপি করার লাইন
picture-alt = { $name }। { $state }। { $answer }
