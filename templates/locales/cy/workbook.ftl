### Workbooks: the one to fill in, and the one that shows what is wrong.
###
### For whoever translates: names of sheets and columns, commands and the words to choose from stay in English. Where
### a Welsh reader needs it, what such a word means stands behind it.

## What the command line says
template-made = Mae { $path } yn barod i’w lenwi. Ar ôl ei lenwi, rhowch gynnig arno: hearback import { $path } --dry-run
annotated = Mae’r hyn sydd o’i le wrth ymyl y celloedd yn { $path }. Mae cyfeiriadau pobl yn y ffeil, felly dim ond chi sy’n gallu ei darllen.

## The workbook that shows what is wrong
workbook-errors-title = Gwallau: { $errors }. Rhybuddion: { $warnings }. Rhaid trwsio’r gwallau cyn y gall y pecyn ddod i mewn; mae’n werth edrych ar y rhybuddion.
workbook-errors-private = Mae’r ffeil hon yn dal sut i gyrraedd pobl. Cadwch hi mor ofalus â’r un y cafodd ei gwneud ohoni, a dilëwch hi pan fyddwch wedi gorffen.
workbook-errors-kind = Beth
workbook-errors-sheet = Taflen
workbook-errors-cell = Ble
workbook-errors-message = Pam
workbook-errors-whole = y daflen
workbook-errors-more = Nid yw { $count } arall yn y rhestr hon.
workbook-errors-none = Does dim byd o’i le.
workbook-errors-cut = Mae’r daflen { $sheet } yn dal mwy nag y gall llyfr gwaith ei ddal, o { $cell } ymlaen: torrwyd yr hyn sy’n rhy hir yno. Trwsiwch hynny yn y ffeil a ddaeth i mewn.
workbook-error = Gwall
workbook-warning = Rhybudd
workbook-note-error = Gwall: { $message }
workbook-note-warning = Rhybudd: { $message }

## The workbook to fill in
workbook-title = Prosiect ar gyfer hearback
workbook-how-sheets = Mae gan bob taflen yn y llyfr gwaith hwn ei cholofnau. Gadewch enwau’r taflenni a’r colofnau fel y maen nhw. Mae angen y taflenni project, participants, stories a recommendations arnoch; gall y lleill aros yn wag.
workbook-how-rows = Un rhes yw un person, un stori, un argymhelliad. Chi sy’n dewis y codau a phob id, ond peidiwch byth â defnyddio llythrennau cyntaf enwau; mae taflenni eraill yn cyfeirio atyn nhw. Os oes sawl cod mewn cell, rhowch hanner colon rhyngddyn nhw.
workbook-how-dates = Teipiwch ddyddiadau fel 2025-03-31, neu ym mha ffordd bynnag y mae eich rhaglen yn eu nabod fel dyddiadau. Peidiwch â defnyddio fformiwlâu: nid ydyn nhw’n cael eu darllen.
workbook-how-examples = Mae’r rhes lwyd ar bob taflen yn dangos sut. Mae’n sôn am randir nad yw’n bod. Os gadewch chi hi fel y mae, caiff ei gadael allan wrth fewnforio.
workbook-how-check = Pan fyddwch wedi gorffen: hearback import THIS-FILE --dry-run --annotate CHECKED.xlsx. Nid yw’n storio dim, ac mae’n ysgrifennu wrth ymyl pob cell beth sydd o’i le arni.
workbook-how-private = Bydd y llyfr gwaith hwn yn dal sut i gyrraedd pobl a beth ddywedon nhw. Cadwch ef lle na all neb ei agor ond y rhai y mae’n rhaid iddyn nhw.
workbook-example = Mae’r rhes hon yn dangos sut. Os yw’n aros fel y mae, caiff ei gadael allan wrth fewnforio.
workbook-required = Rhaid llenwi hwn.
workbook-optional = Gall hwn fod yn wag.
workbook-not-listed = Nid yw’r gair hwn yn y rhestr. Ai dyna oeddech chi’n ei feddwl?
workbook-sheet = Taflen
workbook-column = Colofn
workbook-needed = Rhaid ei llenwi?
workbook-holds = Beth sydd ynddi
workbook-words = Geiriau i ddewis ohonyn nhw

