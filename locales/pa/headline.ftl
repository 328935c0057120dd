# Punjabi: not checked by a native reader yet.

headline-normal = ਕੋਈ ਸਮੱਸਿਆ ਸਾਹਮਣੇ ਨਹੀਂ ਆਈ
headline-busy = ਆਮ ਨਾਲੋਂ ਜ਼ਿਆਦਾ ਵਿਅਸਤ
headline-limited = ਕੁਝ ਚੀਜ਼ਾਂ ਨਹੀਂ ਚੱਲ ਰਹੀਆਂ
headline-serious = ਗੰਭੀਰ ਸਮੱਸਿਆਵਾਂ
headline-closed = ਅਪੌਇੰਟਮੈਂਟਾਂ ਲਈ ਬੰਦ
headline-shut = ਬੰਦ
headline-catching_up = ਦੁਬਾਰਾ ਚਾਲੂ, ਬਾਕੀ ਕੰਮ ਜਾਰੀ
headline-not_confirmed = ਪੁਸ਼ਟੀ ਨਹੀਂ ਹੋਈ
headline-unknown = ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ

come-in-as-usual = ਆਮ ਵਾਂਗ ਆਓ।
we-are-busier = ਅਸੀਂ ਆਮ ਨਾਲੋਂ ਜ਼ਿਆਦਾ ਵਿਅਸਤ ਹਾਂ।
not-known-if-right = ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇਹ ਜਾਣਕਾਰੀ ਅਜੇ ਵੀ ਸਹੀ ਹੈ ਜਾਂ ਨਹੀਂ।
contact-before-you-come = ਆਉਣ ਤੋਂ ਪਹਿਲਾਂ ਸਾਡੇ ਨਾਲ ਸੰਪਰਕ ਕਰੋ।
no-medicines-here = ਤੁਹਾਨੂੰ ਇਸ ਸਮੇਂ ਇੱਥੋਂ ਦਵਾਈਆਂ ਨਹੀਂ ਮਿਲ ਸਕਦੀਆਂ। ਕਿਸੇ ਹੋਰ ਫ਼ਾਰਮੇਸੀ ਵਿੱਚ ਜਾਓ।
call-111-for-medicine = ਜੇ ਅੱਜ ਦਵਾਈ ਚਾਹੀਦੀ ਹੈ ਤਾਂ 111 ’ਤੇ ਫ਼ੋਨ ਕਰੋ।
some-have-a-problem = ਕੁਝ ਥਾਵਾਂ ’ਤੇ ਕੰਪਿਊਟਰ ਦੀ ਸਮੱਸਿਆ ਹੈ।
not-said-if-affected = { $kind ->
        [pharmacy] ਇਸ ਫ਼ਾਰਮੇਸੀ ਨੇ ਨਹੀਂ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ ਜਾਂ ਨਹੀਂ।
        [hospital] ਇਸ ਹਸਪਤਾਲ ਨੇ ਨਹੀਂ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ ਜਾਂ ਨਹੀਂ।
        [surgery] ਇਸ GP ਸਰਜਰੀ ਨੇ ਨਹੀਂ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ ਜਾਂ ਨਹੀਂ।
       *[organisation] ਅਸੀਂ ਨਹੀਂ ਦੱਸਿਆ ਕਿ ਸਾਡੇ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ ਜਾਂ ਨਹੀਂ।
    }
not-confirmed-over = { $kind ->
        [pharmacy] ਇਸ ਫ਼ਾਰਮੇਸੀ ਨੇ ਪੁਸ਼ਟੀ ਨਹੀਂ ਕੀਤੀ ਕਿ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ।
        [hospital] ਇਸ ਹਸਪਤਾਲ ਨੇ ਪੁਸ਼ਟੀ ਨਹੀਂ ਕੀਤੀ ਕਿ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ।
        [surgery] ਇਸ GP ਸਰਜਰੀ ਨੇ ਪੁਸ਼ਟੀ ਨਹੀਂ ਕੀਤੀ ਕਿ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ।
       *[organisation] ਅਸੀਂ ਪੁਸ਼ਟੀ ਨਹੀਂ ਕੀਤੀ ਕਿ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ।
    }
may-not-be-open = { $kind ->
        [pharmacy] ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇਹ ਫ਼ਾਰਮੇਸੀ ਖੁੱਲ੍ਹੀ ਹੈ ਜਾਂ ਨਹੀਂ।
        [hospital] ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇਹ ਹਸਪਤਾਲ ਖੁੱਲ੍ਹਾ ਹੈ ਜਾਂ ਨਹੀਂ।
        [surgery] ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇਹ GP ਸਰਜਰੀ ਖੁੱਲ੍ਹੀ ਹੈ ਜਾਂ ਨਹੀਂ।
       *[organisation] ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇਹ ਸੰਸਥਾ ਖੁੱਲ੍ਹੀ ਹੈ ਜਾਂ ਨਹੀਂ।
    }
