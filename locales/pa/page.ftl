# Punjabi: not checked by a native reader yet.

signpost = Signpost
skip-to-content = ਸਿੱਧਾ ਮੁੱਖ ਜਾਣਕਾਰੀ ’ਤੇ ਜਾਓ
find-a-place = ਕੋਈ ਥਾਂ ਲੱਭੋ
find-another-place = ਕੋਈ ਹੋਰ ਥਾਂ ਲੱਭੋ
staff-sign-in = ਸਟਾਫ਼ ਸਾਈਨ-ਇਨ
accessibility-link = ਪਹੁੰਚਯੋਗਤਾ
support-links = ਮਦਦ ਲਈ ਲਿੰਕ
back = ਵਾਪਸ
languages = ਭਾਸ਼ਾਵਾਂ
in-english = ਅੰਗਰੇਜ਼ੀ ਵਿੱਚ:
awaiting-check = ਪੰਜਾਬੀ ਬੋਲਣ ਵਾਲੇ ਕਿਸੇ ਵਿਅਕਤੀ ਨੇ ਅਜੇ ਇਹ ਸ਼ਬਦ ਚੈੱਕ ਨਹੀਂ ਕੀਤੇ ਹਨ। ਜੇ ਕੁਝ ਸਾਫ਼ ਨਹੀਂ ਹੈ, ਤਾਂ ਇਹ ਪੰਨਾ ਅੰਗਰੇਜ਼ੀ ਵਿੱਚ ਪੜ੍ਹੋ।
read-in-english = ਇਹ ਪੰਨਾ ਅੰਗਰੇਜ਼ੀ ਵਿੱਚ ਪੜ੍ਹੋ
information = ਜਾਣਕਾਰੀ
immediate-action = ਤੁਰੰਤ ਕਾਰਵਾਈ ਜ਼ਰੂਰੀ ਹੈ
urgent-advice = ਫ਼ੌਰੀ ਸਲਾਹ
non-urgent-advice = ਆਮ ਸਲਾਹ, ਫ਼ੌਰੀ ਨਹੀਂ

checked-at = { $time } ਵਜੇ ਚੈੱਕ ਕੀਤਾ ਗਿਆ।
next-update-by = ਅਗਲਾ ਅੱਪਡੇਟ { $time } ਵਜੇ ਤੱਕ ਆਵੇਗਾ।
phone = ਫ਼ੋਨ:
use-this-number = ਫ਼ਿਲਹਾਲ ਇਹ ਨੰਬਰ ਵਰਤੋ:
cannot-phone = ਤੁਸੀਂ ਇਸ ਸਮੇਂ ਸਾਨੂੰ ਫ਼ੋਨ ਨਹੀਂ ਕਰ ਸਕਦੇ।
may-not-phone = ਹੋ ਸਕਦਾ ਹੈ ਕਿ ਤੁਸੀਂ ਸਾਨੂੰ ਫ਼ੋਨ ਨਾ ਕਰ ਸਕੋ।
page-changed = ਇਹ ਪੰਨਾ ਬਦਲ ਗਿਆ ਹੈ।
page-changed-reload = ਇਹ ਪੰਨਾ ਬਦਲ ਗਿਆ ਹੈ। ਨਵੀਂ ਜਾਣਕਾਰੀ ਦੇਖਣ ਲਈ ਇਸ ਨੂੰ ਦੁਬਾਰਾ ਖੋਲ੍ਹੋ।
could-not-check = ਅਸੀਂ ਚੈੱਕ ਨਹੀਂ ਕਰ ਸਕੇ ਕਿ ਕੁਝ ਬਦਲਿਆ ਹੈ ਜਾਂ ਨਹੀਂ। ਹੋ ਸਕਦਾ ਹੈ ਕਿ ਤੁਹਾਡਾ ਇੰਟਰਨੈੱਟ ਨਾ ਚੱਲ ਰਿਹਾ ਹੋਵੇ।

