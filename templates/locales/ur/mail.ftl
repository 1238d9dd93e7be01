### What is sent to participants. Short sentences, plain words, bad news included; no urgency and no thanks owed.
### No topic may come in the subject or in the first 200 characters: a locked telephone shows them.
### The things asked for are چیز (feminine); of the work on them every line says کام (masculine), whatever its title is.

## Subject and opening. In a subject the marks around gaps are dropped, so a name never stands first.

update-subject = آپ کی اپ ڈیٹ، { $sender } کی طرف سے: { $month }
update-subject-project = آپ کی اپ ڈیٹ، { $sender } کی طرف سے، { $project } کے بارے میں: { $month }
update-title = آپ کی اپ ڈیٹ
greeting = سلام،
greeting-name = سلام { $name }،

update-from = یہ { $sender } کی طرف سے آپ کی اپ ڈیٹ ہے۔
update-no-news = اس بار کوئی نئی خبر نہیں ہے، اور نیچے لکھا ہے کہ کیوں۔
update-no-own-news = آپ نے ہمیں جو بتایا تھا، اس سے کوئی نئی بات نہیں نکلی، اور نیچے لکھا ہے کہ کیوں۔
update-elsewhere-news = { $count ->
    [one] پروجیکٹ میں اس کے علاوہ 1 چیز کی خبر ہے۔
   *[other] پروجیکٹ میں اس کے علاوہ { $count } چیزوں کی خبر ہے۔
}
update-all-news = { $count ->
    [one] 1 چیز کی خبر ہے۔
   *[other] { $count } چیزوں کی خبر ہے۔
}
nothing-to-do = آپ کو کچھ کرنے کی ضرورت نہیں ہے۔
update-covers = اس میں { $from } سے { $to } تک کی باتیں ہیں۔
update-covers-first = یہ پہلی اپ ڈیٹ ہے، اور اس میں { $to } تک کی سب باتیں ہیں۔
can-wait = جب آسانی ہو تب پڑھیں: کوئی جلدی نہیں ہے۔
update-end-says = آخری سطروں میں لکھا ہے کہ ان اپ ڈیٹس کو کیسے بدلا یا بند کیا جا سکتا ہے۔

## The counts of the opening, joined by commas. The first one carries the noun.

short-asked = { $count ->
    [one] 1 چیز مانگی گئی
   *[other] { $count } چیزیں مانگی گئیں
}
short-changed = { $place ->
    [first] { $count ->
        [one] 1 چیز میں تبدیلی آئی
       *[other] { $count } چیزوں میں تبدیلی آئی
    }
   *[later] { $count } میں تبدیلی آئی
}
# The noun comes again: a promise may have been counted just before.
short-news = { $place ->
    [first] { $count ->
        [one] 1 چیز کی کوئی دوسری خبر ہے
       *[other] { $count } چیزوں کی کوئی دوسری خبر ہے
    }
   *[later] { $count ->
        [one] 1 چیز کی کوئی دوسری خبر ہے
       *[other] { $count } چیزوں کی کوئی دوسری خبر ہے
    }
}
short-stuck = { $place ->
    [first] { $count ->
        [one] 1 چیز پر کام اٹک گیا
       *[other] { $count } چیزوں پر کام اٹک گیا
    }
   *[later] { $count } پر کام اٹک گیا
}
short-still-stuck = { $place ->
    [first] { $count ->
        [one] 1 چیز پر کام اب بھی اٹکا ہوا ہے
       *[other] { $count } چیزوں پر کام اب بھی اٹکا ہوا ہے
    }
   *[later] { $count } پر کام اب بھی اٹکا ہوا ہے
}
short-ended = { $place ->
    [first] { $count ->
        [one] 1 چیز کو نامنظور یا بند کر دیا گیا
       *[other] { $count } چیزوں کو نامنظور یا بند کر دیا گیا
    }
   *[later] { $count } کو نامنظور یا بند کر دیا گیا
}
short-silent = { $place ->
    [first] { $count ->
        [one] 1 چیز پر خاموشی رہی
       *[other] { $count } چیزوں پر خاموشی رہی
    }
   *[later] { $count } پر خاموشی رہی
}
short-promises = { $place ->
    [first] { $count ->
        [one] 1 چیز پر کسی وعدے کی خبر ہے
       *[other] { $count } چیزوں پر وعدوں کی خبر ہے
    }
   *[later] { $count ->
        [one] 1 پر کسی وعدے کی خبر ہے
       *[other] { $count } پر وعدوں کی خبر ہے
    }
}
short-missed = { $count ->
    [one] 1 وعدہ وقت پر پورا نہیں ہوا
   *[other] { $count } وعدے وقت پر پورے نہیں ہوئے
}

## The first update

heading-first = یہ آپ کو کیوں ملا
first-why = آپ نے پروجیکٹ ’{ $project }‘ کو ایک کہانی سنائی تھی، اور اس پر ہاں کہی تھی کہ آپ کو بتایا جائے کہ اس کا کیا بنا۔
first-who = یہ پروجیکٹ { $organisation } کے تحت چلتا ہے، اور آپ سے رابطے کی معلومات بھی وہیں رکھی ہیں۔ یہ معلومات آپ سے ملی تھیں، یا اس شخص سے جس نے آپ کی کہانی لکھی تھی۔
first-end = { $way ->
    [reply] یہ اپ ڈیٹس بند کرنے کے لیے اس پیغام کا جواب دیں اور ”بند“ کہیں۔
    [ring] یہ اپ ڈیٹس بند کرنے کے لیے { $email } پر لکھیں یا { $phone } پر فون کریں اور ”بند“ کہیں۔
    [say] یہ اپ ڈیٹس بند کرنے کے لیے مجھے ابھی ”بند“ کہیں۔
   *[write] یہ اپ ڈیٹس بند کرنے کے لیے { $email } پر لکھیں اور ”بند“ کہیں۔
} یہ بھی کہا جا سکتا ہے کہ آپ کے بارے میں جو کچھ رکھا ہے وہ آپ کو دکھایا جائے، یا مٹا دیا جائے۔

## No link, no news

heading-unlinked = آپ کی کہانی
unlinked = ابھی تک کوئی تجویز آپ کی کہانی کی بنیاد پر نہیں بنی۔ اس سے کہانی کی اہمیت کم نہیں ہوتی۔ وہ پروجیکٹ کے پاس رہے گی، اور اگر کوئی تجویز اس کی بنیاد پر بنی تو ہم آپ کو یہیں بتائیں گے۔ اس کے بارے میں { $sender } سے جب چاہیں پوچھ لیں۔
heading-no-news = کوئی خبر کیوں نہیں
no-news = جن کے ذمے یہ چیزیں ہیں، ان میں سے کسی نے { $from } کے بعد کچھ نہیں بتایا، اور کسی جواب، وعدے یا اگلے جائزے کی تاریخ بھی نہیں آئی۔ یہ جاننے کے لیے ہم نے { $day } کو پروجیکٹ کا پورا ریکارڈ دیکھا۔
no-news-yet = جن کے ذمے یہ چیزیں ہیں، ان میں سے کسی نے ابھی تک کچھ نہیں بتایا، اور کسی جواب، وعدے یا اگلے جائزے کی تاریخ بھی نہیں آئی۔ یہ جاننے کے لیے ہم نے { $day } کو پروجیکٹ کا پورا ریکارڈ دیکھا۔
no-own-news = جو چیزیں آپ کی کہانی کی بنیاد پر بنی ہیں، ان کے بارے میں کسی نے { $from } کے بعد کچھ نہیں بتایا، اور کسی جواب، وعدے یا اگلے جائزے کی تاریخ بھی نہیں آئی۔ یہ جاننے کے لیے ہم نے { $day } کو پروجیکٹ کا پورا ریکارڈ دیکھا۔

## Headings

