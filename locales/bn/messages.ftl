# Bengali: not checked by a native reader yet.

correction-mark = সংশোধন: { $text }
name-and-text = { $name }: { $text }
what-we-told-was-wrong = আমরা আপনাকে আগে যা জানিয়েছিলাম, তা ভুল ছিল।
problem-with-system = { $system }-এর সমস্যা মিটে গেছে।
problem-is-over = সমস্যা মিটে গেছে।
one-problem-is-over = একটি সমস্যা মিটে গেছে। আরেকটি এখনও আছে।
problem-over-subject = { $system ->
        [none] সমস্যা মিটে গেছে
       *[other] { $system }-এর সমস্যা মিটে গেছে
    }
back-to-normal = আমাদের সব আবার স্বাভাবিক।
back-to-normal-subject = আবার স্বাভাবিক
working-again-subject = আবার চালু, জমা কাজ চলছে
partly-working-subject = কিছুটা আবার কাজ করছে
some-working-again = { $system ->
        [none] কিছু জিনিস আবার চালু হয়েছে, তবে সবকিছু এখনো স্বাভাবিক নয়।
       *[other] { $system } আবার চালু হয়েছে, তবে সবকিছু এখনো স্বাভাবিক নয়।
    }
urgent-help = জরুরি সাহায্য দরকার হলে 111.nhs.uk ব্যবহার করুন বা 111 নম্বরে কল করুন। ইমার্জেন্সি হলে 999 নম্বরে কল করুন।
full-information = সম্পূর্ণ তথ্য
full-information-at = সম্পূর্ণ তথ্য: { $url }
stop-emails = এই ইমেইল বন্ধ করুন
stop-emails-at = এই ইমেইল বন্ধ করুন: { $url }
stop-texts-at = বন্ধ করতে: { $url }
you-asked = আপনি { $name } সম্পর্কে খবর চেয়েছিলেন।

confirm-subject = { $name } থেকে মেসেজ চান, তা নিশ্চিত করুন
confirm-headline = { $name }-এ কিছু বদলালে আপনি মেসেজ চান, তা নিশ্চিত করুন।
confirm-open-link = এই লিংক খুলে বোতামটি চাপুন: { $link }
confirm-or-code = অথবা এই কোড লিখুন: { $code }
confirm-24-hours = লিংক ও কোড 24 ঘণ্টা কাজ করবে।
confirm-not-asked = আপনি এটি না চেয়ে থাকলে কিছু করবেন না। আমরা আর কিছু পাঠাব না।
confirm-short = আপনার কোড { $code }। না চেয়ে থাকলে কিছু করবেন না।

## Answers to a text: START, HELP, STATUS

text-started = আমরা আবার আপনাকে মেসেজ পাঠাব। বন্ধ করতে উত্তরে STOP লিখুন।
text-nobody = আমরা এই নম্বরে কিছু পাঠাই না। যেসব জায়গার খবর চান সেগুলো বেছে নিন: { $url }
text-help = আপনার মেসেজ বদলান বা বন্ধ করুন: { $url } অথবা উত্তরে STOP লিখুন। এখনকার অবস্থা জানতে STATUS লিখুন।