update-late = ਅਗਲਾ ਅੱਪਡੇਟ ਲੇਟ ਹੈ
update-was-due = ਇਹ { $time } ਵਜੇ ਆਉਣਾ ਸੀ।
information-old = ਇਹ ਜਾਣਕਾਰੀ ਪੁਰਾਣੀ ਹੈ
last-heard = ਸਾਨੂੰ ਆਖ਼ਰੀ ਵਾਰ { $time } ਵਜੇ ਜਾਣਕਾਰੀ ਮਿਲੀ ਸੀ।
next-was-due = ਅਗਲਾ ਅੱਪਡੇਟ { $time } ਵਜੇ ਆਉਣਾ ਸੀ।
only-good-until = ਸਾਨੂੰ ਜੋ ਦੱਸਿਆ ਗਿਆ ਸੀ, ਉਹ ਸਿਰਫ਼ { $time } ਵਜੇ ਤੱਕ ਲਈ ਸੀ।

place-says = { $name } ਦਾ ਕਹਿਣਾ ਹੈ
what-works = ਕੀ ਕੰਮ ਕਰ ਰਿਹਾ ਹੈ ਅਤੇ ਕੀ ਨਹੀਂ
no-problem-with = ਕੋਈ ਸਮੱਸਿਆ ਨਹੀਂ ਦੱਸੀ ਗਈ: { $lines }।
phone-instead = ਇਸ ਦੀ ਥਾਂ { $number } ’ਤੇ ਫ਼ੋਨ ਕਰੋ।
front-desk-if-urgent = ਜੇ ਫ਼ੌਰੀ ਲੋੜ ਹੈ, ਤਾਂ ਰਿਸੈਪਸ਼ਨ ’ਤੇ ਆਓ।
not-known = ਪਤਾ ਨਹੀਂ
line-was-good-until = ਇਹ ਸਿਰਫ਼ { $time } ਵਜੇ ਤੱਕ ਲਈ ਸੀ:
line-not-known = ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇਹ ਅਜੇ ਵੀ ਸਹੀ ਹੈ ਜਾਂ ਨਹੀਂ।
for-the-morning = ਇਹ ਸਿਰਫ਼ { $date } ਦੀ ਸਵੇਰ ਲਈ ਹੈ।
for-the-afternoon = ਇਹ ਸਿਰਫ਼ { $date } ਨੂੰ ਦੁਪਹਿਰ ਤੋਂ ਬਾਅਦ ਦੇ ਸਮੇਂ ਲਈ ਹੈ।
we-said = ਅਸੀਂ ਇਹ { $time } ਵਜੇ ਕਿਹਾ।
they-said = { $name } ਨੇ ਇਹ { $time } ਵਜੇ ਕਿਹਾ।
they-took-back = { $name } ਨੇ ਇਹ { $time } ਵਜੇ ਵਾਪਸ ਲੈ ਲਿਆ।
surgeries-have-a-problem = ਇੱਥੇ ਨੁਸਖ਼ੇ ਭੇਜਣ ਵਾਲੀਆਂ ਕੁਝ GP ਸਰਜਰੀਆਂ ਵਿੱਚ ਸਮੱਸਿਆ ਹੈ। ਤੁਹਾਡਾ ਨੁਸਖ਼ਾ ਸਾਡੇ ਕੋਲ ਦੇਰ ਨਾਲ ਪਹੁੰਚ ਸਕਦਾ ਹੈ।
surgeries-reported = { $name } ਨੇ GP ਸਰਜਰੀਆਂ ਵਿੱਚ ਸਮੱਸਿਆ ਦੀ ਖ਼ਬਰ { $time } ਵਜੇ ਦਿੱਤੀ।

we-reported = { $kind ->
        [pharmacy] ਇਹ ਖ਼ਬਰ ਇਸ ਫ਼ਾਰਮੇਸੀ ਨੇ ਦਿੱਤੀ।
        [hospital] ਇਹ ਖ਼ਬਰ ਇਸ ਹਸਪਤਾਲ ਨੇ ਦਿੱਤੀ।
        [surgery] ਇਹ ਖ਼ਬਰ ਇਸ GP ਸਰਜਰੀ ਨੇ ਦਿੱਤੀ।
       *[organisation] ਇਹ ਖ਼ਬਰ ਅਸੀਂ ਦਿੱਤੀ।
    }