heading-asked = لوگوں کی باتیں سن کر کیا مانگا گیا
heading-changed = کیا بدلا
heading-news = دوسری خبریں
heading-stuck = کیا اٹک گیا
heading-still-stuck = اب بھی اٹکا ہوا
heading-ended = کیا نامنظور یا بند ہوا
heading-silent = ہمیں کیا نہیں بتایا گیا
heading-promises = وعدے
heading-same = ان پر کوئی نئی بات نہیں
heading-elsewhere = پروجیکٹ میں باقی باتیں
heading-all = جو مانگا گیا تھا اس کا کیا بنا
heading-questions = کیا آپ کے لیے یہ سچ ہے؟
heading-next = آپ کی اگلی اپ ڈیٹ
heading-choices = آپ کی مرضی
heading-help = بات کرنے کے لیے کوئی
heading-record = بعد میں جانچنے کے لیے

## How one event is told

# "On 3 March 2026: …". The word after the day also makes the line run from right to left where the rest is English.
told = { $date } کو: { $what }
told-maybe = ہو سکتا ہے یہ آپ نے پہلے پڑھا ہو۔
told-corrects = ہم نے پہلے جو بتایا تھا، یہ اسے ٹھیک کرتا ہے:
told-reason = وجہ: { $reason }۔

asked-who = یہ کس کے ذمے ہے: { $words }
asked-answer = جواب { $date } تک آنا ہے۔
asked-answer-was = جواب { $date } تک آنا تھا۔
asked-joined = آپ کے لیے نیا: { $titles }۔ اب اس کے پیچھے آپ کی کہانی بھی ہے، اس لیے یہاں بتایا گیا ہے کہ آج اس کا کیا حال ہے۔
asked-target = یہ { $date } تک ہونا ہے۔

answer-accepted = جواب ہاں ہے۔
answer-accepted-from = { $who } کا جواب ہاں ہے۔
answer-accepted-in-part = ایک حصے کے لیے جواب ہاں ہے۔
answer-accepted-in-part-from = ایک حصے کے لیے { $who } کا جواب ہاں ہے۔
answer-declined = اسے نامنظور کر دیا گیا۔
answer-declined-by = { $who } نے اسے نامنظور کر دیا۔
answer-awaiting = ابھی کوئی جواب نہیں آیا۔

work-planned = یہ کام منصوبے میں آ گیا۔
work-still-planned = یہ کام اب بھی منصوبے میں ہے۔
work-begun = کام شروع ہو گیا۔
work-again = کام پھر سے چل پڑا۔
work-reopened = پہلے بتایا گیا تھا کہ یہ ہو گیا، اب اس پر کام دوبارہ کھل گیا ہے۔
work-rest = باقی حصے پر کام شروع ہو گیا۔
work-still = کام اب بھی چل رہا ہے۔
work-stuck = کام اٹک گیا۔
work-still-stuck = کام اب بھی اٹکا ہوا ہے۔
work-was-stuck = کام اٹک گیا تھا۔
work-was-still-stuck = کام تب بھی اٹکا ہوا تھا۔
work-done = بتایا گیا کہ یہ ہو گیا۔
work-done-by = { $who } نے بتایا کہ یہ ہو گیا۔
work-done-in-part = بتایا گیا کہ اس کا ایک حصہ ہو گیا۔
work-done-in-part-by = { $who } نے بتایا کہ اس کا ایک حصہ ہو گیا۔
work-stopped = کام بند کر دیا گیا۔
work-stopped-by = { $who } نے کام بند کر دیا۔
work-superseded = کسی اور چیز نے اس کی جگہ لے لی۔
work-superseded-by = { $who } نے بتایا کہ کسی اور چیز نے اس کی جگہ لے لی۔
work-not-started = کام شروع نہیں ہوا۔

target-set = طے ہوا کہ یہ { $date } تک ہونا ہے۔
target-moved = اسے پورا کرنے کی تاریخ { $from } سے بدل کر { $date } کر دی گئی۔

