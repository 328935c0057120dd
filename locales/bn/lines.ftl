# Bengali: not checked by a native reader yet.

line-attend = আপনার আগে থেকে নেওয়া অ্যাপয়েন্টমেন্ট
line-attend-pharmacy = ফার্মেসিতে আসা
attend-come = স্বাভাবিকভাবে আসুন
    .text = অন্য সময়ের মতোই আপনার অ্যাপয়েন্টমেন্টে আসুন।
attend-come_unless_contacted = আমরা যোগাযোগ না করলে আসুন
    .text = আমরা আপনার সাথে যোগাযোগ না করলে, আপনার অ্যাপয়েন্টমেন্টে আসুন।
attend-do_not_come = আসবেন না
    .text = আপনার অ্যাপয়েন্টমেন্টে আসবেন না। নতুন অ্যাপয়েন্টমেন্ট ঠিক করতে আমরা আপনার সাথে যোগাযোগ করব।
attend-come-pharmacy = স্বাভাবিকভাবে আসুন
    .text = অন্য সময়ের মতোই আসুন, তবে বেশিক্ষণ অপেক্ষা করতে হতে পারে।
attend-come_unless_contacted-pharmacy = বেশিক্ষণ অপেক্ষা করতে হবে
    .text = আসুন, তবে অন্য সময়ের চেয়ে বেশিক্ষণ অপেক্ষা করতে হবে।
attend-do_not_come-pharmacy = আসবেন না
    .text = আসবেন না। অন্য ফার্মেসিতে যান।

line-emergency_department = A&E
emergency_department-normal = স্বাভাবিক
    .text = A&E খোলা আছে।
emergency_department-delayed = দেরি হচ্ছে
    .text = A&E খোলা আছে, তবে আপনাকে বেশিক্ষণ অপেক্ষা করতে হতে পারে।
emergency_department-urgent_only = শুধু জরুরি
    .text = A&E শুধু জীবনের ঝুঁকি আছে এমন ইমার্জেন্সির জন্য খোলা আছে।
emergency_department-cancelled = বাতিল
    .text = A&E নতুন রোগী নিচ্ছে না।
emergency_department-closed = বন্ধ
    .text = A&E বন্ধ আছে।

line-phones = ফোন লাইন
phones-working = কাজ করছে
    .text = আপনি আমাদের ফোন করতে পারেন।
phones-limited = সীমিত
    .text = শুধু জরুরি হলেই আমাদের ফোন করুন। আমাদের ফোন লাইন খুব ব্যস্ত।
phones-down = কাজ করছে না
    .text = আমাদের ফোন কাজ করছে না।

line-online_form = অনলাইন ফর্ম
online_form-on = চালু
    .text = আপনি আমাদের অনলাইন ফর্ম ব্যবহার করতে পারেন।
online_form-off = বন্ধ
    .text = আমাদের অনলাইন ফর্ম বন্ধ আছে।

line-booking = নতুন অ্যাপয়েন্টমেন্ট
booking-normal = স্বাভাবিক
    .text = আপনি অন্য সময়ের মতোই অ্যাপয়েন্টমেন্ট নিতে পারেন।
booking-urgent_only = শুধু জরুরি
    .text = আমরা শুধু জরুরি অ্যাপয়েন্টমেন্ট দিতে পারছি।
booking-paused = আপাতত বন্ধ
    .text = এই মুহূর্তে আমরা নতুন অ্যাপয়েন্টমেন্ট দিতে পারছি না।

line-prescriptions = প্রেসক্রিপশন
prescriptions-normal = স্বাভাবিক
    .text = প্রেসক্রিপশন অন্য সময়ের মতোই চলছে।
prescriptions-urgent_on_paper = শুধু জরুরি, কাগজে
    .text = আমরা শুধু জরুরি প্রেসক্রিপশন দিতে পারছি, আর তা কাগজে।
prescriptions-delayed = দেরি হচ্ছে
    .text = প্রেসক্রিপশন পেতে অন্য সময়ের চেয়ে বেশি সময় লাগছে।
prescriptions-order_only_if_needed = শুধু দরকার হলে অর্ডার করুন
    .text = আপনার ওষুধ প্রায় শেষ হয়ে এলে তবেই রিপিট প্রেসক্রিপশন অর্ডার করুন।

line-test_results = পরীক্ষার ফল
test_results-normal = স্বাভাবিক
    .text = আপনি অন্য সময়ের মতোই পরীক্ষার ফল পাবেন।
