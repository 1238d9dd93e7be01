### What anybody may read about a project. Plain words: a reader of nine should be able to follow.

## The two states of a recommendation
response-awaiting = Dim ateb eto
response-accepted = Derbyniwyd
response-accepted-in-part = Derbyniwyd yn rhannol
response-declined = Gwrthodwyd
progress-not-started = Heb ddechrau
progress-planned = Wedi’i gynllunio
progress-in-progress = Ar y gweill
progress-stalled = Yn sownd
progress-done-in-part = Wedi’i wneud yn rhannol
progress-done = Wedi’i wneud
progress-stopped = Wedi’i stopio
progress-superseded = Rhywbeth arall yn ei le
verdict-confirmed = Wedi’i gadarnhau gan y rhai a gymerodd ran
verdict-disputed = Y rhai a gymerodd ran yn anghytuno
verdict-none = Rhy ychydig o atebion hyd yma gan y rhai a gymerodd ran
promise-state-kept = Wedi’i gadw
promise-state-kept-late = Wedi’i gadw’n hwyr
promise-state-missed = Heb ei gadw
promise-state-open = Ar agor o hyd

## Silence
silence-response-overdue = Roedd yr ateb yn hwyr
silence-promise-missed = Ni chadwyd addewid
silence-review-date-passed = Ni ddigwyddodd ailedrych
silence-explanation-stale = Aeth yr esboniad yn hen
silence-gone-quiet = Ni ddywedodd neb ddim
silent-now-overdue = Dim ateb. I fod erbyn { $date }
silent-now-promise = Addewid heb ei gadw. I fod erbyn { $date }
silent-now-review = Neb wedi ailedrych. I fod erbyn { $date }
silent-now-stale-answer = Esboniad yr ateb wedi dyddio ers { $date }
silent-now-stale-work = Esboniad y gwaith wedi dyddio ers { $date }
silent-now-quiet = Dim byd newydd ers { $date }

## Events
happened-published = Cyhoeddwyd
happened-changed = Newidiwyd y geiriad
happened-changed-title = Ei enw bellach yw: { $words }
happened-changed-text = Mae bellach yn dweud: { $words }
happened-changed-audience = Mae bellach ar gyfer: { $words }
happened-changed-responsible = Pwy sy’n gyfrifol bellach: { $words }
happened-changed-response-due-on = Mae ateb bellach i fod i ddod erbyn { $words }
happened-changed-target-on = Mae bellach i’w wneud erbyn { $words }
happened-response = Ateb: { $state }
happened-progress = Gwaith: { $state } (cynt: { $from })
happened-progress-again = Gwaith: { $state }, gydag esboniad newydd
happened-reopened = Gwaith: ar agor eto, ar ôl dweud ei fod wedi’i wneud
happened-target = I’w wneud erbyn { $date }
happened-target-moved = Symudwyd y dyddiad ar gyfer ei wneud o { $from } i { $date }
happened-promise = Addawyd erbyn { $date }: ‘{ $promise }’
happened-promise-moved = Symudwyd dyddiad addewid o { $from } i { $date }: ‘{ $promise }’
happened-promise-kept = Addewid wedi’i gadw: ‘{ $promise }’
happened-promise-missed = Addewid heb ei gadw. Roedd i fod i ddigwydd erbyn { $date }: ‘{ $promise }’
happened-overdue = Ni ddaeth ateb erbyn { $date }, pan oedd i fod i ddod
happened-review = Roedd rhywun i fod i ailedrych ar hyn ar { $date }, ond ni ddigwyddodd hynny
happened-review-answer = Roedd rhywun i fod i ailedrych ar yr ateb erbyn { $date }. Ni wnaeth neb
happened-review-work = Roedd rhywun i fod i ailedrych ar y gwaith erbyn { $date }. Ni wnaeth neb
detail-look-by = Pwy oedd wedi dweud hynny: { $words }
detail-look-replaced = Roedd rhywun i fod i ailedrych ar hyn ar { $date }. Daeth geiriau mwy newydd yn lle hynny ar { $on }.
detail-look-passed = Roedd rhywun i fod i ailedrych ar hyn ar { $date }. Mae’r diwrnod hwnnw wedi mynd heibio.
happened-stale = Mae’r esboniad yn { $days } diwrnod oed, a does neb wedi rhoi un mwy newydd
happened-quiet = { $days ->
    [two] Does neb wedi dweud dim ers { $date } ({ $days } ddiwrnod)
   *[other] Does neb wedi dweud dim ers { $date } ({ $days } diwrnod)
}
happened-note = Nodyn
happened-correction = Cywirwyd geiriau digwyddiad { $number }; y geiriau cywir sydd i’w gweld yno nawr
happened-redaction = Tynnwyd geiriau digwyddiad { $number } am resymau cyfreithiol