changed = تجویز کے الفاظ بدل دیے گئے۔
changed-title = اب اس کا نام ہے: ’{ $words }‘۔
changed-text = اب اس میں لکھا ہے: { $words }
changed-who = اب یہ کس کے ذمے ہے: { $words }
changed-who-nobody = اب کسی کا نام نہیں کہ یہ کس کے ذمے ہے۔
changed-answer = جواب اب { $date } تک آنا ہے۔
changed-target = یہ اب { $date } تک ہونا ہے۔

redacted = یہاں کے کچھ الفاظ قانونی وجہ سے ہٹا دیے گئے۔
redacted-why = کیوں: { $words }

detail-tried = کیا کوشش کی گئی: { $words }
detail-who = فیصلہ کس نے کیا: { $words }
detail-unblock = رکاوٹ کیسے دور ہو گی: { $words }
detail-unblock-was = رکاوٹ کیسے دور ہونی تھی: { $words }
control-was-yes = یہ ان کے اپنے ہاتھ میں تھا۔
control-was-partly = یہ کچھ حد تک ان کے اپنے ہاتھ میں تھا۔
control-was-no = یہ ان کے ہاتھ میں نہیں تھا۔
detail-look = اگلا جائزہ: { $date }۔
detail-final = آگے کوئی جائزہ طے نہیں ہے: یہ آخری فیصلہ ہے۔
detail-noticed = فرق کس کو نظر آئے گا: { $words }
detail-says = یہ کون کہتا ہے: { $words }
detail-proof = خود دیکھ لیں:
detail-no-proof = ثبوت کا کوئی لنک نہیں دیا گیا۔

silent-answer = جواب { $date } تک آنا تھا۔ وہ دن گزر گیا اور جواب نہیں آیا۔
silent-answer-from = { $who } کا جواب { $date } تک آنا تھا۔ وہ دن گزر گیا اور جواب نہیں آیا۔
silent-review = اسے { $date } تک دوبارہ دیکھا جانا تھا۔ وہ دن گزر گیا اور کوئی خبر نہیں آئی۔
silent-stale = ہم نے جو وضاحت آپ تک پہنچائی تھی، وہ { $date } تک { $days } دن پرانی ہو چکی تھی، اور کسی نے نئی وضاحت نہیں دی تھی۔
silent-quiet = { $date } سے لے کر { $days } دن تک کسی نے کچھ نہیں بتایا۔

promise-made = وعدہ کیا گیا: ’{ $promise }‘، { $due } تک۔
promise-made-by = { $who } نے وعدہ کیا: ’{ $promise }‘، { $due } تک۔
promise-moved = ایک وعدے کی تاریخ { $from } سے بدل کر { $due } کر دی گئی۔ وعدہ یہ ہے: ’{ $promise }‘۔
promise-moved-same = اس کی تاریخ { $from } سے بدل کر { $due } کر دی گئی۔
promise-kept = بتایا گیا کہ ایک وعدہ پورا ہو گیا: ’{ $promise }‘۔
promise-kept-same = بتایا گیا کہ یہ پورا ہو گیا۔
promise-missed = وعدہ کیا گیا تھا: ’{ $promise }‘، { $due } تک۔ وہ دن گزر گیا اور اس کے پورا ہونے کی کوئی خبر نہیں آئی۔
promise-missed-by = { $who } نے وعدہ کیا تھا: ’{ $promise }‘، { $due } تک۔ وہ دن گزر گیا اور اس کے پورا ہونے کی کوئی خبر نہیں آئی۔
promise-missed-same = { $due } تک اس کے پورا ہونے کی کوئی خبر نہیں آئی۔
due-open = ’{ $promise }‘ کی تاریخ { $date } ہے۔
due-late = ’{ $promise }‘ کی تاریخ { $date } تھی۔ { $age } کی دیر ہو چکی ہے۔

## A recommendation in one line, after its title

