### What anybody may read about a project. Plain words: a reader of nine should be able to follow.
### تجویز (recommendation) is feminine; states of the work go with کام (work), which is masculine.

## The two states of a recommendation
response-awaiting = ابھی جواب نہیں آیا
response-accepted = منظور
response-accepted-in-part = ایک حصہ منظور
response-declined = نامنظور
progress-not-started = شروع نہیں ہوا
progress-planned = منصوبے میں ہے
progress-in-progress = جاری ہے
progress-stalled = اٹکا ہوا ہے
progress-done-in-part = ایک حصہ مکمل
progress-done = مکمل
progress-stopped = بند کر دیا گیا
progress-superseded = کسی اور چیز نے جگہ لے لی
verdict-confirmed = حصہ لینے والوں نے تصدیق کی
verdict-disputed = حصہ لینے والوں نے اختلاف کیا
verdict-none = ابھی حصہ لینے والوں کے بہت کم جواب آئے ہیں
promise-state-kept = پورا ہوا
promise-state-kept-late = دیر سے پورا ہوا
promise-state-missed = پورا نہیں ہوا
promise-state-open = ابھی باقی ہے

## Silence
silence-response-overdue = جواب میں دیر ہوئی
silence-promise-missed = ایک وعدہ پورا نہیں ہوا
silence-review-date-passed = اگلا جائزہ نہیں ہوا
silence-explanation-stale = وضاحت پرانی ہو گئی
silence-gone-quiet = کسی نے کچھ نہیں کہا
silent-now-overdue = جواب نہیں آیا۔ { $date } تک آنا تھا
silent-now-promise = وعدہ پورا نہیں ہوا۔ { $date } تک ہونا تھا
silent-now-review = نیا جائزہ نہیں ہوا۔ { $date } تک ہونا تھا
silent-now-stale-answer = جواب کی وضاحت { $date } سے پرانی ہے
silent-now-stale-work = کام کی وضاحت { $date } سے پرانی ہے
silent-now-quiet = { $date } سے کوئی نئی بات نہیں

## Events
happened-published = تجویز شائع ہوئی
happened-changed = الفاظ بدل دیے گئے
happened-changed-title = اب اس کا نام ہے: { $words }
happened-changed-text = اب اس میں لکھا ہے: { $words }
happened-changed-audience = اب یہ ان کے لیے ہے: { $words }
happened-changed-responsible = اب یہ کس کے ذمے ہے: { $words }
happened-changed-response-due-on = جواب آنے کی تاریخ اب یہ ہے: { $words }
happened-changed-target-on = اسے پورا کرنے کی تاریخ اب یہ ہے: { $words }
happened-response = جواب: { $state }
happened-progress = کام: { $state } (پہلے: { $from })
happened-progress-again = کام: { $state }، وضاحت نئے سرے سے دی گئی
happened-reopened = کام: مکمل کہے جانے کے بعد پھر سے کھل گیا
happened-target = { $date } تک ہونا ہے
happened-target-moved = پورا کرنے کی تاریخ { $from } سے بدل کر { $date } کر دی گئی
happened-promise = { $date } تک کا وعدہ: ’{ $promise }‘
happened-promise-moved = ایک وعدے کی تاریخ { $from } سے بدل کر { $date } کر دی گئی: ’{ $promise }‘
happened-promise-kept = وعدہ پورا ہوا: ’{ $promise }‘
happened-promise-missed = وعدہ پورا نہیں ہوا۔ { $date } تک ہونا تھا: ’{ $promise }‘
happened-overdue = { $date } تک جواب آنا تھا، نہیں آیا
happened-review = اگلا جائزہ { $date } کے لیے طے تھا، نہیں ہوا
happened-review-answer = جواب کو { $date } تک دوبارہ دیکھا جانا تھا۔ کسی نے نہیں دیکھا
happened-review-work = کام کو { $date } تک دوبارہ دیکھا جانا تھا۔ کسی نے نہیں دیکھا
detail-look-by = یہ کس نے کہا تھا: { $words }
detail-look-replaced = اسے { $date } کو دوبارہ دیکھا جانا تھا۔ { $on } کو نئے الفاظ نے اس کی جگہ لے لی۔
detail-look-passed = اسے { $date } کو دوبارہ دیکھا جانا تھا۔ وہ دن گزر چکا ہے۔
happened-stale = وضاحت { $days } دن پرانی ہے، اور کسی نے نئی وضاحت نہیں دی
happened-quiet = { $date } سے { $days } دن تک کسی نے کچھ نہیں کہا
happened-note = نوٹ
happened-correction = اندراج { $number } کے الفاظ درست کیے گئے؛ وہاں اب نئے الفاظ ہیں
happened-redaction = اندراج { $number } کے الفاظ قانونی وجہ سے ہٹا دیے گئے

