### Advice to staff on how their words can be read more easily. It is never sent to participants.

plain-head = This can be read more easily:
plain-more = { $count ->
    [one] And { $count } thing more.
   *[other] And { $count } things more.
}
# About a cell of a sheet.
plain-cell = This can be read more easily. { $advice }
plain-cells-more = { $count ->
    [one] { $count } more cell of new or changed rows can be read more easily.
   *[other] { $count } more cells of new or changed rows can be read more easily.
}

plain-long-sentence = The sentence that begins with ‘{ $words }’ has { $count } words. Up to { $most } are easy to follow. Split it into shorter ones.
plain-long-paragraph = The paragraph that begins with ‘{ $words }’ has { $count } sentences. Start a new one after { $most } or fewer.
plain-reading-age = Taken together this is for readers aged { $age } and over. The aim is { $aim }. Shorter sentences and shorter words help.
plain-acronym = ‘{ $words }’ is not spelled out. Write the whole name where it comes first.
plain-hidden-actor = ‘{ $words }’ does not say who did it. Say which role or which body.
plain-better = ‘{ $words }’ is easier as: { $better }.

## Where no other word is better

plain-why-labels = ‘{ $words }’ names people by a label. Say who they are, and what gets in their way.
plain-why-blames = ‘{ $words }’ can sound as if people were at fault. Say what happened.
plain-why-vague = ‘{ $words }’ leaves open when, how much or why. Say it, or say that nobody knows yet.
plain-why-hollow = ‘{ $words }’ cannot be checked. Say what was done.
plain-why-picture = ‘{ $words }’ is a figure of speech or office talk. Say what is meant.
plain-why-sorry = ‘{ $words }’ makes little of what happened. Say what went wrong, and who is sorry.