line-awaiting = ابھی کوئی جواب نہیں آیا۔
line-awaiting-due = ابھی کوئی جواب نہیں آیا؛ جواب { $date } تک آنا ہے۔
line-awaiting-late = کوئی جواب نہیں آیا۔ جواب { $date } تک آنا تھا، اور { $age } کی دیر ہو چکی ہے۔
line-accepted = { $date } کو جواب ہاں میں آیا۔ ابھی کسی کام کی خبر نہیں ملی۔
line-accepted-in-part = { $date } کو ایک حصے کے لیے جواب ہاں میں آیا۔ ابھی کسی کام کی خبر نہیں ملی۔
line-declined = { $date } کو اسے نامنظور کر دیا گیا۔
line-planned = { $date } سے یہ کام منصوبے میں ہے۔
line-in-progress = { $date } سے کام چل رہا ہے۔
line-stalled = کام { $date } سے اٹکا ہوا ہے، یعنی { $age } سے۔
line-stalled-now = کام { $date } سے اٹکا ہوا ہے۔
line-done-in-part = { $date } کو بتایا گیا کہ اس کا ایک حصہ ہو گیا۔
line-done = { $date } کو بتایا گیا کہ یہ ہو گیا۔
line-stopped = { $date } کو کام بند کر دیا گیا۔
line-superseded = { $date } کو کسی اور چیز نے اس کی جگہ لے لی۔
line-answer-late = جواب { $date } تک آنا تھا، اور نہیں آیا۔
line-missed = ایک وعدہ اپنی تاریخ تک پورا نہیں ہوا۔
line-quiet = { $count ->
    [one] ایک دن سے کسی نے کچھ نہیں بتایا۔
   *[other] { $count } دن سے کسی نے کچھ نہیں بتایا۔
}
line-reason = وجہ: { $reason }۔
line-look = اگلا جائزہ: { $date }۔
line-look-late = اگلا جائزہ { $date } کو ہونا تھا، اور ہمیں اس کی کوئی خبر نہیں ملی۔
elsewhere-quiet = ان کے بارے میں کسی نے کوئی نئی بات نہیں بتائی، اور کسی جواب، وعدے یا اگلے جائزے کی تاریخ بھی نہیں آئی:

## What is new in a line, one sentence each. The words of explanations stay out.

brief-asked = یہ { $date } کو مانگا گیا۔
brief-again = { $date } کو پھر وہی بات بتائی گئی۔
brief-accepted = جواب ہاں تھا۔
brief-accepted-in-part = ایک حصے کے لیے جواب ہاں تھا۔
brief-declined = جواب میں انکار کیا گیا۔
brief-awaiting = ابھی کوئی جواب نہیں آیا۔
brief-not-started = کام شروع نہیں ہوا۔
brief-planned = کام منصوبے میں ہے۔
brief-in-progress = کام چل رہا ہے۔
brief-stalled = کام اٹکا ہوا ہے۔
brief-done = بتایا گیا کہ یہ ہو گیا۔
brief-done-in-part = بتایا گیا کہ اس کا ایک حصہ ہو گیا۔
brief-stopped = کام بند کر دیا گیا۔
brief-superseded = کسی اور چیز نے اس کی جگہ لے لی۔
brief-promise-made = ایک وعدہ کیا گیا۔
brief-promise-moved = ایک وعدے کی تاریخ بدل دی گئی۔
brief-promise-kept = بتایا گیا کہ ایک وعدہ پورا ہو گیا۔
brief-target = یہ اب { $date } تک ہونا ہے۔
brief-answer-due = جواب آنے کی تاریخ بدل کر { $date } کر دی گئی۔
brief-review = اگلا جائزہ { $date } تک ہونا تھا۔ وہ دن گزر گیا اور کوئی خبر نہیں آئی۔
brief-explanation-old = وضاحت پرانی ہو گئی ہے، اور کوئی نئی وضاحت نہیں ہے۔
brief-reworded = اس کے الفاظ بدل گئے۔
brief-note = ایک نوٹ لکھا گیا ہے۔
brief-correction = پہلے بتائی گئی ایک بات درست کی گئی۔
brief-redaction = کچھ الفاظ قانونی وجہ سے ہٹا دیے گئے۔

