### Workbooks: the one to fill in, and the one that shows what is wrong.
### Urdu: here a column is called کالم, because خانہ is the cell. Names of sheets and columns, commands and the words to
### choose from stay in English; what such a word means stands behind it. { "\u2066" } and { "\u2069" } keep dates and
### signs in their order.

## What the command line says
template-made = فائل { $path } بھرنے کے لیے تیار ہے۔ بھرنے کے بعد اسے آزما کر دیکھیں: hearback import { $path } --dry-run
annotated = جو کچھ ٹھیک نہیں، وہ فائل { $path } میں خانوں کے ساتھ لکھا ہے۔ اس میں لوگوں کے پتے ہیں، اس لیے یہ صرف آپ سے کھلتی ہے۔

## The workbook that shows what is wrong
workbook-errors-title = غلطیاں: { $errors }۔ تنبیہیں: { $warnings }۔ پیکیج کے اندر آنے سے پہلے غلطیاں ٹھیک کرنا لازم ہے؛ تنبیہوں کو ایک بار دیکھ لینا اچھا ہے۔
workbook-errors-private = اس فائل میں لکھا ہے کہ لوگوں سے رابطہ کیسے ہوتا ہے۔ اسے اتنی ہی احتیاط سے رکھیں جتنی احتیاط سے وہ فائل رکھی ہے جس سے یہ بنی، اور کام ہو جائے تو اسے مٹا دیں۔
workbook-errors-kind = کیا
workbook-errors-sheet = شیٹ
workbook-errors-cell = کہاں
workbook-errors-message = کیوں
workbook-errors-whole = پوری شیٹ
workbook-errors-more = مزید { $count } یہاں درج نہیں ہیں۔
workbook-errors-none = سب ٹھیک ہے، کوئی غلطی نہیں۔
workbook-errors-cut = شیٹ { $sheet } میں { $cell } سے آگے اتنا کچھ ہے جتنا ایک ورک بک میں نہیں آ سکتا: جو بہت لمبا تھا، وہ وہاں کاٹ دیا گیا۔ اسے اس فائل میں ٹھیک کریں جو اندر آئی تھی۔
workbook-error = غلطی
workbook-warning = تنبیہ
workbook-note-error = غلطی: { $message }
workbook-note-warning = تنبیہ: { $message }

## The workbook to fill in
workbook-title = پروگرام hearback کے لیے ایک پروجیکٹ
workbook-how-sheets = اس ورک بک کی ہر شیٹ کے اپنے کالم ہیں۔ شیٹوں اور کالموں کے نام جیسے ہیں ویسے ہی رہنے دیں۔ ان شیٹوں کو بھرنا لازم ہے: project، participants، stories اور recommendations؛ باقی خالی رہ سکتی ہیں۔
workbook-how-rows = ایک قطار میں ایک شخص، ایک کہانی یا ایک تجویز ہوتی ہے۔ کوڈ اور id چننا آپ کا کام ہے، مگر کبھی نام کے پہلے حروف نہیں؛ دوسری شیٹیں انہی سے کام لیتی ہیں۔ اگر ایک خانے میں کئی کوڈ ہوں تو ان کے بیچ میں سیمی کولن لگائیں۔
workbook-how-dates = تاریخیں اس طرح لکھیں: { "\u2066" }2025-03-31{ "\u2069" }، یا جس طرح آپ کا پروگرام انہیں تاریخ کے طور پر پہچانتا ہے۔ فارمولے استعمال نہ کریں: وہ پڑھے نہیں جاتے۔
workbook-how-examples = ہر شیٹ کی سرمئی قطار دکھاتی ہے کہ کیسے بھرنا ہے۔ یہ ایک ایسے باغیچے کے بارے میں ہے جو اصل میں نہیں ہے۔ جب تک آپ اسے ویسا ہی رہنے دیں، امپورٹ کرتے وقت اسے چھوڑ دیا جاتا ہے۔
workbook-how-check = جب کام ہو جائے تو یہ چلائیں: hearback import THIS-FILE --dry-run --annotate CHECKED.xlsx۔ اس سے کچھ محفوظ نہیں ہوتا، اور ہر خانے کے ساتھ لکھ دیا جاتا ہے کہ اس میں کیا ٹھیک نہیں۔
workbook-how-private = اس ورک بک میں یہ ہو گا کہ لوگوں سے رابطہ کیسے ہوتا ہے اور انہوں نے کیا بتایا۔ اسے ایسی جگہ رکھیں جہاں صرف وہی اسے کھول سکیں جن کے لیے یہ ضروری ہے۔
workbook-example = یہ قطار دکھاتی ہے کہ کیسے بھرنا ہے۔ جب تک یہ ویسی ہی رہے، امپورٹ کرتے وقت اسے چھوڑ دیا جاتا ہے۔
workbook-required = لازم ہے۔
workbook-optional = خالی رہ سکتا ہے۔
workbook-not-listed = یہ لفظ فہرست میں نہیں ہے۔ کیا یہی لکھنا تھا؟
workbook-sheet = شیٹ
workbook-column = کالم
workbook-needed = لازم ہے؟
workbook-holds = اس میں کیا ہوتا ہے
workbook-words = چننے کے لیے الفاظ

