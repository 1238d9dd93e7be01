### Taking the data away, checking the record, feeds, the calendar and what other sites show. Plain words.
### Names of files, fields and codes stay as they are; { "\u2066" } and { "\u2069" } keep signs at their ends in place.

## The page of the data
page-data-title = ڈیٹا اپنے ساتھ لے جائیں
page-data-lead = ان صفحوں پر جو کچھ ہے، وہ سب جیسا اس وقت ہے ویسا لے جایا اور دوبارہ استعمال کیا جا سکتا ہے۔
page-data-no-people = کسی فائل میں یہ نہیں لکھا کہ کس نے حصہ لیا، اور کسی میں کسی کی کہانی نہیں ہے۔ لوگوں کی تعداد قریب کے 5 تک لکھی جاتی ہے، اور جہاں لوگ بہت کم ہوں وہاں کوئی عدد نہیں ہوتا۔
page-data-files = فائلیں
page-data-size = { $kb } کلو بائٹ
page-data-spreadsheet = جدول کسی بھی اسپریڈ شیٹ میں کھل جاتے ہیں۔ جہاں الفاظ کسی فارمولے کی طرح شروع ہوتے ہیں، وہاں ان سے پہلے ایک اکہرا نشان (') لگا ہوتا ہے، تاکہ کوئی پروگرام ان کا حساب نہ لگائے۔ JSON فائلوں میں الفاظ ویسے ہی ہیں جیسے لکھے گئے۔
page-data-fresh = فائلوں کے پتے نہیں بدلتے۔ کوئی پروگرام فائل دوبارہ لینے سے پہلے پوچھ سکتا ہے کہ وہ بدلی ہے یا نہیں (ETag)۔
page-data-licence = لائسنس، اور حوالہ کیسے دیں
page-data-licence-is = ڈیٹا اس لائسنس کے تحت استعمال کیا جا سکتا ہے:
page-data-cite = حوالہ دینے کے لیے یہ لکھا جا سکتا ہے
page-data-cite-as = { "\u200F" }{ $organisation }: { $project }۔ ریکارڈ، اندراج { $seq } تک، فنگر پرنٹ { $fingerprint }۔ { $licence }۔ { $date } کو دیکھا گیا۔
page-data-follow = آگے کیا ہوتا ہے، یہ جانتے رہیں
page-data-follow-how = یہ پتے کسی فیڈ ریڈر یا کیلنڈر میں ڈال دیں۔ کسی کو پتا نہیں چلتا کہ آپ کون ہیں، اور جب چاہیں چھوڑ دیں۔
page-data-feed = جو کچھ ہوتا ہے اس سب کی فیڈ (Atom)
page-data-calendar = وعدوں، اگلے جائزوں اور جوابوں کی تاریخوں کا کیلنڈر (iCalendar)
page-data-embed = اسے اپنی سائٹ پر دکھائیں
page-data-embed-how = یہ سطریں اپنے صفحے میں نقل کریں۔ ان سے نہ کوئی کوکی رکھی جاتی ہے، نہ کوئی اسکرپٹ چلتی ہے، اور نہ کسی کو گنا جاتا ہے۔
page-data-embed-badge = ایک بیج
page-data-embed-frame = فریم میں ایک چھوٹا صفحہ
page-data-embed-see = دیکھیں کہ یہ کیسا لگتا ہے
page-data-embed-themes = لفظ auto کی جگہ light یا dark لکھا جا سکتا ہے۔ اگر { "\u2066" }&accent={ "\u2069" } اور کوئی رنگ، جیسے { "\u2066" }0f5a58{ "\u2069" }، لکھا جائے تو فریم پر آپ کے اپنے رنگ کی پٹی آ جاتی ہے۔

## What each file holds
page-data-title-recommendations = تجاویز
page-data-title-history = شروع سے اب تک
page-data-title-promises = وعدے
page-data-title-figures = اعداد
page-data-title-learnings = سیکھی ہوئی باتیں
page-data-title-project = پورا پروجیکٹ
page-data-title-record = ریکارڈ
page-data-title-package = پروگراموں کے لیے تفصیل
page-data-file-recommendations = ہر تجویز کی ایک سطر: اس کے الفاظ، وہ کس کے ذمے ہے، اور اب کہاں تک پہنچی۔
page-data-file-history = ہر اس بات کی ایک سطر جو کہی یا کی گئی، یا وقت پر نہیں کہی گئی، پوری وضاحت کے ساتھ۔
page-data-file-promises = ہر وعدے کی ایک سطر: اس کی پہلی تاریخ، اب کی تاریخ، اور وہ پورا ہوا یا نہیں۔
page-data-file-figures = ہر شمارے کے ہر عدد کی ایک سطر۔ جو عدد نہیں دکھایا جاتا، اس کا خانہ خالی ہے۔
page-data-file-learnings = ہر اس سیکھی ہوئی بات کی ایک سطر جس سے کوئی تجویز بنی، اس کے موضوع کے ساتھ۔
page-data-file-project = سب جدول ایک ہی فائل میں۔
page-data-file-record = ہر اندراج، جیسا لکھا گیا، اپنے ہیش کے ساتھ۔ اس سے جانچا جا سکتا ہے کہ کچھ بدلا نہیں گیا۔
page-data-file-package = اس میں ہر فائل اور ہر خانے کا نام، اس کی قسم اور لائسنس لکھا ہے (Frictionless Data Package)۔
page-data-about = ایک پروجیکٹ کی تجاویز کا کیا بنا: جواب، کام، وضاحتیں، وعدے اور خاموشی۔ یہ سب پروجیکٹ کے ریکارڈ سے لیا گیا ہے۔ اس میں کسی چیز سے کوئی حصہ لینے والا یا کوئی کہانی پہچانی نہیں جا سکتی۔ لوگوں کی تعداد ہر شمارے کے ساتھ لی گئی اور 5 کے حساب سے لکھی گئی ہے، اور جہاں لوگ بہت کم ہوں وہاں خانہ خالی ہے۔ فائلیں جو CSV ہیں، ان میں جس خانے کے الفاظ =، +، -، @، ٹیب یا نئی سطر سے شروع ہوں، اس سے پہلے ایک اکہرا نشان (') لگا ہوتا ہے، تاکہ کوئی اسپریڈ شیٹ اسے فارمولا نہ سمجھے؛ فائل project.json میں الفاظ ویسے ہی ہیں جیسے لکھے گئے۔

## What each column holds
page-data-field-ref = تجویز کا حوالہ۔
page-data-field-title = اب اس کا نام کیا ہے۔
page-data-field-text = اب اس کے الفاظ کیا ہیں۔
page-data-field-audience = یہ کن کے لیے ہے۔
page-data-field-responsible = یہ کس کے ذمے ہے؛ کئی نام ہوں تو ان کے بیچ میں سیمی کولن ہوتا ہے۔
page-data-field-published-on = جس دن یہ شائع ہوئی۔
page-data-field-response-due-on = جس دن تک جواب آنا ہے۔
page-data-field-target-on = جس دن تک اسے پورا ہونا ہے۔
page-data-field-response = جواب، جیسا اب ہے۔
page-data-field-response-since = جواب کس دن سے ایسا ہے۔
page-data-field-response-reason = جواب کی جو وجہ بتائی گئی۔
page-data-field-response-words = جواب کی وضاحت، دینے والوں کے اپنے الفاظ میں۔
page-data-field-progress = کام، جس حال میں اب ہے۔ یہ جواب سے الگ چیز ہے۔
page-data-field-progress-since = کام کس دن سے اس حال میں ہے۔
page-data-field-progress-reason = کام کے اس حال کی جو وجہ بتائی گئی۔
page-data-field-progress-words = کام کے اس حال کی وضاحت، دینے والوں کے اپنے الفاظ میں۔
page-data-field-outcome = کیا بدلا، کرنے والوں کے اپنے الفاظ میں۔
page-data-field-noticed-by = یہ تبدیلی کس کو نظر آئے گی۔
page-data-field-evidence-url = ثبوت کہاں ہے۔
page-data-field-review-on = اگلے جائزے کا دن۔
page-data-field-verdict = جس چیز کو مکمل کہا گیا، اس کے بارے میں حصہ لینے والے کیا کہتے ہیں، جیسا پچھلے شمارے میں لیا گیا۔ جہاں بہت کم لوگوں نے کچھ کہا ہو، وہاں خالی۔
page-data-field-stories = اس کے پیچھے کتنی کہانیاں ہیں، ان کے علاوہ جو سب کے سامنے لکھی ہیں، جیسا پچھلے شمارے میں لیا گیا: 5 کے حساب سے۔ جہاں بہت کم ہوں، وہاں خالی۔
page-data-field-silences = آج کس چیز پر خاموشی ہے، کوڈ کی شکل میں، جن کے بیچ میں سیمی کولن ہوتا ہے: response_overdue، promise_missed، review_date_passed، explanation_stale، gone_quiet۔
page-data-field-last-act-on = جس دن کسی انسان نے آخری بار اس کے بارے میں کچھ کہا یا کیا۔
page-data-field-number = تجویز کے اندر اس کی جگہ، 1 سے شروع ہو کر۔
page-data-field-promise = کیا وعدہ کیا گیا، الفاظ میں۔
page-data-field-made-on = جس دن وعدہ کیا گیا۔
page-data-field-first-due-on = جو تاریخ سب سے پہلے دی گئی۔ یہ کبھی نہیں بدلتی۔
page-data-field-due-on = جو تاریخ اب ہے۔
page-data-field-moves = تاریخ کتنی بار بدلی گئی۔
page-data-field-kept-on = جس دن وعدہ پورا ہوا۔
page-data-field-promise-state = پہلی تاریخ تک پورا ہوا، بعد میں پورا ہوا، ابھی باقی ہے، یا آج تک پورا نہیں ہوا۔
page-data-field-theme = سیکھی ہوئی بات کا موضوع۔
page-data-field-learning = کیا سیکھا گیا۔
page-data-field-event = ریکارڈ کے اس اندراج کا نمبر جس میں یہ اعداد ہیں۔
page-data-field-period = شمارے کا دن۔
page-data-field-figure = یہ کون سا عدد ہے۔ ہر ایک کا مطلب پروجیکٹ کے صفحے پر لکھا ہے۔
page-data-field-unit = گنتی چیزوں کی ہے یا دنوں کی۔
page-data-field-count = گنتی۔ لوگوں اور کہانیوں کی گنتی 5 کے حساب سے ہوتی ہے، اور جہاں نہیں دکھائی جاتی وہاں خالی۔
page-data-field-of = کتنوں میں سے۔ جہاں نہیں دکھایا جاتا، یا جہاں ایسا کوئی عدد نہیں، وہاں خالی۔
page-data-field-seq = ریکارڈ میں اندراج کا نمبر۔
page-data-field-at = یہ کب لکھا گیا، UTC میں۔
page-data-field-on = یہ کس دن ہوا، پروجیکٹ کے اپنے وقت کے حساب سے۔
page-data-field-kind = اندراج کی قسم، جیسا hearback کی فائل docs/record-format.md میں لکھا ہے۔
page-data-field-by-the-clock = کیا یہ گھڑی نے لکھا، کیونکہ کسی نے وقت پر کچھ نہیں کہا، اور کسی انسان نے نہیں۔
page-data-field-state = اس وقت سے جواب یا کام کا حال۔
page-data-field-state-before = اس سے پہلے کام کا حال۔
page-data-field-reason = جو وجہ بتائی گئی۔
page-data-field-words = کیا کہا گیا، کہنے والوں کے اپنے الفاظ میں۔
page-data-field-tried = کیا کوشش کی گئی۔
page-data-field-decided-by = فیصلہ کس نے کیا: عہدہ۔
page-data-field-unblock = کس چیز سے یہ حال بدلے گا۔
page-data-field-in-our-control = کیا یہ وضاحت دینے والوں کے اپنے ہاتھ میں ہے۔
page-data-field-date = وہ تاریخ جس کا وعدہ ہوا، جو طے ہوئی، جس تک ہونا تھا یا جو گزر گئی؛ لمبی خاموشی ہو تو اس کا پہلا دن۔
page-data-field-date-before = اس سے پہلے جو تاریخ تھی۔
page-data-field-about-event = وہ اندراج جسے یہ درست کرتا ہے، جس کے الفاظ ہٹاتا ہے، یا جس کی وضاحت پرانی ہو گئی۔
page-data-field-corrected-by = وہ اندراج جس نے اسے آخری بار درست کیا؛ درست کیے ہوئے الفاظ یہاں ہیں۔
page-data-field-subject = جس تجویز کے بارے میں ہے اس کا حوالہ، یا لفظ project۔
page-data-field-content = کیا کہا گیا، جیسا ریکارڈ میں ہے؛ جہاں الفاظ ہٹا دیے گئے وہاں null۔
page-data-field-content-hash = مواد کی معیاری شکل کا SHA-256، سولہ کے نظام کے 64 ہندسوں میں۔
page-data-field-prev = پچھلے اندراج کا ہیش؛ پہلے اندراج میں 64 صفر۔
page-data-field-hash = فیلڈ prev اور مواد کے سوا باقی سب کی معیاری شکل کا SHA-256، سولہ کے نظام کے 64 ہندسوں میں۔
page-data-field-redacted = کیا اس کے الفاظ قانونی وجہ سے ہٹا دیے گئے۔

## Days in the calendar
page-data-day-promise = وعدے کی تاریخ ({ $ref }): { $promise }
page-data-day-review = اگلا جائزہ ({ $ref }): { $title }
page-data-day-response = جواب کی تاریخ ({ $ref }): { $title }
page-data-day-target = اس دن تک پورا ہونا ہے ({ $ref }): { $title }

## Feeds
feed-title = { "\u200F" }{ $ref } { $title } · { $project }
feed-entry = { "\u200F" }{ $ref } { $title }: { $what }
feed-happened = یہ { $date } کو ہوا۔ ریکارڈ کا اندراج { $number }۔

## The badge and the frame
badge-text = { "\u200F" }{ $answered } · { $done } · { $confirmed }
badge-title = { "\u200F" }{ $project }: { $text }
badge-alt = ان تجاویز کا کیا بنا: { $project }
page-embed-title = اس کا کیا بنا: { $project }
page-embed-unanswered = { $count } کا جواب نہیں آیا
page-embed-as-of = { $date } تک کا حال
page-embed-more = جو کچھ کہا اور کیا گیا، وہ سب دیکھیں

## Check this yourself
page-checkit-title = یہ خود جانچ لیں
page-checkit-lead = ہماری بات پر یقین کرنا ضروری نہیں۔ جو کچھ کہا اور کیا گیا، وہ سب ایک فہرست میں ہے، جسے ریکارڈ کہتے ہیں، اور کوئی بھی جانچ سکتا ہے کہ اس میں کچھ بدلا نہیں گیا۔
page-checkit-chain = ریکارڈ اندراجات کی ایک فہرست ہے، جن کے نمبر 1 سے شروع ہوتے ہیں۔ ہر اندراج کے ساتھ ایک حساب ہوتا ہے، جو اس کے اپنے الفاظ اور اس سے پہلے والے اندراج پر لگایا جاتا ہے۔ اگر کوئی بعد میں کسی اندراج کو بدلے، بڑھائے یا ہٹائے تو وہاں سے آگے حساب ٹھیک نہیں بیٹھتا۔ آخری حساب کا شروع کا حصہ فنگر پرنٹ کہلاتا ہے: وہ وہاں تک کے پورے ریکارڈ کی پہچان ہے۔
page-checkit-how = ریکارڈ کیسے جانچا جا سکتا ہے
page-checkit-last = آخری اندراج
page-checkit-empty = ریکارڈ میں ابھی کوئی اندراج نہیں ہے۔
page-checkit-update = ہم جو بھی اپ ڈیٹ بھیجتے ہیں، اس میں اس آخری اندراج کا نمبر اور فنگر پرنٹ لکھا ہوتا ہے جو اس میں شامل ہے۔ اپنی اپ ڈیٹس سنبھال کر رکھیں: ان میں سے کسی ایک سے جانچا جا سکتا ہے کہ یہ اب بھی وہی ریکارڈ ہے جو آپ کو بتایا گیا تھا۔
page-checkit-hand = اپنی مشین پر جانچیں
page-checkit-save = ریکارڈ کو فائل میں محفوظ کریں۔
page-checkit-run = پھر اسے ان میں سے کسی طریقے سے جانچیں۔
page-checkit-python = پائتھن (Python) کی چند سطروں سے
page-checkit-python-how = یہ پروگرام بھی محفوظ کریں، اسے پڑھیں، اور چلائیں۔ ریکارڈ ٹھیک ہو تو یہ 0 لکھتا ہے، ورنہ اس پہلے اندراج کا نمبر جو ٹھیک نہیں۔ ٹھیک ہو تو یہ آخری اندراج کا نمبر اور فنگر پرنٹ بھی بتاتا ہے۔ انہیں کسی کی اپ ڈیٹ سے یا اس صفحے سے ملا لیں: صرف حساب سے یہ پتا نہیں چل سکتا کہ آخری حصہ چھوڑ دیا گیا ہے۔
page-checkit-lines = اس کی سب سطریں
page-checkit-program = پروگرام hearback سے
page-checkit-program-how = کوئی بھی hearback کو اپنی مشین پر لگا سکتا ہے۔ وہاں یہ کہیں سے بھی آئی ہوئی فائل جانچ لیتا ہے۔
page-checkit-compare = پھر ملائیں
page-checkit-compare-how = وہ اندراج ڈھونڈیں جس کا نمبر آپ کی اپ ڈیٹ میں لکھا ہے۔ اس کے ہیش کے پہلے 16 ہندسے وہی ہونے چاہییں جو آپ کی اپ ڈیٹ کا فنگر پرنٹ ہے۔
page-checkit-form = حساب کیسے لگایا جاتا ہے
page-checkit-form-file = فائل JSON Lines کی شکل میں ہے: ہر سطر میں ایک اندراج، UTF-8 میں، اور ہر سطر کے آخر میں line feed۔ ہر اندراج میں یہ آٹھ فیلڈ ہوتے ہیں:
page-checkit-field-seq = اس کا نمبر: پہلے کا 1، پھر ہر بار ایک زیادہ۔
page-checkit-field-at = یہ کب لکھا گیا، UTC میں۔ یہ وقت کبھی پیچھے نہیں جاتا۔
page-checkit-field-kind = اندراج کی قسم۔
page-checkit-field-subject = جس تجویز کے بارے میں ہے اس کا حوالہ، یا لفظ project۔
page-checkit-field-content = کیا کہا گیا، ایک اتفاقی salt کے ساتھ۔ جہاں الفاظ قانونی وجہ سے ہٹا دیے گئے وہاں یہ null ہے۔
page-checkit-field-content-hash = مواد پر لگایا ہوا حساب۔
page-checkit-field-prev = پچھلے اندراج کا ہیش؛ پہلے اندراج میں 64 صفر۔
page-checkit-field-hash = اس سب پر لگایا ہوا حساب۔
page-checkit-canonical = معیاری شکل وہ ہے جو RFC 8785 میں ہے: JSON، جس میں خالی جگہ نہیں اور سب نام ترتیب سے ہیں۔ حساب SHA-256 ہے، سولہ کے نظام کے 64 ہندسوں میں، چھوٹے حروف کے ساتھ۔
page-checkit-redaction = جہاں الفاظ قانونی وجہ سے ہٹانے پڑے، وہاں مواد null ہے، اور باقی سب ویسا ہی رہتا ہے، اس لیے حساب پھر بھی ٹھیک بیٹھتا ہے۔ بعد کا ایک اندراج، جس کی قسم redaction ہے، فیلڈ redacts میں اس کا نمبر بتاتا ہے۔ اگر ایسے اندراج کے بغیر مواد غائب ہو تو یہ خرابی ہے۔
page-checkit-shows = اس سے کیا پتا چلتا ہے، اور کیا نہیں
page-checkit-shows-yes = اگر ریکارڈ ٹھیک بیٹھتا ہے تو کوئی ایک اندراج بھی بدلا، بڑھایا یا چھوڑا نہیں گیا۔ اگر آپ کی اپ ڈیٹ کا فنگر پرنٹ اس میں ہے تو یہ وہی ریکارڈ ہے جو آپ کو بتایا گیا تھا۔
page-checkit-shows-no = جو ریکارڈ ٹھیک بیٹھتا ہے، وہ پھر بھی پورے کا پورا نئے سرے سے لکھا گیا ہو سکتا ہے، یا اس کا آخری حصہ چھوڑا گیا ہو سکتا ہے۔ یہ صرف حساب سے پتا نہیں چل سکتا۔ لوگوں کی اپ ڈیٹس میں لکھے فنگر پرنٹ سے پتا چل سکتا ہے۔
page-checkit-shows-true = اس سے یہ پتا نہیں چلتا کہ جو لکھا گیا وہ سچ ہے۔ اس کے لیے وہ ثبوت ہیں جن کے لنک دیے گئے ہیں، اور وہ باتیں جو حصہ لینے والے کہتے ہیں۔
