### What anybody may read about a project. Plain words: a reader of nine should be able to follow.

## The two states of a recommendation
response-awaiting = No answer yet
response-accepted = Accepted
response-accepted-in-part = Accepted in part
response-declined = Turned down
progress-not-started = Not started
progress-planned = Planned
progress-in-progress = Under way
progress-stalled = Stuck
progress-done-in-part = Done in part
progress-done = Done
progress-stopped = Stopped
progress-superseded = Replaced
verdict-confirmed = Confirmed by participants
verdict-disputed = Disputed by participants
verdict-none = Too few answers from participants yet
promise-state-kept = Kept
promise-state-kept-late = Kept late
promise-state-missed = Missed
promise-state-open = Still open

## Silence
silence-response-overdue = The answer was late
silence-promise-missed = A promise was missed
silence-review-date-passed = A next look was missed
silence-explanation-stale = The explanation grew old
silence-gone-quiet = Nobody said anything
silent-now-overdue = No answer. Due { $date }
silent-now-promise = Promise missed. Due { $date }
silent-now-review = No new look. Due { $date }
silent-now-stale-answer = Explanation of the answer out of date since { $date }
silent-now-stale-work = Explanation of the work out of date since { $date }
silent-now-quiet = Nothing new since { $date }

## Events
happened-published = Published
happened-changed = Put in other words
happened-changed-title = It is now called: { $words }
happened-changed-text = It now says: { $words }
happened-changed-audience = It is now for: { $words }
happened-changed-responsible = Who answers for it now: { $words }
happened-changed-response-due-on = An answer is now due by { $words }
happened-changed-target-on = It is now to be done by { $words }
happened-response = Answer: { $state }
happened-progress = Work: { $state } (before: { $from })
happened-progress-again = Work: { $state }, explained anew
happened-reopened = Work: open again, after it was said to be done
happened-target = To be done by { $date }
happened-target-moved = The date to have it done was moved from { $from } to { $date }
happened-promise = Promised by { $date }: ‘{ $promise }’
happened-promise-moved = The date of a promise was moved from { $from } to { $date }: ‘{ $promise }’
happened-promise-kept = Promise kept: ‘{ $promise }’
happened-promise-missed = Promise missed. It was due by { $date }: ‘{ $promise }’
happened-overdue = No answer came by { $date }, when it was due
happened-review = The next look, set for { $date }, did not take place
happened-review-answer = The answer was to be looked at again by { $date }. Nobody did
happened-review-work = The work was to be looked at again by { $date }. Nobody did
detail-look-by = Who had said so: { $words }
detail-look-replaced = Was to be looked at again on { $date }. Replaced on { $on } by newer words.
detail-look-passed = Was to be looked at again on { $date }. That day has passed.
happened-stale = The explanation is { $days } days old, and nobody has given a newer one
happened-quiet = Nobody has said anything for { $days } days, since { $date }
happened-note = Note
happened-correction = The words of event { $number } were corrected; they stand there as they read now
happened-redaction = The words of event { $number } were removed for legal reasons