## Figures
figure-responded = Wedi cael ateb
figure-completed = Wedi’u gwneud
figure-confirmed = Wedi’u cadarnhau gan y rhai a gymerodd ran
figure-explained = Wedi’u hesbonio
figure-promises-kept = Addewidion a gadwyd ar eu dyddiad cyntaf
figure-traceable = Argymhellion sydd wedi’u seilio ar straeon
figure-told = Wedi cael clywed
figure-first-feedback = Amser nes clywed am y tro cyntaf
figure-loop-closed = Pawb wedi clywed mewn pryd
figure-needs-met = Anghenion wedi’u bodloni
figure-stories-used = Pobl y defnyddiwyd eu straeon
figure-of = { $count } o { $of }
figure-only = { $count }
figure-hidden = heb ei ddangos, er mwyn diogelu pobl
figure-hidden-of = heb ei ddangos, er mwyn diogelu pobl; allan o { $of }
figure-beside-explained = Dim ond esboniadau a anfonwyd at y rhai a gymerodd ran sy’n cyfrif. Lle mae rhywbeth yn sownd, nid yw esboniad sy’n fwy na 90 diwrnod oed yn cyfrif.
figure-beside-stories-used = Mae straeon sy’n cael eu dyfynnu’n gyhoeddus yma wedi’u gadael allan, felly mae llai o bobl yma nag sydd o straeon.
figure-how-responded = Argymhellion ag unrhyw ateb, o’r holl rai a gyhoeddwyd. Mae’r rhai a wrthodwyd yn cyfrif fel rhai sydd wedi cael ateb.
figure-how-completed = Argymhellion y mae’r sefydliad yn dweud eu bod wedi’u gwneud, o’r holl rai a gyhoeddwyd, gan gynnwys y rhai a wrthodwyd.
figure-how-confirmed = Argymhellion y mae’r rhai a gymerodd ran yn dweud eu bod yn wir iddyn nhw, o’r holl rai a gyhoeddwyd.
figure-how-explained = Argymhellion ag esboniad cyfredol a anfonwyd at y rhai a gymerodd ran, o’r rhai y mae angen un arnyn nhw: wedi’u derbyn yn rhannol, wedi’u gwrthod, yn sownd, wedi’u stopio, â rhywbeth arall yn eu lle, neu â’r ateb yn hwyr. Mae esboniad am rywbeth sy’n sownd yn cyfrif am 90 diwrnod.
figure-how-promises-kept = Addewidion a gadwyd ar y dyddiad a roddwyd gyntaf, o’r holl rai y mae eu dyddiad cyntaf wedi dod. Nid yw addewid yn cyfrif os symudwyd ei ddyddiad a’i gadw wedyn.
figure-how-traceable = Argymhellion a gysylltwyd ag o leiaf un stori, o’r holl rai a gyhoeddwyd. Nid yw stori sy’n cael ei thynnu’n ôl yn nes ymlaen yn newid hyn.
figure-how-told = Pobl a gafodd o leiaf un diweddariad â newyddion yn y 12 mis diwethaf, o bawb sy’n cymryd rhan. Mae’r rhai a stopiodd, a seibiodd neu a dynnodd yn ôl wedi’u gadael allan. Mae’r rhai nad oes gennym ffordd o’u cyrraedd yn aros i mewn.
figure-how-first-feedback = Nifer y diwrnodau o gasglu stori gyntaf person hyd at y diweddariad cyntaf a gafodd. Y nifer sydd yn y canol o bawb a gafodd glywed, a’r amser y cafodd naw o bob deg glywed ynddo.
figure-how-loop-closed = Newidiadau, atebion, addewidion a chyfnodau o dawelwch sy’n o leiaf 30 diwrnod oed, ac y cafodd pawb dan sylw glywed amdanyn nhw o fewn 30 diwrnod. Mae pobl a ddewisodd glywed yn llai aml, a’r rhai a stopiodd, a seibiodd neu a dynnodd yn ôl, wedi’u gadael allan.
figure-how-needs-met = Pobl a gafodd eu diweddariad diwethaf yn yr iaith, yn y fformat ac yn y ffordd y gofynnon nhw amdanyn nhw, o bawb a ofynnodd am rywbeth gwahanol i’r arfer.
figure-how-stories-used = Pobl â stori y tu ôl i o leiaf un argymhelliad, o bawb a adroddodd un. Nid yw straeon sy’n cael eu dyfynnu’n gyhoeddus yma yn y rhifau hyn.
left-out-stopped = Wedi’u gadael allan, am iddyn nhw stopio: { $count }
left-out-paused = Wedi’u gadael allan, am iddyn nhw seibio: { $count }
left-out-withdrawn = Wedi’u gadael allan, am iddyn nhw dynnu’n ôl: { $count }
first-median = { $days ->
    [two] Cafodd hanner y bobl glywed o fewn { $days } ddiwrnod
   *[other] Cafodd hanner y bobl glywed o fewn { $days } diwrnod
}
first-median-hidden = heb ei ddangos, er mwyn diogelu pobl
first-p90 = { $days ->
    [two] Cafodd naw o bob deg glywed o fewn { $days } ddiwrnod
   *[other] Cafodd naw o bob deg glywed o fewn { $days } diwrnod
}
first-p90-hidden = Mae’r amser ar gyfer naw o bob deg yn cael ei ddangos pan fydd tua 55 o bobl neu fwy
first-told = Pobl sydd wedi cael clywed o leiaf unwaith: { $count }
first-waiting = Yn aros o hyd: { $count }
first-longest = { $days ->
    [two] Mae o leiaf 5 o bobl wedi aros am { $days } ddiwrnod neu fwy
   *[other] Mae o leiaf 5 o bobl wedi aros am { $days } diwrnod neu fwy
}

