### Pages of a whole instance, and lists: the front page, recommendations, those who were asked, the comparison.

## Between these pages
page-list-ways = اس سائٹ کے صفحے
page-list-way-front = پہلا صفحہ
page-list-way-all = سب تجاویز
page-list-way-responders = کس سے پوچھا گیا
page-list-way-compare = موازنہ
page-list-nothing = یہاں ابھی کوئی پروجیکٹ سب کے لیے کھلا نہیں۔
page-list-press = جدول کو کسی خانے کے حساب سے ترتیب دینے کے لیے اس کی سرخی دبائیں۔
page-list-printed = یہ صفحہ: { $address }

## The front page
page-front-projects = اس کا کیا بنا
page-front-waiting = { $count ->
    [0] کوئی بھی پہلی بار خبر پانے کے انتظار میں نہیں ہے۔
   *[other] تقریباً { $count } لوگ اب بھی پہلی بار خبر پانے کے انتظار میں ہیں۔
}
page-front-waiting-least = کم سے کم تقریباً { $count } لوگ اب بھی پہلی بار خبر پانے کے انتظار میں ہیں۔ کچھ اعداد نہیں دکھائے گئے، کیونکہ وہ چھوٹے ہیں یا ابھی گنے نہیں گئے۔
page-front-waiting-hidden = پہلی اپ ڈیٹ کے انتظار میں لوگوں کی گنتی یہاں تب ہی دکھائی جاتی ہے جب اس سے کسی شخص کو پہچانا نہ جا سکے۔
page-front-search = سب تجاویز میں تلاش
page-front-silent = { $count ->
    [one] 1 پر دیر یا خاموشی ہے، { $age } سے
   *[other] { $count } پر دیر یا خاموشی ہے، سب سے لمبی { $age } سے
}
page-front-silent-none = اس وقت کہیں دیر یا خاموشی نہیں

## A list of recommendations
page-list-title = تجاویز
page-list-back = واپس
page-list-form = تجاویز ڈھونڈیں
page-list-show = دکھائیں
page-list-more = چھانٹیں اور ترتیب دیں
page-list-refine = ڈھونڈیں، چھانٹیں اور ترتیب دیں
page-list-sought-where = تلاش تجاویز، جوابوں، وضاحتوں اور ناموں میں ہوتی ہے۔ وعدے اور سب تبدیلیاں ہر پروجیکٹ کے اپنے صفحے پر ہیں۔
page-list-any = کوئی بھی
page-list-label-q = تلاش
page-list-label-response = جواب
page-list-label-progress = کام
page-list-label-answered = جواب آیا
page-list-label-responder = کس کے ذمے ہے
page-list-label-theme = موضوع
page-list-label-audience = کس کے لیے
page-list-label-reason = وجہ
page-list-label-verdict = حصہ لینے والے کیا کہتے ہیں
page-list-label-sort = ترتیب
page-list-answered-yes = ہاں
page-list-answered-no = نہیں
page-list-tick-overdue = جواب میں دیر ہے
page-list-tick-silent = کسی چیز میں دیر یا خاموشی ہے
page-list-order-published = جیسے شائع ہوئیں
page-list-order-ref = نمبر کے حساب سے
page-list-order-newest = سب سے نئی خبر پہلے
page-list-order-longest-silent = سب سے لمبی دیر یا خاموشی پہلے
page-list-order-title = عنوان کے حساب سے
page-list-all = { $count ->
    [0] ابھی کوئی تجویز شائع نہیں ہوئی۔
    [one] ایک تجویز۔
   *[other] { $count } تجاویز۔
}
page-list-found = { $count ->
    [0] { $of } تجاویز میں سے کوئی میل نہیں کھاتی۔ مزید دیکھنے کے لیے کوئی شرط ہٹا دیں۔
    [one] { $of } تجاویز میں سے ایک میل کھاتی ہے۔
   *[other] { $of } تجاویز میں سے { $count } میل کھاتی ہیں۔
}
page-list-chosen-title = ان شرطوں کے ساتھ
page-list-chosen = { "\u200F" }{ $label }: { $value }
page-list-drop = (ہٹا دیں)
page-list-drop-all = سب شرطیں ہٹا دیں
page-list-pages = اس فہرست کے صفحے
page-list-page = صفحہ { $page }، کل { $of }۔
page-list-previous = پچھلا صفحہ
page-list-next = اگلا صفحہ

