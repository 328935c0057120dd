# Punjabi: not checked by a native reader yet.

line-attend = ਤੁਹਾਡੀਆਂ ਪਹਿਲਾਂ ਤੋਂ ਬੁੱਕ ਅਪੌਇੰਟਮੈਂਟਾਂ
line-attend-pharmacy = ਫ਼ਾਰਮੇਸੀ ਵਿੱਚ ਆਉਣਾ
attend-come = ਆਮ ਵਾਂਗ ਆਓ
    .text = ਆਮ ਵਾਂਗ ਆਪਣੀ ਅਪੌਇੰਟਮੈਂਟ ਲਈ ਆਓ।
attend-come_unless_contacted = ਜੇ ਸੰਪਰਕ ਨਾ ਕਰੀਏ, ਆਓ
    .text = ਜੇ ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਨਹੀਂ ਕਰਦੇ, ਤਾਂ ਆਪਣੀ ਅਪੌਇੰਟਮੈਂਟ ਲਈ ਆਓ।
attend-do_not_come = ਨਾ ਆਓ
    .text = ਆਪਣੀ ਅਪੌਇੰਟਮੈਂਟ ਲਈ ਨਾ ਆਓ। ਨਵੀਂ ਅਪੌਇੰਟਮੈਂਟ ਦੇਣ ਲਈ ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।
attend-come-pharmacy = ਆਮ ਵਾਂਗ ਆਓ
    .text = ਆਮ ਵਾਂਗ ਆਓ, ਪਰ ਤੁਹਾਨੂੰ ਜ਼ਿਆਦਾ ਉਡੀਕ ਕਰਨੀ ਪਵੇਗੀ।
attend-come_unless_contacted-pharmacy = ਉਡੀਕ ਕਰਨੀ ਪਵੇਗੀ
    .text = ਆਓ, ਪਰ ਤੁਹਾਨੂੰ ਆਮ ਨਾਲੋਂ ਜ਼ਿਆਦਾ ਉਡੀਕ ਕਰਨੀ ਪਵੇਗੀ।
attend-do_not_come-pharmacy = ਨਾ ਆਓ
    .text = ਇੱਥੇ ਨਾ ਆਓ। ਕਿਸੇ ਹੋਰ ਫ਼ਾਰਮੇਸੀ ਵਿੱਚ ਜਾਓ।

line-emergency_department = A&E
emergency_department-normal = ਆਮ ਵਾਂਗ
    .text = A&E ਖੁੱਲ੍ਹਾ ਹੈ।
emergency_department-delayed = ਦੇਰੀ
    .text = A&E ਖੁੱਲ੍ਹਾ ਹੈ, ਪਰ ਤੁਹਾਨੂੰ ਜ਼ਿਆਦਾ ਉਡੀਕ ਕਰਨੀ ਪੈ ਸਕਦੀ ਹੈ।
emergency_department-urgent_only = ਸਿਰਫ਼ ਐਮਰਜੈਂਸੀ ਲਈ
    .text = A&E ਸਿਰਫ਼ ਉਸ ਐਮਰਜੈਂਸੀ ਲਈ ਖੁੱਲ੍ਹਾ ਹੈ ਜਿਸ ਵਿੱਚ ਜਾਨ ਨੂੰ ਖ਼ਤਰਾ ਹੋਵੇ।
emergency_department-cancelled = ਰੱਦ
    .text = A&E ਨਵੇਂ ਮਰੀਜ਼ ਨਹੀਂ ਲੈ ਰਿਹਾ।
emergency_department-closed = ਬੰਦ
    .text = A&E ਬੰਦ ਹੈ।

line-phones = ਫ਼ੋਨ ਲਾਈਨਾਂ
phones-working = ਚੱਲ ਰਹੇ ਹਨ
    .text = ਤੁਸੀਂ ਸਾਨੂੰ ਫ਼ੋਨ ਕਰ ਸਕਦੇ ਹੋ।