test_results-delayed = দেরি হচ্ছে
    .text = পরীক্ষার ফল পেতে দেরি হতে পারে। কোনো ফল জরুরি হলে আমরা আপনার সাথে যোগাযোগ করব।
test_results-paused = আপাতত বন্ধ
    .text = এই মুহূর্তে আমরা পরীক্ষার ফল দেখতে পাচ্ছি না। কোনো ফল জরুরি হলে আমরা আপনার সাথে যোগাযোগ করব।

line-check_in = চেক-ইন স্ক্রিন
check_in-normal = স্বাভাবিক
    .text = চেক-ইন স্ক্রিন কাজ করছে।
check_in-at_the_desk = রিসেপশনে জানান
    .text = চেক-ইন স্ক্রিন বন্ধ আছে। আপনি এসেছেন, তা রিসেপশনে জানান।

line-records = স্বাস্থ্য রেকর্ড
records-normal = স্বাভাবিক
    .text = আমরা আপনার স্বাস্থ্য রেকর্ড দেখতে পাচ্ছি।
records-on_paper = কাগজে
    .text = আমরা কাগজের নোট ব্যবহার করছি। আপনার ওষুধ ও অ্যালার্জির তালিকা নিয়ে আসুন।

line-outpatients = আউটপেশেন্ট ক্লিনিক
outpatients-normal = স্বাভাবিক
    .text = আউটপেশেন্ট ক্লিনিক চলছে।
outpatients-delayed = দেরি হচ্ছে
    .text = আউটপেশেন্ট ক্লিনিক দেরিতে চলছে।
outpatients-urgent_only = শুধু জরুরি
    .text = শুধু জরুরি আউটপেশেন্ট ক্লিনিক চলছে।
outpatients-cancelled = বাতিল
    .text = আউটপেশেন্ট ক্লিনিক বাতিল হয়েছে। আমরা আপনার সাথে যোগাযোগ করব।
outpatients-closed = বন্ধ
    .text = এখানকার আউটপেশেন্ট ক্লিনিক বন্ধ আছে। আমরা আপনার সাথে যোগাযোগ করব।

line-inpatients = হাসপাতালে ভর্তি
inpatients-normal = স্বাভাবিক
    .text = হাসপাতালে ভর্তি চলছে।
inpatients-delayed = দেরি হচ্ছে
    .text = হাসপাতালে ভর্তি হতে দেরি হতে পারে।
inpatients-urgent_only = শুধু জরুরি
    .text = হাসপাতালে শুধু জরুরি ভর্তি চলছে।
inpatients-cancelled = বাতিল
    .text = আগে থেকে ঠিক করা হাসপাতালে ভর্তি বাতিল হয়েছে। আমরা আপনার সাথে যোগাযোগ করব।
inpatients-closed = বন্ধ
    .text = ওয়ার্ডে নতুন রোগী নেওয়া বন্ধ আছে।

line-operations = অপারেশন
operations-normal = স্বাভাবিক
    .text = অপারেশন হচ্ছে।
operations-delayed = দেরি হচ্ছে
    .text = অপারেশন হতে দেরি হতে পারে।
operations-urgent_only = শুধু জরুরি
    .text = শুধু জরুরি অপারেশন হচ্ছে।
operations-cancelled = বাতিল
    .text = আগে থেকে ঠিক করা অপারেশন বাতিল হয়েছে। আমরা আপনার সাথে যোগাযোগ করব।
operations-closed = বন্ধ
    .text = অপারেশন থিয়েটার বন্ধ আছে। আমরা আপনার সাথে যোগাযোগ করব।

line-scans = স্ক্যান ও এক্স-রে
scans-normal = স্বাভাবিক
    .text = স্ক্যান ও এক্স-রে হচ্ছে।
scans-delayed = দেরি হচ্ছে
    .text = স্ক্যান ও এক্স-রে হতে দেরি হতে পারে।
scans-urgent_only = শুধু জরুরি
    .text = শুধু জরুরি স্ক্যান ও এক্স-রে হচ্ছে।
scans-cancelled = বাতিল
    .text = স্ক্যান ও এক্স-রে বাতিল হয়েছে। আমরা আপনার সাথে যোগাযোগ করব।
scans-closed = বন্ধ
    .text = স্ক্যান বিভাগ বন্ধ আছে। আমরা আপনার সাথে যোগাযোগ করব।

line-blood_tests = রক্ত পরীক্ষা
blood_tests-normal = স্বাভাবিক
    .text = রক্ত পরীক্ষা হচ্ছে।
blood_tests-delayed = দেরি হচ্ছে
    .text = রক্ত পরীক্ষা হতে দেরি হতে পারে।