## Figures
figure-responded = جواب آیا
figure-completed = مکمل
figure-confirmed = حصہ لینے والوں نے تصدیق کی
figure-explained = وضاحت دی گئی
figure-promises-kept = پہلی تاریخ تک پورے ہونے والے وعدے
figure-traceable = کہانیوں کی بنیاد پر بنی تجاویز
figure-told = جن کو بتایا گیا
figure-first-feedback = پہلی خبر ملنے تک کا وقت
figure-loop-closed = وقت پر خبر دی گئی
figure-needs-met = ضرورت پوری ہوئی
figure-stories-used = لوگ جن کی کہانیاں کام آئیں
figure-of = { $of } میں سے { $count }
figure-only = { $count }
figure-hidden = لوگوں کی حفاظت کے لیے نہیں دکھایا گیا
figure-hidden-of = لوگوں کی حفاظت کے لیے نہیں دکھایا گیا؛ کل { $of }
figure-beside-explained = صرف وہ وضاحتیں گنی جاتی ہیں جو حصہ لینے والوں کو بھیجی گئیں اور، جہاں کام اٹکا ہوا ہے، 90 دن سے پرانی نہیں۔
figure-beside-stories-used = جو کہانیاں یہاں سب کے سامنے لکھی ہیں وہ اس میں شامل نہیں، اس لیے یہ لوگ کہانیوں کی تعداد سے کم ہیں۔
figure-how-responded = شائع ہونے والی سب تجاویز میں سے وہ جن کا کوئی بھی جواب آیا۔ نامنظور ہونے والی بھی جواب والی گنی جاتی ہیں۔
figure-how-completed = شائع ہونے والی سب تجاویز میں سے، نامنظور ہونے والی ملا کر، وہ جن کے بارے میں ادارہ کہتا ہے کہ کام مکمل ہے۔
figure-how-confirmed = شائع ہونے والی سب تجاویز میں سے وہ جن کے بارے میں حصہ لینے والے کہتے ہیں کہ بات ان کے لیے سچ ہے۔
figure-how-explained = جن تجاویز پر وضاحت دینا لازم ہے، ان میں سے وہ جن کی تازہ وضاحت حصہ لینے والوں کو بھیجی گئی۔ وضاحت تب لازم ہے جب صرف ایک حصہ منظور ہو، تجویز نامنظور ہو، کام اٹکا ہو یا بند ہو، کسی اور چیز نے جگہ لے لی ہو، یا جواب میں دیر ہو۔ اٹکے ہوئے کام کی وضاحت 90 دن تک گنی جاتی ہے۔
figure-how-promises-kept = جن وعدوں کی پہلی تاریخ آ چکی ہے، ان میں سے وہ جو اسی پہلی تاریخ تک پورے ہوئے۔ جس وعدے کی تاریخ بدلی گئی اور پھر وہ پورا ہوا، وہ نہیں گنا جاتا۔
figure-how-traceable = شائع ہونے والی سب تجاویز میں سے وہ جو کم سے کم ایک کہانی سے جوڑی گئیں۔ اگر کوئی کہانی بعد میں واپس لے لی جائے تو اس سے یہ گنتی کم نہیں ہوتی۔
figure-how-told = حصہ لینے والے سب لوگوں میں سے وہ جنہیں پچھلے 12 مہینوں میں خبر والی کم سے کم ایک اپ ڈیٹ ملی۔ جنہوں نے اپ ڈیٹس بند کیں، وقفہ کیا یا کہانی واپس لی، وہ شامل نہیں۔ جن تک پہنچنے کا ہمارے پاس کوئی راستہ نہیں، وہ شامل رہتے ہیں۔
figure-how-first-feedback = کسی شخص کی پہلی کہانی لینے سے اس کی پہلی اپ ڈیٹ تک کے دن۔ جن کو بتایا گیا ان سب کا بیچ کا عدد، اور وہ وقت جس کے اندر دس میں سے نو لوگوں کو بتایا گیا۔
figure-how-loop-closed = وہ تبدیلیاں، جواب، وعدے اور خاموشیاں جو کم سے کم 30 دن پرانی ہیں، اور جن کی خبر ہر متعلقہ شخص کو 30 دن کے اندر دی گئی۔ جنہوں نے کم بار خبر لینا چنا، اور جنہوں نے اپ ڈیٹس بند کیں، وقفہ کیا یا کہانی واپس لی، وہ شامل نہیں۔
figure-how-needs-met = جن لوگوں نے عام طریقے سے ہٹ کر کچھ مانگا، ان میں سے وہ جنہیں پچھلی اپ ڈیٹ اسی زبان، شکل اور راستے سے ملی جو انہوں نے مانگا تھا۔
figure-how-stories-used = کہانی سنانے والے سب لوگوں میں سے وہ جن کی کہانی کم سے کم ایک تجویز کے پیچھے ہے۔ جو کہانیاں یہاں سب کے سامنے لکھی ہیں وہ ان اعداد میں نہیں۔
left-out-stopped = شامل نہیں، کیونکہ انہوں نے اپ ڈیٹس بند کیں: { $count }
left-out-paused = شامل نہیں، کیونکہ انہوں نے وقفہ کیا: { $count }
left-out-withdrawn = شامل نہیں، کیونکہ انہوں نے کہانی واپس لی: { $count }
first-median = آدھے لوگوں کو { $days } دن کے اندر بتایا گیا
first-median-hidden = لوگوں کی حفاظت کے لیے نہیں دکھایا گیا
first-p90 = دس میں سے نو کو { $days } دن کے اندر بتایا گیا
first-p90-hidden = دس میں سے نو لوگوں کا وقت تب دکھایا جاتا ہے جب تقریباً 55 لوگ ہوں
first-told = لوگ جنہیں کم سے کم ایک بار بتایا گیا: { $count }
first-waiting = اب بھی انتظار میں: { $count }
first-longest = کم سے کم 5 لوگ { $days } دن یا زیادہ عرصے سے انتظار میں ہیں

