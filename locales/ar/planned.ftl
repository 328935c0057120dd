### Planned downtime: on the page, and in messages.

planned-work = أعمال مخطط لها
work-is-ahead = مخطط له
work-runs = يحدث الآن
work-settles = يجب أن يكون قد انتهى
work-is-done = انتهى
work-is-off = ملغى
span-one-day = من { $from } إلى { $to }، { $day }
span-two-days = من { $from } إلى { $to }
work-is-planned = هذا مخطط له { $span }.
work-has-started = بدأ هذا. من المفترض أن ينتهي في { $time }.
work-was-due = كان من المفترض أن ينتهي هذا في { $time }. يجب أن تعمل الأمور من جديد.
work-ended = انتهى هذا في { $time }.
work-was-stopped = توقف هذا.
work-will-not-happen = لن يحدث هذا. كان مخططا له { $span }.
while-it-lasts = خلال هذا الوقت:
it-happens-weekly = { $count ->
        [zero] يحدث كل { $count } أسبوع: { $days }.
        [one] يحدث كل أسبوع: { $days }.
        [two] يحدث كل أسبوعين: { $days }.
        [few] يحدث كل { $count } أسابيع: { $days }.
        [many] يحدث كل { $count } أسبوعا: { $days }.
       *[other] يحدث كل { $count } أسبوع: { $days }.
    }
it-happens-monthly = { $week ->
        [first] يحدث كل شهر: { $day } الأول من الشهر.
        [second] يحدث كل شهر: { $day } الثاني من الشهر.
        [third] يحدث كل شهر: { $day } الثالث من الشهر.
        [fourth] يحدث كل شهر: { $day } الرابع من الشهر.
       *[last] يحدث كل شهر: { $day } الأخير من الشهر.
    }
it-goes-on-until = يستمر حتى { $date }.
this-and-that = { $first } و { $last }
we-planned = نحن خططنا لهذا.
they-planned = خططت { $name } لهذا.
work-started-at = بدأ في { $time }.
work-calendar = الأعمال المخطط لها لتقويمك
tell-planned = أعمال مخطط لها { $span }.
tell-reminder = تذكير: أعمال مخطط لها { $span }.
tell-begun = بدأت الأعمال المخطط لها. من المفترض أن تنتهي في { $time }.
tell-longer = تستغرق الأعمال المخطط لها وقتا أطول. من المفترض أن تنتهي الآن في { $time }.
tell-over = انتهت الأعمال المخطط لها.
tell-should-be-over = كان من المفترض أن تنتهي الأعمال المخطط لها الآن. يجب أن تعمل الأمور من جديد.
tell-all-cancelled = أُلغيت كل هذه الأعمال المخطط لها. لن تحدث مرة أخرى.
tell-stopped = توقفت الأعمال المخطط لها.
tell-cancelled = أُلغي: أعمال مخطط لها { $span }. لن تحدث.

# The title of planned work on a system, when nobody wrote one.
planned-work-on = أعمال مخطط لها على { $system }