## Figures
figure-responded = Answered
figure-completed = Done
figure-confirmed = Confirmed by participants
figure-explained = Explained
figure-promises-kept = Promises kept on their first date
figure-traceable = Recommendations that rest on stories
figure-told = Told
figure-first-feedback = Time to first feedback
figure-loop-closed = Loop closed on time
figure-needs-met = Needs met
figure-stories-used = Tellers whose stories are used
figure-of = { $count } of { $of }
figure-only = { $count }
figure-hidden = not shown, to protect people
figure-hidden-of = not shown, to protect people; out of { $of }
figure-beside-explained = Only explanations count that were sent to participants and, where something is stuck, are no older than 90 days.
figure-beside-stories-used = Stories that are quoted here in public are left out, so these are fewer people than there are stories.
figure-how-responded = Recommendations with any answer, of all that are published. Those turned down count as answered.
figure-how-completed = Recommendations that the organisation says are done, of all that are published, those turned down included.
figure-how-confirmed = Recommendations that participants say are true for them, of all that are published.
figure-how-explained = Recommendations with a current explanation that was sent to participants, of those that owe one: accepted in part, turned down, stuck, stopped, replaced, or late with the answer. The explanation of something stuck counts for 90 days.
figure-how-promises-kept = Promises kept on the date that was first given, of all whose first date has come. A promise whose date was moved and then kept does not count.
figure-how-traceable = Recommendations that were linked to at least one story, of all that are published. A story that is withdrawn later does not take this away.
figure-how-told = People who got at least one update with news in the last 12 months, of all who take part. Left out are those who stopped, paused or withdrew. Those whom we have no way to reach stay in.
figure-how-first-feedback = Days from the gathering of a person’s first story to their first update. The middle one of all who were told, and the time within which nine in ten were told.
figure-how-loop-closed = Changes, answers, promises and silences that are at least 30 days old, and of which everybody concerned was told within 30 days. Left out are people who chose to hear less often, and those who stopped, paused or withdrew.
figure-how-needs-met = People whose last update came in the language, format and way that they had asked for, of all who asked for anything but the usual.
figure-how-stories-used = People with a story behind at least one recommendation, of all who told one. Stories that are quoted here in public are not in these numbers.
left-out-stopped = Left out, because they stopped: { $count }
left-out-paused = Left out, because they paused: { $count }
left-out-withdrawn = Left out, because they withdrew: { $count }
first-median = Half were told within { $days } days
first-median-hidden = not shown, to protect people
first-p90 = Nine in ten were told within { $days } days
first-p90-hidden = The time for nine in ten is shown from about 55 people on
first-told = People told at least once: { $count }
first-waiting = Still waiting: { $count }
first-longest = At least 5 people have waited for { $days } days or more

## Counts at the top of a page
count-answered = { $count } of { $of } answered
count-done = { $count } done
count-confirmed = { $count } confirmed
count-stalled = { $count } stuck
count-silent = { $count } late or silent
count-missed = { $count ->
    [one] { $count } promise missed
   *[other] { $count } promises missed
}

## A project's page
page-project-by = A project of { $organisation }
page-project-state = Where everything stands
page-project-recommendation = Recommendation
page-project-response = Answer
page-project-progress = Work
page-project-beside = Why, and what is late
page-project-who-is = Who answers for it:
page-project-since = since { $date }
page-project-more = { $count ->
    [one] One more recommendation
   *[other] { $count } more recommendations
}
page-project-latest = What changed last
page-project-nothing = Nothing yet.
page-project-silent = What is late or silent
page-project-silent-none = Nothing is late or silent now: no answer, promise, next look or explanation is owed.
page-project-silent-for = for { $age }
page-project-silent-also = and { $count } more
page-project-silent-more = and { $count } more
page-project-promises = Promises
page-project-promises-none = No promise has been made yet.
page-project-promises-counts = { $kept } kept, { $open } still open, { $missed } missed. { $moved } had their date moved.
page-project-first-due = First date
page-project-due = Date now
page-project-late = { $age } late
page-project-moved = { $count ->
    [one] moved once
   *[other] moved { $count } times
}
page-project-figures = In figures
page-project-figures-of = Figures about recommendations and promises are as of today. Figures about people were taken with the edition of { $date }. They are rounded to 5, small ones are not shown, and they move only when several people have come or gone, so that nobody can be found in them.
page-project-figures-none = Figures about people come with the first edition.
page-project-how = How it is worked out
page-project-over-time = Over time
page-project-lanes-title = All recommendations over time
page-project-lanes-about = One lane for each recommendation, from { $from } to { $to }. Bands show the state of the work. A flag shows an answer, a ring a silence that was noticed.
page-project-table = The same as a table
page-project-from = From
page-project-to = To
page-project-until-now = until today
page-project-what = What
page-project-course-title = Figures per edition
page-project-course-about = Shares from 0 to 100 in a hundred, for each edition from { $from } to { $to }.
page-project-edition = Edition
page-project-paused = The project has been paused since { $date }: { $why }
page-project-held = The edition of { $date } is held back: { $why }
page-project-check = Is this complete and unaltered? Check it yourself
page-project-data = Take the data with you
page-project-as-of = As of { $date }.
page-project-last = Last change: { $date }
page-project-record = { $count ->
    [one] The record holds one event. Its fingerprint:
   *[other] The record holds { $count } events. Its fingerprint:
}
page-project-feed = Follow this project (feed)
page-project-on-page = On this page
page-project-legend = What the shapes mean
page-project-ring = A silence that was noticed
page-project-move = Moved on { $date }: from { $from } to { $to }
page-project-event = Event { $number }
page-rec-event-below = Event { $number } in the list below
page-rec-check = These events are part of the record. Check that it is complete and unaltered