## Counts at the top of a page
count-answered = { $of } میں سے { $count } کا جواب آیا
count-done = { $count } مکمل
count-confirmed = { $count } کی تصدیق ہوئی
count-stalled = { $count } پر کام اٹکا ہوا
count-silent = { $count } پر دیر یا خاموشی
count-missed = { $count ->
    [one] { $count } وعدہ پورا نہیں ہوا
   *[other] { $count } وعدے پورے نہیں ہوئے
}

## A project's page
page-project-by = { $organisation } کا پروجیکٹ
page-project-state = سب کچھ کہاں تک پہنچا
page-project-recommendation = تجویز
page-project-response = جواب
page-project-progress = کام
page-project-beside = کیوں، اور کس میں دیر ہے
page-project-who-is = یہ کس کے ذمے ہے:
page-project-since = { $date } سے
page-project-more = { $count ->
    [one] ایک اور تجویز
   *[other] مزید { $count } تجاویز
}
page-project-latest = سب سے نئی تبدیلیاں
page-project-nothing = ابھی کچھ نہیں۔
page-project-silent = کہاں دیر یا خاموشی ہے
page-project-silent-none = اس وقت کہیں دیر یا خاموشی نہیں: کوئی جواب، وعدہ، اگلا جائزہ یا وضاحت باقی نہیں۔
page-project-silent-for = { $age } سے
page-project-silent-also = اور { $count } مزید
page-project-silent-more = اور { $count } مزید
page-project-promises = وعدے
page-project-promises-none = ابھی کوئی وعدہ نہیں کیا گیا۔
page-project-promises-counts = پورے ہوئے: { $kept }، ابھی باقی: { $open }، پورے نہیں ہوئے: { $missed }۔ جن کی تاریخ بدلی گئی: { $moved }۔
page-project-first-due = پہلی تاریخ
page-project-due = اب کی تاریخ
page-project-late = { $age } کی دیر
page-project-moved = { $count ->
    [one] ایک بار بدلی گئی
   *[other] { $count } بار بدلی گئی
}
page-project-figures = اعداد میں
page-project-figures-of = تجاویز اور وعدوں کے اعداد آج کے ہیں۔ لوگوں کے اعداد { $date } کے شمارے کے ساتھ لیے گئے۔ وہ قریب کے 5 تک لکھے جاتے ہیں، چھوٹے عدد نہیں دکھائے جاتے، اور وہ تب ہی بدلتے ہیں جب کئی لوگ آئیں یا جائیں، تاکہ ان سے کسی شخص کو پہچانا نہ جا سکے۔
page-project-figures-none = لوگوں کے اعداد پہلے شمارے کے ساتھ آئیں گے۔
page-project-how = یہ کیسے نکالا جاتا ہے
page-project-over-time = وقت کے ساتھ
page-project-lanes-title = وقت کے ساتھ سب تجاویز
page-project-lanes-about = ہر تجویز کی ایک قطار، { $from } سے { $to } تک۔ پٹیاں کام کی حالت دکھاتی ہیں۔ جھنڈا جواب دکھاتا ہے، اور گول نشان وہ خاموشی جو درج ہوئی۔
page-project-table = یہی ایک جدول میں
page-project-from = کب سے
page-project-to = کب تک
page-project-until-now = آج تک
page-project-what = کیا
page-project-course-title = ہر شمارے کے اعداد
page-project-course-about = { $from } سے { $to } تک ہر شمارے میں کتنے فیصد، 0 سے 100 تک۔
page-project-edition = شمارہ
page-project-paused = پروجیکٹ { $date } سے رکا ہوا ہے: { $why }
page-project-held = { $date } کا شمارہ روک رکھا گیا ہے: { $why }
page-project-check = کیا یہ پورا ہے اور بدلا نہیں گیا؟ خود جانچ لیں
page-project-data = ڈیٹا ساتھ لے جائیں
page-project-as-of = { $date } تک کا حال۔
page-project-last = آخری تبدیلی: { $date }
page-project-record = { $count ->
    [one] ریکارڈ میں ایک اندراج ہے۔ اس کا فنگر پرنٹ:
   *[other] ریکارڈ میں { $count } اندراج ہیں۔ اس کا فنگر پرنٹ:
}
page-project-feed = اس پروجیکٹ کی خبریں پائیں (فیڈ)
page-project-on-page = اس صفحے پر
page-project-legend = نشانوں کا مطلب
page-project-ring = خاموشی جو درج ہوئی
page-project-move = { $date } کو بدلی گئی: { $from } سے { $to }
page-project-event = اندراج { $number }
page-rec-event-below = نیچے کی فہرست میں اندراج { $number }
page-rec-check = یہ اندراج ریکارڈ کا حصہ ہیں۔ جانچ لیں کہ ریکارڈ پورا ہے اور بدلا نہیں گیا

