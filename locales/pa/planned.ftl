### Planned downtime: on the page, and in messages.

planned-work = ਯੋਜਨਾਬੱਧ ਕੰਮ
work-is-ahead = ਯੋਜਨਾਬੱਧ
work-runs = ਹੁਣ ਹੋ ਰਿਹਾ ਹੈ
work-settles = ਖਤਮ ਹੋ ਜਾਣਾ ਚਾਹੀਦਾ ਹੈ
work-is-done = ਖਤਮ
work-is-off = ਰੱਦ
span-one-day = { $day } ਨੂੰ { $from } ਤੋਂ { $to } ਤੱਕ
span-two-days = { $from } ਤੋਂ { $to } ਤੱਕ
work-is-planned = ਇਹ { $span } ਲਈ ਯੋਜਨਾਬੱਧ ਹੈ।
work-has-started = ਇਹ ਸ਼ੁਰੂ ਹੋ ਗਿਆ ਹੈ। ਇਹ { $time } ਵਜੇ ਖਤਮ ਹੋਣਾ ਚਾਹੀਦਾ ਹੈ।
work-was-due = ਇਹ { $time } ਵਜੇ ਖਤਮ ਹੋਣਾ ਸੀ। ਹੁਣ ਸਭ ਕੁਝ ਮੁੜ ਕੰਮ ਕਰਨਾ ਚਾਹੀਦਾ ਹੈ।
work-ended = ਇਹ { $time } ਵਜੇ ਖਤਮ ਹੋ ਗਿਆ।
work-was-stopped = ਇਹ ਰੁਕ ਗਿਆ ਹੈ।
work-will-not-happen = ਇਹ ਨਹੀਂ ਹੋਵੇਗਾ। ਇਹ { $span } ਲਈ ਯੋਜਨਾਬੱਧ ਸੀ।
while-it-lasts = ਜਦੋਂ ਤੱਕ ਇਹ ਚੱਲੇ:
it-happens-weekly = { $count ->
        [one] ਇਹ ਹਰ ਹਫ਼ਤੇ { $days } ਨੂੰ ਹੁੰਦਾ ਹੈ।
       *[other] ਇਹ ਹਰ { $count } ਹਫ਼ਤਿਆਂ ਬਾਅਦ { $days } ਨੂੰ ਹੁੰਦਾ ਹੈ।
    }
it-happens-monthly = { $week ->
        [first] ਇਹ ਹਰ ਮਹੀਨੇ ਦੇ ਪਹਿਲੇ { $day } ਨੂੰ ਹੁੰਦਾ ਹੈ।
        [second] ਇਹ ਹਰ ਮਹੀਨੇ ਦੇ ਦੂਜੇ { $day } ਨੂੰ ਹੁੰਦਾ ਹੈ।
        [third] ਇਹ ਹਰ ਮਹੀਨੇ ਦੇ ਤੀਜੇ { $day } ਨੂੰ ਹੁੰਦਾ ਹੈ।
        [fourth] ਇਹ ਹਰ ਮਹੀਨੇ ਦੇ ਚੌਥੇ { $day } ਨੂੰ ਹੁੰਦਾ ਹੈ।
       *[last] ਇਹ ਹਰ ਮਹੀਨੇ ਦੇ ਆਖਰੀ { $day } ਨੂੰ ਹੁੰਦਾ ਹੈ।
    }
it-goes-on-until = ਇਹ { $date } ਤੱਕ ਚੱਲੇਗਾ।
this-and-that = { $first } ਅਤੇ { $last }
we-planned = ਅਸੀਂ ਇਸਦੀ ਯੋਜਨਾ ਬਣਾਈ ਹੈ।
they-planned = { $name } ਨੇ ਇਸਦੀ ਯੋਜਨਾ ਬਣਾਈ ਹੈ।
work-started-at = ਇਹ { $time } ਵਜੇ ਸ਼ੁਰੂ ਹੋਇਆ।
work-calendar = ਤੁਹਾਡੇ ਕੈਲੰਡਰ ਲਈ ਯੋਜਨਾਬੱਧ ਕੰਮ
tell-planned = ਯੋਜਨਾਬੱਧ ਕੰਮ { $span }।
tell-reminder = ਯਾਦ ਰੱਖੋ: ਯੋਜਨਾਬੱਧ ਕੰਮ { $span }।
tell-begun = ਯੋਜਨਾਬੱਧ ਕੰਮ ਸ਼ੁਰੂ ਹੋ ਗਿਆ ਹੈ। ਇਹ { $time } ਵਜੇ ਖਤਮ ਹੋਣਾ ਚਾਹੀਦਾ ਹੈ।
tell-longer = ਯੋਜਨਾਬੱਧ ਕੰਮ ਨੂੰ ਵੱਧ ਸਮਾਂ ਲੱਗ ਰਿਹਾ ਹੈ। ਹੁਣ ਇਹ { $time } ਵਜੇ ਖਤਮ ਹੋਣਾ ਚਾਹੀਦਾ ਹੈ।
tell-over = ਯੋਜਨਾਬੱਧ ਕੰਮ ਖਤਮ ਹੋ ਗਿਆ ਹੈ।
tell-should-be-over = ਯੋਜਨਾਬੱਧ ਕੰਮ ਹੁਣ ਖਤਮ ਹੋਣਾ ਸੀ। ਸਭ ਕੁਝ ਮੁੜ ਕੰਮ ਕਰਨਾ ਚਾਹੀਦਾ ਹੈ।
tell-all-cancelled = ਇਹ ਸਾਰਾ ਯੋਜਨਾਬੱਧ ਕੰਮ ਰੱਦ ਹੈ। ਇਹ ਮੁੜ ਨਹੀਂ ਹੋਵੇਗਾ।
tell-stopped = ਯੋਜਨਾਬੱਧ ਕੰਮ ਰੁਕ ਗਿਆ ਹੈ।
tell-cancelled = ਰੱਦ: ਯੋਜਨਾਬੱਧ ਕੰਮ { $span }। ਇਹ ਨਹੀਂ ਹੋਵੇਗਾ।

# The title of planned work on a system, when nobody wrote one.
planned-work-on = { $system } ’ਤੇ ਯੋਜਨਾਬੱਧ ਕੰਮ