they-reported = ਇਹ ਖ਼ਬਰ { $name } ਨੇ ਦਿੱਤੀ।
they-said-over = { $name } ਨੇ ਕਿਹਾ ਕਿ ਇਹ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ।
they-said-system-over = { $name } ਨੇ ਕਿਹਾ ਕਿ { $system } ਦੀ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ।
they-said-other-over = { $name } ਨੇ ਕਿਹਾ ਕਿ ਇੱਕ ਹੋਰ ਸਮੱਸਿਆ ਖ਼ਤਮ ਹੋ ਗਈ ਹੈ।
not-confirmed-yet = { $kind ->
        [pharmacy] ਇਸ ਫ਼ਾਰਮੇਸੀ ਨੇ ਅਜੇ ਇਸ ਦੀ ਪੁਸ਼ਟੀ ਨਹੀਂ ਕੀਤੀ।
        [hospital] ਇਸ ਹਸਪਤਾਲ ਨੇ ਅਜੇ ਇਸ ਦੀ ਪੁਸ਼ਟੀ ਨਹੀਂ ਕੀਤੀ।
        [surgery] ਇਸ GP ਸਰਜਰੀ ਨੇ ਅਜੇ ਇਸ ਦੀ ਪੁਸ਼ਟੀ ਨਹੀਂ ਕੀਤੀ।
       *[organisation] ਅਸੀਂ ਅਜੇ ਇਸ ਦੀ ਪੁਸ਼ਟੀ ਨਹੀਂ ਕੀਤੀ।
    }
not-known-if-affected = { $kind ->
        [pharmacy] ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇਸ ਫ਼ਾਰਮੇਸੀ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ ਜਾਂ ਨਹੀਂ।
        [hospital] ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇਸ ਹਸਪਤਾਲ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ ਜਾਂ ਨਹੀਂ।
        [surgery] ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇਸ GP ਸਰਜਰੀ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ ਜਾਂ ਨਹੀਂ।
       *[organisation] ਸਾਨੂੰ ਨਹੀਂ ਪਤਾ ਕਿ ਇਸ ਸੰਸਥਾ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ ਜਾਂ ਨਹੀਂ।
    }
confirmed-at = { $kind ->
        [pharmacy] ਇਸ ਫ਼ਾਰਮੇਸੀ ਨੇ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ।
        [hospital] ਇਸ ਹਸਪਤਾਲ ਨੇ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ।
        [surgery] ਇਸ GP ਸਰਜਰੀ ਨੇ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ।
       *[organisation] ਅਸੀਂ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਸਾਡੇ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ।
    }
said-not-affected = { $kind ->
        [pharmacy] ਇਸ ਫ਼ਾਰਮੇਸੀ ਨੇ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਕੋਈ ਅਸਰ ਨਹੀਂ ਪਿਆ।
        [hospital] ਇਸ ਹਸਪਤਾਲ ਨੇ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਕੋਈ ਅਸਰ ਨਹੀਂ ਪਿਆ।
        [surgery] ਇਸ GP ਸਰਜਰੀ ਨੇ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਕੋਈ ਅਸਰ ਨਹੀਂ ਪਿਆ।
       *[organisation] ਅਸੀਂ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਸਾਡੇ ’ਤੇ ਕੋਈ ਅਸਰ ਨਹੀਂ ਪਿਆ।
    }
is-busier = ਇਹ ਥਾਂ ਆਮ ਨਾਲੋਂ ਜ਼ਿਆਦਾ ਵਿਅਸਤ ਹੈ।
said-recovered = { $kind ->
        [pharmacy] ਇਸ ਫ਼ਾਰਮੇਸੀ ਨੇ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇੱਥੇ ਕੰਮ ਦੁਬਾਰਾ ਆਮ ਵਾਂਗ ਚੱਲ ਰਿਹਾ ਹੈ।
        [hospital] ਇਸ ਹਸਪਤਾਲ ਨੇ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇੱਥੇ ਕੰਮ ਦੁਬਾਰਾ ਆਮ ਵਾਂਗ ਚੱਲ ਰਿਹਾ ਹੈ।
        [surgery] ਇਸ GP ਸਰਜਰੀ ਨੇ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇੱਥੇ ਕੰਮ ਦੁਬਾਰਾ ਆਮ ਵਾਂਗ ਚੱਲ ਰਿਹਾ ਹੈ।
       *[organisation] ਅਸੀਂ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਸਾਡਾ ਕੰਮ ਦੁਬਾਰਾ ਆਮ ਵਾਂਗ ਚੱਲ ਰਿਹਾ ਹੈ।
    }
