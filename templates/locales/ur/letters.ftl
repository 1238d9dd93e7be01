### Letters and calls: what is printed, and what is read out on the telephone.
### Whoever reads out may be a man or a woman, so no verb says "I".

## Letters

letters-title = خطوط
scripts-title = فون پر پڑھنے کی تحریریں
letter-page = صفحہ { $number }، کل { $count }
# Where a browser prints, which does not know how many pages there will be.
letter-page-only = صفحہ { $number }

# In the list of choices of a letter, in the place of a link.
choice-code = یا انٹرنیٹ پر وقفہ کریں، اور وہیں سے دوبارہ شروع کریں: { $address } پر جائیں اور یہ کوڈ لکھیں: { $code }

## The page where the code of a letter is typed

code-title = آپ کا کوڈ
code-what = آپ کو جو خط ملا، اس کے آخر میں ایک کوڈ ہے۔ اپنی اپ ڈیٹس کچھ دیر روکنے، یا دوبارہ شروع کرنے کے لیے وہ کوڈ یہاں لکھیں۔
code-label = آپ کا کوڈ: حروف اور ہندسوں کے سات حصے، ہر حصے میں کل چار
code-hint = حروف بڑے ہوں یا چھوٹے، اور خالی جگہ ہو یا نہ ہو، اس سے فرق نہیں پڑتا۔
code-go = آگے بڑھیں
code-many-title = مہربانی کر کے تھوڑی دیر انتظار کریں
code-many-what = جہاں آپ ہیں، وہاں سے بہت سے ایسے کوڈ لکھے گئے جو یہاں کسی کے نہیں۔
code-many-do = چند منٹ بعد دوبارہ کوشش کریں۔ کچھ نہیں بدلا گیا۔

## Calls

script-title = فون پر پڑھنے کی تحریر
script-task = کام { $id }
script-not-before = { $date } سے پہلے فون نہ کریں: یہ خاموشی کا وقت ہے۔
# Stands in the place of a name, in front of سے, کو and کے لیے.
script-nobody-named = اس نمبر والے شخص

script-heading-first = پہلے یہ کہیں
script-first-ask = ”سلام، کیا { $name } سے بات ہو سکتی ہے؟“ جب وہ خود فون پر ہوں: ”یہ فون { $sender } کی طرف سے ہے۔ کیا ابھی بات کرنا ٹھیک ہے؟“
script-first-alone = ”کیا آپ کے پاس کوئی اور نہیں ہے، یا آپ جہاں ہیں وہاں بات کرنا ٹھیک ہے؟“
script-first-nothing = آگے تب ہی بڑھیں جب وہ ہاں کہیں۔ تب تک پروجیکٹ کے بارے میں کچھ نہ کہیں، اور یہ بھی نہیں کہ فون کس بارے میں ہے۔

script-heading-other = اگر کوئی اور فون اٹھائے
script-other-say = ”مہربانی کر کے { $name } کو بتا دیں کہ { $sender } کی طرف سے فون آیا تھا۔ کوئی جلدی کی بات نہیں، اور فون پھر آئے گا۔“
script-other-never = کبھی نہ بتائیں کہ بات کس بارے میں ہے، چاہے آپ سے پوچھا جائے: نہ پروجیکٹ، نہ ادارہ، اور نہ یہ کہ کوئی کہانی ہے۔

script-heading-machine = اگر فون کوئی مشین اٹھائے
script-machine-none = بہتر ہے کہ کوئی پیغام نہ چھوڑیں: ہو سکتا ہے اسے کوئی اور سن لے۔
script-machine-never = اگر چھوڑنا ہی پڑے: ”یہ { $name } کے لیے { $sender } کی طرف سے فون ہے۔ فون پھر آئے گا۔“ نہ پروجیکٹ کا ذکر کریں، نہ ادارے کا، نہ کہانی کا، اور نہ اس میں سے کسی بات کا جو نیچے لکھی ہے۔

script-again = ابھی ٹھیک نہیں؟ پوچھیں کہ دوبارہ کب فون کیا جائے:

script-heading-read = اب یہ پڑھ کر سنائیں
# Follows "خود دیکھ لیں:" or the like, in the place of an address of the web.
script-link = انٹرنیٹ پر اس کے بارے میں ایک صفحہ ہے۔ اس کا پتہ آپ کو بھجوایا جا سکتا ہے۔

script-yes = ہاں
script-partly = کچھ حد تک
script-no = نہیں
script-unknown = معلوم نہیں
script-in-their-words = ان کے اپنے الفاظ میں، اگر وہ چاہیں:

script-choices = پوچھیں: ”کیا یہ اسی طرح چلتا رہے، یا آپ کو کچھ اور چاہیے؟“ کوئی وجہ بتانے کی ضرورت نہیں۔
script-choice-as-now = جیسے اب ہے ویسے ہی
script-choice-less = کم بار
script-choice-pause = وقفہ
script-choice-form = کوئی اور شکل یا طریقہ
script-choice-stop = بند: کوئی اپ ڈیٹ نہیں آئے گی
script-choice-withdraw = ان کی کہانی واپس لی جائے
script-choice-talk = ان سے کوئی رابطہ کرے

script-heading-after = فون کے بعد
script-ended-told = آخر تک پڑھ کر سنایا گیا
script-ended-part = ایک حصہ پڑھ کر سنایا گیا
script-ended-nobody = کسی سے بات نہیں ہوئی
script-ended-refused = انہوں نے یہ نہیں چاہا
script-by = فون کس نے کیا، اور کب:
