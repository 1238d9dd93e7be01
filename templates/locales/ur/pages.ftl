### What people read on pages. The pages of a person's link name no topic: somebody may look over a shoulder.

## On every page
page-skip = سیدھے اصل حصے پر جائیں
page-product = hearback
page-made-with = یہ صفحہ hearback سے بنا ہے۔
page-what-is-it = یہ hearback کیا ہے؟

## The front page
page-front-title = hearback
page-front-lead = لوگ اپنی کہانیاں سناتے ہیں۔ یہاں انہیں بتایا جاتا ہے کہ پھر کیا ہوا۔
page-front-what = لوگوں نے ایک پروجیکٹ کو اپنی کہانیاں سنائیں، اور ان سے تجاویز بنیں۔ یہ پروگرام، hearback، ہر تجویز پر نظر رکھتا ہے کہ اس کا کیا بنا۔ یہ ہر حصہ لینے والے کو بتاتا ہے کہ کیا بدلا، کیا اٹکا ہوا ہے، اور کیوں۔ اگر کوئی جواب نہ دے تو یہ بھی بتاتا ہے۔
page-front-got-title = کیا آپ کو یہاں سے کوئی پیغام ملا؟
page-front-got = آپ کے پیغام میں آپ کا اپنا ایک لنک ہے۔ اپ ڈیٹس کو کچھ دیر روکنے، یا دوبارہ شروع کرنے کے لیے وہ لنک کھولیں۔ کسی اکاؤنٹ یا پاس ورڈ کی ضرورت نہیں۔
page-front-lost = اگر لنک نہ ملے، یا کچھ اور چاہیے ہو، تو پیغام کا جواب دیں۔ آپ کا جواب ایک انسان تک پہنچتا ہے۔
page-front-promise-title = ہم کن باتوں پر قائم رہتے ہیں
page-front-promise-tracking = ہم آپ پر نظر نہیں رکھتے۔ یہ نہیں گنا جاتا کہ کس نے پیغام کھولا یا لنک دبایا۔
page-front-promise-looking = صفحہ کھولنے سے کچھ نہیں بدلتا۔ صرف بٹن دبانے سے بدلتا ہے۔
page-front-promise-leave = جب چاہیں بند کر دیں، کوئی وجہ بتائے بغیر۔
page-front-demo-title = یہ ایک نمونہ ہے
page-front-demo = اس میں ایک پروجیکٹ میں شروع سے اب تک جو ہوا، وہ چلا کر دکھایا گیا ہے۔ جو پیغام اس نے لکھے، وہ سب اسی مشین کے ایک میل باکس میں رکھے ہیں۔ کوئی بھیجا نہیں گیا۔
page-front-demo-link = میل باکس کھولیں

## A person's updates
page-updates-active = آپ کی اپ ڈیٹس چل رہی ہیں
page-updates-paused = آپ کی اپ ڈیٹس رکی ہوئی ہیں
page-updates-stopped = آپ کی اپ ڈیٹس بند ہو چکی ہیں
page-updates-withdrawn = آپ نے اپنی شرکت واپس لے لی ہے
page-updates-from = یہ اپ ڈیٹس { $sender } کی طرف سے آتی ہیں۔
page-updates-from-ended = یہ اپ ڈیٹس { $sender } کی طرف سے آتی تھیں۔
page-updates-next = اگلی اپ ڈیٹ { $date } تک آئے گی۔
page-updates-pause-does = اگر آپ انہیں روک دیں تو جب تک آپ دوبارہ شروع نہ کریں، آپ کو کچھ نہیں بھیجا جائے گا۔ کوئی وجہ بتانے کی ضرورت نہیں، اور کوئی بات رہ نہیں جاتی: آپ کی اگلی اپ ڈیٹ میں بیچ کی باتیں بھی بتائی جائیں گی۔
page-updates-pause = میری اپ ڈیٹس کچھ دیر روکیں
page-updates-resume-does = جب تک یہ رکی ہوئی ہیں، آپ کو کچھ نہیں بھیجا جاتا۔ اگر آپ انہیں دوبارہ شروع کریں تو اگلی اپ ڈیٹ میں بیچ کی باتیں بھی بتائی جائیں گی۔
page-updates-resume = میری اپ ڈیٹس دوبارہ شروع کریں
page-updates-just-paused = ہو گیا۔ آپ کی اپ ڈیٹس روک دی گئی ہیں۔
page-updates-just-resumed = ہو گیا۔ آپ کی اپ ڈیٹس دوبارہ چل رہی ہیں۔
page-updates-unchanged = کچھ نہیں بدلا گیا۔
page-updates-stopped-means = آپ کو اب کچھ نہیں بھیجا جائے گا۔ آپ کو کچھ کرنے کی ضرورت نہیں۔
page-updates-stopped-again = اگر آپ پھر سے اپ ڈیٹس چاہیں تو { $sender } کو لکھیں۔
page-updates-withdrawn-means = آپ کو اب کچھ نہیں بھیجا جائے گا، اور آپ نے جو دیا تھا وہ اب استعمال نہیں ہوتا۔ آپ کو کچھ کرنے کی ضرورت نہیں۔
page-updates-withdrawn-ask = اگر کوئی سوال ہو تو { $sender } کو لکھیں۔
page-updates-else-title = کچھ اور؟
page-updates-else = اپ ڈیٹس کم بار، یا کسی اور شکل میں مل سکتی ہیں۔ انہیں ہمیشہ کے لیے بند کیا جا سکتا ہے۔ آپ کی شرکت واپس لی جا سکتی ہے۔ { $sender } کو لکھیں اور بتائیں کہ کیا چاہیے۔ کوئی وجہ بتانے کی ضرورت نہیں۔
page-updates-contact-title = { $sender } سے رابطہ کیسے کریں
page-updates-email = ای میل
page-updates-phone = فون
page-updates-support = بات کرنے کے لیے کوئی