## Questions, next update, choices

questions-one = اس کے بارے میں بتایا گیا ہے کہ یہ ہو گیا، یا اس کا ایک حصہ ہو گیا:
questions-many = ان کے بارے میں بتایا گیا ہے کہ یہ ہو گئے، یا ان کا ایک حصہ ہو گیا:
questions-how = { $way ->
    [reply] ہمیں بتانے کے لیے اس پیغام کا جواب دیں اور کہیں: ”ہاں“، ”کچھ حد تک“، ”نہیں“ یا ”معلوم نہیں“۔
    [ring] ہمیں بتانے کے لیے { $email } پر لکھیں یا { $phone } پر فون کریں اور کہیں: ”ہاں“، ”کچھ حد تک“، ”نہیں“ یا ”معلوم نہیں“۔
   *[write] ہمیں بتانے کے لیے { $email } پر لکھیں اور کہیں: ”ہاں“، ”کچھ حد تک“، ”نہیں“ یا ”معلوم نہیں“۔
} چاہیں تو کچھ اور بھی کہہ دیں۔
questions-which = مہربانی کر کے یہ بھی بتائیں کہ بات کس کی ہے۔

next-on = یہ { $date } تک آئے گی، چاہے کچھ بھی نہ بدلے۔
next-when-done = یہ تب آئے گی جب کچھ ہو جائے، نامنظور ہو یا بند ہو۔
next-when-done-latest = یہ تب آئے گی جب کچھ ہو جائے، نامنظور ہو یا بند ہو، اور زیادہ سے زیادہ { $date } تک۔
next-none = یہ آخری اپ ڈیٹ تھی۔ آگے کوئی اور طے نہیں ہے۔

choices-how = { $way ->
    [reply] چننے کے لیے اس پیغام کا جواب دیں اور کہیں کہ کیا چاہیے۔
    [ring] چننے کے لیے { $email } پر لکھیں یا { $phone } پر فون کریں اور کہیں کہ کیا چاہیے۔
   *[write] چننے کے لیے { $email } پر لکھیں اور کہیں کہ کیا چاہیے۔
} کوئی وجہ بتانے کی ضرورت نہیں۔
choice-other = ”کم بار“، ”وقفہ“، یا کوئی اور طریقہ، جیسے بڑے حروف، خط یا فون۔
choice-stop = ”بند“: کوئی اپ ڈیٹ نہیں آئے گی۔
choice-withdraw = ”واپس“: ہم آپ کی کہانی کہیں استعمال نہیں کریں گے۔ دوسروں نے اس سے پہلے جو نقلیں بنا لیں، وہ واپس نہیں لی جا سکتیں۔
choice-talk = ”بات“: { $sender } کی طرف سے آپ سے رابطہ کیا جائے گا۔
choice-talk-ring = ”بات“: { $sender } کی طرف سے آپ سے رابطہ کیا جائے گا۔ چاہیں تو خود بھی { $phone } پر فون کر لیں۔
choice-link = یا یہاں وقفہ کریں، اور یہیں سے دوبارہ شروع کریں:

help-support = اگر اس میں سے کوئی بات دل پر بھاری ہو: { $contact }
help-concern = اگر پروجیکٹ کی کسی بات سے پریشانی ہو: { $person } یہ بات ان لوگوں تک نہیں پہنچائی جاتی جن کے ذمے یہ تجاویز ہیں۔

record-why = اس سطر سے کوئی بھی جانچ سکتا ہے کہ ہم نے آپ کو جو بتایا، وہ بعد میں بدلا نہیں گیا:
record-line = ریکارڈ، اندراج { $seq } تک · فنگر پرنٹ { $fingerprint }
record-check = اسے یہاں جانچ لیں، یا کسی سے کہیں کہ آپ کے لیے جانچ دے:

## The confirmation of a withdrawal

