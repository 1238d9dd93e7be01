### What is sent to participants. Short sentences, plain words, bad news included; no urgency and no thanks owed.
### No topic may come in the subject or in the first 200 characters: a locked telephone shows them.

## Subject and opening

update-subject = Your update from { $sender }: { $month }
update-subject-project = Your update from { $sender } on { $project }: { $month }
update-title = Your update
greeting = Hello,
greeting-name = Hello { $name },

update-from = This is your update from { $sender }.
update-no-news = There is no news this time, and we say why.
update-no-own-news = Nothing new came of what you told us, and we say why.
update-elsewhere-news = { $count ->
    [one] Elsewhere there is news of 1 thing.
   *[other] Elsewhere there is news of { $count } things.
}
update-all-news = { $count ->
    [one] There is news of 1 thing.
   *[other] There is news of { $count } things.
}
nothing-to-do = You need do nothing.
update-covers = It covers what happened from { $from } to { $to }.
update-covers-first = It is the first one, and covers everything up to { $to }.
can-wait = Read it when it suits you: it can wait.
update-end-says = The last lines say how to change or stop these updates.

## The counts of the opening, joined by commas. The first one carries the noun.

short-asked = { $count ->
    [one] 1 thing was asked
   *[other] { $count } things were asked
}
short-changed = { $place ->
    [first] { $count ->
        [one] 1 thing changed
       *[other] { $count } things changed
    }
   *[later] { $count } changed
}
# The noun comes again: a promise may have been counted just before.
short-news = { $place ->
    [first] { $count ->
        [one] 1 thing has other news
       *[other] { $count } things have other news
    }
   *[later] { $count ->
        [one] 1 thing has other news
       *[other] { $count } things have other news
    }
}
short-stuck = { $place ->
    [first] { $count ->
        [one] 1 thing is stuck
       *[other] { $count } things are stuck
    }
   *[later] { $count ->
        [one] 1 is stuck
       *[other] { $count } are stuck
    }
}
short-still-stuck = { $place ->
    [first] { $count ->
        [one] 1 thing is still stuck
       *[other] { $count } things are still stuck
    }
   *[later] { $count ->
        [one] 1 is still stuck
       *[other] { $count } are still stuck
    }
}
short-ended = { $place ->
    [first] { $count ->
        [one] 1 thing was turned down or stopped
       *[other] { $count } things were turned down or stopped
    }
   *[later] { $count ->
        [one] 1 was turned down or stopped
       *[other] { $count } were turned down or stopped
    }
}
short-silent = { $place ->
    [first] { $count ->
        [one] 1 thing met with silence
       *[other] { $count } things met with silence
    }
   *[later] { $count } met with silence
}
short-promises = { $place ->
    [first] { $count ->
        [one] 1 thing has news of a promise
       *[other] { $count } things have news of promises
    }
   *[later] { $count ->
        [one] 1 has news of a promise
       *[other] { $count } have news of promises
    }
}
short-missed = { $count ->
    [one] 1 promise was missed
   *[other] { $count } promises were missed
}

## The first update

heading-first = Why you get this
first-why = You told a story to the project ‘{ $project }’, and agreed to hear what becomes of it.
first-who = { $organisation } runs the project and holds your contact details. They came from you, or from the person who took down your story.
first-end = { $way ->
    [reply] To end these updates, reply to this message and say “stop”.
    [ring] To end these updates, write to { $email } or ring { $phone } and say “stop”.
    [say] To end these updates, tell me “stop” now.
   *[write] To end these updates, write to { $email } and say “stop”.
} You can also ask to see what is held about you, or to have it deleted.

## No link, no news

heading-unlinked = Your story
unlinked = So far no recommendation rests on your story. That takes nothing away from it. It stays with the project, and if a recommendation comes to rest on it, we tell you here. You can always ask { $sender } about it.
heading-no-news = Why there is no news
no-news = Nobody who answers for these things has reported anything since { $from }, and no answer, promise or next look fell due. To find out, we looked through the whole record of the project on { $day }.
no-news-yet = Nobody who answers for these things has reported anything yet, and no answer, promise or next look fell due. To find out, we looked through the whole record of the project on { $day }.
no-own-news = On what rests on your story, nobody has reported anything since { $from }, and no answer, promise or next look fell due. To find out, we looked through the whole record of the project on { $day }.

## Headings

heading-asked = What was asked because people spoke
heading-changed = What changed
heading-news = Other news
heading-stuck = What is stuck
heading-still-stuck = Still stuck
heading-ended = What was turned down or stopped
heading-silent = What we have not been told
heading-promises = Promises
heading-same = Nothing new on these
heading-elsewhere = Elsewhere in the project
heading-all = What became of what was asked
heading-questions = Is this true for you?
heading-next = Your next update
heading-choices = Your choices
heading-help = Somebody to talk to
heading-record = A check for later

## How one event is told