## No such page
page-lost-title = یہ صفحہ یہاں نہیں ہے
page-lost-what = اس پتے پر کچھ نہیں ہے۔ شاید لنک بیچ سے کٹ گیا، یا اب استعمال میں نہیں۔
page-lost-kept = کچھ نہیں بدلا گیا۔
page-lost-do = اگر یہ صفحہ کسی پیغام کے لنک سے کھلا ہے تو اس پیغام پر واپس جائیں اور لنک ایک بار پھر دبائیں، یا پورا لنک نقل کریں۔ اگر اس سے کام نہ بنے تو پیغام کا جواب دیں۔ آپ کا جواب ایک انسان تک پہنچتا ہے۔
page-lost-front = پہلے صفحے پر جائیں

## Something went wrong
page-error-failed-title = یہاں کچھ خراب ہو گیا
page-error-failed-what = ہم یہ صفحہ نہیں دکھا سکے۔ غلطی ہماری ہے، آپ کی نہیں۔ یہ سائٹ چلانے والوں کے لیے لکھ لی گئی ہے۔
page-error-failed-kept = اگر آپ نے ابھی کوئی بٹن دبایا تھا تو ہو سکتا ہے اس نے کام نہ کیا ہو۔
page-error-failed-do = مہربانی کر کے چند منٹ بعد اپنا لنک ایک بار پھر کھولیں: وہ دکھائے گا کہ اب کیا صورت ہے۔ اگر جلدی ہو تو اس پیغام کا جواب دیں جس میں لنک آیا تھا۔
page-error-foreign-title = وہ بٹن یہاں نہیں دبایا گیا
page-error-foreign-what = آپ کے براؤزر کے مطابق آپ کو کسی اور سائٹ نے یہاں بھیجا ہے۔ آپ کی حفاظت کے لیے ہم نے اس پر کچھ نہیں کیا۔
page-error-foreign-kept = کچھ نہیں بدلا گیا۔
page-error-foreign-do = مہربانی کر کے اپنے پیغام کا لنک ایک بار پھر کھولیں، اور بٹن وہیں دبائیں۔
page-error-refused-title = یہ نہیں ہو سکا
page-error-refused-what = آپ کے براؤزر نے جو بھیجا وہ ہم پڑھ نہیں سکے۔ شاید وہ بہت لمبا تھا، یا بہت آہستہ آیا۔
page-error-refused-kept = کچھ نہیں بدلا گیا۔
page-error-refused-do = مہربانی کر کے اپنے پیغام کا لنک ایک بار پھر کھولیں، اور بٹن وہیں دبائیں۔

## The demo's mailbox
page-mailbox-title = نمونے کا میل باکس
page-mailbox-banner = یہ ایک نمونہ ہے۔ کوئی پیغام اس مشین سے باہر نہیں گیا۔
page-mailbox-count = { $count ->
    [0] ابھی کوئی پیغام نہیں لکھا گیا۔
    [one] ایک پیغام، { $people ->
        [one] ایک شخص
       *[other] { $people } لوگوں
    } کے نام۔
   *[other] { $count } پیغام، { $people ->
        [one] ایک شخص
       *[other] { $people } لوگوں
    } کے نام۔
}
page-mailbox-explain = یہ وہ پیغام ہیں جو بھیجے جاتے۔ کوئی ایک کھول کر دیکھیں کہ لوگ کیا پڑھتے ہیں۔
page-mailbox-order = ترتیب
page-mailbox-by-time = وقت کے حساب سے
page-mailbox-by-person = شخص کے حساب سے
page-mailbox-person = کس کے نام پیغام
page-mailbox-everybody = سب
page-mailbox-show = دکھائیں
page-mailbox-jump = یہاں جائیں
page-mailbox-group = { "\u200F" }{ $name } ({ $count })
page-mailbox-back = سب پیغام
page-mailbox-back-person = { $name } کے نام پیغام
page-mailbox-previous = پچھلا
page-mailbox-next = اگلا
page-mailbox-steps = دوسرے پیغام
page-mailbox-to = کس کو
page-mailbox-from = کس کی طرف سے
page-mailbox-when = کب
page-mailbox-format = شکل
page-mailbox-form-both = HTML اور سادہ متن
page-mailbox-form-text = صرف سادہ متن
page-mailbox-form-html = صرف HTML
page-mailbox-view = اس شکل میں دیکھیں
page-mailbox-html = HTML
page-mailbox-text = سادہ متن
page-mailbox-headers = ہیڈر
page-mailbox-frame = پیغام، جیسے میل پروگرام اسے دکھاتا ہے
page-mailbox-links = اس کے لنک نئے ٹیب میں کھلتے ہیں۔
page-mailbox-no-subject = (کوئی عنوان نہیں)