has-closed-for-good = { $kind ->
        [pharmacy] ਇਹ ਫ਼ਾਰਮੇਸੀ ਪੱਕੇ ਤੌਰ ’ਤੇ ਬੰਦ ਹੋ ਗਈ ਹੈ। ਕੋਈ ਹੋਰ ਲੱਭੋ।
        [hospital] ਇਹ ਹਸਪਤਾਲ ਪੱਕੇ ਤੌਰ ’ਤੇ ਬੰਦ ਹੋ ਗਿਆ ਹੈ। ਕੋਈ ਹੋਰ ਲੱਭੋ।
        [surgery] ਇਹ GP ਸਰਜਰੀ ਪੱਕੇ ਤੌਰ ’ਤੇ ਬੰਦ ਹੋ ਗਈ ਹੈ। ਕੋਈ ਹੋਰ ਲੱਭੋ।
       *[organisation] ਇਹ ਸੰਸਥਾ ਪੱਕੇ ਤੌਰ ’ਤੇ ਬੰਦ ਹੋ ਗਈ ਹੈ। ਕੋਈ ਹੋਰ ਲੱਭੋ।
    }
area-problem = ਇਸ ਇਲਾਕੇ ਦੀਆਂ ਕੁਝ NHS ਸੇਵਾਵਾਂ ਵਿੱਚ ਸਮੱਸਿਆ ਹੈ।
area-look-up = ਆਪਣੀ GP ਸਰਜਰੀ, ਹਸਪਤਾਲ ਜਾਂ ਫ਼ਾਰਮੇਸੀ ਦਾ ਪੰਨਾ ਲੱਭੋ।
area-look-up-problem = ਆਪਣੀ GP ਸਰਜਰੀ, ਹਸਪਤਾਲ ਜਾਂ ਫ਼ਾਰਮੇਸੀ ਦਾ ਪੰਨਾ ਲੱਭ ਕੇ ਦੇਖੋ ਕਿ ਉੱਥੇ ਸਮੱਸਿਆ ਹੈ ਜਾਂ ਨਹੀਂ।

stage-investigating = ਸਮੱਸਿਆ ਦਾ ਪਤਾ ਲਗਾ ਰਹੇ ਹਾਂ
    .text = ਅਸੀਂ ਪਤਾ ਲਗਾ ਰਹੇ ਹਾਂ ਕਿ ਕੀ ਸਮੱਸਿਆ ਹੈ।
stage-identified = ਸਮੱਸਿਆ ਦਾ ਪਤਾ ਲੱਗ ਗਿਆ
    .text = ਸਾਨੂੰ ਪਤਾ ਲੱਗ ਗਿਆ ਹੈ ਕਿ ਕੀ ਸਮੱਸਿਆ ਹੈ। ਅਸੀਂ ਇਸ ਨੂੰ ਠੀਕ ਕਰ ਰਹੇ ਹਾਂ।
stage-limited = ਕੁਝ ਹੱਦ ਤੱਕ ਦੁਬਾਰਾ ਚਾਲੂ
    .text = ਸਾਡੇ ਕੁਝ ਸਿਸਟਮ ਦੁਬਾਰਾ ਕੰਮ ਕਰ ਰਹੇ ਹਨ। ਬਾਕੀ ਕੰਮ ਨਹੀਂ ਕਰ ਰਹੇ।
stage-catching_up = ਦੁਬਾਰਾ ਚਾਲੂ, ਬਾਕੀ ਕੰਮ ਜਾਰੀ
    .text = ਸਾਡੇ ਸਿਸਟਮ ਦੁਬਾਰਾ ਕੰਮ ਕਰ ਰਹੇ ਹਨ। ਅਸੀਂ ਰੁਕਿਆ ਹੋਇਆ ਕੰਮ ਪੂਰਾ ਕਰ ਰਹੇ ਹਾਂ।
stage-monitoring = ਦੁਬਾਰਾ ਚਾਲੂ, ਨਜ਼ਰ ਹੇਠ
    .text = ਸਾਡੇ ਸਿਸਟਮ ਦੁਬਾਰਾ ਕੰਮ ਕਰ ਰਹੇ ਹਨ। ਅਸੀਂ ਰੁਕਿਆ ਹੋਇਆ ਕੰਮ ਪੂਰਾ ਕਰ ਰਹੇ ਹਾਂ।
stage-resolved = ਦੁਬਾਰਾ ਆਮ ਵਾਂਗ
    .text = ਇਹ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ।
stage-elsewhere = ਖ਼ਬਰ ਮਿਲੀ, ਇੱਥੇ ਪੁਸ਼ਟੀ ਨਹੀਂ
    .text = ਇੱਕ ਸਮੱਸਿਆ ਦੀ ਖ਼ਬਰ ਮਿਲੀ ਹੈ। ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇੱਥੇ ਵੀ ਇਹ ਸਮੱਸਿਆ ਹੈ ਜਾਂ ਨਹੀਂ।
stage-said-over = ਖ਼ਤਮ ਹੋਈ ਦੱਸੀ ਗਈ
stage-withdrawn = ਵਾਪਸ ਲਿਆ ਗਿਆ

kind-surgery = GP ਸਰਜਰੀ
kind-pharmacy = ਫ਼ਾਰਮੇਸੀ
kind-hospital = ਹਸਪਤਾਲ
kind-trust = NHS ਟਰੱਸਟ
kind-region = NHS ਖੇਤਰ
kind-board = ਹੈਲਥ ਬੋਰਡ
kind-nhs = NHS
kind-organisation = ਸੰਸਥਾ