told = { $date }: { $what }
told-maybe = You may have read this already.
told-corrects = This corrects what we told you earlier:
told-reason = Reason: { $reason }.

asked-who = Who answers for it: { $words }
asked-answer = An answer is due by { $date }.
asked-answer-was = An answer was due by { $date }.
asked-joined = New for you: { $titles }. Your story now stands behind this too, so you get here how it stands today.
asked-target = It is to be done by { $date }.

answer-accepted = the answer is yes.
answer-accepted-from = the answer from { $who } is yes.
answer-accepted-in-part = the answer is yes to a part.
answer-accepted-in-part-from = the answer from { $who } is yes to a part.
answer-declined = turned down.
answer-declined-by = turned down by { $who }.
answer-awaiting = no answer yet.

work-planned = this is planned.
work-still-planned = this is still planned.
work-begun = work has begun.
work-again = work goes on again.
work-reopened = this was reported as done, and work on it is open again.
work-rest = work on the rest has begun.
work-still = work is still going on.
work-stuck = stuck.
work-still-stuck = still stuck.
work-was-stuck = this was stuck.
work-was-still-stuck = this was still stuck.
work-done = reported as done.
work-done-by = reported as done by { $who }.
work-done-in-part = reported as done in part.
work-done-in-part-by = reported as done in part by { $who }.
work-stopped = stopped.
work-stopped-by = stopped by { $who }.
work-superseded = replaced by something else.
work-superseded-by = replaced by something else, says { $who }.
work-not-started = not begun.

target-set = it is to be done by { $date }.
target-moved = the date to have it done was moved from { $from } to { $date }.

changed = the recommendation was put in other words.
changed-title = It is now called ‘{ $words }’.
changed-text = It now says: { $words }
changed-who = Who answers for it now: { $words }
changed-who-nobody = Nobody is named now who answers for it.
changed-answer = An answer is now due by { $date }.
changed-target = It is now to be done by { $date }.

redacted = some words that stood here were removed for legal reasons.
redacted-why = Why: { $words }

detail-tried = What was tried: { $words }
detail-who = Who decided: { $words }
detail-unblock = What would unblock it: { $words }
detail-unblock-was = What was to unblock it: { $words }
control-was-yes = This was in their own hands.
control-was-partly = This was partly in their own hands.
control-was-no = This was not in their hands.
detail-look = Next look: { $date }.
detail-final = No further look is planned: this is final.
detail-noticed = Who will notice: { $words }
detail-says = Who says so: { $words }
detail-proof = See for yourself:
detail-no-proof = No link to proof was given.

silent-answer = An answer was due by { $date }. The day passed without one.
silent-answer-from = An answer from { $who } was due by { $date }. The day passed without one.
silent-review = This was to be looked at again by { $date }. The day passed without word.
silent-stale = By { $date } the explanation that we passed on was { $days } days old, and nobody had given a newer one.
silent-quiet = For { $days } days from { $date } on, nobody reported anything.

promise-made = it was promised: ‘{ $promise }’, by { $due }.
promise-made-by = { $who } promised: ‘{ $promise }’, by { $due }.
promise-moved = the date of a promise was moved from { $from } to { $due }. The promise: ‘{ $promise }’.
promise-moved-same = its date was moved from { $from } to { $due }.
promise-kept = a promise was reported as kept: ‘{ $promise }’.
promise-kept-same = it was reported as kept.
promise-missed = It was promised: ‘{ $promise }’, by { $due }. The day passed without word that it was kept.
promise-missed-by = { $who } promised: ‘{ $promise }’, by { $due }. The day passed without word that it was kept.
promise-missed-same = By { $due } there was no word that it was kept.
due-open = ‘{ $promise }’ is due by { $date }.
due-late = ‘{ $promise }’ was due by { $date }. It is { $age } late.

## A recommendation in one line, after its title

line-awaiting = no answer yet.
line-awaiting-due = no answer yet; one is due by { $date }.
line-awaiting-late = no answer. It was due by { $date } and is { $age } late.
line-accepted = the answer was yes on { $date }. No work has been reported yet.
line-accepted-in-part = the answer on { $date } was yes to a part. No work has been reported yet.
line-declined = turned down on { $date }.
line-planned = planned since { $date }.
line-in-progress = work has been going on since { $date }.
line-stalled = stuck for { $age }, since { $date }.
line-stalled-now = stuck since { $date }.
line-done-in-part = reported as done in part on { $date }.
line-done = reported as done on { $date }.
line-stopped = stopped on { $date }.
line-superseded = replaced by something else on { $date }.
line-answer-late = An answer was due by { $date }, and none has come.
line-missed = A promise was not kept by its date.
line-quiet = { $count ->
    [one] For a day nobody has reported anything.
   *[other] For { $count } days nobody has reported anything.
}
line-reason = Reason: { $reason }.
line-look = Next look: { $date }.
line-look-late = The next look was due on { $date }, and we have not heard of one.
elsewhere-quiet = On these, nobody has reported anything new, and no answer, promise or next look fell due:

## What is new in a line, one sentence each. The words of explanations stay out.

brief-asked = This was asked on { $date }.
brief-again = The same was reported again on { $date }.
brief-accepted = The answer was yes.
brief-accepted-in-part = The answer was yes to a part.
brief-declined = The answer was no.
brief-awaiting = There is no answer yet.
brief-not-started = Work has not begun.
brief-planned = Work is planned.
brief-in-progress = Work is going on.
brief-stalled = Work is stuck.
brief-done = It is reported as done.
brief-done-in-part = It is reported as done in part.
brief-stopped = Work was stopped.
brief-superseded = It was replaced by something else.
brief-promise-made = A promise was made.
brief-promise-moved = The date of a promise was moved.
brief-promise-kept = A promise was reported as kept.
brief-target = It is now to be done by { $date }.
brief-answer-due = The day by which an answer was due was moved to { $date }.
brief-review = The next look was due by { $date }. The day passed without word.
brief-explanation-old = The explanation has grown old, and there is no newer one.
brief-reworded = Its wording changed.
brief-note = There is a note.
brief-correction = Something told earlier was corrected.
brief-redaction = Some words were removed for legal reasons.

## Questions, next update, choices

questions-one = This is reported as done, or as done in part:
questions-many = These are reported as done, or as done in part:
questions-how = { $way ->
    [reply] To tell us, reply to this message and say yes, partly, no or don’t know, and a word more if you like.
    [ring] To tell us, write to { $email } or ring { $phone } and say yes, partly, no or don’t know, and a word more if you like.
   *[write] To tell us, write to { $email } and say yes, partly, no or don’t know, and a word more if you like.
}
questions-which = Please say which one you mean.

next-on = It comes by { $date }, even if nothing changes.
next-when-done = It comes when something is done, turned down or stopped.
next-when-done-latest = It comes when something is done, turned down or stopped, and by { $date } at the latest.
next-none = This was the last update. No other one is planned.

choices-how = { $way ->
    [reply] To choose, reply to this message and say what you want.
    [ring] To choose, write to { $email } or ring { $phone } and say what you want.
   *[write] To choose, write to { $email } and say what you want.
} You need give no reason.
choice-other = “Less often”, “pause”, or another format, such as large print, a letter or a call.
choice-stop = “Stop”: no more updates.
choice-withdraw = “Withdraw”: we use your story nowhere any more. Copies that others made before cannot be called back.
choice-talk = “Talk”: { $sender } gets in touch with you.
choice-talk-ring = “Talk”: { $sender } gets in touch with you. You can also ring { $phone }.
choice-link = Or pause, and start again, here:

help-support = If any of this is hard to bear: { $contact }
help-concern = If something about the project worries you: { $person } It is not passed on to those who answer for the recommendations.

record-why = With this line, anyone can check that nothing we told you was changed afterwards:
record-line = Record up to event { $seq } · fingerprint { $fingerprint }
record-check = You can check it here, or ask somebody to do it for you:

## The confirmation of a withdrawal

withdrawn-subject = From { $sender }: what you asked for is done
withdrawn-title = What you asked for is done
withdrawn-from = This is a message from { $sender }.
withdrawn-done = What you asked us for on { $date } is done. You need do nothing more, and you need give no reason.
withdrawn-below = Below it says what this means, and what we cannot undo.
withdrawn-mistake = { $way ->
    [reply] If it was not you who asked, please reply to this message.
    [ring] If it was not you who asked, please write to { $email } or ring { $phone }.
    [say] If it was not you who asked, please tell me now.
   *[write] If it was not you who asked, please write to { $email }.
}
heading-withdrawn = Your story is taken back
withdrawn-now = We use your story nowhere any more: on no page, in no update and in nothing that we hand on. No recommendation rests on it now.
withdrawn-stays = One mark stays, without any of your words, so that the story is not added again by mistake.
withdrawn-copies = What others copied or printed before today, and messages that have gone out, we cannot call back.
withdrawn-others = You gave us other stories too. You still get updates about those, as before. { $way ->
    [reply] To stop them, reply to this message and say “stop”.
    [ring] To stop them, write to { $email } or ring { $phone } and say “stop”.
    [say] To stop them, tell me “stop” now.
   *[write] To stop them, write to { $email } and say “stop”.
}
withdrawn-last = You get no more updates from this project. This is the last message.
withdrawn-details = { $way ->
    [reply] To have your contact details deleted too, reply to this message and say “delete”.
    [ring] To have your contact details deleted too, write to { $email } or ring { $phone } and say “delete”.
    [say] To have your contact details deleted too, tell me “delete” now.
   *[write] To have your contact details deleted too, write to { $email } and say “delete”.
}

## A test message, to whoever runs hearback

test-subject = A test message
test-arrived = This message was sent to try out how messages leave. It has arrived.
test-look = Look at its headers: they say whether SPF, DKIM and DMARC held.
