### Letters and calls: what is printed, and what is read out on the telephone.

## Letters

letters-title = Letters
scripts-title = Scripts for calls
letter-page = Page { $number } of { $count }
# Where a browser prints, which does not know how many pages there will be.
letter-page-only = Page { $number }

# In the list of choices of a letter, in the place of a link.
choice-code = Or pause, and start again, on the web: go to { $address } and type this code: { $code }

## The page where the code of a letter is typed

code-title = Your code
code-what = The letter that you got ends with a code. Type it here to pause your updates, or to start them again.
code-label = Your code, seven groups of four letters and numbers
code-hint = Capitals and spaces do not matter.
code-go = Go on
code-many-title = Please wait a little
code-many-what = Too many codes were typed from where you are that are not known here.
code-many-do = Try again in some minutes. Nothing was changed.

## Calls

script-title = Script for a call
script-task = Task { $id }
script-not-before = Do not ring before { $date }: a quiet time.
script-nobody-named = the person whose number this is

script-heading-first = Say this first
script-first-ask = “Hello, may I speak to { $name }?” When it is them: “I am ringing for { $sender }. Is this a good moment?”
script-first-alone = “Are you alone, or is it fine for you to talk where you are?”
script-first-nothing = Go on only if they say yes. Until then say nothing about the project, and not what the call is about.

script-heading-other = If somebody else answers
script-other-say = “Please tell { $name } that { $sender } rang. It is nothing urgent, and I will ring again.”
script-other-never = Never say what it is about, even if you are asked: not the project, not the organisation, not that there is a story.

script-heading-machine = If a machine answers
script-machine-none = It is best to leave no message: others may hear it.
script-machine-never = If you have to: “This is { $sender } for { $name }. I will ring again.” Not the project, not the organisation, not the story, and nothing of what is below.

script-again = No good moment? Ask when to ring again:

script-heading-read = Now read this out
# Follows "See for yourself:" or the like, in the place of an address of the web.
script-link = There is a page on the web about it. I can have the address sent to you.

script-yes = yes
script-partly = partly
script-no = no
script-unknown = does not know
script-in-their-words = In their own words, if they like:

script-choices = Ask: “Shall we go on like this, or would you like something else?” No reason is needed.
script-choice-as-now = go on as now
script-choice-less = less often
script-choice-pause = pause
script-choice-form = another format or way
script-choice-stop = stop: no more updates
script-choice-withdraw = withdraw their story
script-choice-talk = have somebody get in touch

script-heading-after = After the call
script-ended-told = read out to the end
script-ended-part = read out in part
script-ended-nobody = nobody reached
script-ended-refused = they did not want it
script-by = Who rang, and when:
