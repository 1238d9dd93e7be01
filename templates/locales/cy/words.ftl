### Words that messages and pages share: the language itself, ages, and what the codes of the record mean.
###
### For whoever translates: a word that stands in a gap cannot be mutated, so no gap stands where Welsh would have to.
### After a number stands the singular: 2 ddiwrnod, 3 cham, 6 cham. A form is written out only where it differs from
### *[other]; nouns that begin with a vowel, n or s need none.

## The language itself

language-name = Cymraeg
# Not to be translated (see the English file).
language-formats = cy
language-checked = no
language-unchecked = Peiriant a gyfieithodd y geiriau hyn, a does neb sy’n siarad Cymraeg yn dda wedi’u gwirio eto.
language-ask-who = Os oes rhywbeth yn aneglur, gofynnwch i’r rhai sy’n rhedeg y prosiect hwn: { $who }.
language-ask-page = Os oes rhywbeth yn aneglur, gofynnwch i’r rhai a’ch anfonodd chi yma, neu atebwch eu neges.
language-ask = { $way ->
    [reply] Os oes rhywbeth yn aneglur, atebwch y neges hon a gofynnwch.
    [ring] Os oes rhywbeth yn aneglur, ysgrifennwch at { $email } neu ffoniwch { $phone } a gofynnwch.
    [say] Os oes rhywbeth yn aneglur, gofynnwch i mi nawr.
   *[write] Os oes rhywbeth yn aneglur, ysgrifennwch at { $email } a gofynnwch.
}
language-lacking = { $language } yw iaith y rhan hon. Os hoffech help gyda hi, gofynnwch i ni.
language-choose = Iaith

## Ages, and what was typed

age-days = { $count ->
    [two] { $count } ddiwrnod
   *[other] { $count } diwrnod
}
age-months = { $count ->
    [two] tua { $count } fis
   *[other] tua { $count } mis
}

# Put after what somebody typed without a full stop.
sentence = { $words }.

## Reasons: "Reason: …"

reason-money = arian
reason-staff-time = dim digon o amser staff
reason-logistics = problemau ymarferol
reason-leadership-change = newid arweinwyr neu staff
reason-law-or-policy = cyfraith neu bolisi
reason-another-body-decides = rhywun arall sy’n gorfod penderfynu
reason-waiting-for-partner = aros am bartner
reason-more-evidence-needed = mae angen mwy o dystiolaeth
reason-safety-or-confidentiality = diogelwch neu gyfrinachedd
reason-considered-and-disagreed = ar ôl edrych arno, roedden nhw’n anghytuno
reason-our-own-delay = oedi gan y sefydliad ei hun
reason-replaced = rhywbeth arall yn cymryd ei le
reason-other = rheswm arall

## In whose hands something is, said after who decided

control-yes = Mae hyn yn eu dwylo nhw eu hunain.
control-partly = Mae hyn yn rhannol yn eu dwylo nhw eu hunain.
control-no = Nid yw hyn yn eu dwylo nhw.