blood_tests-urgent_only = শুধু জরুরি
    .text = শুধু জরুরি রক্ত পরীক্ষা হচ্ছে।
blood_tests-cancelled = বাতিল
    .text = রুটিন রক্ত পরীক্ষা বাতিল হয়েছে। আমরা আপনার সাথে যোগাযোগ করব।
blood_tests-closed = বন্ধ
    .text = রক্ত পরীক্ষার ক্লিনিক বন্ধ আছে। আমরা আপনার সাথে যোগাযোগ করব।

line-radiotherapy = রেডিওথেরাপি
radiotherapy-normal = স্বাভাবিক
    .text = রেডিওথেরাপি হচ্ছে।
radiotherapy-delayed = দেরি হচ্ছে
    .text = রেডিওথেরাপি হতে দেরি হতে পারে।
radiotherapy-urgent_only = শুধু জরুরি
    .text = শুধু জরুরি রেডিওথেরাপি হচ্ছে।
radiotherapy-cancelled = বাতিল
    .text = রেডিওথেরাপি বাতিল হয়েছে। আমরা যোগাযোগ করে আপনাকে নতুন সময় জানাব।
radiotherapy-closed = বন্ধ
    .text = রেডিওথেরাপি বিভাগ বন্ধ আছে। আমরা আপনার সাথে যোগাযোগ করব।

line-maternity = মাতৃত্বকালীন সেবা
maternity-normal = স্বাভাবিক
    .text = মাতৃত্বকালীন সেবা খোলা আছে।
maternity-delayed = দেরি হচ্ছে
    .text = মাতৃত্বকালীন সেবা খোলা আছে, তবে আপনাকে বেশিক্ষণ অপেক্ষা করতে হতে পারে।
maternity-urgent_only = শুধু জরুরি
    .text = মাতৃত্বকালীন সেবা শুধু জরুরি চিকিৎসার জন্য খোলা আছে।
maternity-cancelled = বাতিল
    .text = রুটিন মাতৃত্বকালীন অ্যাপয়েন্টমেন্ট বাতিল হয়েছে। আমরা আপনার সাথে যোগাযোগ করব।
maternity-closed = বন্ধ
    .text = এখানকার মাতৃত্বকালীন বিভাগ বন্ধ আছে। কোথায় যেতে হবে, তা আমরা আপনাকে জানাব।

line-dispensing = আপনার ওষুধ তৈরি করা
dispensing-normal = স্বাভাবিক
    .text = আমরা অন্য সময়ের মতোই ওষুধ তৈরি করে দিচ্ছি।
dispensing-delayed = দেরি হচ্ছে
    .text = ওষুধ তৈরি করতে অন্য সময়ের চেয়ে বেশি সময় লাগছে।
dispensing-paused = আপাতত বন্ধ
    .text = এই মুহূর্তে আমরা ওষুধ তৈরি করে দিতে পারছি না।

line-collection = ওষুধ সংগ্রহ
collection-normal = স্বাভাবিক
    .text = আপনি অন্য সময়ের মতোই এসে ওষুধ সংগ্রহ করতে পারেন।
collection-delayed = দেরি হচ্ছে
    .text = ওষুধ সংগ্রহ করতে এলে বেশিক্ষণ অপেক্ষা করতে হবে।
collection-paused = আপাতত বন্ধ
    .text = এই মুহূর্তে আপনি এসে ওষুধ সংগ্রহ করতে পারবেন না।

line-deliveries = ওষুধ পৌঁছে দেওয়া
deliveries-normal = স্বাভাবিক
    .text = ওষুধ অন্য সময়ের মতোই পৌঁছে দেওয়া হচ্ছে।
deliveries-delayed = দেরি হচ্ছে
    .text = ওষুধ পৌঁছে দিতে দেরি হচ্ছে।
deliveries-paused = আপাতত বন্ধ
    .text = ওষুধ পৌঁছে দেওয়া আপাতত বন্ধ আছে।

line-nhs_111 = NHS 111
nhs_111-normal = স্বাভাবিক
    .text = NHS 111 অন্য সময়ের মতোই কাজ করছে।
nhs_111-changed = বদলেছে
    .text = NHS 111-এর কাজের নিয়ম বদলেছে।

line-emergency_999 = 999
emergency_999-normal = স্বাভাবিক
    .text = 999 অন্য সময়ের মতোই কাজ করছে।
emergency_999-changed = বদলেছে
    .text = 999 নম্বরে কল করার নিয়ম বদলেছে।
