# Punjabi: not checked by a native reader yet.

correction-mark = ਸੁਧਾਰ: { $text }
name-and-text = { $name }: { $text }
what-we-told-was-wrong = ਅਸੀਂ ਤੁਹਾਨੂੰ ਪਹਿਲਾਂ ਜੋ ਦੱਸਿਆ ਸੀ, ਉਹ ਗ਼ਲਤ ਸੀ।
problem-with-system = { $system } ਦੀ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ।
problem-is-over = ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ।
one-problem-is-over = ਇੱਕ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ। ਇੱਕ ਹੋਰ ਅਜੇ ਬਾਕੀ ਹੈ।
problem-over-subject = { $system ->
        [none] ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ
       *[other] { $system } ਦੀ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ
    }
back-to-normal = ਸਾਡਾ ਕੰਮ ਦੁਬਾਰਾ ਆਮ ਵਾਂਗ ਚੱਲ ਰਿਹਾ ਹੈ।
back-to-normal-subject = ਦੁਬਾਰਾ ਆਮ ਵਾਂਗ
working-again-subject = ਦੁਬਾਰਾ ਚਾਲੂ, ਬਾਕੀ ਕੰਮ ਜਾਰੀ
partly-working-subject = ਕੁਝ ਹੱਦ ਤੱਕ ਦੁਬਾਰਾ ਚਾਲੂ
some-working-again = { $system ->
        [none] ਕੁਝ ਚੀਜ਼ਾਂ ਦੁਬਾਰਾ ਚੱਲ ਰਹੀਆਂ ਹਨ, ਪਰ ਸਭ ਕੁਝ ਅਜੇ ਆਮ ਵਾਂਗ ਨਹੀਂ ਹੈ।
       *[other] { $system } ਦੁਬਾਰਾ ਚੱਲ ਰਿਹਾ ਹੈ, ਪਰ ਸਭ ਕੁਝ ਅਜੇ ਆਮ ਵਾਂਗ ਨਹੀਂ ਹੈ।
    }
urgent-help = ਜੇ ਤੁਹਾਨੂੰ ਫ਼ੌਰੀ ਮਦਦ ਚਾਹੀਦੀ ਹੈ, ਤਾਂ 111.nhs.uk ਵਰਤੋ ਜਾਂ 111 ’ਤੇ ਫ਼ੋਨ ਕਰੋ। ਐਮਰਜੈਂਸੀ ਵਿੱਚ 999 ’ਤੇ ਫ਼ੋਨ ਕਰੋ।
full-information = ਪੂਰੀ ਜਾਣਕਾਰੀ
full-information-at = ਪੂਰੀ ਜਾਣਕਾਰੀ: { $url }
stop-emails = ਇਹ ਈਮੇਲਾਂ ਬੰਦ ਕਰੋ
stop-emails-at = ਇਹ ਈਮੇਲਾਂ ਬੰਦ ਕਰੋ: { $url }
stop-texts-at = ਬੰਦ ਕਰਨ ਲਈ: { $url }
you-asked = ਤੁਸੀਂ { $name } ਬਾਰੇ ਖ਼ਬਰ ਦੇਣ ਲਈ ਕਿਹਾ ਸੀ।

confirm-subject = ਪੁਸ਼ਟੀ ਕਰੋ ਕਿ ਤੁਹਾਨੂੰ { $name } ਦੇ ਸੁਨੇਹੇ ਚਾਹੀਦੇ ਹਨ
confirm-headline = ਪੁਸ਼ਟੀ ਕਰੋ ਕਿ { $name } ਵਿੱਚ ਕੁਝ ਬਦਲਣ ’ਤੇ ਤੁਹਾਨੂੰ ਸੁਨੇਹੇ ਚਾਹੀਦੇ ਹਨ।
confirm-open-link = ਇਹ ਲਿੰਕ ਖੋਲ੍ਹੋ ਅਤੇ ਬਟਨ ਦਬਾਓ: { $link }
confirm-or-code = ਜਾਂ ਇਹ ਕੋਡ ਭਰੋ: { $code }
confirm-24-hours = ਲਿੰਕ ਅਤੇ ਕੋਡ 24 ਘੰਟੇ ਕੰਮ ਕਰਦੇ ਹਨ।
confirm-not-asked = ਜੇ ਤੁਸੀਂ ਇਹ ਨਹੀਂ ਮੰਗਿਆ, ਤਾਂ ਕੁਝ ਨਾ ਕਰੋ। ਅਸੀਂ ਤੁਹਾਨੂੰ ਦੁਬਾਰਾ ਸੁਨੇਹਾ ਨਹੀਂ ਭੇਜਾਂਗੇ।
confirm-short = ਤੁਹਾਡਾ ਕੋਡ { $code } ਹੈ। ਜੇ ਤੁਸੀਂ ਨਹੀਂ ਮੰਗਿਆ, ਤਾਂ ਕੁਝ ਨਾ ਕਰੋ।

## Answers to a text: START, HELP, STATUS

text-started = ਅਸੀਂ ਤੁਹਾਨੂੰ ਦੁਬਾਰਾ ਸੁਨੇਹੇ ਭੇਜਾਂਗੇ। ਬੰਦ ਕਰਨ ਲਈ STOP ਲਿਖ ਕੇ ਭੇਜੋ।
text-nobody = ਅਸੀਂ ਇਸ ਨੰਬਰ ’ਤੇ ਕੁਝ ਨਹੀਂ ਭੇਜਦੇ। ਉਹ ਥਾਵਾਂ ਚੁਣੋ ਜਿਨ੍ਹਾਂ ਬਾਰੇ ਤੁਸੀਂ ਸੁਨੇਹੇ ਚਾਹੁੰਦੇ ਹੋ: { $url }
text-help = ਆਪਣੇ ਸੁਨੇਹੇ ਬਦਲੋ ਜਾਂ ਬੰਦ ਕਰੋ: { $url } ਜਾਂ STOP ਲਿਖ ਕੇ ਭੇਜੋ। ਹੁਣ ਦੀ ਹਾਲਤ ਜਾਣਨ ਲਈ STATUS ਲਿਖ ਕੇ ਭੇਜੋ।
