# Punjabi: not checked by a native reader yet.

poster-for = { $name }: ਪੋਸਟਰ
poster-scan = ਸਭ ਤੋਂ ਨਵੀਂ ਜਾਣਕਾਰੀ ਦੇਖਣ ਲਈ ਆਪਣੇ ਫ਼ੋਨ ਨਾਲ ਇਹ ਕੋਡ ਸਕੈਨ ਕਰੋ
poster-or-go-to = ਜਾਂ ਇੱਥੇ ਜਾਓ
more-on-the-page = ਵੈੱਬ ਪੰਨੇ 'ਤੇ ਹੋਰ ਜਾਣਕਾਰੀ ਹੈ।
poster-printed = ਇਹ { $time } ਵਜੇ ਦੀ ਜਾਣਕਾਰੀ ਹੈ।
poster-pdf = ਇਸ ਨੂੰ PDF ਵਜੋਂ ਲਓ
poster-choose-second = ਦੂਜੀ ਭਾਸ਼ਾ ਜੋੜੋ
poster-help = ਇਸ ਨੂੰ A4 ਕਾਗਜ਼ ’ਤੇ ਪ੍ਰਿੰਟ ਕਰਕੇ ਦਰਵਾਜ਼ੇ ’ਤੇ ਲਗਾਓ। ਪੰਨਾ ਬਦਲਣ ’ਤੇ ਨਵਾਂ ਪ੍ਰਿੰਟ ਕਰੋ।

screen-for = { $name }: ਉਡੀਕ ਕਮਰੇ ਦੀ ਸਕ੍ਰੀਨ
screen-more = ਹੋਰ ਜਾਣਕਾਰੀ ਤੁਹਾਡੇ ਫ਼ੋਨ ’ਤੇ:
screen-offline = ਇਸ ਸਕ੍ਰੀਨ ਦਾ ਇੰਟਰਨੈੱਟ ਬੰਦ ਹੈ। ਇਸ ਦੀ ਜਾਣਕਾਰੀ ਪੁਰਾਣੀ ਹੋ ਸਕਦੀ ਹੈ।
screen-minutes-old = { $minutes ->
        [one] ਇਹ { $minutes } ਮਿੰਟ ਪਹਿਲਾਂ ਚੈੱਕ ਕੀਤਾ ਗਿਆ ਸੀ।
       *[other] ਇਹ { $minutes } ਮਿੰਟ ਪਹਿਲਾਂ ਚੈੱਕ ਕੀਤਾ ਗਿਆ ਸੀ।
    }

voice-greeting = ਤੁਸੀਂ { $name } ਨੂੰ ਫ਼ੋਨ ਕੀਤਾ ਹੈ।
voice-webpage = ਸਭ ਤੋਂ ਨਵੀਂ ਜਾਣਕਾਰੀ ਸਾਡੇ ਵੈੱਬ ਪੰਨੇ ’ਤੇ ਮਿਲ ਸਕਦੀ ਹੈ।
voice-look-first = ਆਉਣ ਤੋਂ ਪਹਿਲਾਂ ਸਾਡਾ ਵੈੱਬ ਪੰਨਾ ਦੇਖੋ।
voice-999 = ਐਮਰਜੈਂਸੀ ਵਿੱਚ 9 9 9 ’ਤੇ ਫ਼ੋਨ ਕਰੋ।
voice-111 = ਜੇ ਤੁਹਾਨੂੰ ਹੁਣੇ ਡਾਕਟਰੀ ਮਦਦ ਚਾਹੀਦੀ ਹੈ ਅਤੇ ਇਹ ਐਮਰਜੈਂਸੀ ਨਹੀਂ ਹੈ, ਤਾਂ 1 1 1 ’ਤੇ ਫ਼ੋਨ ਕਰੋ।
voice-other-number = ਇਸ ਦੀ ਥਾਂ ਸਾਨੂੰ { $number } ’ਤੇ ਫ਼ੋਨ ਕਰੋ।

widget-more = { $name } ਬਾਰੇ ਹੋਰ ਪੜ੍ਹੋ
badge-alternative = ਕੀ { $name } ਆਮ ਵਾਂਗ ਕੰਮ ਕਰ ਰਹੀ ਹੈ?
badge-text = { $name }: { $state }
widget-title = ਇਹ ਸੂਚਨਾ ਕਿਸੇ ਵੈੱਬਸਾਈਟ ’ਤੇ ਲਗਾਓ
widget-intro = ਇਹ ਲਾਈਨਾਂ ਆਪਣੀ ਵੈੱਬਸਾਈਟ ਦੇ ਪੰਨੇ ਵਿੱਚ ਕਾਪੀ ਕਰੋ। ਸੂਚਨਾ ਸਿਰਫ਼ ਉਦੋਂ ਦਿਖਦੀ ਹੈ ਜਦੋਂ ਕੋਈ ਸਮੱਸਿਆ ਹੋਵੇ।
widget-no-cookies = ਇਹ ਕੋਈ ਕੂਕੀ ਨਹੀਂ ਰੱਖਦੀ ਅਤੇ ਇਸ ਨੂੰ ਫ਼ਰੇਮ ਦੀ ਲੋੜ ਨਹੀਂ। ਇਹ ਸਖ਼ਤ ਸੁਰੱਖਿਆ ਨੀਤੀ ਨਾਲ ਵੀ ਕੰਮ ਕਰਦੀ ਹੈ।
widget-code = ਕਾਪੀ ਕਰਨ ਲਈ ਲਾਈਨਾਂ
picture-alt = { $name }। { $state }। { $answer }