they-said-affected-here = { $name } ਨੇ ਇਸ ਥਾਂ ਵੱਲੋਂ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ।
they-said-not-affected-here = { $name } ਨੇ ਇਸ ਥਾਂ ਵੱਲੋਂ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਕੋਈ ਅਸਰ ਨਹੀਂ ਪਿਆ।
they-said-recovered-here = { $name } ਨੇ ਇਸ ਥਾਂ ਵੱਲੋਂ { $time } ਵਜੇ ਦੱਸਿਆ ਕਿ ਕੰਮ ਦੁਬਾਰਾ ਆਮ ਵਾਂਗ ਚੱਲ ਰਿਹਾ ਹੈ।
reported-by = { $name } ਨੇ ਖ਼ਬਰ ਦਿੱਤੀ।
confirmed-by = { $name } ਨੇ ਦੱਸਿਆ ਕਿ ਇਸ ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ।
not-confirmed-by = { $name } ਨੇ ਅਜੇ ਪੁਸ਼ਟੀ ਨਹੀਂ ਕੀਤੀ।
not-affected-by = { $name } ’ਤੇ ਕੋਈ ਅਸਰ ਨਹੀਂ ਪਿਆ।
recovered-by = { $name } ਵਿੱਚ ਕੰਮ ਦੁਬਾਰਾ ਆਮ ਵਾਂਗ ਚੱਲ ਰਿਹਾ ਹੈ।
affected-said-by = { $name } ਨੇ ਦੱਸਿਆ ਕਿ { $place } ’ਤੇ ਅਸਰ ਪਿਆ ਹੈ।
not-affected-said-by = { $name } ਨੇ ਦੱਸਿਆ ਕਿ { $place } ’ਤੇ ਕੋਈ ਅਸਰ ਨਹੀਂ ਪਿਆ।
recovered-said-by = { $name } ਨੇ ਦੱਸਿਆ ਕਿ { $place } ਵਿੱਚ ਕੰਮ ਦੁਬਾਰਾ ਆਮ ਵਾਂਗ ਚੱਲ ਰਿਹਾ ਹੈ।

