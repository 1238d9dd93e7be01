### What is sent to participants. Short sentences, plain words, bad news included; no urgency and no thanks owed.
### No topic may come in the subject or in the first 200 characters: a locked telephone shows them.

## Subject and opening

update-subject = { $sender }: eich diweddariad, { $month }
update-subject-project = { $sender }: eich diweddariad am ‘{ $project }’, { $month }
update-title = Eich diweddariad
greeting = Helo,
greeting-name = Helo { $name },

update-from = Dyma eich diweddariad. { $sender } sy’n ei anfon atoch.
update-no-news = Does dim newyddion y tro hwn, ac rydyn ni’n dweud pam.
update-no-own-news = Does dim byd newydd wedi dod o’r hyn a ddywedoch chi wrthym ni, ac rydyn ni’n dweud pam.
update-elsewhere-news = { $count ->
    [two] Yng ngweddill y prosiect, mae newyddion am { $count } beth.
    [few] Yng ngweddill y prosiect, mae newyddion am { $count } pheth.
    [many] Yng ngweddill y prosiect, mae newyddion am { $count } pheth.
   *[other] Yng ngweddill y prosiect, mae newyddion am { $count } peth.
}
update-all-news = { $count ->
    [two] Mae newyddion am { $count } beth.
    [few] Mae newyddion am { $count } pheth.
    [many] Mae newyddion am { $count } pheth.
   *[other] Mae newyddion am { $count } peth.
}
nothing-to-do = Does dim angen i chi wneud dim byd.
update-covers = Mae’n dweud beth ddigwyddodd o { $from } hyd at { $to }.
update-covers-first = Hwn yw’r un cyntaf, ac mae’n dweud beth ddigwyddodd hyd at { $to }.
can-wait = Darllenwch hwn pan fydd yn gyfleus i chi: does dim brys.
update-end-says = Mae’r llinellau olaf yn dweud sut i newid neu stopio’r diweddariadau hyn.

## The counts of the opening, joined by commas. The first one carries the noun, and "Mae" for all of them.

short-asked = { $count ->
    [two] Mae cais am { $count } beth
    [few] Mae cais am { $count } pheth
    [many] Mae cais am { $count } pheth
   *[other] Mae cais am { $count } peth
}
short-changed = { $place ->
    [first] { $count ->
        [two] Mae { $count } beth wedi newid
        [few] Mae { $count } pheth wedi newid
        [many] Mae { $count } pheth wedi newid
       *[other] Mae { $count } peth wedi newid
    }
   *[later] { $count } wedi newid
}
# The noun comes again: a promise may have been counted just before.
short-news = { $place ->
    [first] { $count ->
        [two] Mae { $count } beth â newyddion eraill
        [few] Mae { $count } pheth â newyddion eraill
        [many] Mae { $count } pheth â newyddion eraill
       *[other] Mae { $count } peth â newyddion eraill
    }
   *[later] { $count ->
        [two] { $count } beth â newyddion eraill
        [few] { $count } pheth â newyddion eraill
        [many] { $count } pheth â newyddion eraill
       *[other] { $count } peth â newyddion eraill
    }
}
short-stuck = { $place ->
    [first] { $count ->
        [two] Mae { $count } beth yn sownd
        [few] Mae { $count } pheth yn sownd
        [many] Mae { $count } pheth yn sownd
       *[other] Mae { $count } peth yn sownd
    }
   *[later] { $count } yn sownd
}
short-still-stuck = { $place ->
    [first] { $count ->
        [two] Mae { $count } beth yn sownd o hyd
        [few] Mae { $count } pheth yn sownd o hyd
        [many] Mae { $count } pheth yn sownd o hyd
       *[other] Mae { $count } peth yn sownd o hyd
    }
   *[later] { $count } yn sownd o hyd
}
short-ended = { $place ->
    [first] { $count ->
        [one] Mae { $count } peth wedi’i wrthod neu ei stopio
        [two] Mae { $count } beth wedi’u gwrthod neu eu stopio
        [few] Mae { $count } pheth wedi’u gwrthod neu eu stopio
        [many] Mae { $count } pheth wedi’u gwrthod neu eu stopio
       *[other] Mae { $count } peth wedi’u gwrthod neu eu stopio
    }
   *[later] { $count ->
        [one] { $count } wedi’i wrthod neu ei stopio
       *[other] { $count } wedi’u gwrthod neu eu stopio
    }
}
short-silent = { $place ->
    [first] { $count ->
        [two] Mae { $count } beth heb air gan neb
        [few] Mae { $count } pheth heb air gan neb
        [many] Mae { $count } pheth heb air gan neb
       *[other] Mae { $count } peth heb air gan neb
    }
   *[later] { $count } heb air gan neb
}
short-promises = { $place ->
    [first] { $count ->
        [one] Mae { $count } peth â newyddion am addewid
        [two] Mae { $count } beth â newyddion am addewidion
        [few] Mae { $count } pheth â newyddion am addewidion
        [many] Mae { $count } pheth â newyddion am addewidion
       *[other] Mae { $count } peth â newyddion am addewidion
    }
   *[later] { $count ->
        [one] { $count } â newyddion am addewid
       *[other] { $count } â newyddion am addewidion
    }
}
# Reads as a sentence of its own, too, because it may come first.
short-missed = { $count ->
    [one] { $count } addewid sydd heb ei gadw
   *[other] { $count } addewid sydd heb eu cadw
}

## The first update

heading-first = Pam rydych chi’n cael hwn
first-why = Fe roesoch chi stori i’r prosiect ‘{ $project }’, a chytuno i glywed beth ddaw ohoni.
first-who = { $organisation } sy’n rhedeg y prosiect ac yn cadw eich manylion cyswllt. Daeth y manylion oddi wrthych chi, neu oddi wrth y person a gofnododd eich stori.
first-end = { $way ->
    [reply] I stopio’r diweddariadau hyn, atebwch y neges hon a dywedwch “stopio”.
    [ring] I stopio’r diweddariadau hyn, ysgrifennwch at { $email } neu ffoniwch { $phone } a dywedwch “stopio”.
    [say] I stopio’r diweddariadau hyn, dywedwch “stopio” wrtha i nawr.
   *[write] I stopio’r diweddariadau hyn, ysgrifennwch at { $email } a dywedwch “stopio”.
} Gallwch hefyd ofyn am weld beth sy’n cael ei gadw amdanoch, neu ofyn am ei ddileu.

## No link, no news

heading-unlinked = Eich stori
unlinked = Hyd yn hyn, does dim argymhelliad wedi’i seilio ar eich stori. Nid yw hynny’n tynnu dim oddi arni. Mae’n aros gyda’r prosiect. Os bydd argymhelliad yn cael ei seilio arni, byddwn ni’n dweud wrthych chi yma. Gallwch holi amdani unrhyw bryd: { $sender } sy’n ateb.
heading-no-news = Pam nad oes newyddion
no-news = Does neb sy’n gyfrifol am y pethau hyn wedi dweud dim newydd ers { $from }. Ni ddaeth dyddiad unrhyw ateb, addewid nac ailedrych chwaith. I gael gwybod, aethon ni drwy holl gofnod y prosiect ar { $day }.
no-news-yet = Does neb sy’n gyfrifol am y pethau hyn wedi dweud dim eto. Ni ddaeth dyddiad unrhyw ateb, addewid nac ailedrych chwaith. I gael gwybod, aethon ni drwy holl gofnod y prosiect ar { $day }.
no-own-news = Does neb wedi dweud dim newydd ers { $from } am yr hyn sydd wedi’i seilio ar eich stori. Ni ddaeth dyddiad unrhyw ateb, addewid nac ailedrych chwaith. I gael gwybod, aethon ni drwy holl gofnod y prosiect ar { $day }.

## Headings

heading-asked = Beth y gofynnwyd amdano am fod pobl wedi siarad
heading-changed = Beth sydd wedi newid
heading-news = Newyddion eraill
heading-stuck = Beth sy’n sownd
heading-still-stuck = Yn sownd o hyd
heading-ended = Beth sydd wedi’i wrthod neu ei stopio
heading-silent = Beth sydd heb ei ddweud wrthym ni
heading-promises = Addewidion
heading-same = Dim byd newydd am y rhain
heading-elsewhere = Gweddill y prosiect
heading-all = Beth ddaeth o’r hyn y gofynnwyd amdano
heading-questions = A yw hyn yn wir i chi?
heading-next = Eich diweddariad nesaf
heading-choices = Eich dewisiadau
heading-help = Rhywun i siarad â nhw
heading-record = I’w wirio rywbryd eto