## Counts at the top of a page
count-answered = { $count } o { $of } wedi cael ateb
count-done = { $count ->
    [one] { $count } wedi’i wneud
   *[other] { $count } wedi’u gwneud
}
count-confirmed = { $count ->
    [one] { $count } wedi’i gadarnhau
   *[other] { $count } wedi’u cadarnhau
}
count-stalled = { $count } yn sownd
count-silent = { $count } yn hwyr neu’n dawel
count-missed = { $count ->
    [zero] { $count } addewid heb ei gadw
    [one] { $count } addewid heb ei gadw
   *[other] { $count } addewid heb eu cadw
}

## A project's page
page-project-by = Un o brosiectau { $organisation }
page-project-state = Sut mae popeth yn sefyll
page-project-recommendation = Argymhelliad
page-project-response = Ateb
page-project-progress = Gwaith
page-project-beside = Pam, a beth sy’n hwyr
page-project-who-is = Pwy sy’n gyfrifol:
page-project-since = ers { $date }
page-project-more = { $count ->
    [one] Un argymhelliad arall
   *[other] { $count } argymhelliad arall
}
page-project-latest = Beth newidiodd ddiwethaf
page-project-nothing = Dim byd eto.
page-project-silent = Beth sy’n hwyr neu’n dawel
page-project-silent-none = Does dim byd yn hwyr nac yn dawel nawr: does dim ateb, addewid, ailedrych nac esboniad yn ddyledus.
page-project-silent-for = ers { $age }
page-project-silent-also = a hefyd { $count } arall
page-project-silent-more = a hefyd { $count } arall
page-project-promises = Addewidion
page-project-promises-none = Does dim addewid wedi’i wneud eto.
# The names before the numbers, because what follows a number would have to agree with it.
page-project-promises-counts = Wedi’u cadw: { $kept }. Ar agor o hyd: { $open }. Heb eu cadw: { $missed }. Dyddiad wedi’i symud: { $moved }.
page-project-first-due = Dyddiad cyntaf
page-project-due = Dyddiad nawr
page-project-late = { $age } yn hwyr
page-project-moved = { $count ->
    [one] symudwyd unwaith
    [two] symudwyd ddwywaith
   *[other] symudwyd { $count } gwaith
}
page-project-figures = Mewn ffigurau
page-project-figures-of = Mae’r ffigurau am argymhellion ac addewidion yn dangos sut mae pethau heddiw. Cymerwyd y ffigurau am bobl gyda rhifyn { $date }. Maen nhw wedi’u talgrynnu i’r 5 agosaf, ac nid yw rhai bach yn cael eu dangos. Dim ond pan fydd sawl person wedi dod neu fynd y maen nhw’n newid, fel na all neb gael ei adnabod ynddyn nhw.
page-project-figures-none = Daw ffigurau am bobl gyda’r rhifyn cyntaf.
page-project-how = Sut mae’n cael ei gyfrifo
page-project-over-time = Dros amser
page-project-lanes-title = Pob argymhelliad dros amser
page-project-lanes-about = Un lôn i bob argymhelliad, o { $from } hyd at { $to }. Mae’r bandiau’n dangos cyflwr y gwaith. Mae baner yn dangos ateb, a chylch yn dangos tawelwch y sylwyd arno.
page-project-table = Yr un peth fel tabl
page-project-from = O
page-project-to = Hyd at
page-project-until-now = hyd heddiw
page-project-what = Beth
page-project-course-title = Ffigurau fesul rhifyn
page-project-course-about = Cyfrannau o 0 i 100 y cant, ar gyfer pob rhifyn o { $from } hyd at { $to }.
page-project-edition = Rhifyn
page-project-paused = Mae’r prosiect wedi’i seibio ers { $date }: { $why }
page-project-held = Mae rhifyn { $date } yn cael ei ddal yn ôl: { $why }
page-project-check = A yw hwn yn gyflawn a heb ei newid? Gwiriwch eich hun
page-project-data = Mynd â’r data gyda chi
page-project-as-of = Y sefyllfa ar { $date }.
page-project-last = Newid diwethaf: { $date }
page-project-record = { $count ->
    [two] Mae { $count } ddigwyddiad yn y cofnod. Ei ôl bys:
   *[other] Mae { $count } digwyddiad yn y cofnod. Ei ôl bys:
}
page-project-feed = Dilyn y prosiect hwn (ffrwd)
page-project-on-page = Ar y dudalen hon
page-project-legend = Beth mae’r siapiau’n ei olygu
page-project-ring = Tawelwch y sylwyd arno
page-project-move = Symudwyd ar { $date }: o { $from } i { $to }
page-project-event = Digwyddiad { $number }
page-rec-event-below = Digwyddiad { $number } yn y rhestr isod
page-rec-check = Mae’r digwyddiadau hyn yn rhan o’r cofnod. Gwiriwch ei fod yn gyflawn a heb ei newid

