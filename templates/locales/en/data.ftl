### Taking the data away, checking the record, feeds, the calendar and what other sites show. Plain words.

## The page of the data
page-data-title = Take the data with you
page-data-lead = Everything on these pages can be taken away and used again, as it stands now.
page-data-no-people = No file says who took part or holds anybody’s story. Numbers of people are rounded to 5, and where there are too few there is none.
page-data-files = Files
page-data-size = { $kb } kB
page-data-spreadsheet = The tables open in any spreadsheet. Where words begin like a formula, a single quote (') stands before them, so that no program works them out. The JSON files have the words as they were written.
page-data-fresh = The addresses of the files stay. A program can ask whether a file has changed (ETag) before it fetches it again.
page-data-licence = Licence and how to cite
page-data-licence-is = You may use the data under this licence:
page-data-cite = To cite it, you can write
page-data-cite-as = { $organisation }: { $project }. Record up to event { $seq }, fingerprint { $fingerprint }. { $licence }. Seen on { $date }.
page-data-follow = Follow what happens
page-data-follow-how = Put these addresses into a feed reader or a calendar. Nobody learns who you are, and you can leave at any time.
page-data-feed = Feed of everything that happens (Atom)
page-data-calendar = Calendar of promises, next looks and answers that are due (iCalendar)
page-data-embed = Show it on your own site
page-data-embed-how = Copy these lines into your page. They set no cookie and run no script, and nobody is counted.
page-data-embed-badge = A badge
page-data-embed-frame = A small page in a frame
page-data-embed-see = See what it looks like
page-data-embed-themes = Instead of auto you can write light or dark. With &accent= and a colour such as 0f5a58, the frame gets a bar in your own colour.

## What each file holds
page-data-title-recommendations = Recommendations
page-data-title-history = History
page-data-title-promises = Promises
page-data-title-figures = Figures
page-data-title-learnings = Learnings
page-data-title-project = The whole project
page-data-title-record = The record
page-data-title-package = Description for programs
page-data-file-recommendations = One row for each recommendation: its words, who answers for it, and where it stands now.
page-data-file-history = One row for each thing that was said or done, or not said in time, with the explanation in full.
page-data-file-promises = One row for each promise: its first date, its date now, and whether it was kept.
page-data-file-figures = One row for each edition and figure. A number that is not shown is empty.
page-data-file-learnings = One row for each learning that a recommendation was made from, with its theme.
page-data-file-project = All of the tables in one file.
page-data-file-record = Every event with its hash, as it was written. With it you can check that nothing was changed.
page-data-file-package = Names every file and every column, with its type and the licence (Frictionless Data Package).
page-data-about = What became of the recommendations of a project: replies, work, explanations, promises and silence. All of it comes from the project’s record. Nothing in it identifies a participant or a story. Numbers of people are multiples of 5 as they were taken with each edition, and empty where there are too few. In the CSV files, a cell whose text begins with =, +, -, @, a tab or a line break has a single quote (') before it, so that no spreadsheet takes it for a formula; project.json has the text as it was written.

## What each column holds
page-data-field-ref = The ref of the recommendation.
page-data-field-title = What it is called now.
page-data-field-text = Its words now.
page-data-field-audience = Whom it is for.
page-data-field-responsible = Who answers for it; several are separated by semicolons.
page-data-field-published-on = The day on which it was published.
page-data-field-response-due-on = The day by which a reply is due.
page-data-field-target-on = The day by which it is to be done.
page-data-field-response = The reply, as it stands.
page-data-field-response-since = Since which day the reply has stood so.
page-data-field-response-reason = The reason given for the reply.
page-data-field-response-words = The explanation of the reply, in the words of those who gave it.
page-data-field-progress = The work, as it stands. It is another thing than the reply.
page-data-field-progress-since = Since which day the work has stood so.
page-data-field-progress-reason = The reason given for how the work stands.
page-data-field-progress-words = The explanation of how the work stands, in the words of those who gave it.
page-data-field-outcome = What has changed, in the words of those who did it.
page-data-field-noticed-by = Who will notice the change.
page-data-field-evidence-url = Where the proof is.
page-data-field-review-on = The day of the next look.
page-data-field-verdict = What participants say of what is said to be done, as the last edition took it. Empty where too few have said anything.
page-data-field-stories = Stories behind it beside those quoted in public, as the last edition took it: a multiple of 5. Empty where there are too few to say.
page-data-field-silences = What is silent today, as codes separated by semicolons: response_overdue, promise_missed, review_date_passed, explanation_stale, gone_quiet.
page-data-field-last-act-on = The day on which a person last said or did anything about it.
page-data-field-number = Its place within the recommendation, from 1.
page-data-field-promise = What was promised, in words.
page-data-field-made-on = The day on which it was promised.
page-data-field-first-due-on = The date that was given first. It never changes.
page-data-field-due-on = The date that holds now.
page-data-field-moves = How often the date was moved.
page-data-field-kept-on = The day on which it was kept.
page-data-field-promise-state = Kept by the first date, kept later, open, or missed as of today.
page-data-field-theme = The theme that the learning belongs to.
page-data-field-learning = What was learned.
page-data-field-event = The number of the event of the record that holds the figures.
page-data-field-period = The day of the edition.
page-data-field-figure = Which figure it is. What each one means stands on the project’s page.
page-data-field-unit = Whether the count is a number of things or of days.
page-data-field-count = The count. Of people and stories it is a multiple of 5, and empty where it is not shown.
page-data-field-of = Of how many. Empty where it is not shown, or where the figure has none.
page-data-field-seq = The number of the event in the record.
page-data-field-at = When it was written down, in UTC.
page-data-field-on = The day on which it happened, in the project’s time zone.
page-data-field-kind = The kind of event, as docs/record-format.md of hearback tells.
page-data-field-by-the-clock = Whether it was written by the clock because nobody said anything in time, and not by a person.
page-data-field-state = The reply or the state of the work from then on.
page-data-field-state-before = The state of the work before.
page-data-field-reason = The reason given.
page-data-field-words = What was said, in the words of those who said it.
page-data-field-tried = What was tried.
page-data-field-decided-by = Who decided: a role.
page-data-field-unblock = What would change it.
page-data-field-in-our-control = Whether it is in the hands of those who explain it.
page-data-field-date = The date that was promised, aimed at, due or missed; for a long quiet, its first day.
page-data-field-date-before = The date that held before.
page-data-field-about-event = The event that it corrects, redacts, or whose explanation has grown old.
page-data-field-corrected-by = The event that last corrected it; its corrected words stand here.
page-data-field-subject = The ref of the recommendation that it is about, or project.
page-data-field-content = What was said, as the record holds it; null where it was redacted.
page-data-field-content-hash = SHA-256 over the canonical form of the content, 64 hexadecimal digits.
page-data-field-prev = The hash of the event before; 64 zeros in the first.
page-data-field-hash = SHA-256 over prev and the canonical form of all else but the content, 64 hexadecimal digits.
page-data-field-redacted = Whether its words were taken out for legal reasons.

## Days in the calendar
page-data-day-promise = Promise due ({ $ref }): { $promise }
page-data-day-review = Next look ({ $ref }): { $title }
page-data-day-response = Answer due ({ $ref }): { $title }
page-data-day-target = To be done by this day ({ $ref }): { $title }

## Feeds
feed-title = { $ref } { $title } · { $project }
feed-entry = { $ref } { $title }: { $what }
feed-happened = Happened on { $date }. Event { $number } of the record.

## The badge and the frame
badge-text = { $answered } · { $done } · { $confirmed }
badge-title = { $project }: { $text }
badge-alt = What became of the recommendations of: { $project }
page-embed-title = What became of it: { $project }
page-embed-unanswered = { $count } not answered
page-embed-as-of = As of { $date }
page-embed-more = See all that was said and done

## Check this yourself
page-checkit-title = Check this yourself
page-checkit-lead = You need not believe us. Everything that was said and done lies in one list, the record, and anyone can check that nothing in it was changed.
page-checkit-chain = The record is a list of events, with numbers from 1 on. Each event carries a sum over its own words and over the event before it. If somebody changes, adds or takes away an event later, the sums no longer fit from there on. The beginning of the last sum is the fingerprint: it stands for the whole record up to there.
page-checkit-how = How the record can be checked
page-checkit-last = Last event
page-checkit-empty = There is no event in the record yet.
page-checkit-update = Every update that we send names the number and the fingerprint of the last event that it covers. Keep your updates: with one of them you can check that this is still the record that you were told of.
page-checkit-hand = Check it on your own machine
page-checkit-save = Save the record as a file.
page-checkit-run = Then check it in one of these ways.
page-checkit-python = With a few lines of Python
page-checkit-python-how = Save this program too, read it, and run it. It prints 0 if the record holds, or else the number of the first event that does not. If it holds, it also tells the number and the fingerprint of the last event. Compare them with somebody’s update or with this page: the sums alone cannot show that an end was left off.
page-checkit-lines = All its lines
page-checkit-program = With hearback
page-checkit-program-how = Anyone can install hearback on their own machine. There it checks a file that came from anywhere.
page-checkit-compare = Then compare
page-checkit-compare-how = Look up the event with the number that your update names. The first 16 digits of its hash must be the fingerprint in your update.
page-checkit-form = How the sums are made
page-checkit-form-file = The file is JSON Lines: one event on each line, in UTF-8, each line ended by a line feed. Every event has these eight fields:
page-checkit-field-seq = Its number: 1 for the first, then one more each time.
page-checkit-field-at = When it was written, in UTC. It never falls.
page-checkit-field-kind = The kind of event.
page-checkit-field-subject = The ref of the recommendation that it is about, or project.
page-checkit-field-content = What was said, with a random salt. It is null where it was taken out for legal reasons.
page-checkit-field-content-hash = The sum over the content.
page-checkit-field-prev = The hash of the event before; 64 zeros in the first.
page-checkit-field-hash = The sum over all of this.
page-checkit-canonical = The canonical form is that of RFC 8785: JSON without white space, its keys in order. Sums are SHA-256, as 64 small hexadecimal digits.
page-checkit-redaction = Where words had to go for legal reasons, the content is null, and all else stays, so that the sums still fit. A later event of the kind redaction names the number in the field redacts. Content that is missing without such an event is a fault.
page-checkit-shows = What this shows, and what it does not
page-checkit-shows-yes = If the record holds, no single event was changed, added or left out. If the fingerprint of your update is in it, that is the record that you were told of.
page-checkit-shows-no = A record that holds could still have been written anew as a whole, or its end left off. The sums alone cannot show that. The fingerprints in people’s updates can.
page-checkit-shows-true = It does not show that what was written is true. For that there are the proofs that are linked, and what participants say.
