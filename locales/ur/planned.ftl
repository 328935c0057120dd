### Planned downtime: on the page, and in messages.

planned-work = طے شدہ کام
work-is-ahead = طے شدہ
work-runs = ابھی جاری ہے
work-settles = ختم ہو جانا چاہیے
work-is-done = ختم
work-is-off = منسوخ
span-one-day = { $day } کو { $from } سے { $to } تک
span-two-days = { $from } سے { $to } تک
work-is-planned = یہ { $span } طے ہے۔
work-has-started = یہ شروع ہو گیا ہے۔ یہ { $time } پر ختم ہونا چاہیے۔
work-was-due = یہ { $time } پر ختم ہونا تھا۔ اب سب کچھ دوبارہ کام کرنا چاہیے۔
work-ended = یہ { $time } پر ختم ہو گیا۔
work-was-stopped = یہ روک دیا گیا ہے۔
work-will-not-happen = یہ نہیں ہوگا۔ یہ { $span } طے تھا۔
while-it-lasts = جب تک یہ جاری رہے:
it-happens-weekly = { $count ->
        [one] یہ ہر ہفتے { $days } کو ہوتا ہے۔
       *[other] یہ ہر { $count } ہفتے بعد { $days } کو ہوتا ہے۔
    }
it-happens-monthly = { $week ->
        [first] یہ ہر مہینے کے پہلے { $day } کو ہوتا ہے۔
        [second] یہ ہر مہینے کے دوسرے { $day } کو ہوتا ہے۔
        [third] یہ ہر مہینے کے تیسرے { $day } کو ہوتا ہے۔
        [fourth] یہ ہر مہینے کے چوتھے { $day } کو ہوتا ہے۔
       *[last] یہ ہر مہینے کے آخری { $day } کو ہوتا ہے۔
    }
it-goes-on-until = یہ { $date } تک چلے گا۔
this-and-that = { $first } اور { $last }
we-planned = یہ ہم نے طے کیا ہے۔
they-planned = یہ { $name } نے طے کیا ہے۔
work-started-at = یہ { $time } پر شروع ہوا۔
work-calendar = آپ کے کیلنڈر کے لیے طے شدہ کام
tell-planned = طے شدہ کام { $span }۔
tell-reminder = یاد دہانی: طے شدہ کام { $span }۔
tell-begun = طے شدہ کام شروع ہو گیا ہے۔ یہ { $time } پر ختم ہونا چاہیے۔
tell-longer = طے شدہ کام میں زیادہ وقت لگ رہا ہے۔ اب یہ { $time } پر ختم ہونا چاہیے۔
tell-over = طے شدہ کام ختم ہو گیا ہے۔
tell-should-be-over = طے شدہ کام اب ختم ہونا تھا۔ سب کچھ دوبارہ کام کرنا چاہیے۔
tell-all-cancelled = یہ سارا طے شدہ کام منسوخ ہے۔ یہ دوبارہ نہیں ہوگا۔
tell-stopped = طے شدہ کام روک دیا گیا ہے۔
tell-cancelled = منسوخ: طے شدہ کام { $span }۔ یہ نہیں ہوگا۔

# The title of planned work on a system, when nobody wrote one.
planned-work-on = { $system } پر طے شدہ کام
