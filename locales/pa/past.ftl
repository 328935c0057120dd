### Looking back: the history, months and single problems.

problems-90-days = ਪਿਛਲੇ 90 ਦਿਨਾਂ ਦੀਆਂ ਸਮੱਸਿਆਵਾਂ
table-date = ਤਾਰੀਖ
table-what = ਕੀ
table-how-long = ਕਿੰਨਾ ਸਮਾਂ
still-going-on = ਅਜੇ ਵੀ ਚੱਲ ਰਿਹਾ ਹੈ
not-affected-here = ਇੱਥੇ ਕੋਈ ਅਸਰ ਨਹੀਂ
less-than-a-minute = ਇੱਕ ਮਿੰਟ ਤੋਂ ਘੱਟ
lasted-days = { $count ->
        [one] { $count } ਦਿਨ
       *[other] { $count } ਦਿਨ
    }
lasted-hours = { $count ->
        [one] { $count } ਘੰਟਾ
       *[other] { $count } ਘੰਟੇ
    }
lasted-minutes = { $count ->
        [one] { $count } ਮਿੰਟ
       *[other] { $count } ਮਿੰਟ
    }
how-often-worked = ਹਰ ਚੀਜ਼ ਕਿੰਨੀ ਵਾਰ ਚੱਲੀ
table-worked = ਚੱਲਿਆ
table-did-not-work = ਆਮ ਵਾਂਗ ਨਹੀਂ ਚੱਲਿਆ
not-at-all = ਬਿਲਕੁਲ ਨਹੀਂ
slower-by-surgeries = ਇਹ ਸਮੱਸਿਆ ਇੱਥੇ ਨੁਸਖ਼ੇ ਭੇਜਣ ਵਾਲੀਆਂ GP ਸਰਜਰੀਆਂ ਵਿੱਚ ਸੀ। ਨੁਸਖ਼ੇ ਦੇਰ ਨਾਲ ਪਹੁੰਚ ਸਕਦੇ ਸਨ।
how-it-is-counted = ਇਹ ਪਿਛਲੇ 90 ਦਿਨਾਂ ਦੇ ਉਹ ਮਿੰਟ ਗਿਣਦਾ ਹੈ ਜਦੋਂ ਇਸ ਪੰਨੇ ਦੀ ਕੋਈ ਚੀਜ਼ ਆਮ ਵਾਂਗ ਨਹੀਂ ਸੀ। ਥਾਂ ਆਪਣੇ ਬਾਰੇ ਜੋ ਕਹਿੰਦੀ ਹੈ, ਉਹ ਪਹਿਲਾਂ ਗਿਣਿਆ ਜਾਂਦਾ ਹੈ। ਯੋਜਨਾਬੱਧ ਕੰਮ ਵੀ ਗਿਣਿਆ ਜਾਂਦਾ ਹੈ।
records-began = ਸਾਡਾ ਰਿਕਾਰਡ { $date } ਨੂੰ ਸ਼ੁਰੂ ਹੋਇਆ।
by-month = ਮਹੀਨੇ ਅਨੁਸਾਰ
problems-in-month = ਪਿਛਲੀਆਂ ਸਮੱਸਿਆਵਾਂ: { $month }
month-before = ਪਹਿਲਾਂ: { $month }
month-after = ਬਾਅਦ: { $month }
all-past-problems = ਸਾਰੀਆਂ ਪਿਛਲੀਆਂ ਸਮੱਸਿਆਵਾਂ
what-we-learned = ਅਸੀਂ ਕੀ ਸਿੱਖਿਆ
cannot-look-back = ਅਸੀਂ ਇਸ ਵੇਲੇ ਇੰਨਾ ਪਿੱਛੇ ਨਹੀਂ ਦੇਖ ਸਕਦੇ
today-still-works = ਅੱਜ ਦਾ ਪੰਨਾ ਅਜੇ ਵੀ ਚੱਲਦਾ ਹੈ। ਇੱਕ ਮਿੰਟ ਰੁਕੋ ਅਤੇ ਮੁੜ ਕੋਸ਼ਿਸ਼ ਕਰੋ।