phones-limited = ਸੀਮਤ
    .text = ਸਾਨੂੰ ਸਿਰਫ਼ ਫ਼ੌਰੀ ਲੋੜ ਹੋਣ ’ਤੇ ਹੀ ਫ਼ੋਨ ਕਰੋ। ਸਾਡੀਆਂ ਲਾਈਨਾਂ ਬਹੁਤ ਵਿਅਸਤ ਹਨ।
phones-down = ਕੰਮ ਨਹੀਂ ਕਰ ਰਹੇ
    .text = ਸਾਡੇ ਫ਼ੋਨ ਕੰਮ ਨਹੀਂ ਕਰ ਰਹੇ।

line-online_form = ਆਨਲਾਈਨ ਫ਼ਾਰਮ
online_form-on = ਚਾਲੂ
    .text = ਤੁਸੀਂ ਸਾਡਾ ਆਨਲਾਈਨ ਫ਼ਾਰਮ ਵਰਤ ਸਕਦੇ ਹੋ।
online_form-off = ਬੰਦ
    .text = ਸਾਡਾ ਆਨਲਾਈਨ ਫ਼ਾਰਮ ਬੰਦ ਹੈ।

line-booking = ਨਵੀਆਂ ਅਪੌਇੰਟਮੈਂਟਾਂ
booking-normal = ਆਮ ਵਾਂਗ
    .text = ਤੁਸੀਂ ਆਮ ਵਾਂਗ ਅਪੌਇੰਟਮੈਂਟ ਬੁੱਕ ਕਰ ਸਕਦੇ ਹੋ।
booking-urgent_only = ਸਿਰਫ਼ ਫ਼ੌਰੀ
    .text = ਅਸੀਂ ਸਿਰਫ਼ ਫ਼ੌਰੀ ਅਪੌਇੰਟਮੈਂਟਾਂ ਹੀ ਬੁੱਕ ਕਰ ਸਕਦੇ ਹਾਂ।
booking-paused = ਫ਼ਿਲਹਾਲ ਬੰਦ
    .text = ਅਸੀਂ ਇਸ ਸਮੇਂ ਨਵੀਆਂ ਅਪੌਇੰਟਮੈਂਟਾਂ ਬੁੱਕ ਨਹੀਂ ਕਰ ਸਕਦੇ।

line-prescriptions = ਦਵਾਈ ਦੇ ਨੁਸਖ਼ੇ
prescriptions-normal = ਆਮ ਵਾਂਗ
    .text = ਨੁਸਖ਼ੇ ਆਮ ਵਾਂਗ ਮਿਲ ਰਹੇ ਹਨ।
prescriptions-urgent_on_paper = ਸਿਰਫ਼ ਫ਼ੌਰੀ, ਕਾਗਜ਼ ’ਤੇ
    .text = ਅਸੀਂ ਸਿਰਫ਼ ਫ਼ੌਰੀ ਨੁਸਖ਼ੇ ਹੀ ਦੇ ਸਕਦੇ ਹਾਂ, ਕਾਗਜ਼ ’ਤੇ।
prescriptions-delayed = ਦੇਰੀ
    .text = ਨੁਸਖ਼ਿਆਂ ਨੂੰ ਆਮ ਨਾਲੋਂ ਜ਼ਿਆਦਾ ਸਮਾਂ ਲੱਗ ਰਿਹਾ ਹੈ।
prescriptions-order_only_if_needed = ਸਿਰਫ਼ ਲੋੜ ਹੋਣ ’ਤੇ ਮੰਗਵਾਓ
    .text = ਰਿਪੀਟ ਨੁਸਖ਼ਾ ਸਿਰਫ਼ ਤਾਂ ਹੀ ਮੰਗਵਾਓ ਜੇ ਤੁਹਾਡੀ ਦਵਾਈ ਖ਼ਤਮ ਹੋਣ ਵਾਲੀ ਹੈ।

line-test_results = ਟੈਸਟ ਦੇ ਨਤੀਜੇ
test_results-normal = ਆਮ ਵਾਂਗ
    .text = ਤੁਸੀਂ ਆਮ ਵਾਂਗ ਟੈਸਟ ਦੇ ਨਤੀਜੇ ਲੈ ਸਕਦੇ ਹੋ।
test_results-delayed = ਦੇਰੀ
    .text = ਟੈਸਟ ਦੇ ਨਤੀਜੇ ਦੇਰ ਨਾਲ ਆ ਸਕਦੇ ਹਨ। ਜੇ ਕਿਸੇ ਨਤੀਜੇ ’ਤੇ ਫ਼ੌਰੀ ਧਿਆਨ ਦੀ ਲੋੜ ਹੋਈ, ਤਾਂ ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।
test_results-paused = ਫ਼ਿਲਹਾਲ ਬੰਦ
    .text = ਅਸੀਂ ਇਸ ਸਮੇਂ ਟੈਸਟ ਦੇ ਨਤੀਜੇ ਨਹੀਂ ਦੇਖ ਸਕਦੇ। ਜੇ ਕਿਸੇ ਨਤੀਜੇ ’ਤੇ ਫ਼ੌਰੀ ਧਿਆਨ ਦੀ ਲੋੜ ਹੋਈ, ਤਾਂ ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।

line-check_in = ਚੈੱਕ-ਇਨ ਸਕ੍ਰੀਨਾਂ
check_in-normal = ਆਮ ਵਾਂਗ
    .text = ਚੈੱਕ-ਇਨ ਸਕ੍ਰੀਨਾਂ ਕੰਮ ਕਰ ਰਹੀਆਂ ਹਨ।
check_in-at_the_desk = ਰਿਸੈਪਸ਼ਨ ’ਤੇ
    .text = ਚੈੱਕ-ਇਨ ਸਕ੍ਰੀਨਾਂ ਬੰਦ ਹਨ। ਰਿਸੈਪਸ਼ਨ ’ਤੇ ਦੱਸੋ ਕਿ ਤੁਸੀਂ ਆ ਗਏ ਹੋ।

line-records = ਸਿਹਤ ਦੇ ਰਿਕਾਰਡ
records-normal = ਆਮ ਵਾਂਗ
    .text = ਅਸੀਂ ਤੁਹਾਡਾ ਸਿਹਤ ਦਾ ਰਿਕਾਰਡ ਦੇਖ ਸਕਦੇ ਹਾਂ।
records-on_paper = ਕਾਗਜ਼ ’ਤੇ
    .text = ਅਸੀਂ ਕਾਗਜ਼ ’ਤੇ ਲਿਖ ਕੇ ਕੰਮ ਕਰ ਰਹੇ ਹਾਂ। ਆਪਣੀਆਂ ਦਵਾਈਆਂ ਅਤੇ ਐਲਰਜੀਆਂ ਦੀ ਸੂਚੀ ਨਾਲ ਲਿਆਓ।

line-outpatients = ਆਊਟਪੇਸ਼ੈਂਟ ਕਲੀਨਿਕ
outpatients-normal = ਆਮ ਵਾਂਗ
    .text = ਆਊਟਪੇਸ਼ੈਂਟ ਕਲੀਨਿਕ ਚੱਲ ਰਹੇ ਹਨ।
outpatients-delayed = ਦੇਰੀ
    .text = ਆਊਟਪੇਸ਼ੈਂਟ ਕਲੀਨਿਕ ਦੇਰ ਨਾਲ ਚੱਲ ਰਹੇ ਹਨ।
outpatients-urgent_only = ਸਿਰਫ਼ ਫ਼ੌਰੀ
    .text = ਸਿਰਫ਼ ਫ਼ੌਰੀ ਆਊਟਪੇਸ਼ੈਂਟ ਕਲੀਨਿਕ ਹੀ ਚੱਲ ਰਹੇ ਹਨ।
outpatients-cancelled = ਰੱਦ
    .text = ਆਊਟਪੇਸ਼ੈਂਟ ਕਲੀਨਿਕ ਰੱਦ ਹਨ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।
outpatients-closed = ਬੰਦ
    .text = ਇੱਥੋਂ ਦੇ ਆਊਟਪੇਸ਼ੈਂਟ ਕਲੀਨਿਕ ਬੰਦ ਹਨ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।

