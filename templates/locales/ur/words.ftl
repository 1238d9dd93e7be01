### Words that messages and pages share: the language itself, ages, and what the codes of the record mean.
### Urdu, from right to left. What holds for all files of this folder:
### - Digits stay as the gaps bring them (0 to 9): both kinds are in use, and addresses and fingerprints need these.
### - The reader is آپ; forms that would say whether a person is a man or a woman are avoided, above all around gaps.
### - Every gap is set apart by marks (U+2068, U+2069), so a word in Latin letters keeps its place. Where a line has
###   nothing but gaps and signs in it, { "\u200F" } at its beginning says that it runs from right to left.

## The language itself

language-name = اردو
# Not to be translated (see the English file).
language-formats = ur
language-checked = no
language-unchecked = ان الفاظ کا ترجمہ ایک مشین نے کیا ہے، اور ابھی تک اچھی اردو جاننے والے کسی شخص نے انہیں نہیں جانچا۔
language-ask-who = اگر کوئی بات صاف نہ ہو تو یہ پروجیکٹ چلانے والوں سے پوچھیں: { $who }۔
language-ask-page = اگر کوئی بات صاف نہ ہو تو ان سے پوچھیں جنہوں نے آپ کو یہاں کا لنک دیا، یا ان کے پیغام کا جواب دیں۔
language-ask = { $way ->
    [reply] اگر کوئی بات صاف نہ ہو تو اس پیغام کا جواب دیں اور پوچھ لیں۔
    [ring] اگر کوئی بات صاف نہ ہو تو { $email } پر لکھیں یا { $phone } پر فون کریں اور پوچھ لیں۔
    [say] اگر کوئی بات صاف نہ ہو تو مجھ سے ابھی پوچھ لیں۔
   *[write] اگر کوئی بات صاف نہ ہو تو { $email } پر لکھیں اور پوچھ لیں۔
}
language-lacking = یہ حصہ { $language } زبان میں ہے۔ اگر اس میں مدد چاہیے تو ہم سے کہیں۔
language-choose = زبان

## Ages, and what was typed

# Both stay the same for one and for many, and in front of سے and کی, where other sentences put them.
age-days = { $count } دن
age-months = تقریباً { $count } ماہ

# Put after what somebody typed without a full stop.
sentence = { $words }۔

## Reasons: "Reason: …"

reason-money = پیسوں کا مسئلہ
reason-staff-time = عملے کے پاس کافی وقت نہیں
reason-logistics = عملی مشکلیں
reason-leadership-change = سربراہ یا عملے کی تبدیلی
reason-law-or-policy = کوئی قانون یا پالیسی
reason-another-body-decides = فیصلہ کسی اور کو کرنا ہے
reason-waiting-for-partner = ساتھی ادارے کا انتظار
reason-more-evidence-needed = مزید ثبوت کی ضرورت ہے
reason-safety-or-confidentiality = حفاظت یا رازداری
reason-considered-and-disagreed = انہوں نے اس پر غور کیا اور اتفاق نہیں کیا
reason-our-own-delay = خود ادارے کی طرف سے دیر
reason-replaced = کوئی اور چیز اس کی جگہ لے رہی ہے
reason-other = کوئی اور وجہ

## In whose hands something is, said after who decided

control-yes = یہ ان کے اپنے ہاتھ میں ہے۔
control-partly = یہ کچھ حد تک ان کے اپنے ہاتھ میں ہے۔
control-no = یہ ان کے اپنے ہاتھ میں نہیں ہے۔
