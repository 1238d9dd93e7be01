### Pages of a whole instance, and lists: the front page, recommendations, those who were asked, the comparison.

## Between these pages
page-list-ways = Pages of this site
page-list-way-front = Front page
page-list-way-all = All recommendations
page-list-way-responders = Who was asked
page-list-way-compare = Compare
page-list-nothing = No project is public here yet.
page-list-press = Press the head of a column to sort the table by it.
page-list-printed = This page: { $address }

## The front page
page-front-projects = What became of it
page-front-waiting = { $count ->
    [0] Nobody is still waiting to hear back for the first time.
   *[other] About { $count } people are still waiting to hear back for the first time.
}
page-front-waiting-least = At least about { $count } people are still waiting to hear back for the first time. Some numbers are not shown, because they are small or not yet counted.
page-front-waiting-hidden = A count of people who wait for their first update is shown here only where nobody can be found in it.
page-front-search = Search all recommendations
page-front-silent = { $count ->
    [one] One is late or silent, for { $age }
   *[other] { $count } are late or silent, the longest for { $age }
}
page-front-silent-none = Nothing is late or silent now

## A list of recommendations
page-list-title = Recommendations
page-list-back = Back
page-list-form = Find recommendations
page-list-show = Show
page-list-more = Filter and sort
page-list-refine = Search, filter and sort
page-list-sought-where = The search reads recommendations, answers, explanations and names. Promises and all that changed stand on the page of each project.
page-list-any = Any
page-list-label-q = Search
page-list-label-response = Answer
page-list-label-progress = Work
page-list-label-answered = Answered
page-list-label-responder = Who answers for it
page-list-label-theme = Theme
page-list-label-audience = For
page-list-label-reason = Reason
page-list-label-verdict = What participants say
page-list-label-sort = Order
page-list-answered-yes = Yes
page-list-answered-no = No
page-list-tick-overdue = The answer is late
page-list-tick-silent = Something is late or silent
page-list-order-published = As published
page-list-order-ref = By number
page-list-order-newest = Latest news first
page-list-order-longest-silent = Longest late or silent first
page-list-order-title = By title
page-list-all = { $count ->
    [0] No recommendation has been published yet.
    [one] One recommendation.
   *[other] { $count } recommendations.
}
page-list-found = { $count ->
    [0] None of { $of } recommendations matches. Remove a filter to see more.
    [one] One of { $of } recommendations matches.
   *[other] { $count } of { $of } recommendations match.
}
page-list-chosen-title = Narrowed down to
page-list-chosen = { $label }: { $value }
page-list-drop = (remove)
page-list-drop-all = Remove all filters
page-list-pages = Pages of this list
page-list-page = Page { $page } of { $of }.
page-list-previous = Previous page
page-list-next = Next page

## Those who were asked
page-responder-title = Who was asked
page-responder-what = Everybody who was asked to answer a public recommendation, and what came of it. Where several were asked together, an answer or a step counts for each of them, whoever of them, or somebody else, gave it.
page-responder-none = Nobody has been asked in public yet.
page-responder-column-name = Name
page-responder-column-asked = Asked
page-responder-column-answered = Has an answer
page-responder-column-done = Done
page-responder-column-stuck = Stuck
page-responder-column-silent = Late or silent now
page-responder-across = Across all public projects on this site
page-responder-asked = asked { $count ->
    [one] once
   *[other] { $count } times
}
page-responder-asked-with = { $count } ({ $shared } together with others)
page-responder-shared = { $count ->
    [0] Nobody else was asked with them.
    [one] One of these was asked of others too.
   *[other] { $count } of these were asked of others too.
} What is said here of answers, work and promises is true of the recommendation. Who gave an answer stands beside it.
page-responder-has-answer = { $count } of { $of } have an answer
page-responder-silent = { $count } late or silent now
page-responder-explained = { $of ->
    [one] One recommendation owes an explanation; { $count ->
        [0] none was sent that still holds.
       *[other] it was sent, and still holds.
    }
   *[other] { $of } recommendations owe an explanation; { $count ->
        [0] none was sent that still holds.
        [one] one was sent and still holds.
       *[other] { $count } were sent and still hold.
    }
}
page-responder-explained-none = No explanation is owed now.
page-responder-asked-title = What they were asked

## The comparison
page-compare-title = Compare
page-compare-what = What to compare
page-compare-projects = Projects
page-compare-responders = Those who were asked
page-compare-how = Each figure stands with the number that it is out of.
page-compare-shared = Where several were asked together, an answer or a step counts for each of them, whoever of them, or somebody else, gave it.
page-compare-column-has-answer = Has an answer
page-compare-told = How many people were told comes from each project’s last edition, rounded to 5. Small numbers are not shown.
page-compare-column-project = Project
page-compare-column-responder = Name
page-compare-column-recommendations = Recommendations
page-compare-column-answered = Answered
page-compare-column-done = Done
page-compare-column-confirmed = Confirmed by participants
page-compare-column-explained = Explained
page-compare-column-promises-kept = Promises kept on their first date
page-compare-column-told = People told
page-compare-column-overdue = Answer late now
page-compare-column-silence = Longest late
page-compare-no-recommendations = none published
page-compare-no-explanations = none owed
page-compare-no-promises = none due
page-compare-no-edition = no edition yet
page-compare-no-silence = nothing late

## What is owed, on the card of a project
page-front-unanswered = Not answered: { $count ->
    [one] 1 recommendation
   *[other] { $count } recommendations
}, asked of { $bodies ->
    [one] 1 body
   *[other] { $bodies } bodies
}
page-front-unanswered-only = Not answered: { $count ->
    [one] 1 recommendation
   *[other] { $count } recommendations
}
page-front-stuck = Stuck: { $count ->
    [one] 1 recommendation
   *[other] { $count } recommendations
}
page-front-missed = { $count ->
    [one] 1 promise missed
   *[other] { $count } promises missed
}
page-front-missed-promise = ‘{ $promise }’, due { $date }
page-front-more = and { $count } more
page-front-latest = What changed last: { $what } ({ $ref }, { $date })
page-front-check = Check that the record is complete and unaltered
