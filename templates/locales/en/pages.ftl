### What people read on pages. The pages of a person's link name no topic: somebody may look over a shoulder.

## On every page
page-skip = Go to the main part
page-product = hearback
page-made-with = Made with hearback.
page-what-is-it = What is hearback?

## The front page
page-front-title = hearback
page-front-lead = People tell their stories. This is how they hear back.
page-front-what = People gave their stories to a project, and recommendations came of them. hearback keeps track of what becomes of each one. It tells everybody who took part what changed, what is stuck, and why. If nobody answers, it says that too.
page-front-got-title = Did you get a message from here?
page-front-got = Your message has a link of its own. Open that link to pause your updates, or to turn them on again. You need no account and no password.
page-front-lost = If you cannot find the link, or want something else, answer the message. Your answer goes to a person.
page-front-promise-title = What we keep to
page-front-promise-tracking = We do not track you. Nothing counts who opens a message or follows a link.
page-front-promise-looking = Opening a page changes nothing. Only pressing a button does.
page-front-promise-leave = You can stop at any time, without giving a reason.
page-front-demo-title = This is a demo
page-front-demo = It has played through the history of a project. Every message that it wrote lies in a mailbox on this machine. None was sent.
page-front-demo-link = Open the mailbox

## A person's updates
page-updates-active = Your updates are on
page-updates-paused = Your updates are paused
page-updates-stopped = Your updates have ended
page-updates-withdrawn = You have withdrawn
page-updates-from = These updates come from { $sender }.
page-updates-from-ended = These updates came from { $sender }.
page-updates-next = The next one comes by { $date }.
page-updates-pause-does = If you pause them, nothing more is sent to you until you turn them on again. You need give no reason, and nothing is lost: your next update will also tell you what happened in between.
page-updates-pause = Pause my updates
page-updates-resume-does = Nothing is sent to you while they are paused. If you turn them on again, your next update will also tell you what happened in between.
page-updates-resume = Turn my updates on again
page-updates-just-paused = Done. Your updates are paused.
page-updates-just-resumed = Done. Your updates are on again.
page-updates-unchanged = Nothing was changed.
page-updates-stopped-means = Nothing more is sent to you. You need do nothing.
page-updates-stopped-again = If you want updates again, write to { $sender }.
page-updates-withdrawn-means = Nothing more is sent to you, and what you gave is no longer used. You need do nothing.
page-updates-withdrawn-ask = If you have a question, write to { $sender }.
page-updates-else-title = Something else?
page-updates-else = You can get updates less often or in another form. You can stop them for good. You can withdraw. Write to { $sender } and say what you want. You need give no reason.
page-updates-contact-title = How to reach { $sender }
page-updates-email = Email
page-updates-phone = Telephone
page-updates-support = Somebody to talk to

## No such page
page-lost-title = This page is not here
page-lost-what = There is nothing at this address. Perhaps the link was cut in two, or is no longer in use.
page-lost-kept = Nothing was changed.
page-lost-do = If you came from a message, go back to it and press its link once more, or copy the whole link. If that does not help, answer the message. Your answer goes to a person.
page-lost-front = Go to the front page

## Something went wrong
page-error-failed-title = Something went wrong here
page-error-failed-what = We could not show this page. The fault is ours, not yours. It has been noted for those who run this site.
page-error-failed-kept = If you had just pressed a button, it may not have worked.
page-error-failed-do = Please open your link once more in a few minutes: it shows how things stand. If you are in a hurry, answer the message that the link came with.
page-error-foreign-title = That button was not pressed here
page-error-foreign-what = Your browser says that another site sent you here. To keep you safe, we did not act on it.
page-error-foreign-kept = Nothing was changed.
page-error-foreign-do = Please open the link in your message once more, and press the button there.
page-error-refused-title = That did not work
page-error-refused-what = We could not read what your browser sent. It may have been too long, or have come too slowly.
page-error-refused-kept = Nothing was changed.
page-error-refused-do = Please open the link in your message once more, and press the button there.

## The demo's mailbox
page-mailbox-title = The demo’s mailbox
page-mailbox-banner = This is a demo. No message has left this machine.
page-mailbox-count = { $count ->
    [0] No message has been written yet.
    [one] One message, to { $people ->
        [one] one person
       *[other] { $people } people
    }.
   *[other] { $count } messages, to { $people ->
        [one] one person
       *[other] { $people } people
    }.
}
page-mailbox-explain = These are the messages that would have gone out. Open one to see what a person reads.
page-mailbox-order = Order
page-mailbox-by-time = By time
page-mailbox-by-person = By person
page-mailbox-person = Messages to
page-mailbox-everybody = Everybody
page-mailbox-show = Show
page-mailbox-jump = Go to
page-mailbox-group = { $name } ({ $count })
page-mailbox-back = All messages
page-mailbox-back-person = Messages to { $name }
page-mailbox-previous = Previous
page-mailbox-next = Next
page-mailbox-steps = Other messages
page-mailbox-to = To
page-mailbox-from = From
page-mailbox-when = When
page-mailbox-format = Format
page-mailbox-form-both = HTML and text
page-mailbox-form-text = Text only
page-mailbox-form-html = HTML only
page-mailbox-view = Look at it as
page-mailbox-html = HTML
page-mailbox-text = Text
page-mailbox-headers = Headers
page-mailbox-frame = The message as a mail program shows it
page-mailbox-links = Its links open in a new tab.
page-mailbox-no-subject = (no subject)