## How one event is told

told = { $date }: { $what }
told-maybe = Efallai eich bod wedi darllen hyn yn barod.
told-corrects = Mae hyn yn cywiro’r hyn a ddywedon ni wrthych chi o’r blaen:
told-reason = Rheswm: { $reason }.

asked-who = Pwy sy’n gyfrifol: { $words }
asked-answer = Mae ateb i fod i ddod erbyn { $date }.
asked-answer-was = Roedd ateb i fod i ddod erbyn { $date }.
asked-joined = Newydd i chi: { $titles }. Mae eich stori chi bellach y tu ôl i hyn hefyd, felly rydyn ni’n dweud yma sut mae pethau heddiw.
asked-target = Mae i’w wneud erbyn { $date }.

answer-accepted = cytunwyd â hyn.
answer-accepted-from = mae { $who } wedi cytuno â hyn.
answer-accepted-in-part = cytunwyd â rhan o hyn.
answer-accepted-in-part-from = mae { $who } wedi cytuno â rhan o hyn.
answer-declined = gwrthodwyd hyn.
answer-declined-by = mae { $who } wedi gwrthod hyn.
answer-awaiting = does dim ateb eto.

work-planned = mae hyn wedi’i gynllunio.
work-still-planned = mae hyn wedi’i gynllunio o hyd.
work-begun = mae’r gwaith wedi dechrau.
work-again = mae’r gwaith yn mynd yn ei flaen eto.
work-reopened = roedd rhywun wedi dweud bod hyn wedi’i wneud, ond mae’r gwaith arno ar agor eto.
work-rest = mae’r gwaith ar y gweddill wedi dechrau.
work-still = mae’r gwaith yn mynd yn ei flaen o hyd.
work-stuck = yn sownd.
work-still-stuck = yn sownd o hyd.
work-was-stuck = roedd hyn yn sownd.
work-was-still-stuck = roedd hyn yn sownd o hyd.
work-done = dywedwyd bod hyn wedi’i wneud.
work-done-by = dywedodd { $who } fod hyn wedi’i wneud.
work-done-in-part = dywedwyd bod rhan o hyn wedi’i gwneud.
work-done-in-part-by = dywedodd { $who } fod rhan o hyn wedi’i gwneud.
work-stopped = stopiwyd hyn.
work-stopped-by = mae { $who } wedi stopio hyn.
work-superseded = mae rhywbeth arall wedi cymryd lle hyn.
work-superseded-by = mae rhywbeth arall wedi cymryd lle hyn, yn ôl { $who }.
work-not-started = nid yw’r gwaith wedi dechrau.

target-set = mae i’w wneud erbyn { $date }.
target-moved = symudwyd y dyddiad ar gyfer ei wneud o { $from } i { $date }.

changed = mae geiriad yr argymhelliad wedi newid.
changed-title = Ei enw bellach yw ‘{ $words }’.
changed-text = Mae bellach yn dweud: { $words }
changed-who = Pwy sy’n gyfrifol bellach: { $words }
changed-who-nobody = Does neb bellach wedi’i enwi fel yr un sy’n gyfrifol.
changed-answer = Mae ateb bellach i fod i ddod erbyn { $date }.
changed-target = Mae bellach i’w wneud erbyn { $date }.

redacted = am resymau cyfreithiol, tynnwyd rhai geiriau a oedd yma.
redacted-why = Pam: { $words }

detail-tried = Beth y ceisiwyd ei wneud: { $words }
detail-who = Pwy benderfynodd: { $words }
detail-unblock = Beth fyddai’n datrys hyn: { $words }
detail-unblock-was = Beth oedd i fod i ddatrys hyn: { $words }
control-was-yes = Roedd hyn yn eu dwylo nhw eu hunain.
control-was-partly = Roedd hyn yn rhannol yn eu dwylo nhw eu hunain.
control-was-no = Nid oedd hyn yn eu dwylo nhw.
detail-look = Ailedrych: { $date }.
detail-final = Does dim bwriad i ailedrych ar hyn: mae’n derfynol.
detail-noticed = Pwy fydd yn sylwi: { $words }
detail-says = Pwy sy’n dweud hyn: { $words }
detail-proof = Gallwch weld drosoch eich hun:
detail-no-proof = Ni roddwyd dolen at brawf.

silent-answer = Roedd ateb i fod i ddod erbyn { $date }. Aeth y diwrnod heibio heb ateb.
silent-answer-from = Roedd ateb { $who } i fod i ddod erbyn { $date }. Aeth y diwrnod heibio heb ateb.
silent-review = Roedd rhywun i fod i ailedrych ar hyn erbyn { $date }. Aeth y diwrnod heibio heb air.
silent-stale = Erbyn { $date }, roedd yr esboniad a roeson ni i chi yn { $days } diwrnod oed, a doedd neb wedi rhoi un newydd.
silent-quiet = { $days ->
    [two] Am { $days } ddiwrnod o { $date } ymlaen, ni ddywedodd neb ddim.
   *[other] Am { $days } diwrnod o { $date } ymlaen, ni ddywedodd neb ddim.
}

promise-made = addawyd: ‘{ $promise }’, erbyn { $due }.
promise-made-by = addawodd { $who }: ‘{ $promise }’, erbyn { $due }.
promise-moved = symudwyd dyddiad addewid o { $from } i { $due }. Yr addewid: ‘{ $promise }’.
promise-moved-same = symudwyd ei ddyddiad o { $from } i { $due }.
promise-kept = dywedwyd bod addewid wedi’i gadw: ‘{ $promise }’.
promise-kept-same = dywedwyd ei fod wedi’i gadw.
promise-missed = Addawyd: ‘{ $promise }’, erbyn { $due }. Aeth y diwrnod heibio heb air bod yr addewid wedi’i gadw.
promise-missed-by = Addawodd { $who }: ‘{ $promise }’, erbyn { $due }. Aeth y diwrnod heibio heb air bod yr addewid wedi’i gadw.
promise-missed-same = Erbyn { $due }, doedd dim gair ei fod wedi’i gadw.
due-open = Mae ‘{ $promise }’ i fod i ddigwydd erbyn { $date }.
due-late = Roedd ‘{ $promise }’ i fod i ddigwydd erbyn { $date }. Mae’n hwyr ers { $age }.

## A recommendation in one line, after its title

line-awaiting = does dim ateb eto.
line-awaiting-due = does dim ateb eto; mae un i fod i ddod erbyn { $date }.
line-awaiting-late = does dim ateb. Roedd i fod i ddod erbyn { $date }, ac mae’n hwyr ers { $age }.
line-accepted = cytunwyd â hyn ar { $date }. Does neb wedi sôn am waith arno eto.
line-accepted-in-part = cytunwyd â rhan o hyn ar { $date }. Does neb wedi sôn am waith arni eto.
line-declined = gwrthodwyd hyn ar { $date }.
line-planned = wedi’i gynllunio ers { $date }.
line-in-progress = mae’r gwaith yn mynd yn ei flaen ers { $date }.
line-stalled = yn sownd ers { $date } ({ $age }).
line-stalled-now = yn sownd ers { $date }.
line-done-in-part = dywedwyd ar { $date } fod rhan o hyn wedi’i gwneud.
line-done = dywedwyd ar { $date } fod hyn wedi’i wneud.
line-stopped = stopiwyd hyn ar { $date }.
line-superseded = cymerodd rhywbeth arall le hyn ar { $date }.
line-answer-late = Roedd ateb i fod i ddod erbyn { $date }, a does dim un wedi dod.
line-missed = Ni chafodd addewid ei gadw erbyn ei ddyddiad.
line-quiet = { $count ->
    [one] Does neb wedi dweud dim ers diwrnod.
    [two] Does neb wedi dweud dim ers { $count } ddiwrnod.
   *[other] Does neb wedi dweud dim ers { $count } diwrnod.
}
line-reason = Rheswm: { $reason }.
line-look = Ailedrych: { $date }.
line-look-late = Roedd rhywun i fod i ailedrych ar hyn ar { $date }, ond chlywson ni ddim fod hynny wedi digwydd.
elsewhere-quiet = Does neb wedi dweud dim newydd am y rhain, ac ni ddaeth dyddiad unrhyw ateb, addewid nac ailedrych:

## What is new in a line, one sentence each. The words of explanations stay out.

brief-asked = Gofynnwyd am hyn ar { $date }.
brief-again = Dywedwyd yr un peth eto ar { $date }.
brief-accepted = Yr ateb oedd cytuno.
brief-accepted-in-part = Yr ateb oedd cytuno â rhan o hyn.
brief-declined = Yr ateb oedd gwrthod.
brief-awaiting = Does dim ateb eto.
brief-not-started = Nid yw’r gwaith wedi dechrau.
brief-planned = Mae’r gwaith wedi’i gynllunio.
brief-in-progress = Mae’r gwaith yn mynd yn ei flaen.
brief-stalled = Mae’r gwaith yn sownd.
brief-done = Dywedwyd bod hyn wedi’i wneud.
brief-done-in-part = Dywedwyd bod rhan o hyn wedi’i gwneud.
brief-stopped = Stopiwyd y gwaith.
brief-superseded = Cymerodd rhywbeth arall ei le.
brief-promise-made = Gwnaed addewid.
brief-promise-moved = Symudwyd dyddiad addewid.
brief-promise-kept = Dywedwyd bod addewid wedi’i gadw.
brief-target = Mae bellach i’w wneud erbyn { $date }.
brief-answer-due = Symudwyd y dyddiad ar gyfer ateb i { $date }.
brief-review = Roedd rhywun i fod i ailedrych ar hyn erbyn { $date }. Aeth y diwrnod heibio heb air.
brief-explanation-old = Mae’r esboniad wedi mynd yn hen, a does dim un newydd.
brief-reworded = Newidiodd y geiriad.
brief-note = Mae nodyn.
brief-correction = Cywirwyd rhywbeth a ddywedwyd o’r blaen.
brief-redaction = Tynnwyd rhai geiriau am resymau cyfreithiol.

## Questions, next update, choices

questions-one = Dywedwyd bod hyn wedi’i wneud, neu fod rhan ohono wedi’i gwneud:
questions-many = Dywedwyd bod y rhain wedi’u gwneud, neu fod rhan ohonyn nhw wedi’i gwneud:
questions-how = { $way ->
    [reply] I ddweud wrthym ni, atebwch y neges hon a dywedwch ydy, yn rhannol, nac ydy neu ddim yn gwybod, gydag ychydig eiriau eraill os hoffech chi.
    [ring] I ddweud wrthym ni, ysgrifennwch at { $email } neu ffoniwch { $phone } a dywedwch ydy, yn rhannol, nac ydy neu ddim yn gwybod, gydag ychydig eiriau eraill os hoffech chi.
   *[write] I ddweud wrthym ni, ysgrifennwch at { $email } a dywedwch ydy, yn rhannol, nac ydy neu ddim yn gwybod, gydag ychydig eiriau eraill os hoffech chi.
}
questions-which = Dywedwch hefyd am ba un rydych chi’n sôn.

next-on = Daw erbyn { $date }, hyd yn oed os na fydd dim yn newid.
next-when-done = Daw pan fydd rhywbeth wedi’i wneud, ei wrthod neu ei stopio.
next-when-done-latest = Daw pan fydd rhywbeth wedi’i wneud, ei wrthod neu ei stopio, ac erbyn { $date } fan bellaf.
next-none = Dyma’r diweddariad olaf. Does dim bwriad i anfon un arall.

choices-how = { $way ->
    [reply] I ddewis, atebwch y neges hon a dywedwch beth hoffech chi.
    [ring] I ddewis, ysgrifennwch at { $email } neu ffoniwch { $phone } a dywedwch beth hoffech chi.
   *[write] I ddewis, ysgrifennwch at { $email } a dywedwch beth hoffech chi.
} Does dim angen i chi roi rheswm.
choice-other = “Llai aml”, “saib”, neu fformat arall, fel print bras, llythyr neu alwad ffôn.
choice-stop = “Stopio”: dim mwy o ddiweddariadau.
choice-withdraw = “Tynnu’n ôl”: ni fyddwn ni’n defnyddio eich stori yn unman mwyach. Does dim modd galw yn ôl gopïau a wnaeth eraill o’r blaen.
choice-talk = “Siarad”: bydd { $sender } yn cysylltu â chi.
choice-talk-ring = “Siarad”: bydd { $sender } yn cysylltu â chi. Gallwch hefyd ffonio { $phone }.
choice-link = Neu gallwch seibio, ac ailddechrau, yma:

help-support = Os yw unrhyw ran o hyn yn anodd i chi: { $contact }
help-concern = Os oes rhywbeth am y prosiect yn eich poeni: { $person } Ni fydd yr hyn a ddywedwch yn mynd at y rhai sy’n gyfrifol am yr argymhellion.

record-why = Gyda’r llinell hon, gall unrhyw un wirio na newidiwyd dim a ddywedon ni wrthych chi ar ôl ei ddweud:
record-line = Cofnod hyd at ddigwyddiad { $seq } · ôl bys { $fingerprint }
record-check = Gallwch ei wirio yma, neu ofyn i rywun wneud hynny i chi:

## The confirmation of a withdrawal

withdrawn-subject = { $sender }: mae’r hyn y gofynnoch amdano wedi’i wneud
withdrawn-title = Mae’r hyn y gofynnoch amdano wedi’i wneud
withdrawn-from = { $sender } sy’n anfon y neges hon atoch.
withdrawn-done = Fe ofynnoch chi i ni am rywbeth ar { $date }. Mae wedi’i wneud. Does dim angen i chi wneud dim byd arall, a does dim angen i chi roi rheswm.
withdrawn-below = Isod, mae’n dweud beth mae hyn yn ei olygu, a beth na allwn ni ei ddadwneud.
withdrawn-mistake = { $way ->
    [reply] Os nad chi a ofynnodd, atebwch y neges hon.
    [ring] Os nad chi a ofynnodd, ysgrifennwch at { $email } neu ffoniwch { $phone }.
    [say] Os nad chi a ofynnodd, dywedwch wrtha i nawr.
   *[write] Os nad chi a ofynnodd, ysgrifennwch at { $email }.
}
heading-withdrawn = Mae eich stori wedi’i thynnu’n ôl
withdrawn-now = Nid ydyn ni’n defnyddio eich stori yn unman mwyach: nid ar unrhyw dudalen, nac mewn unrhyw ddiweddariad, nac mewn dim rydyn ni’n ei roi i eraill. Does dim argymhelliad wedi’i seilio arni nawr.
withdrawn-stays = Mae un marc yn aros, heb yr un o’ch geiriau, fel na fydd y stori’n cael ei hychwanegu eto drwy gamgymeriad.
withdrawn-copies = Ni allwn ni alw yn ôl yr hyn a gopïodd neu a argraffodd eraill cyn heddiw, na negeseuon sydd wedi mynd allan.
withdrawn-others = Fe roesoch chi straeon eraill i ni hefyd. Byddwch yn dal i gael diweddariadau am y rheini, fel o’r blaen. { $way ->
    [reply] I’w stopio, atebwch y neges hon a dywedwch “stopio”.
    [ring] I’w stopio, ysgrifennwch at { $email } neu ffoniwch { $phone } a dywedwch “stopio”.
    [say] I’w stopio, dywedwch “stopio” wrtha i nawr.
   *[write] I’w stopio, ysgrifennwch at { $email } a dywedwch “stopio”.
}
withdrawn-last = Ni fyddwch yn cael mwy o ddiweddariadau gan y prosiect hwn. Dyma’r neges olaf.
withdrawn-details = { $way ->
    [reply] I ofyn i ni ddileu eich manylion cyswllt hefyd, atebwch y neges hon a dywedwch “dileu”.
    [ring] I ofyn i ni ddileu eich manylion cyswllt hefyd, ysgrifennwch at { $email } neu ffoniwch { $phone } a dywedwch “dileu”.
    [say] I ofyn i ni ddileu eich manylion cyswllt hefyd, dywedwch “dileu” wrtha i nawr.
   *[write] I ofyn i ni ddileu eich manylion cyswllt hefyd, ysgrifennwch at { $email } a dywedwch “dileu”.
}

## A test message, to whoever runs hearback

test-subject = Neges brawf
test-arrived = Anfonwyd y neges hon i roi prawf ar sut mae negeseuon yn gadael. Mae wedi cyrraedd.
test-look = Edrychwch ar ei phenawdau: maen nhw’n dweud a oedd SPF, DKIM a DMARC yn dal.