what-to-do = ਇਸ ਦੀ ਥਾਂ ਕੀ ਕਰਨਾ ਹੈ
if-you-need-help = ਜੇ ਤੁਹਾਨੂੰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ
call-999-if = ਹੁਣੇ 999 ’ਤੇ ਫ਼ੋਨ ਕਰੋ ਜੇ:
heart-attack-or-stroke = ਕਿਸੇ ਵਿੱਚ ਦਿਲ ਦੇ ਦੌਰੇ ਜਾਂ ਸਟ੍ਰੋਕ (ਦਿਮਾਗ਼ ਦੇ ਦੌਰੇ) ਦੇ ਲੱਛਣ ਹਨ
struggling-to-breathe = ਕਿਸੇ ਨੂੰ ਸਾਹ ਲੈਣ ਵਿੱਚ ਬਹੁਤ ਮੁਸ਼ਕਲ ਹੋ ਰਹੀ ਹੈ
bleeding = ਕਿਸੇ ਦਾ ਖ਼ੂਨ ਵਗ ਰਿਹਾ ਹੈ ਅਤੇ ਰੁਕ ਨਹੀਂ ਰਿਹਾ
cannot-be-woken = ਕੋਈ ਜਗਾਉਣ ’ਤੇ ਵੀ ਨਹੀਂ ਜਾਗ ਰਿਹਾ
emergency-help = ਐਮਰਜੈਂਸੀ ਵਿੱਚ ਮਦਦ ਲਓ
use-111-if = NHS 111 ਤੋਂ ਮਦਦ ਲਓ ਜੇ:
need-help-now = ਤੁਹਾਨੂੰ ਹੁਣੇ ਡਾਕਟਰੀ ਮਦਦ ਚਾਹੀਦੀ ਹੈ ਅਤੇ ਇਹ ਐਮਰਜੈਂਸੀ ਨਹੀਂ ਹੈ
cannot-reach-us = ਤੁਹਾਡਾ ਸਾਡੇ ਨਾਲ ਸੰਪਰਕ ਨਹੀਂ ਹੋ ਰਿਹਾ ਅਤੇ ਤੁਸੀਂ ਉਡੀਕ ਨਹੀਂ ਕਰ ਸਕਦੇ
how-to-use-111 = 111.nhs.uk ’ਤੇ ਜਾਓ ਜਾਂ 111 ’ਤੇ ਫ਼ੋਨ ਕਰੋ। 5 ਸਾਲ ਤੋਂ ਛੋਟੇ ਬੱਚੇ ਲਈ 111 ’ਤੇ ਫ਼ੋਨ ਹੀ ਕਰੋ।
help-now = ਜੇ ਤੁਹਾਨੂੰ ਹੁਣੇ ਮਦਦ ਚਾਹੀਦੀ ਹੈ
ask-a-pharmacist-if = ਫ਼ਾਰਮਾਸਿਸਟ ਤੋਂ ਪੁੱਛੋ ਜੇ:
minor-illness = ਤੁਹਾਨੂੰ ਕੋਈ ਮਾਮੂਲੀ ਬੀਮਾਰੀ ਹੈ, ਜਿਵੇਂ ਖੰਘ, ਕੰਨ ਦਰਦ ਜਾਂ ਗਲੇ ਵਿੱਚ ਦਰਦ
medicine-question = ਤੁਸੀਂ ਕਿਸੇ ਦਵਾਈ ਬਾਰੇ ਕੁਝ ਪੁੱਛਣਾ ਹੈ
ask-another-pharmacy-if = ਕਿਸੇ ਹੋਰ ਫ਼ਾਰਮੇਸੀ ਤੋਂ ਪੁੱਛੋ ਜੇ:
need-medicine-today = ਤੁਹਾਨੂੰ ਅੱਜ ਦਵਾਈ ਚਾਹੀਦੀ ਹੈ ਅਤੇ ਉਹ ਸਾਡੇ ਕੋਲ ਨਹੀਂ ਹੈ
cannot-wait-for-medicine = ਤੁਸੀਂ ਆਪਣੀ ਦਵਾਈ ਲਈ ਉਡੀਕ ਨਹੀਂ ਕਰ ਸਕਦੇ
in-an-emergency = ਐਮਰਜੈਂਸੀ ਵਿੱਚ 999 ’ਤੇ ਫ਼ੋਨ ਕਰੋ।
need-medical-help = ਜੇ ਹੁਣੇ ਡਾਕਟਰੀ ਮਦਦ ਚਾਹੀਦੀ ਹੈ ਅਤੇ ਇਹ ਐਮਰਜੈਂਸੀ ਨਹੀਂ ਹੈ, ਤਾਂ 111.nhs.uk ’ਤੇ ਜਾਓ ਜਾਂ 111 ’ਤੇ ਫ਼ੋਨ ਕਰੋ।

what-happened = ਕੀ ਹੋਇਆ ਹੈ
problems-elsewhere = ਹੋਰ ਥਾਵਾਂ ਦੀਆਂ ਸਮੱਸਿਆਵਾਂ
what-we-know = ਇਸ ਬਾਰੇ ਸਾਨੂੰ ਕੀ ਪਤਾ ਹੈ
over-lately = ਪਿਛਲੇ 24 ਘੰਟਿਆਂ ਵਿੱਚ ਖ਼ਤਮ ਹੋਈਆਂ
what-happened-then = ਕੀ ਹੋਇਆ ਸੀ
all-updates = ਇਸ ਸਮੱਸਿਆ ਬਾਰੇ ਸਾਰੀ ਜਾਣਕਾਰੀ ਦੇਖੋ
taken-back = ਅਸੀਂ ਇਹ { $time } ਵਜੇ ਵਾਪਸ ਲੈ ਲਿਆ। ਇਸ ਨੂੰ ਨਾ ਵਰਤੋ।
do-not-use = ਇਸ ਨੂੰ ਨਾ ਵਰਤੋ।
correction = ਸੁਧਾਰ
began-at = { $time } ਵਜੇ ਸ਼ੁਰੂ ਹੋਈ।
ended-at = { $time } ਵਜੇ ਖ਼ਤਮ ਹੋਈ।

be-told = ਇਹ ਬਦਲਣ ’ਤੇ ਖ਼ਬਰ ਲਓ
get-updates = { $name } ਬਾਰੇ ਈਮੇਲ ਜਾਂ ਟੈਕਸਟ ਰਾਹੀਂ ਅੱਪਡੇਟ ਲਓ
see-past-problems = ਪਿਛਲੀਆਂ ਸਮੱਸਿਆਵਾਂ ਦੇਖੋ
other-forms = ਇਹ ਪੰਨਾ ਪੜ੍ਹਨ ਦੇ ਹੋਰ ਤਰੀਕੇ
print-poster = ਦਰਵਾਜ਼ੇ ਲਈ ਪੋਸਟਰ ਪ੍ਰਿੰਟ ਕਰੋ
waiting-room-screen = ਇਸ ਨੂੰ ਉਡੀਕ ਕਮਰੇ ਦੀ ਸਕ੍ਰੀਨ ’ਤੇ ਦਿਖਾਓ
put-on-website = ਇਹ ਸੂਚਨਾ ਕਿਸੇ ਵੈੱਬਸਾਈਟ ’ਤੇ ਲਗਾਓ
for-computers = ਕੰਪਿਊਟਰਾਂ ਲਈ:
atom-feed = Atom ਫ਼ੀਡ
rss-feed = RSS ਫ਼ੀਡ
status-json = JSON ਵਿੱਚ ਸਥਿਤੀ

past-problems = ਪਿਛਲੀਆਂ ਸਮੱਸਿਆਵਾਂ
place-now = { $name } ਇਸ ਸਮੇਂ
no-problems = ਇੱਥੇ ਕਿਸੇ ਸਮੱਸਿਆ ਦੀ ਖ਼ਬਰ ਨਹੀਂ ਮਿਲੀ।
feed-of-updates = ਇਨ੍ਹਾਂ ਅੱਪਡੇਟਾਂ ਦੀ ਫ਼ੀਡ

search-title = ਆਪਣੀ GP ਸਰਜਰੀ, ਹਸਪਤਾਲ ਜਾਂ ਫ਼ਾਰਮੇਸੀ ਲੱਭੋ
search-heading = ਕੀ ਤੁਹਾਡੀ GP ਸਰਜਰੀ, ਹਸਪਤਾਲ ਜਾਂ ਫ਼ਾਰਮੇਸੀ ਆਮ ਵਾਂਗ ਕੰਮ ਕਰ ਰਹੀ ਹੈ?
all-places = ਸ਼ਹਿਰ ਅਨੁਸਾਰ ਸਾਰੀਆਂ ਥਾਵਾਂ
search-hint = ਇਸ ਦਾ ਨਾਂ, ਸ਼ਹਿਰ, ਪੋਸਟਕੋਡ ਜਾਂ ਕੋਡ ਲਿਖੋ
search-button = ਖੋਜੋ
search-places-for = “{ $query }” ਲਈ ਥਾਵਾਂ
search-none = ਸਾਨੂੰ “{ $query }” ਲਈ ਕੋਈ ਥਾਂ ਨਹੀਂ ਮਿਲੀ
search-you-can = ਤੁਸੀਂ ਇਹ ਕਰ ਸਕਦੇ ਹੋ:
search-check-spelling = ਸਪੈਲਿੰਗ ਚੈੱਕ ਕਰੋ
search-shorter = ਛੋਟਾ ਨਾਂ ਲਿਖੋ, ਜਾਂ ਸਿਰਫ਼ ਸ਼ਹਿਰ ਲਿਖੋ
search-half-postcode = ਪੋਸਟਕੋਡ ਦਾ ਪਹਿਲਾ ਅੱਧ ਲਿਖੋ
search-found = { $count ->
        [one] “{ $query }” ਲਈ { $count } ਥਾਂ
       *[other] “{ $query }” ਲਈ { $count } ਥਾਵਾਂ
    }
search-first = “{ $query }” ਲਈ ਪਹਿਲੀਆਂ { $count } ਥਾਵਾਂ
search-add-town = ਘੱਟ ਥਾਵਾਂ ਦੇਖਣ ਲਈ ਸ਼ਹਿਰ ਜਾਂ ਪੋਸਟਕੋਡ ਵੀ ਲਿਖੋ।
search-kind-and-code = { $kind }, ਕੋਡ { $code }
not-found-title = ਸਾਨੂੰ ਉਹ ਥਾਂ ਨਹੀਂ ਮਿਲੀ
not-found-text = ਹੋ ਸਕਦਾ ਹੈ ਕਿ ਪੰਨੇ ਦਾ ਪਤਾ ਗ਼ਲਤ ਟਾਈਪ ਹੋਇਆ ਹੋਵੇ, ਜਾਂ ਉਹ ਥਾਂ ਬੰਦ ਹੋ ਗਈ ਹੋਵੇ।