## A recommendation's page
page-rec-title = Argymhelliad
page-rec-for = Ar gyfer
page-rec-published = Cyhoeddwyd
page-rec-due = Ateb i fod erbyn
page-rec-target = I’w wneud erbyn
page-rec-awaiting = Mae ateb yn ddyledus. Mae i fod i ddod erbyn { $date }.
page-rec-overdue = Mae ateb yn ddyledus. Roedd i fod i ddod erbyn { $date }, a does dim un wedi dod.
page-rec-awaiting-open = Mae ateb yn ddyledus. Ni roddwyd dyddiad.
page-rec-crumbs = Rydych chi yma
page-rec-text = Beth a argymhellwyd
page-rec-why = Pam y gwnaed yr argymhelliad
page-rec-learnings = Beth a ddysgwyd
page-rec-theme = Thema: { $theme }
page-rec-stories = Mae wedi’i seilio ar straeon tua { $count } o bobl. Dyna’r sefyllfa ar { $date }.
page-rec-stories-beside = Mae wedi’i seilio ar y straeon isod, ac ar straeon tua { $count } o bobl eraill. Dyna’r sefyllfa ar { $date }.
page-rec-stories-few = Nid yw nifer y bobl y mae eu straeon y tu ôl iddo yn cael ei ddangos, am fod rhy ychydig ohonyn nhw.
page-rec-stories-few-beside = Mae wedi’i seilio ar y straeon isod. Nid yw nifer y bobl eraill y mae eu straeon y tu ôl iddo yn cael ei ddangos, am fod rhy ychydig ohonyn nhw.
page-rec-stories-none = Bydd nifer y bobl y mae eu straeon y tu ôl iddo yn cael ei ddangos o’r rhifyn cyntaf ymlaen.
page-rec-excerpts = Beth ddywedodd pobl, yn fyr
page-rec-excerpts-agreed = Mae’r rhain yn cael eu dangos am fod y rhai a’u hadroddodd wedi cytuno. Gallan nhw dynnu hyn yn ôl unrhyw bryd.
page-rec-note = Cyn i chi ddarllen: { $note }
page-rec-note-none = Darllenwch y stori hon
page-rec-by = Stori { $name }
page-rec-by-nobody = Stori rhywun a gymerodd ran
page-rec-supports = O blaid hyn
page-rec-qualifies = Yn annog pwyll
page-rec-history = Popeth a ddywedwyd ac a wnaed
page-rec-said = Beth mae’r rhai a gymerodd ran yn ei ddweud
page-rec-said-later = Bydd y rhai a gymerodd ran yn cael eu holi pan fydd rhywun yn dweud bod rhywbeth wedi’i wneud.
page-rec-proof = Gallwch weld drosoch eich hun
page-rec-corrected = Cywirwyd hyn yn nes ymlaen; dyma’r geiriau sy’n sefyll.
page-rec-redacted = Tynnwyd geiriau oddi yma am resymau cyfreithiol.
page-rec-back = Holl argymhellion y prosiect hwn
page-rec-feed = Dilyn yr argymhelliad hwn (ffrwd)
page-footer-nav = Mwy o’r prosiect hwn
page-frame-all = Pob prosiect
page-rec-target-late = Roedd i’w wneud erbyn { $date }. Mae hynny { $age } yn ôl.