## Those who were asked
page-responder-title = کس سے پوچھا گیا
page-responder-what = وہ سب جن سے کسی شائع شدہ تجویز کا جواب مانگا گیا، اور اس کا کیا نتیجہ نکلا۔ جہاں کئی سے ایک ساتھ پوچھا گیا، وہاں جواب یا قدم ان میں سے ہر ایک کے لیے گنا جاتا ہے، چاہے وہ ان میں سے کسی نے دیا ہو یا کسی اور نے۔
page-responder-none = ابھی کسی سے سب کے سامنے نہیں پوچھا گیا۔
page-responder-column-name = نام
page-responder-column-asked = پوچھا گیا
page-responder-column-answered = جواب آیا
page-responder-column-done = مکمل
page-responder-column-stuck = اٹکا ہوا
page-responder-column-silent = اب دیر یا خاموشی
page-responder-across = اس سائٹ کے سب کھلے پروجیکٹس میں
page-responder-asked = { $count ->
    [one] ایک بار پوچھا گیا
   *[other] { $count } بار پوچھا گیا
}
page-responder-asked-with = { $count } ({ $shared } دوسروں کے ساتھ)
page-responder-shared = { $count ->
    [0] ان کے ساتھ کسی اور سے نہیں پوچھا گیا۔
    [one] ان میں سے ایک کے بارے میں دوسروں سے بھی پوچھا گیا۔
   *[other] ان میں سے { $count } کے بارے میں دوسروں سے بھی پوچھا گیا۔
} یہاں جواب، کام اور وعدوں کے بارے میں جو لکھا ہے، وہ تجویز کے بارے میں ہے۔ جواب کس نے دیا، یہ اس کے ساتھ لکھا ہے۔
page-responder-has-answer = { $of } میں سے { $count } کا جواب آیا
page-responder-silent = { $count } پر اس وقت دیر یا خاموشی
page-responder-explained = { $of ->
    [one] ایک تجویز پر وضاحت دینا لازم ہے؛ { $count ->
        [0] کوئی ایسی وضاحت نہیں بھیجی گئی جو اب بھی ٹھیک ہو۔
       *[other] وہ بھیجی گئی، اور اب بھی ٹھیک ہے۔
    }
   *[other] { $of } تجاویز پر وضاحت دینا لازم ہے؛ { $count ->
        [0] کوئی ایسی وضاحت نہیں بھیجی گئی جو اب بھی ٹھیک ہو۔
        [one] ایک بھیجی گئی اور اب بھی ٹھیک ہے۔
       *[other] { $count } بھیجی گئیں اور اب بھی ٹھیک ہیں۔
    }
}
page-responder-explained-none = اس وقت کوئی وضاحت لازم نہیں۔
page-responder-asked-title = ان سے کیا پوچھا گیا

## The comparison
page-compare-title = موازنہ
page-compare-what = کس کا موازنہ کرنا ہے
page-compare-projects = پروجیکٹس
page-compare-responders = جن سے پوچھا گیا
page-compare-how = ہر عدد کے ساتھ لکھا ہے کہ وہ کتنوں میں سے ہے۔
page-compare-shared = جہاں کئی سے ایک ساتھ پوچھا گیا، وہاں جواب یا قدم ان میں سے ہر ایک کے لیے گنا جاتا ہے، چاہے وہ ان میں سے کسی نے دیا ہو یا کسی اور نے۔
page-compare-column-has-answer = جواب آیا
page-compare-told = کتنے لوگوں کو بتایا گیا، یہ عدد ہر پروجیکٹ کے پچھلے شمارے سے ہے، اور قریب کے 5 تک لکھا جاتا ہے۔ چھوٹے عدد نہیں دکھائے جاتے۔
page-compare-column-project = پروجیکٹ
page-compare-column-responder = نام
page-compare-column-recommendations = تجاویز
page-compare-column-answered = جواب آیا
page-compare-column-done = مکمل
page-compare-column-confirmed = حصہ لینے والوں نے تصدیق کی
page-compare-column-explained = وضاحت دی گئی
page-compare-column-promises-kept = پہلی تاریخ تک پورے ہونے والے وعدے
page-compare-column-told = لوگ جنہیں بتایا گیا
page-compare-column-overdue = اب جواب میں دیر
page-compare-column-silence = سب سے لمبی دیر
page-compare-no-recommendations = کوئی شائع نہیں ہوئی
page-compare-no-explanations = کوئی لازم نہیں
page-compare-no-promises = کسی کی تاریخ نہیں آئی
page-compare-no-edition = ابھی کوئی شمارہ نہیں
page-compare-no-silence = کہیں دیر نہیں

## What is owed, on the card of a project
page-front-unanswered = جواب نہیں آیا: { $count ->
    [one] 1 تجویز
   *[other] { $count } تجاویز
}؛ پوچھا گیا { $bodies ->
    [one] 1 ادارے سے
   *[other] { $bodies } اداروں سے
}
page-front-unanswered-only = جواب نہیں آیا: { $count ->
    [one] 1 تجویز
   *[other] { $count } تجاویز
}
page-front-stuck = اٹکا ہوا کام: { $count ->
    [one] 1 تجویز
   *[other] { $count } تجاویز
}
page-front-missed = { $count ->
    [one] 1 وعدہ پورا نہیں ہوا
   *[other] { $count } وعدے پورے نہیں ہوئے
}
page-front-missed-promise = ’{ $promise }‘، { $date } تک ہونا تھا
page-front-more = اور { $count } مزید
page-front-latest = سب سے نئی تبدیلی: { $what } ({ $ref }، { $date })
page-front-check = جانچ لیں کہ ریکارڈ پورا ہے اور بدلا نہیں گیا
