### What the form says with which a browser checks the record.

page-check-title = Check it in your browser
page-check-what = Your browser reads the whole record and does the sums again. Nothing about you is sent.
page-check-now = Just now the record goes up to event { $seq }. Its fingerprint is { $fingerprint }.
page-check-trust = This page came from the same place as the record. If you do not trust that place, check the record in one of the other ways. They need nothing from us but the record.
page-check-unable = Your browser cannot check the record on this page. It only does such sums on pages whose address begins with https. The other ways on this page work everywhere.

## What somebody fills in
page-check-update = Compare with an update, a citation or the foot of a page
page-check-update-hint = At the bottom of an update, of a page and in a citation stand a number and a fingerprint. You can also copy that whole line into one of the fields.
page-check-seq = Number of the event
page-check-seq-wrong = Please write the number as your update has it. It has digits only, such as 12.
page-check-mark = Fingerprint
page-check-mark-wrong = Please write all 16 signs of the fingerprint. They are digits and the letters a to f.
page-check-compare = Check and compare
page-check-here = Check the record that is here now
page-check-file = Or check a file that you saved
page-check-file-hint = The check starts when you choose the file, and also compares the number and the fingerprint above, if you filled them in. The file stays with you. Its name ends in .jsonl.

## What the check says
page-check-busy = Checking. { $percent } % is done.
page-check-unreachable = The record could not be read, so nothing was checked. Please try again. If you chose a file, choose it once more.
page-check-holds = All { $seq } events are unaltered, and none is missing between the first and the last. The last one is event { $seq }. Its fingerprint is { $fingerprint }.
page-check-holds-one = There is one event, event 1, and it is unaltered. Its fingerprint is { $fingerprint }.
page-check-fits = The sums of this record fit together, from event 1 to event { $seq }, whose fingerprint is { $fingerprint }. That only says that it was written as one piece.
page-check-part = Events 1 to { $seq } are unaltered. Missing from this file: { $missing } of the record’s { $known } events. It was saved earlier, or its end was left off.
page-check-none = There is no event in this file. All { $known } events of the record are missing from it.
page-check-end = The last one in the file is event { $seq }. Its fingerprint is { $fingerprint }.
page-check-newer = It goes on to event { $seq }, and is newer than this page, which was made at event { $known }.
page-check-foreign = Event { $known } has another fingerprint here than on this page. This is not the record that this page was made from.
page-check-caveat = The sums alone cannot show that an end was left off. Compare the number and the fingerprint of the last event with somebody’s update or with this page.
page-check-empty = There is no event in it yet.
page-check-broken = The record does not hold at event { $seq }. { $why } We cannot say anything about what comes after it.
page-check-same = Event { $seq } has the fingerprint that you gave: up to there this is the record that you were told of.
page-check-other = Event { $seq } has another fingerprint than the one that you gave. This is not the record that you were told of. Please look whether you copied both the number and the fingerprint, then ask those who wrote to you why.
page-check-ends = The record ends at event { $last }, before event { $seq } that you gave. This is not the record that you were told of. Or the file is older than your update.
page-check-unread = The number and the fingerprint were not compared. Please look at what is said beside them.

## Why a record does not hold at an event
page-check-why-end = The line is cut off. Perhaps the file was not saved to its end.
page-check-why-line = The line is not written as a line of a record is.
page-check-why-seq = Another number stands there. An event is missing, was added or was moved.
page-check-why-at = Its time is not written as it should be, or is earlier than the time of the event before it.
page-check-why-prev = It does not follow from the event before it.
page-check-why-content = What it says was changed after it was written down.
page-check-why-gone = What it said is missing, and no later event says why.
page-check-why-hash = Something about it was changed after it was written down.
