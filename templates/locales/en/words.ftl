### Words that messages and pages share: the language itself, ages, and what the codes of the record mean.

## The language itself

# Its name, as those who speak it write it.
language-name = English
# Not to be translated: the tag under which Unicode (CLDR) keeps how days and lists are written. Mostly the folder's name.
language-formats = en-GB
# Not to be translated: "yes" once a person who speaks the language has read every line of its files, until then "no".
# Until then its readers are told, whoever runs hearback is told, and a message does not count as made in their language.
language-checked = yes
# Shown to those who read a language whose words nobody has checked yet.
language-unchecked = These words were translated by a machine, and nobody who speaks English well has checked them yet.
# Whom to ask about it: on the pages of a project, on the others, and in messages.
language-ask-who = If something is unclear, ask those who run this project: { $who }.
language-ask-page = If something is unclear, ask those who sent you here, or answer their message.
language-ask = { $way ->
    [reply] If something is unclear, reply to this message and ask.
    [ring] If something is unclear, write to { $email } or ring { $phone } and ask.
    [say] If something is unclear, ask me now.
   *[write] If something is unclear, write to { $email } and ask.
}
# Shown where a text is there only in another language, which is named in its own words.
language-lacking = This part is in { $language }. If you would like help with it, ask us.
language-choose = Language

## Ages, and what was typed

age-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
age-months = { $count ->
    [one] about { $count } month
   *[other] about { $count } months
}

# Put after what somebody typed without a full stop.
sentence = { $words }.

## Reasons: "Reason: …"

reason-money = money
reason-staff-time = not enough staff time
reason-logistics = practical problems
reason-leadership-change = a change of leadership or staff
reason-law-or-policy = a law or policy
reason-another-body-decides = somebody else has to decide
reason-waiting-for-partner = waiting for a partner
reason-more-evidence-needed = more evidence is needed
reason-safety-or-confidentiality = safety or confidentiality
reason-considered-and-disagreed = they looked at it and disagreed
reason-our-own-delay = the organisation’s own delay
reason-replaced = something else takes its place
reason-other = another reason

## In whose hands something is, said after who decided

control-yes = This is in their own hands.
control-partly = This is partly in their own hands.
control-no = This is not in their own hands.