withdrawn-subject = آپ نے جو کہا تھا وہ ہو گیا: { $sender } کی طرف سے پیغام
withdrawn-title = آپ نے جو کہا تھا وہ ہو گیا
withdrawn-from = یہ { $sender } کی طرف سے ایک پیغام ہے۔
withdrawn-done = آپ نے { $date } کو ہم سے جو کہا تھا، وہ ہو گیا ہے۔ آپ کو اور کچھ کرنے کی ضرورت نہیں، اور کوئی وجہ بتانے کی بھی نہیں۔
withdrawn-below = نیچے لکھا ہے کہ اس کا کیا مطلب ہے، اور کون سی بات واپس نہیں ہو سکتی۔
withdrawn-mistake = { $way ->
    [reply] اگر یہ آپ نے نہیں کہا تھا تو مہربانی کر کے اس پیغام کا جواب دیں۔
    [ring] اگر یہ آپ نے نہیں کہا تھا تو مہربانی کر کے { $email } پر لکھیں یا { $phone } پر فون کریں۔
    [say] اگر یہ آپ نے نہیں کہا تھا تو مہربانی کر کے مجھے ابھی بتائیں۔
   *[write] اگر یہ آپ نے نہیں کہا تھا تو مہربانی کر کے { $email } پر لکھیں۔
}
heading-withdrawn = آپ کی کہانی واپس لے لی گئی
withdrawn-now = ہم آپ کی کہانی اب کہیں استعمال نہیں کرتے: نہ کسی صفحے پر، نہ کسی اپ ڈیٹ میں، اور نہ کسی ایسی چیز میں جو ہم آگے دیں۔ اب کوئی تجویز اس کی بنیاد پر نہیں ہے۔
withdrawn-stays = صرف ایک نشان باقی ہے، جس میں آپ کا کوئی لفظ نہیں، تاکہ کہانی غلطی سے دوبارہ شامل نہ ہو جائے۔
withdrawn-copies = جو کچھ دوسروں نے آج سے پہلے نقل کر لیا یا چھاپ لیا، اور جو پیغام جا چکے ہیں، وہ ہم واپس نہیں لے سکتے۔
withdrawn-others = آپ نے ہمیں اور کہانیاں بھی دی تھیں۔ ان کی اپ ڈیٹس پہلے کی طرح آتی رہیں گی۔ { $way ->
    [reply] انہیں بند کرنے کے لیے اس پیغام کا جواب دیں اور ”بند“ کہیں۔
    [ring] انہیں بند کرنے کے لیے { $email } پر لکھیں یا { $phone } پر فون کریں اور ”بند“ کہیں۔
    [say] انہیں بند کرنے کے لیے مجھے ابھی ”بند“ کہیں۔
   *[write] انہیں بند کرنے کے لیے { $email } پر لکھیں اور ”بند“ کہیں۔
}
withdrawn-last = اس پروجیکٹ کی طرف سے آپ کو اب کوئی اپ ڈیٹ نہیں آئے گی۔ یہ آخری پیغام ہے۔
withdrawn-details = { $way ->
    [reply] اپنا پتہ اور نمبر بھی مٹوانے کے لیے اس پیغام کا جواب دیں اور ”مٹا دیں“ کہیں۔
    [ring] اپنا پتہ اور نمبر بھی مٹوانے کے لیے { $email } پر لکھیں یا { $phone } پر فون کریں اور ”مٹا دیں“ کہیں۔
    [say] اپنا پتہ اور نمبر بھی مٹوانے کے لیے مجھے ابھی ”مٹا دیں“ کہیں۔
   *[write] اپنا پتہ اور نمبر بھی مٹوانے کے لیے { $email } پر لکھیں اور ”مٹا دیں“ کہیں۔
}

## A test message, to whoever runs hearback

test-subject = آزمائشی پیغام
test-arrived = یہ پیغام یہ دیکھنے کے لیے بھیجا گیا تھا کہ پیغام ٹھیک سے جاتے ہیں یا نہیں۔ یہ پہنچ گیا ہے۔
test-look = اس کے ہیڈر دیکھیں: ان میں لکھا ہے کہ SPF، DKIM اور DMARC درست رہے یا نہیں۔