## A recommendation's page
page-rec-title = Recommendation
page-rec-for = For
page-rec-published = Published
page-rec-due = Answer due by
page-rec-target = To be done by
page-rec-awaiting = An answer is owed. It is due by { $date }.
page-rec-overdue = An answer is owed. It was due by { $date }, and none has come.
page-rec-awaiting-open = An answer is owed. No date was given.
page-rec-crumbs = You are here
page-rec-text = What was recommended
page-rec-why = Why it was made
page-rec-learnings = What was learned
page-rec-theme = Theme: { $theme }
page-rec-stories = It rests on the stories of about { $count } people, as of { $date }.
page-rec-stories-beside = It rests on the stories below, and on those of about { $count } other people, as of { $date }.
page-rec-stories-few = How many people’s stories stand behind it is not shown, because there are too few.
page-rec-stories-few-beside = It rests on the stories below. How many other people’s stories stand behind it is not shown, because there are too few.
page-rec-stories-none = How many people’s stories stand behind it is shown from the first edition on.
page-rec-excerpts = What people told, in short
page-rec-excerpts-agreed = Shown because those who told them agreed. They can take this back at any time.
page-rec-note = Before you read: { $note }
page-rec-note-none = Read this story
page-rec-by = Told by { $name }
page-rec-by-nobody = Told by somebody who took part
page-rec-supports = Speaks for this
page-rec-qualifies = Urges caution
page-rec-history = All that was said and done
page-rec-said = What participants say
page-rec-said-later = Participants are asked once something is said to be done.
page-rec-proof = See for yourself
page-rec-corrected = Corrected later; these are the words that hold.
page-rec-redacted = Words were removed here for legal reasons.
page-rec-back = All recommendations of this project
page-rec-feed = Follow this recommendation (feed)
page-footer-nav = More of this project
page-frame-all = All projects
page-rec-target-late = It was to be done by { $date }. That is { $age } ago.

## More of a project's page
count-unanswered = { $count } not answered
page-project-promised-by = Promised by:

## All that changed
page-changes-title = All that changed
page-changes-link = All that changed, by month
page-changes-ready = Ready choices
page-changes-months = Last 3 months
page-changes-year = This year
page-changes-all = All
page-changes-form = Choose what to see
page-changes-from = From
page-changes-to = To
page-changes-acts = Only answers, work and promises
page-changes-acts-only = Only answers, work and promises are listed.
page-changes-found = { $count ->
    [0] Nothing was found.
    [one] One change.
   *[other] { $count } changes.
}
page-changes-found-from = { $count ->
    [0] Nothing was found from { $from } on.
    [one] One change from { $from } on.
   *[other] { $count } changes from { $from } on.
}
page-changes-found-to = { $count ->
    [0] Nothing was found up to { $to }.
    [one] One change up to { $to }.
   *[other] { $count } changes up to { $to }.
}
page-changes-found-between = { $count ->
    [0] Nothing was found from { $from } to { $to }.
    [one] One change from { $from } to { $to }.
   *[other] { $count } changes from { $from } to { $to }.
}
page-changes-jump = Months
page-changes-earlier = Earlier
page-changes-later = Later
page-changes-still = Nobody answered in this time, nothing moved forward, and no promise was kept.
page-changes-rest = The record holds { $of } events: these { $changes } changes, and { $count } more that change nothing, such as figures and what was learned. All of them are in the file of the record.
page-changes-sum-answers = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
page-changes-sum-forward = { $count ->
    [one] { $count } step forward
   *[other] { $count } steps forward
}
page-changes-sum-back = { $count ->
    [one] { $count } step back
   *[other] { $count } steps back
}
page-changes-sum-promised = { $count ->
    [one] { $count } new promise
   *[other] { $count } new promises
}
page-changes-sum-kept = { $count ->
    [one] { $count } promise kept
   *[other] { $count } promises kept
}
page-changes-sum-missed = { $count ->
    [one] { $count } promise missed
   *[other] { $count } promises missed
}
page-changes-sum-silences = { $count ->
    [one] { $count } other silence
   *[other] { $count } other silences
}
