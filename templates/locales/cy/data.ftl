### Taking the data away, checking the record, feeds, the calendar and what other sites show. Plain words.

## The page of the data
page-data-title = Mynd â’r data gyda chi
page-data-lead = Gallwch fynd â phopeth ar y tudalennau hyn a’i ddefnyddio eto, fel y mae nawr.
page-data-no-people = Nid oes un ffeil yn dweud pwy a gymerodd ran nac yn dal stori neb. Mae niferoedd pobl wedi’u talgrynnu i’r 5 agosaf. Lle mae rhy ychydig, does dim rhif.
page-data-files = Ffeiliau
page-data-size = { $kb } kB
page-data-spreadsheet = Mae’r tablau’n agor mewn unrhyw daenlen. Lle mae geiriau’n dechrau fel fformiwla, mae dyfynnod sengl (') o’u blaen, fel nad oes un rhaglen yn eu cyfrifo. Yn y ffeiliau JSON, mae’r geiriau fel y cawson nhw eu hysgrifennu.
page-data-fresh = Mae cyfeiriadau’r ffeiliau’n aros yr un fath. Gall rhaglen holi a yw ffeil wedi newid (ETag) cyn ei nôl eto.
page-data-licence = Trwydded a sut i ddyfynnu
page-data-licence-is = Gallwch ddefnyddio’r data o dan y drwydded hon:
page-data-cite = I’w ddyfynnu, gallwch ysgrifennu
page-data-cite-as = { $organisation }: { $project }. Cofnod hyd at ddigwyddiad { $seq }, ôl bys { $fingerprint }. { $licence }. Gwelwyd ar { $date }.
page-data-follow = Dilyn beth sy’n digwydd
page-data-follow-how = Rhowch y cyfeiriadau hyn mewn darllenydd ffrydiau neu galendr. Does neb yn dysgu pwy ydych chi, a gallwch adael unrhyw bryd.
page-data-feed = Ffrwd o bopeth sy’n digwydd (Atom)
page-data-calendar = Calendr o addewidion, dyddiau ailedrych ac atebion sydd i ddod (iCalendar)
page-data-embed = Ei ddangos ar eich gwefan chi
page-data-embed-how = Copïwch y llinellau hyn i’ch tudalen. Nid ydyn nhw’n gosod cwci nac yn rhedeg sgript, a does neb yn cael ei gyfrif.
page-data-embed-badge = Bathodyn
page-data-embed-frame = Tudalen fach mewn ffrâm
page-data-embed-see = Gweld sut mae’n edrych
page-data-embed-themes = Yn lle auto gallwch ysgrifennu light neu dark. Gyda &accent= a lliw fel 0f5a58, mae’r ffrâm yn cael bar yn eich lliw chi.

## What each file holds
page-data-title-recommendations = Argymhellion
page-data-title-history = Hanes
page-data-title-promises = Addewidion
page-data-title-figures = Ffigurau
page-data-title-learnings = Gwersi
page-data-title-project = Y prosiect cyfan
page-data-title-record = Y cofnod
page-data-title-package = Disgrifiad ar gyfer rhaglenni
page-data-file-recommendations = Un rhes i bob argymhelliad: ei eiriau, pwy sy’n gyfrifol amdano, a sut mae pethau arno nawr.
page-data-file-history = Un rhes i bob peth a ddywedwyd neu a wnaed, neu na ddywedwyd mewn pryd, gyda’r esboniad yn llawn.
page-data-file-promises = Un rhes i bob addewid: ei ddyddiad cyntaf, ei ddyddiad nawr, ac a gafodd ei gadw.
page-data-file-figures = Un rhes i bob rhifyn a ffigur. Mae rhif nad yw’n cael ei ddangos yn wag.
page-data-file-learnings = Un rhes i bob gwers y gwnaed argymhelliad ohoni, gyda’i thema.
page-data-file-project = Yr holl dablau mewn un ffeil.
page-data-file-record = Pob digwyddiad gyda’i hash, fel y cafodd ei ysgrifennu. Gyda hwn gallwch wirio na newidiwyd dim.
page-data-file-package = Mae’n enwi pob ffeil a phob colofn, gyda’i math a’r drwydded (Frictionless Data Package).
page-data-about = Beth ddaeth o argymhellion prosiect: atebion, gwaith, esboniadau, addewidion a thawelwch. Daw’r cyfan o gofnod y prosiect. Does dim ynddo sy’n dangos pwy a gymerodd ran nac yn adrodd stori. Lluosrifau o 5 yw niferoedd pobl, fel y cawson nhw eu cymryd gyda phob rhifyn, ac maen nhw’n wag lle mae rhy ychydig. Yn y ffeiliau CSV, mae dyfynnod sengl (') o flaen cell y mae ei thestun yn dechrau gyda =, +, -, @, tab neu doriad llinell, fel nad oes un daenlen yn meddwl mai fformiwla ydyw; yn project.json mae’r testun fel y cafodd ei ysgrifennu.

## What each column holds
page-data-field-ref = Cyfeirnod yr argymhelliad.
page-data-field-title = Ei enw nawr.
page-data-field-text = Ei eiriau nawr.
page-data-field-audience = Ar gyfer pwy y mae.
page-data-field-responsible = Pwy sy’n gyfrifol amdano; os oes mwy nag un, mae hanner colon rhyngddyn nhw.
page-data-field-published-on = Y diwrnod y cafodd ei gyhoeddi.
page-data-field-response-due-on = Mae ateb i fod i ddod erbyn y diwrnod hwn.
page-data-field-target-on = Mae i’w wneud erbyn y diwrnod hwn.
page-data-field-response = Yr ateb, fel y mae nawr.
page-data-field-response-since = Ers pa ddiwrnod y mae’r ateb fel hyn.
page-data-field-response-reason = Y rheswm a roddwyd am yr ateb.
page-data-field-response-words = Esboniad yr ateb, yng ngeiriau’r rhai a’i rhoddodd.
page-data-field-progress = Y gwaith, fel y mae nawr. Mae’n beth gwahanol i’r ateb.
page-data-field-progress-since = Ers pa ddiwrnod y mae’r gwaith fel hyn.
page-data-field-progress-reason = Y rheswm a roddwyd am sut mae’r gwaith.
page-data-field-progress-words = Esboniad o sut mae’r gwaith, yng ngeiriau’r rhai a’i rhoddodd.
page-data-field-outcome = Beth sydd wedi newid, yng ngeiriau’r rhai a’i gwnaeth.
page-data-field-noticed-by = Pwy fydd yn sylwi ar y newid.
page-data-field-evidence-url = Ble mae’r prawf.
page-data-field-review-on = Dyddiad yr ailedrych nesaf.
page-data-field-verdict = Beth mae’r rhai a gymerodd ran yn ei ddweud am yr hyn y dywedwyd ei fod wedi’i wneud, fel y cafodd ei gymryd gyda’r rhifyn diwethaf. Gwag lle mae rhy ychydig wedi dweud dim.
page-data-field-stories = Straeon y tu ôl iddo heblaw’r rhai sy’n cael eu dyfynnu’n gyhoeddus, fel y cawson nhw eu cymryd gyda’r rhifyn diwethaf: lluosrif o 5. Gwag lle mae rhy ychydig i ddweud.
page-data-field-silences = Beth sy’n dawel heddiw, fel codau â hanner colon rhyngddyn nhw: response_overdue, promise_missed, review_date_passed, explanation_stale, gone_quiet.
page-data-field-last-act-on = Y diwrnod diwethaf y dywedodd neu y gwnaeth person rywbeth amdano.
page-data-field-number = Ei le o fewn yr argymhelliad, o 1 ymlaen.
page-data-field-promise = Beth a addawyd, mewn geiriau.
page-data-field-made-on = Y diwrnod y cafodd ei addo.
page-data-field-first-due-on = Y dyddiad a roddwyd gyntaf. Nid yw byth yn newid.
page-data-field-due-on = Y dyddiad sy’n sefyll nawr.
page-data-field-moves = Sawl gwaith y symudwyd y dyddiad.
page-data-field-kept-on = Y diwrnod y cafodd ei gadw.
page-data-field-promise-state = Wedi’i gadw erbyn y dyddiad cyntaf, wedi’i gadw’n hwyrach, ar agor, neu heb ei gadw hyd heddiw.
page-data-field-theme = Y thema y mae’r wers yn perthyn iddi.
page-data-field-learning = Beth a ddysgwyd.
page-data-field-event = Rhif y digwyddiad yn y cofnod sy’n dal y ffigurau.
page-data-field-period = Diwrnod y rhifyn.
page-data-field-figure = Pa ffigur ydyw. Mae ystyr pob un ar dudalen y prosiect.
page-data-field-unit = Ai nifer o bethau neu nifer o ddiwrnodau yw’r cyfrif.
page-data-field-count = Y cyfrif. Ar gyfer pobl a straeon mae’n lluosrif o 5, ac yn wag lle nad yw’n cael ei ddangos.
page-data-field-of = Allan o faint. Gwag lle nad yw’n cael ei ddangos, neu lle nad oes un gan y ffigur.
page-data-field-seq = Rhif y digwyddiad yn y cofnod.
page-data-field-at = Pryd y cafodd ei ysgrifennu, mewn UTC.
page-data-field-on = Y diwrnod y digwyddodd, yng nghylchfa amser y prosiect.
page-data-field-kind = Y math o ddigwyddiad, fel y mae docs/record-format.md hearback yn ei ddweud.
page-data-field-by-the-clock = A gafodd ei ysgrifennu gan y cloc am na ddywedodd neb ddim mewn pryd, ac nid gan berson.
page-data-field-state = Yr ateb neu gyflwr y gwaith o hynny ymlaen.
page-data-field-state-before = Cyflwr y gwaith cyn hynny.
page-data-field-reason = Y rheswm a roddwyd.
page-data-field-words = Beth a ddywedwyd, yng ngeiriau’r rhai a’i dywedodd.
page-data-field-tried = Beth y ceisiwyd ei wneud.
page-data-field-decided-by = Pwy benderfynodd: swydd, nid enw.
page-data-field-unblock = Beth fyddai’n newid hyn.
page-data-field-in-our-control = A yw yn nwylo’r rhai sy’n ei esbonio.
page-data-field-date = Y dyddiad a addawyd, y dyddiad i anelu ato, y dyddiad yr oedd rhywbeth i fod, neu’r dyddiad a gollwyd; ar gyfer tawelwch hir, ei ddiwrnod cyntaf.
page-data-field-date-before = Y dyddiad oedd yn sefyll cyn hynny.
page-data-field-about-event = Y digwyddiad y mae’n ei gywiro, neu’n tynnu ei eiriau, neu y mae ei esboniad wedi mynd yn hen.
page-data-field-corrected-by = Y digwyddiad a’i cywirodd ddiwethaf; y geiriau cywir sydd yma.
page-data-field-subject = Cyfeirnod yr argymhelliad y mae’n sôn amdano, neu project.
page-data-field-content = Beth a ddywedwyd, fel y mae yn y cofnod; null lle tynnwyd y geiriau.
page-data-field-content-hash = SHA-256 dros ffurf ganonaidd y cynnwys, 64 digid hecsadegol.
page-data-field-prev = Hash y digwyddiad o’i flaen; 64 sero yn y cyntaf.
page-data-field-hash = SHA-256 dros prev a ffurf ganonaidd popeth arall ond y cynnwys, 64 digid hecsadegol.
page-data-field-redacted = A dynnwyd ei eiriau am resymau cyfreithiol.

## Days in the calendar
page-data-day-promise = Addewid i’w gadw ({ $ref }): { $promise }
page-data-day-review = Ailedrych ({ $ref }): { $title }
page-data-day-response = Ateb i fod i ddod ({ $ref }): { $title }
page-data-day-target = I’w wneud erbyn y diwrnod hwn ({ $ref }): { $title }

## Feeds
feed-title = { $ref } { $title } · { $project }
feed-entry = { $ref } { $title }: { $what }
feed-happened = Digwyddodd ar { $date }. Digwyddiad { $number } yn y cofnod.

## The badge and the frame
badge-text = { $answered } · { $done } · { $confirmed }
badge-title = { $project }: { $text }
badge-alt = Beth ddaeth o argymhellion: { $project }
page-embed-title = Beth ddaeth ohono: { $project }
page-embed-unanswered = { $count } heb ateb
page-embed-as-of = Y sefyllfa ar { $date }
page-embed-more = Gweld popeth a ddywedwyd ac a wnaed

## Check this yourself
page-checkit-title = Gwiriwch hyn eich hun
page-checkit-lead = Does dim rhaid i chi ein credu ni. Mae popeth a ddywedwyd ac a wnaed mewn un rhestr, sef y cofnod, a gall unrhyw un wirio na newidiwyd dim ynddo.
page-checkit-chain = Rhestr o ddigwyddiadau yw’r cofnod, â rhifau o 1 ymlaen. Mae pob digwyddiad yn cario swm dros ei eiriau ei hun a thros y digwyddiad o’i flaen. Os bydd rhywun yn newid, yn ychwanegu neu’n tynnu digwyddiad wedyn, ni fydd y symiau’n ffitio o’r fan honno ymlaen. Dechrau’r swm olaf yw’r ôl bys: mae’n sefyll dros y cofnod cyfan hyd at y fan honno.
page-checkit-how = Sut mae gwirio’r cofnod
page-checkit-last = Digwyddiad olaf
page-checkit-empty = Does dim digwyddiad yn y cofnod eto.
page-checkit-update = Mae pob diweddariad rydyn ni’n ei anfon yn enwi rhif ac ôl bys y digwyddiad olaf sydd ynddo. Cadwch eich diweddariadau: gydag un ohonyn nhw gallwch wirio mai hwn yw’r cofnod y clywsoch chi amdano o hyd.
page-checkit-hand = Gwirio ar eich peiriant eich hun
page-checkit-save = Cadwch y cofnod fel ffeil.
page-checkit-run = Yna gwiriwch ef yn un o’r ffyrdd hyn.
page-checkit-python = Gydag ychydig linellau o Python
page-checkit-python-how = Cadwch y rhaglen hon hefyd, darllenwch hi, a’i rhedeg. Mae’n argraffu 0 os yw’r cofnod yn dal, neu fel arall rif y digwyddiad cyntaf nad yw’n dal. Os yw’n dal, mae hefyd yn dweud rhif ac ôl bys y digwyddiad olaf. Cymharwch nhw â diweddariad rhywun neu â’r dudalen hon: ni all y symiau eu hunain ddangos bod diwedd wedi’i adael allan.
page-checkit-lines = Ei llinellau i gyd
page-checkit-program = Gyda hearback
page-checkit-program-how = Gall unrhyw un osod hearback ar eu peiriant eu hunain. Yno mae’n gwirio ffeil o ble bynnag y daeth.
page-checkit-compare = Yna cymharwch
page-checkit-compare-how = Chwiliwch am y digwyddiad â’r rhif sydd yn eich diweddariad. Rhaid i 16 digid cyntaf ei hash fod yr un fath â’r ôl bys yn eich diweddariad.
page-checkit-form = Sut mae’r symiau’n cael eu gwneud
page-checkit-form-file = JSON Lines yw’r ffeil: un digwyddiad ar bob llinell, mewn UTF-8, a phob llinell yn gorffen gyda nod llinell newydd (line feed). Mae’r wyth maes hyn gan bob digwyddiad:
page-checkit-field-seq = Ei rif: 1 i’r cyntaf, yna un yn fwy bob tro.
page-checkit-field-at = Pryd y cafodd ei ysgrifennu, mewn UTC. Nid yw byth yn mynd am yn ôl.
page-checkit-field-kind = Y math o ddigwyddiad.
page-checkit-field-subject = Cyfeirnod yr argymhelliad y mae’n sôn amdano, neu project.
page-checkit-field-content = Beth a ddywedwyd, gyda halen (salt) ar hap. Mae’n null lle cafodd ei dynnu am resymau cyfreithiol.
page-checkit-field-content-hash = Y swm dros y cynnwys.
page-checkit-field-prev = Hash y digwyddiad o’i flaen; 64 sero yn y cyntaf.
page-checkit-field-hash = Y swm dros hyn i gyd.
page-checkit-canonical = Ffurf RFC 8785 yw’r ffurf ganonaidd: JSON heb fylchau gwyn, a’i allweddi mewn trefn. SHA-256 yw’r symiau, fel 64 digid hecsadegol mewn llythrennau bach.
page-checkit-redaction = Lle bu’n rhaid tynnu geiriau am resymau cyfreithiol, mae’r cynnwys yn null, ac mae popeth arall yn aros, fel bod y symiau’n dal i ffitio. Mae digwyddiad diweddarach o’r math redaction yn enwi’r rhif yn y maes redacts. Mae cynnwys sydd ar goll heb ddigwyddiad o’r fath yn wall.
page-checkit-shows = Beth mae hyn yn ei ddangos, a beth nad yw’n ei ddangos
page-checkit-shows-yes = Os yw’r cofnod yn dal, nid oes un digwyddiad wedi’i newid, wedi’i ychwanegu nac wedi’i adael allan. Os yw ôl bys eich diweddariad ynddo, hwnnw yw’r cofnod y clywsoch chi amdano.
page-checkit-shows-no = Gallai cofnod sy’n dal fod wedi’i ysgrifennu o’r newydd i gyd, neu gallai ei ddiwedd fod wedi’i adael allan. Ni all y symiau eu hunain ddangos hynny. Gall yr olion bysedd yn niweddariadau pobl.
page-checkit-shows-true = Nid yw’n dangos bod yr hyn a ysgrifennwyd yn wir. Ar gyfer hynny mae’r dolenni at brawf, a’r hyn y mae’r rhai a gymerodd ran yn ei ddweud.