line-inpatients = ਹਸਪਤਾਲ ਵਿੱਚ ਦਾਖ਼ਲੇ
inpatients-normal = ਆਮ ਵਾਂਗ
    .text = ਹਸਪਤਾਲ ਵਿੱਚ ਦਾਖ਼ਲੇ ਆਮ ਵਾਂਗ ਹੋ ਰਹੇ ਹਨ।
inpatients-delayed = ਦੇਰੀ
    .text = ਹਸਪਤਾਲ ਵਿੱਚ ਦਾਖ਼ਲੇ ਦੇਰ ਨਾਲ ਹੋ ਸਕਦੇ ਹਨ।
inpatients-urgent_only = ਸਿਰਫ਼ ਫ਼ੌਰੀ
    .text = ਹਸਪਤਾਲ ਵਿੱਚ ਸਿਰਫ਼ ਫ਼ੌਰੀ ਦਾਖ਼ਲੇ ਹੀ ਹੋ ਰਹੇ ਹਨ।
inpatients-cancelled = ਰੱਦ
    .text = ਹਸਪਤਾਲ ਵਿੱਚ ਪਹਿਲਾਂ ਤੋਂ ਤੈਅ ਦਾਖ਼ਲੇ ਰੱਦ ਹਨ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।
inpatients-closed = ਬੰਦ
    .text = ਵਾਰਡ ਨਵੇਂ ਮਰੀਜ਼ਾਂ ਲਈ ਬੰਦ ਹਨ।

line-operations = ਆਪਰੇਸ਼ਨ
operations-normal = ਆਮ ਵਾਂਗ
    .text = ਆਪਰੇਸ਼ਨ ਆਮ ਵਾਂਗ ਹੋ ਰਹੇ ਹਨ।
operations-delayed = ਦੇਰੀ
    .text = ਆਪਰੇਸ਼ਨ ਦੇਰ ਨਾਲ ਹੋ ਸਕਦੇ ਹਨ।
operations-urgent_only = ਸਿਰਫ਼ ਫ਼ੌਰੀ
    .text = ਸਿਰਫ਼ ਫ਼ੌਰੀ ਆਪਰੇਸ਼ਨ ਹੀ ਹੋ ਰਹੇ ਹਨ।
operations-cancelled = ਰੱਦ
    .text = ਪਹਿਲਾਂ ਤੋਂ ਤੈਅ ਆਪਰੇਸ਼ਨ ਰੱਦ ਹਨ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।
operations-closed = ਬੰਦ
    .text = ਆਪਰੇਸ਼ਨ ਥੀਏਟਰ ਬੰਦ ਹਨ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।

line-scans = ਸਕੈਨ ਅਤੇ ਐਕਸ-ਰੇ
scans-normal = ਆਮ ਵਾਂਗ
    .text = ਸਕੈਨ ਅਤੇ ਐਕਸ-ਰੇ ਆਮ ਵਾਂਗ ਹੋ ਰਹੇ ਹਨ।
scans-delayed = ਦੇਰੀ
    .text = ਸਕੈਨ ਅਤੇ ਐਕਸ-ਰੇ ਦੇਰ ਨਾਲ ਹੋ ਸਕਦੇ ਹਨ।
scans-urgent_only = ਸਿਰਫ਼ ਫ਼ੌਰੀ
    .text = ਸਿਰਫ਼ ਫ਼ੌਰੀ ਸਕੈਨ ਅਤੇ ਐਕਸ-ਰੇ ਹੀ ਹੋ ਰਹੇ ਹਨ।
scans-cancelled = ਰੱਦ
    .text = ਸਕੈਨ ਅਤੇ ਐਕਸ-ਰੇ ਰੱਦ ਹਨ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।
scans-closed = ਬੰਦ
    .text = ਸਕੈਨ ਵਿਭਾਗ ਬੰਦ ਹੈ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।

line-blood_tests = ਖ਼ੂਨ ਦੇ ਟੈਸਟ
blood_tests-normal = ਆਮ ਵਾਂਗ
    .text = ਖ਼ੂਨ ਦੇ ਟੈਸਟ ਆਮ ਵਾਂਗ ਹੋ ਰਹੇ ਹਨ।