## What stands in each column
column-project-slug = Enw’r prosiect mewn dolenni: hyd at 60 o lythrennau bach, digidau a chysylltnodau, fel river-paths.
column-project-title = Teitl y prosiect.
column-project-organisation = Pwy sy’n rhedeg y prosiect.
column-project-summary = Am beth mae’r prosiect, mewn ychydig frawddegau. Gall fod ar sawl llinell.
column-project-sender-name = Pwy sy’n anfon y diweddariadau: 100 nod ar y mwyaf. Ni ddylai ddatgelu’r pwnc.
column-project-contact-email = I ble mae atebion yn mynd.
column-project-contact-phone = Rhif ffôn i’r rhai y byddai’n well ganddyn nhw ffonio.
column-project-language = Iaith y prosiect, fel en neu cy. Os yw’n wag: en.
column-project-timezone = Y gylchfa amser, fel Europe/London.
column-project-schedule = Pryd mae pob rownd o ddiweddariadau’n mynd allan: pum maes cron. Mae 0 10 1 * * yn golygu deg y bore ar y cyntaf o bob mis.
column-project-review-days = Am sawl diwrnod cyn anfon y gallwch chi edrych ar y drafft. Os yw’n wag: 5.
column-project-response-due-days = Sawl diwrnod sydd gan y rhai sy’n gyfrifol i ateb. Os yw’n wag: 180.
column-project-quiet-after-days = Ar ôl sawl diwrnod heb newyddion rydyn ni’n dweud bod tawelwch. Os yw’n wag: 60; mae 0 yn diffodd hyn.
column-project-quiet-times = Pryd nad oes neb yn cael neges, fel Fri 12:00-15:00 neu Ramadan. Os oes mwy nag un, rhowch hanner colon rhyngddyn nhw.
column-project-neutral-subjects = A yw llinell bwnc pob neges yn cuddio am beth mae’r prosiect. Os yw’n wag: yes.
column-project-support-contact = At bwy y gall rhywun droi os yw pethau’n anodd.
column-project-concern-person = Pwy sy’n derbyn pryder preifat: enw neu swydd.
column-project-dates = Sut mae dyddiadau nad yw eich rhaglen yn eu nabod wedi’u teipio: 2025-03-31, neu â’r diwrnod yn gyntaf ym mhob un. Os yw’n wag: y flwyddyn yn gyntaf.
column-participants-id = Cod ar gyfer y person hwn. Byth lythrennau cyntaf enw.
column-participants-greeting-name = Sut mae’r person am gael ei gyfarch.
column-participants-email = Mae angen hwn os e-bost yw’r ffordd o gyrraedd y person.
column-participants-phone = Mae angen hwn os ffôn yw’r ffordd o gyrraedd y person.
column-participants-postal-address = Mae angen hwn os llythyr yw’r ffordd o gyrraedd y person. Gall fod ar sawl llinell.
column-participants-channel = Sut mae’r person yn cael clywed. Mae None yn golygu dim o gwbl.
column-participants-language = Iaith y person, fel en neu ur. Os yw’n wag: iaith y prosiect.
column-participants-format = Fformat y diweddariadau. Os yw’n wag: Standard (yr un arferol).
column-participants-cadence = Pa mor aml. Os yw’n wag: pob rownd.
column-participants-quiet-times = Pryd nad yw’r person hwn yn cael neges, fel Sat.
column-participants-contact-consent = A gytunodd y person i ni gysylltu. Dim ond yes sy’n cyfrif.
column-stories-code = Cod ar gyfer y stori hon. Byth lythrennau cyntaf enw.
column-stories-participant = Id y person a’i hadroddodd.
column-stories-summary = Am beth mae’r stori, mewn brawddeg neu ddwy.
column-stories-url = Ble gellir ei gweld neu ei chlywed: dolen.
column-stories-medium = Sut y cafodd ei hadrodd.
column-stories-gathered-on = Y diwrnod y cafodd ei hadrodd.
column-stories-consent = Â beth y cytunodd y person. Os yw’n wag: mae’r stori’n cael ei storio, ond nid yw’n cael ei defnyddio yn unman.
column-stories-attribution = O dan ba enw y gellir ei dyfynnu. Os yw’n wag: nid yw’n cael ei dyfynnu.
column-stories-content-note = Beth ddylai rhywun ei wybod cyn ei darllen.
column-stories-themes = Id pob un o’i themâu.
column-themes-id = Cod ar gyfer y thema hon.
column-themes-title = Ei theitl.
column-themes-summary = Am beth mae’r thema.
column-learnings-id = Cod ar gyfer y wers hon.
column-learnings-theme = Id ei thema.
column-learnings-text = Beth a ddysgwyd.
column-recommendations-ref = Enw cyhoeddus byr, fel R01.
column-recommendations-title = Beth y gofynnir amdano, mewn ychydig eiriau.
column-recommendations-text = Beth y gofynnir amdano, yn llawn.
column-recommendations-audience = Ar gyfer pwy y mae.
column-recommendations-responsible = Pwy sy’n gyfrifol amdano.
column-recommendations-responsible-email = Eu cyfeiriad e-bost. Nid yw byth yn cael ei ddangos.
column-recommendations-published-on = Y diwrnod y cafodd ei gyhoeddi.
column-recommendations-response-due-on = Mae ateb i fod i ddod erbyn y diwrnod hwn.
column-recommendations-target-on = Dylai fod wedi’i wneud erbyn y diwrnod hwn.
column-recommendations-learnings = Id pob gwers sydd y tu ôl iddo.
column-evidence-recommendation = Cyfeirnod (ref) argymhelliad.
column-evidence-story = Cod stori sydd y tu ôl iddo.
column-evidence-direction = A yw’r stori o blaid hyn, ynteu’n annog pwyll.
column-evidence-why = Beth yn y stori sy’n dweud hynny.
column-history-recommendation = Cyfeirnod (ref) argymhelliad.
column-history-on = Y diwrnod y digwyddodd.
column-history-kind = Pa fath o newyddion yw hyn.
column-history-value = Gyda Response (ateb) neu Progress (gwaith): un o’r geiriau yn y rhestr. Gyda Promise (addewid), Promise moved (symud dyddiad addewid), Promise kept (addewid wedi’i gadw) neu Note (nodyn): ei eiriau. Gyda Target (nod): y diwrnod.
column-history-reason = Pam. Mae angen hwn gydag Accepted in part (derbyniwyd yn rhannol), Declined (gwrthodwyd), Stalled (yn sownd), Stopped (wedi’i stopio) a Superseded (rhywbeth arall yn ei le).
column-history-explanation = Beth ddigwyddodd, mewn geiriau plaen. Mae angen hwn gyda rheswm; gyda Done (wedi’i wneud), y canlyniad: beth sydd wedi newid.
column-history-tried = Beth y ceisiwyd ei wneud.
column-history-decided-by = Pwy benderfynodd: swydd, nid enw.
column-history-unblock = Beth fyddai’n helpu.
column-history-in-our-control = A yw hyn yn eich dwylo chi eich hunain.
column-history-review-on = Pryd bydd rhywun yn ailedrych ar hyn. Mae angen hwn gyda Stalled (yn sownd).
column-history-due-on = Erbyn pryd yr addawyd hyn. Mae angen hwn gyda Promise (addewid) a Promise moved (symud dyddiad addewid).
column-history-noticed-by = Pwy fydd yn sylwi ar y canlyniad.
column-history-evidence-url = Ble mae’r prawf: dolen.
column-acts-participant = Id y person.
column-acts-on = Y diwrnod y gwnaeth y person hyn.
column-acts-act = Beth wnaeth y person.
column-acts-story = Gyda Withdraw (tynnu’n ôl): cod un o straeon y person. Os yw’n wag: pob un ohonyn nhw.
column-acts-value = Gyda Choose (dewis): beth a ddewisodd y person, fel cadence=quarterly.
