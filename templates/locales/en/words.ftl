### Words that messages and pages share: days, ages, lists, and what the codes of the record mean.

date = { $day } { $month } { $year }
date-month = { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

age-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
age-months = { $count ->
    [one] about { $count } month
   *[other] about { $count } months
}

list-more = { $first }, { $rest }
list-last = { $first } and { $last }
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