blood_tests-delayed = ਦੇਰੀ
    .text = ਖ਼ੂਨ ਦੇ ਟੈਸਟ ਦੇਰ ਨਾਲ ਹੋ ਸਕਦੇ ਹਨ।
blood_tests-urgent_only = ਸਿਰਫ਼ ਫ਼ੌਰੀ
    .text = ਖ਼ੂਨ ਦੇ ਸਿਰਫ਼ ਫ਼ੌਰੀ ਟੈਸਟ ਹੀ ਹੋ ਰਹੇ ਹਨ।
blood_tests-cancelled = ਰੱਦ
    .text = ਖ਼ੂਨ ਦੇ ਰੁਟੀਨ ਟੈਸਟ ਰੱਦ ਹਨ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।
blood_tests-closed = ਬੰਦ
    .text = ਖ਼ੂਨ ਦੇ ਟੈਸਟਾਂ ਦਾ ਕਲੀਨਿਕ ਬੰਦ ਹੈ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।

line-radiotherapy = ਰੇਡੀਓਥੈਰੇਪੀ
radiotherapy-normal = ਆਮ ਵਾਂਗ
    .text = ਰੇਡੀਓਥੈਰੇਪੀ ਆਮ ਵਾਂਗ ਹੋ ਰਹੀ ਹੈ।
radiotherapy-delayed = ਦੇਰੀ
    .text = ਰੇਡੀਓਥੈਰੇਪੀ ਦੇਰ ਨਾਲ ਹੋ ਸਕਦੀ ਹੈ।
radiotherapy-urgent_only = ਸਿਰਫ਼ ਫ਼ੌਰੀ
    .text = ਸਿਰਫ਼ ਫ਼ੌਰੀ ਰੇਡੀਓਥੈਰੇਪੀ ਹੀ ਹੋ ਰਹੀ ਹੈ।
radiotherapy-cancelled = ਰੱਦ
    .text = ਰੇਡੀਓਥੈਰੇਪੀ ਰੱਦ ਹੈ। ਨਵਾਂ ਸਮਾਂ ਦੱਸਣ ਲਈ ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।
radiotherapy-closed = ਬੰਦ
    .text = ਰੇਡੀਓਥੈਰੇਪੀ ਵਿਭਾਗ ਬੰਦ ਹੈ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।

line-maternity = ਜਣੇਪਾ ਸੇਵਾਵਾਂ
maternity-normal = ਆਮ ਵਾਂਗ
    .text = ਜਣੇਪਾ ਸੇਵਾਵਾਂ ਖੁੱਲ੍ਹੀਆਂ ਹਨ।
maternity-delayed = ਦੇਰੀ
    .text = ਜਣੇਪਾ ਸੇਵਾਵਾਂ ਖੁੱਲ੍ਹੀਆਂ ਹਨ, ਪਰ ਤੁਹਾਨੂੰ ਜ਼ਿਆਦਾ ਉਡੀਕ ਕਰਨੀ ਪੈ ਸਕਦੀ ਹੈ।
maternity-urgent_only = ਸਿਰਫ਼ ਫ਼ੌਰੀ
    .text = ਜਣੇਪਾ ਸੇਵਾਵਾਂ ਸਿਰਫ਼ ਫ਼ੌਰੀ ਦੇਖਭਾਲ ਲਈ ਖੁੱਲ੍ਹੀਆਂ ਹਨ।
maternity-cancelled = ਰੱਦ
    .text = ਜਣੇਪੇ ਦੀਆਂ ਰੁਟੀਨ ਅਪੌਇੰਟਮੈਂਟਾਂ ਰੱਦ ਹਨ। ਅਸੀਂ ਤੁਹਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰਾਂਗੇ।
maternity-closed = ਬੰਦ
    .text = ਇੱਥੋਂ ਦਾ ਜਣੇਪਾ ਵਿਭਾਗ ਬੰਦ ਹੈ। ਅਸੀਂ ਤੁਹਾਨੂੰ ਦੱਸਾਂਗੇ ਕਿ ਕਿੱਥੇ ਜਾਣਾ ਹੈ।

