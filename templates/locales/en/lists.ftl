### Pages of a whole instance, and lists: the front page, recommendations, those who were asked, the comparison.

## Between these pages
page-list-ways = Pages of this site
page-list-way-front = Front page
page-list-way-all = All recommendations
page-list-way-responders = Who was asked
page-list-way-compare = Compare
page-list-nothing = No project is public here yet.
page-list-press = Press the head of a column to put the table in its order.
page-list-printed = This page: { $address }

## The front page
page-front-projects = What became of it
page-front-waiting = { $count ->
    [0] Nobody is still waiting to hear back for the first time.
   *[other] About { $count } people are still waiting to hear back for the first time.
}
page-front-waiting-least = At least about { $count } people are still waiting to hear back for the first time. Some numbers are not shown, because they are small or not yet counted.
page-front-waiting-hidden = How many people are still waiting to hear back is not shown: the numbers are too small, or not yet counted.
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
page-list-more = Choose and put in order
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
    [0] None of { $of } recommendations fits. Take away a filter to see more.
    [one] One of { $of } recommendations fits.
   *[other] { $count } of { $of } recommendations fit.
}
page-list-chosen-title = Narrowed down to
page-list-chosen = { $label }: { $value }
page-list-drop = (take away)
page-list-drop-all = Take away all
page-list-pages = Pages of this list
page-list-page = Page { $page } of { $of }.
page-list-previous = Previous page
page-list-next = Next page

## Those who were asked
page-responder-title = Who was asked
page-responder-what = Everybody who was asked to answer a public recommendation, and what came of it.
page-responder-none = Nobody has been asked in public yet.
page-responder-column-name = Name
page-responder-column-asked = Asked
page-responder-column-answered = Answered
page-responder-column-done = Done
page-responder-column-stuck = Stuck
page-responder-column-silent = Late or silent now
page-responder-across = Across all public projects on this site
page-responder-asked = asked { $count ->
    [one] once
   *[other] { $count } times
}
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
page-front-unanswered = { $count ->
    [one] Not answered: { $names }
   *[other] Not answered: { $count } ({ $names })
}
page-front-unanswered-only = Not answered: { $count }
page-front-stuck = Stuck: { $count } ({ $names })
page-front-stuck-only = Stuck: { $count }
page-front-missed = { $count ->
    [one] Promise missed: { $count } ({ $names })
   *[other] Promises missed: { $count } ({ $names })
}
page-front-missed-only = { $count ->
    [one] Promise missed: { $count }
   *[other] Promises missed: { $count }
}
page-front-more = { $count } more
