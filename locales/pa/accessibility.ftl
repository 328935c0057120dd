# Punjabi: not checked by a native reader yet.

accessibility-title = ਪਹੁੰਚਯੋਗਤਾ ਬਾਰੇ ਬਿਆਨ
accessibility-intro = ਅਸੀਂ ਚਾਹੁੰਦੇ ਹਾਂ ਕਿ ਹਰ ਕੋਈ ਇਹ ਪੰਨੇ ਵਰਤ ਸਕੇ।
accessibility-means = ਇਸ ਦਾ ਮਤਲਬ ਹੈ ਕਿ ਤੁਸੀਂ ਇਹ ਕਰ ਸਕਦੇ ਹੋ:
accessibility-zoom = ਕੁਝ ਵੀ ਗੁਆਏ ਬਿਨਾਂ ਲਿਖਤ ਨੂੰ 4 ਗੁਣਾ ਵੱਡਾ ਕਰਨਾ
accessibility-keyboard = ਹਰ ਪੰਨਾ ਸਿਰਫ਼ ਕੀਬੋਰਡ ਨਾਲ ਵਰਤਣਾ
accessibility-reader = ਸਕ੍ਰੀਨ ਰੀਡਰ ਨਾਲ ਹਰ ਪੰਨਾ ਸੁਣਨਾ
accessibility-script = ਸਕ੍ਰਿਪਟਾਂ, ਰੰਗਾਂ ਜਾਂ ਤਸਵੀਰਾਂ ਤੋਂ ਬਿਨਾਂ ਹਰ ਪੰਨਾ ਪੜ੍ਹਨਾ
accessibility-contrast = ਆਪਣੇ ਰੰਗ, ਵੱਡੀ ਲਿਖਤ ਅਤੇ ਘੱਟ ਹਿਲਜੁਲ ਵਰਤਣਾ
accessibility-how = ਇਹ ਪੰਨੇ ਕਿੰਨੇ ਪਹੁੰਚਯੋਗ ਹਨ
accessibility-standard = ਅਸੀਂ Web Content Accessibility Guidelines ਸੰਸਕਰਣ 2.2, ਪੱਧਰ AA ਦੀ ਪਾਲਣਾ ਕਰਦੇ ਹਾਂ।
accessibility-status = ਇਹ ਪੰਨੇ ਇਹਨਾਂ ਵਿੱਚੋਂ ਬਹੁਤੇ ਨਿਯਮ ਮੰਨਦੇ ਹਨ, ਪਰ ਸਾਰੇ ਨਹੀਂ। ਸੂਚੀ ਦੱਸਦੀ ਹੈ ਕਿ ਕੀ ਬਾਕੀ ਹੈ।
accessibility-pdf = PDF ਪੋਸਟਰ ਸਕ੍ਰੀਨ ਰੀਡਰ ਨਾਲ ਸ਼ਾਇਦ ਕੰਮ ਨਾ ਕਰਨ। ਪੋਸਟਰ ਦੇ ਪੰਨੇ ਉੱਤੇ ਉਹੀ ਸ਼ਬਦ ਹਨ।
accessibility-tested = ਅਸੀਂ ਹਰ ਪੰਨੇ ਨੂੰ ਬਦਲਣ ’ਤੇ ਹਰ ਵਾਰ ਇੱਕ ਪ੍ਰੋਗਰਾਮ ਨਾਲ ਟੈਸਟ ਕਰਦੇ ਹਾਂ। ਪ੍ਰੋਗਰਾਮ ਸਿਰਫ਼ ਕੁਝ ਸਮੱਸਿਆਵਾਂ ਲੱਭਦਾ ਹੈ।
accessibility-not-yet = ਸਹਾਇਕ ਤਕਨੀਕ ਵਰਤਣ ਵਾਲੇ ਲੋਕਾਂ ਨੇ ਅਜੇ ਇਹ ਪੰਨੇ ਟੈਸਟ ਨਹੀਂ ਕੀਤੇ ਹਨ।
accessibility-translations = ਕੁਝ ਅਨੁਵਾਦ ਉਸ ਭਾਸ਼ਾ ਨੂੰ ਬੋਲਣ ਵਾਲੇ ਵਿਅਕਤੀ ਨੇ ਚੈੱਕ ਨਹੀਂ ਕੀਤੇ ਹਨ। ਉਨ੍ਹਾਂ ਪੰਨਿਆਂ ’ਤੇ ਇਹ ਲਿਖਿਆ ਹੈ।
accessibility-written = ਸਟਾਫ਼ ਦੇ ਆਪਣੇ ਲਿਖੇ ਸ਼ਬਦ ਉਸੇ ਭਾਸ਼ਾ ਵਿੱਚ ਰਹਿੰਦੇ ਹਨ ਜਿਸ ਵਿੱਚ ਉਹ ਲਿਖੇ ਗਏ ਸਨ।
accessibility-tell-us = ਜੇ ਕੋਈ ਚੀਜ਼ ਤੁਹਾਡੇ ਲਈ ਕੰਮ ਨਹੀਂ ਕਰਦੀ
accessibility-contact = ਉਸ ਥਾਂ ਨੂੰ ਦੱਸੋ ਜਿਸ ਦਾ ਇਹ ਪੰਨਾ ਹੈ। ਉਸ ਦਾ ਪਤਾ, ਅਤੇ ਫ਼ੋਨ ਚੱਲਦਾ ਹੋਵੇ ਤਾਂ ਨੰਬਰ, ਪੰਨੇ ਦੇ ਸਿਖਰ ’ਤੇ ਹਨ।
accessibility-contact-us = ਤੁਸੀਂ ਸਾਡੇ ਨਾਲ ਵੀ ਸੰਪਰਕ ਕਰ ਸਕਦੇ ਹੋ:
accessibility-enforcement = ਜੇ ਤੁਸੀਂ ਜਵਾਬ ਤੋਂ ਖ਼ੁਸ਼ ਨਹੀਂ ਹੋ, ਤਾਂ Equality Advisory and Support Service (EASS) ਨਾਲ ਸੰਪਰਕ ਕਰੋ।
accessibility-prepared = ਅਸੀਂ ਇਹ ਬਿਆਨ { $date } ਨੂੰ ਲਿਖਿਆ।