## What stands in each column
column-project-slug = لنک میں پروجیکٹ کا نام: زیادہ سے زیادہ 60 چھوٹے انگریزی حروف، ہندسے اور ہائفن، جیسے river-paths۔
column-project-title = پروجیکٹ کا عنوان۔
column-project-organisation = پروجیکٹ کس کے تحت چلتا ہے۔
column-project-summary = پروجیکٹ کس بارے میں ہے، چند جملوں میں۔ کئی سطریں ہو سکتی ہیں۔
column-project-sender-name = اپ ڈیٹس کس کی طرف سے آتی ہیں، زیادہ سے زیادہ 100 حروف میں۔ اس سے موضوع کا پتا نہیں چلنا چاہیے۔
column-project-contact-email = جواب کہاں جاتے ہیں۔
column-project-contact-phone = ان لوگوں کے لیے ایک فون نمبر جو فون کرنا بہتر سمجھتے ہیں۔
column-project-language = پروجیکٹ کی زبان، جیسے en یا cy۔ خالی ہو تو: en۔
column-project-timezone = ٹائم زون، جیسے Europe/London۔
column-project-schedule = ہر بار کی اپ ڈیٹس کب جاتی ہیں: cron کے پانچ حصے۔ مثلاً { "\u2066" }0 10 1 * *{ "\u2069" } کا مطلب ہے ہر مہینے کی پہلی تاریخ کو صبح دس بجے۔
column-project-review-days = بھیجنے سے پہلے مسودہ دیکھنے کے لیے آپ کے پاس کتنے دن ہیں۔ خالی ہو تو: 5۔
column-project-response-due-days = جن کے ذمے کام ہے، ان کے پاس جواب دینے کے لیے کتنے دن ہیں۔ خالی ہو تو: 180۔
column-project-quiet-after-days = کتنے دن کوئی خبر نہ آئے تو اسے خاموشی بتایا جاتا ہے۔ خالی ہو تو: 60؛ اگر 0 ہو تو یہ بند رہتا ہے۔
column-project-quiet-times = کب کسی کو کچھ نہیں لکھا جاتا، جیسے Fri 12:00-15:00 یا Ramadan۔ کئی ہوں تو ان کے بیچ میں سیمی کولن لگائیں۔
column-project-neutral-subjects = کیا پیغاموں کے عنوان میں پروجیکٹ کا موضوع چھپا رہے۔ خالی ہو تو: yes۔
column-project-support-contact = اگر کسی کا دل بھاری ہو تو وہ کس سے بات کرے۔
column-project-concern-person = نجی طور پر بتائی گئی پریشانی کس تک پہنچتی ہے: نام یا عہدہ۔
column-project-dates = جن تاریخوں کو آپ کا پروگرام تاریخ نہیں سمجھتا، وہ کیسے لکھی ہیں: { "\u2066" }2025-03-31{ "\u2069" }، یا ان سب میں دن پہلے۔ خالی ہو تو: سال پہلے۔
column-participants-id = اس شخص کے لیے ایک کوڈ۔ کبھی نام کے پہلے حروف نہیں۔
column-participants-greeting-name = اس شخص کو کس نام سے سلام کیا جائے۔
column-participants-email = تب لازم ہے جب راستہ ای میل ہو۔
column-participants-phone = تب لازم ہے جب راستہ فون ہو۔
column-participants-postal-address = تب لازم ہے جب راستہ خط ہو۔ کئی سطریں ہو سکتی ہیں۔
column-participants-channel = اس شخص کو کس راستے سے بتایا جاتا ہے۔ اگر None ہو تو بالکل نہیں بتایا جاتا۔
column-participants-language = اس شخص کی زبان، جیسے en یا ur۔ خالی ہو تو: پروجیکٹ کی زبان۔
column-participants-format = اپ ڈیٹس کی شکل۔ خالی ہو تو: Standard (عام شکل)۔
column-participants-cadence = کتنی بار۔ خالی ہو تو: ہر بار۔
column-participants-quiet-times = اس شخص کو کب کچھ نہیں لکھا جاتا، جیسے Sat۔
column-participants-contact-consent = کیا اس شخص نے رابطے کی اجازت دی۔ صرف yes گنا جاتا ہے۔
column-stories-code = اس کہانی کے لیے ایک کوڈ۔ کبھی نام کے پہلے حروف نہیں۔
column-stories-participant = جس شخص نے یہ سنائی، اس کی id۔
column-stories-summary = کہانی کس بارے میں ہے، ایک دو جملوں میں۔
column-stories-url = اسے کہاں دیکھا یا سنا جا سکتا ہے: ایک لنک۔
column-stories-medium = یہ کیسے سنائی گئی۔
column-stories-gathered-on = جس دن یہ سنائی گئی۔
column-stories-consent = اس شخص نے کس بات کی اجازت دی۔ خالی ہو تو: کہانی رکھی جاتی ہے اور کہیں استعمال نہیں ہوتی۔
column-stories-attribution = اسے کس نام سے نقل کیا جا سکتا ہے۔ خالی ہو تو: نقل نہیں کی جاتی۔
column-stories-content-note = پڑھنے سے پہلے کیا جان لینا چاہیے۔
column-stories-themes = اس کے موضوعات کی id۔
column-themes-id = اس موضوع کے لیے ایک کوڈ۔
column-themes-title = اس کا عنوان۔
column-themes-summary = یہ کس بارے میں ہے۔
column-learnings-id = اس سیکھی ہوئی بات کے لیے ایک کوڈ۔
column-learnings-theme = اس کے موضوع کی id۔
column-learnings-text = کیا سیکھا گیا۔
column-recommendations-ref = ایک چھوٹا نام جو سب کو دکھایا جاتا ہے، جیسے R01۔
column-recommendations-title = کیا مانگا گیا، چند لفظوں میں۔
column-recommendations-text = کیا مانگا گیا، پورے الفاظ میں۔
column-recommendations-audience = یہ کن کے لیے ہے۔
column-recommendations-responsible = یہ کس کے ذمے ہے۔
column-recommendations-responsible-email = ان کا ای میل پتہ۔ یہ کبھی نہیں دکھایا جاتا۔
column-recommendations-published-on = جس دن یہ شائع ہوئی۔
column-recommendations-response-due-on = جس دن تک جواب آنا ہے۔
column-recommendations-target-on = جس دن تک اسے پورا ہونا ہے۔
column-recommendations-learnings = اس کے پیچھے جو سیکھی ہوئی باتیں ہیں، ان کی id۔
column-evidence-recommendation = ایک تجویز کا حوالہ (ref)۔
column-evidence-story = اس کے پیچھے کی ایک کہانی کا کوڈ۔
column-evidence-direction = کہانی اس کے حق میں ہے، یا بتاتی ہے کہ کہاں احتیاط چاہیے۔
column-evidence-why = کہانی کی کس بات سے یہ پتا چلتا ہے۔
column-history-recommendation = ایک تجویز کا حوالہ (ref)۔
column-history-on = جس دن یہ ہوا۔
column-history-kind = یہ کس قسم کی خبر ہے۔
column-history-value = اگر Response (جواب) یا Progress (کام) ہو تو فہرست کا ایک لفظ؛ اگر Promise (وعدہ)، Promise moved (وعدے کی تاریخ بدلی گئی)، Promise kept (وعدہ پورا ہوا) یا Note (نوٹ) ہو تو اس کے الفاظ؛ اگر Target (پورا کرنے کی تاریخ) ہو تو وہ دن۔
column-history-reason = کیوں۔ ان کے ساتھ لازم ہے: Accepted in part (ایک حصہ منظور)، Declined (نامنظور)، Stalled (اٹکا ہوا ہے)، Stopped (بند کر دیا گیا) اور Superseded (کسی اور چیز نے جگہ لے لی)۔
column-history-explanation = کیا ہوا، آسان الفاظ میں۔ وجہ کے ساتھ لازم ہے؛ اگر Done (مکمل) ہو تو نتیجہ: کیا بدلا۔
column-history-tried = کیا کوشش کی گئی۔
column-history-decided-by = فیصلہ کس نے کیا: عہدہ، نام نہیں۔
column-history-unblock = کس چیز سے مدد ملے گی۔
column-history-in-our-control = کیا یہ آپ کے اپنے ہاتھ میں ہے۔
column-history-review-on = اسے دوبارہ کب دیکھا جائے گا۔ اگر Stalled (اٹکا ہوا ہے) ہو تو لازم ہے۔
column-history-due-on = وعدہ کس تاریخ تک کا ہے۔ اگر Promise (وعدہ) یا Promise moved (وعدے کی تاریخ بدلی گئی) ہو تو لازم ہے۔
column-history-noticed-by = نتیجہ کس کو نظر آئے گا۔
column-history-evidence-url = ثبوت کہاں ہے: ایک لنک۔
column-acts-participant = اس شخص کی id۔
column-acts-on = جس دن اس شخص نے یہ کیا۔
column-acts-act = اس شخص نے کیا کیا۔
column-acts-story = اگر Withdraw (واپس) ہو تو اس شخص کی کسی ایک کہانی کا کوڈ۔ خالی ہو تو: سب کہانیاں۔
column-acts-value = اگر Choose (چننا) ہو تو اس شخص نے کیا چنا، جیسے cadence=quarterly۔