## A recommendation's page
page-rec-title = تجویز
page-rec-for = کس کے لیے
page-rec-published = شائع ہوئی
page-rec-due = جواب کی آخری تاریخ
page-rec-target = پورا کرنے کی تاریخ
page-rec-awaiting = جواب باقی ہے۔ اسے { $date } تک آنا ہے۔
page-rec-overdue = جواب باقی ہے۔ اسے { $date } تک آنا تھا، اور نہیں آیا۔
page-rec-awaiting-open = جواب باقی ہے۔ کوئی تاریخ نہیں دی گئی۔
page-rec-crumbs = آپ یہاں ہیں
page-rec-text = کیا تجویز دی گئی
page-rec-why = یہ کیوں دی گئی
page-rec-learnings = کیا سیکھا گیا
page-rec-theme = موضوع: { $theme }
page-rec-stories = { $date } تک کی گنتی کے مطابق یہ تقریباً { $count } لوگوں کی کہانیوں کی بنیاد پر ہے۔
page-rec-stories-beside = { $date } تک کی گنتی کے مطابق یہ نیچے دی گئی کہانیوں، اور مزید تقریباً { $count } لوگوں کی کہانیوں کی بنیاد پر ہے۔
page-rec-stories-few = یہ نہیں دکھایا جاتا کہ اس کے پیچھے کتنے لوگوں کی کہانیاں ہیں، کیونکہ وہ بہت کم ہیں۔
page-rec-stories-few-beside = یہ نیچے دی گئی کہانیوں کی بنیاد پر ہے۔ یہ نہیں دکھایا جاتا کہ اس کے پیچھے اور کتنے لوگوں کی کہانیاں ہیں، کیونکہ وہ بہت کم ہیں۔
page-rec-stories-none = اس کے پیچھے کتنے لوگوں کی کہانیاں ہیں، یہ پہلے شمارے سے دکھایا جائے گا۔
page-rec-excerpts = لوگوں نے کیا بتایا، مختصر طور پر
page-rec-excerpts-agreed = یہ اس لیے دکھائی گئی ہیں کہ سنانے والے راضی ہیں۔ وہ کبھی بھی یہ اجازت واپس لے سکتے ہیں۔
page-rec-note = پڑھنے سے پہلے: { $note }
page-rec-note-none = یہ کہانی پڑھیں
page-rec-by = { $name } کی زبانی
page-rec-by-nobody = حصہ لینے والے ایک شخص کی زبانی
page-rec-supports = اس کے حق میں ہے
page-rec-qualifies = احتیاط کرنے کو کہتی ہے
page-rec-history = جو کچھ کہا اور کیا گیا
page-rec-said = حصہ لینے والے کیا کہتے ہیں
page-rec-said-later = جب کہا جائے گا کہ کچھ ہو گیا، تب حصہ لینے والوں سے پوچھا جائے گا۔
page-rec-proof = خود دیکھ لیں
page-rec-corrected = بعد میں درست کیا گیا؛ یہی الفاظ اب صحیح ہیں۔
page-rec-redacted = یہاں سے الفاظ قانونی وجہ سے ہٹا دیے گئے۔
page-rec-back = اس پروجیکٹ کی سب تجاویز
page-rec-feed = اس تجویز کی خبریں پائیں (فیڈ)
page-footer-nav = اس پروجیکٹ کے بارے میں مزید
page-frame-all = سب پروجیکٹ
page-rec-target-late = اسے { $date } تک ہونا تھا، یعنی { $age } پہلے۔