line-dispensing = ਤੁਹਾਡੇ ਲਈ ਦਵਾਈਆਂ ਤਿਆਰ ਕਰਨਾ
dispensing-normal = ਆਮ ਵਾਂਗ
    .text = ਅਸੀਂ ਆਮ ਵਾਂਗ ਦਵਾਈਆਂ ਤਿਆਰ ਕਰ ਰਹੇ ਹਾਂ।
dispensing-delayed = ਦੇਰੀ
    .text = ਦਵਾਈਆਂ ਨੂੰ ਆਮ ਨਾਲੋਂ ਜ਼ਿਆਦਾ ਸਮਾਂ ਲੱਗ ਰਿਹਾ ਹੈ।
dispensing-paused = ਫ਼ਿਲਹਾਲ ਬੰਦ
    .text = ਅਸੀਂ ਇਸ ਸਮੇਂ ਦਵਾਈਆਂ ਤਿਆਰ ਨਹੀਂ ਕਰ ਸਕਦੇ।

line-collection = ਦਵਾਈਆਂ ਲੈ ਕੇ ਜਾਣਾ
collection-normal = ਆਮ ਵਾਂਗ
    .text = ਤੁਸੀਂ ਆਮ ਵਾਂਗ ਆ ਕੇ ਦਵਾਈਆਂ ਲੈ ਸਕਦੇ ਹੋ।
collection-delayed = ਦੇਰੀ
    .text = ਦਵਾਈਆਂ ਲੈਣ ਆਉਣ ’ਤੇ ਤੁਹਾਨੂੰ ਜ਼ਿਆਦਾ ਉਡੀਕ ਕਰਨੀ ਪਵੇਗੀ।
collection-paused = ਫ਼ਿਲਹਾਲ ਬੰਦ
    .text = ਤੁਸੀਂ ਇਸ ਸਮੇਂ ਇੱਥੋਂ ਦਵਾਈਆਂ ਨਹੀਂ ਲੈ ਕੇ ਜਾ ਸਕਦੇ।

line-deliveries = ਦਵਾਈਆਂ ਦੀ ਡਿਲਿਵਰੀ
deliveries-normal = ਆਮ ਵਾਂਗ
    .text = ਦਵਾਈਆਂ ਦੀ ਡਿਲਿਵਰੀ ਆਮ ਵਾਂਗ ਹੋ ਰਹੀ ਹੈ।
deliveries-delayed = ਦੇਰੀ
    .text = ਦਵਾਈਆਂ ਦੀ ਡਿਲਿਵਰੀ ਦੇਰ ਨਾਲ ਹੋ ਰਹੀ ਹੈ।
deliveries-paused = ਫ਼ਿਲਹਾਲ ਬੰਦ
    .text = ਦਵਾਈਆਂ ਦੀ ਡਿਲਿਵਰੀ ਫ਼ਿਲਹਾਲ ਬੰਦ ਹੈ।

line-nhs_111 = NHS 111
nhs_111-normal = ਆਮ ਵਾਂਗ
    .text = NHS 111 ਆਮ ਵਾਂਗ ਕੰਮ ਕਰ ਰਿਹਾ ਹੈ।
nhs_111-changed = ਬਦਲਾਅ
    .text = NHS 111 ਦੇ ਕੰਮ ਕਰਨ ਦਾ ਤਰੀਕਾ ਬਦਲ ਗਿਆ ਹੈ।

line-emergency_999 = 999
emergency_999-normal = ਆਮ ਵਾਂਗ
    .text = 999 ਆਮ ਵਾਂਗ ਕੰਮ ਕਰ ਰਿਹਾ ਹੈ।
emergency_999-changed = ਬਦਲਾਅ
    .text = 999 ’ਤੇ ਫ਼ੋਨ ਕਰਨ ਦਾ ਤਰੀਕਾ ਬਦਲ ਗਿਆ ਹੈ।