## More of a project's page
count-unanswered = { $count } heb ateb
page-project-promised-by = Pwy addawodd:

## All that changed
page-changes-title = Popeth sydd wedi newid
page-changes-link = Popeth sydd wedi newid, fesul mis
page-changes-ready = Dewisiadau parod
page-changes-months = Y 3 mis diwethaf
page-changes-year = Eleni
page-changes-all = Popeth
page-changes-form = Dewis beth i’w weld
page-changes-from = O
page-changes-to = Hyd at
page-changes-acts = Atebion, gwaith ac addewidion yn unig
page-changes-acts-only = Dim ond atebion, gwaith ac addewidion sydd yn y rhestr.
page-changes-found = { $count ->
    [zero] Does dim byd i’w ddangos.
    [one] Un newid.
   *[other] { $count } newid.
}
page-changes-found-from = { $count ->
    [zero] Does dim byd i’w ddangos o { $from } ymlaen.
    [one] Un newid o { $from } ymlaen.
   *[other] { $count } newid o { $from } ymlaen.
}
page-changes-found-to = { $count ->
    [zero] Does dim byd i’w ddangos hyd at { $to }.
    [one] Un newid hyd at { $to }.
   *[other] { $count } newid hyd at { $to }.
}
page-changes-found-between = { $count ->
    [zero] Does dim byd i’w ddangos o { $from } hyd at { $to }.
    [one] Un newid o { $from } hyd at { $to }.
   *[other] { $count } newid o { $from } hyd at { $to }.
}
page-changes-jump = Misoedd
page-changes-earlier = Cynharach
page-changes-later = Diweddarach
page-changes-still = Yn y cyfnod hwn, nid atebodd neb, ni symudodd dim ymlaen, ac ni chadwyd yr un addewid.
page-changes-rest = { $of ->
    [two] Mae { $of } ddigwyddiad yn y cofnod: { $changes } o newidiadau sydd yma, a hefyd { $count } nad ydyn nhw’n newid dim, fel ffigurau a’r hyn a ddysgwyd. Mae’r cyfan yn ffeil y cofnod.
   *[other] Mae { $of } digwyddiad yn y cofnod: { $changes } o newidiadau sydd yma, a hefyd { $count } nad ydyn nhw’n newid dim, fel ffigurau a’r hyn a ddysgwyd. Mae’r cyfan yn ffeil y cofnod.
}
page-changes-sum-answers = { $count } ateb
page-changes-sum-forward = { $count ->
    [two] { $count } gam ymlaen
    [few] { $count } cham ymlaen
    [many] { $count } cham ymlaen
   *[other] { $count } cam ymlaen
}
page-changes-sum-back = { $count ->
    [two] { $count } gam yn ôl
    [few] { $count } cham yn ôl
    [many] { $count } cham yn ôl
   *[other] { $count } cam yn ôl
}
page-changes-sum-promised = { $count } addewid newydd
page-changes-sum-kept = { $count ->
    [one] { $count } addewid wedi’i gadw
   *[other] { $count } addewid wedi’u cadw
}
page-changes-sum-missed = { $count ->
    [zero] { $count } addewid heb ei gadw
    [one] { $count } addewid heb ei gadw
   *[other] { $count } addewid heb eu cadw
}
page-changes-sum-silences = { $count } achos arall o dawelwch