## More of a project's page
count-unanswered = { $count } کا جواب نہیں آیا
page-project-promised-by = یہ وعدہ کس کا ہے:

## All that changed
page-changes-title = سب تبدیلیاں
page-changes-link = سب تبدیلیاں، مہینے کے حساب سے
page-changes-ready = تیار انتخاب
page-changes-months = پچھلے 3 مہینے
page-changes-year = یہ سال
page-changes-all = سب
page-changes-form = چنیں کہ کیا دیکھنا ہے
page-changes-from = کب سے
page-changes-to = کب تک
page-changes-acts = صرف جواب، کام اور وعدے
page-changes-acts-only = صرف جواب، کام اور وعدے دکھائے گئے ہیں۔
page-changes-found = { $count ->
    [0] کچھ نہیں ملا۔
    [one] ایک تبدیلی۔
   *[other] { $count } تبدیلیاں۔
}
page-changes-found-from = { $count ->
    [0] { $from } سے اب تک کچھ نہیں ملا۔
    [one] { $from } سے اب تک ایک تبدیلی۔
   *[other] { $from } سے اب تک { $count } تبدیلیاں۔
}
page-changes-found-to = { $count ->
    [0] { $to } تک کچھ نہیں ملا۔
    [one] { $to } تک ایک تبدیلی۔
   *[other] { $to } تک { $count } تبدیلیاں۔
}
page-changes-found-between = { $count ->
    [0] { $from } سے { $to } تک کچھ نہیں ملا۔
    [one] { $from } سے { $to } تک ایک تبدیلی۔
   *[other] { $from } سے { $to } تک { $count } تبدیلیاں۔
}
page-changes-jump = مہینے
page-changes-earlier = پہلے کی
page-changes-later = بعد کی
page-changes-still = اس عرصے میں کسی نے جواب نہیں دیا، کچھ آگے نہیں بڑھا، اور کوئی وعدہ پورا نہیں ہوا۔
page-changes-rest = ریکارڈ میں کل { $of } اندراج ہیں۔ ان میں سے تبدیلیاں { $changes } ہیں، اور باقی { $count } سے کچھ نہیں بدلتا، جیسے اعداد اور سیکھی ہوئی باتیں۔ یہ سب ریکارڈ کی فائل میں ہیں۔
page-changes-sum-answers = { $count } جواب
page-changes-sum-forward = { $count } قدم آگے
page-changes-sum-back = { $count } قدم پیچھے
page-changes-sum-promised = { $count ->
    [one] { $count } نیا وعدہ
   *[other] { $count } نئے وعدے
}
page-changes-sum-kept = { $count ->
    [one] { $count } وعدہ پورا ہوا
   *[other] { $count } وعدے پورے ہوئے
}
page-changes-sum-missed = { $count ->
    [one] { $count } وعدہ پورا نہیں ہوا
   *[other] { $count } وعدے پورے نہیں ہوئے
}
page-changes-sum-silences = { $count ->
    [one] { $count } دوسری خاموشی
   *[other] { $count } دوسری خاموشیاں
}
