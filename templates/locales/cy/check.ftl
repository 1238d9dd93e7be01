### What the form says with which a browser checks the record. Its numbers come only in the browser, as text, so no
### sentence here can have forms for them: a noun stands before its number, or the number stands apart.

page-check-title = Gwirio yn eich porwr
page-check-what = Mae eich porwr yn darllen y cofnod cyfan ac yn gwneud y symiau eto. Does dim byd amdanoch chi’n cael ei anfon.
page-check-now = Ar hyn o bryd mae’r cofnod yn mynd hyd at ddigwyddiad { $seq }. Ei ôl bys yw { $fingerprint }.
page-check-trust = Daeth y dudalen hon o’r un lle â’r cofnod. Os nad ydych chi’n ymddiried yn y lle hwnnw, gwiriwch y cofnod yn un o’r ffyrdd eraill. Nid oes angen dim oddi wrthym ni arnyn nhw ond y cofnod.
page-check-unable = Ni all eich porwr wirio’r cofnod ar y dudalen hon. Dim ond ar dudalennau â chyfeiriad sy’n dechrau gyda https y mae’n gwneud symiau o’r fath. Mae’r ffyrdd eraill ar y dudalen hon yn gweithio ym mhobman.

## What somebody fills in
page-check-update = Cymharu â diweddariad, dyfyniad neu waelod tudalen
page-check-update-hint = Mae rhif ac ôl bys ar waelod diweddariad, ar waelod tudalen ac mewn dyfyniad. Gallwch hefyd gopïo’r llinell gyfan honno i un o’r blychau.
page-check-seq = Rhif y digwyddiad
page-check-seq-wrong = Ysgrifennwch y rhif fel y mae yn eich diweddariad. Dim ond digidau sydd ynddo, fel 12.
page-check-mark = Ôl bys
page-check-mark-wrong = Ysgrifennwch bob un o’r 16 nod yn yr ôl bys. Digidau a’r llythrennau a i f ydyn nhw.
page-check-compare = Gwirio a chymharu
page-check-here = Gwirio’r cofnod sydd yma nawr
page-check-file = Neu wirio ffeil a gadwoch chi
page-check-file-hint = Mae’r gwirio’n dechrau pan fyddwch yn dewis y ffeil. Mae hefyd yn cymharu’r rhif a’r ôl bys uchod, os gwnaethoch eu llenwi. Mae’r ffeil yn aros gyda chi. Mae ei henw’n gorffen gyda .jsonl.

## What the check says
page-check-busy = Wrthi’n gwirio. Mae { $percent } % wedi’i wneud.
page-check-unreachable = Doedd dim modd darllen y cofnod, felly ni wiriwyd dim. Rhowch gynnig arall arni. Os dewisoch chi ffeil, dewiswch hi unwaith eto.
page-check-holds = Nid oes un digwyddiad o 1 i { $seq } wedi’i newid, ac nid oes un ar goll rhwng y cyntaf a’r olaf. Yr un olaf yw digwyddiad { $seq }. Ei ôl bys yw { $fingerprint }.
page-check-holds-one = Mae un digwyddiad, sef digwyddiad 1, ac nid yw wedi’i newid. Ei ôl bys yw { $fingerprint }.
page-check-fits = Mae symiau’r cofnod hwn yn ffitio gyda’i gilydd, o ddigwyddiad 1 hyd at ddigwyddiad { $seq }. Ôl bys yr un olaf yw { $fingerprint }. Dim ond dweud iddo gael ei ysgrifennu fel un darn y mae hynny.
page-check-part = Nid oes un digwyddiad o 1 i { $seq } wedi’i newid. Mae rhai o ddigwyddiadau’r cofnod ar goll o’r ffeil hon: { $missing } o { $known }. Cafodd ei chadw’n gynharach, neu gadawyd ei diwedd allan.
page-check-none = Does dim digwyddiad yn y ffeil hon. Mae pob un o ddigwyddiadau’r cofnod ar goll ohoni. Eu nifer: { $known }.
page-check-end = Yr un olaf yn y ffeil yw digwyddiad { $seq }. Ei ôl bys yw { $fingerprint }.
page-check-newer = Mae’n mynd ymlaen hyd at ddigwyddiad { $seq }. Mae’n fwy newydd na’r dudalen hon, a wnaed adeg digwyddiad { $known }.
page-check-foreign = Nid yr un ôl bys sydd gan ddigwyddiad { $known } yma ag ar y dudalen hon. Nid dyma’r cofnod y gwnaed y dudalen hon ohono.
page-check-caveat = Ni all y symiau eu hunain ddangos bod diwedd wedi’i adael allan. Cymharwch rif ac ôl bys y digwyddiad olaf â diweddariad rhywun neu â’r dudalen hon.
page-check-empty = Does dim digwyddiad ynddo eto.
page-check-broken = Nid yw’r cofnod yn dal wrth ddigwyddiad { $seq }. { $why } Ni allwn ni ddweud dim am yr hyn sy’n dod ar ei ôl.
page-check-same = Mae gan ddigwyddiad { $seq } yr ôl bys a roesoch chi: hyd at y fan honno, dyma’r cofnod y clywsoch chi amdano.
page-check-other = Nid yr ôl bys a roesoch chi sydd gan ddigwyddiad { $seq }. Nid dyma’r cofnod y clywsoch chi amdano. Edrychwch a gopïoch chi’r rhif a’r ôl bys ill dau. Yna gofynnwch pam i’r rhai a ysgrifennodd atoch.
page-check-ends = Mae’r cofnod yn gorffen gyda digwyddiad { $last }, cyn digwyddiad { $seq } a roesoch chi. Nid dyma’r cofnod y clywsoch chi amdano. Neu mae’r ffeil yn hŷn na’ch diweddariad.
page-check-unread = Ni chafodd y rhif a’r ôl bys eu cymharu. Edrychwch ar beth sydd wrth eu hymyl.

## Why a record does not hold at an event
page-check-why-end = Mae’r llinell wedi’i thorri. Efallai na chafodd y ffeil ei chadw hyd at ei diwedd.
page-check-why-line = Nid yw’r llinell wedi’i hysgrifennu fel y mae llinell mewn cofnod.
page-check-why-seq = Mae rhif arall yno. Mae digwyddiad ar goll, wedi’i ychwanegu neu wedi’i symud.
page-check-why-at = Nid yw ei amser wedi’i ysgrifennu fel y dylai fod, neu mae’n gynharach nag amser y digwyddiad o’i flaen.
page-check-why-prev = Nid yw’n dilyn o’r digwyddiad o’i flaen.
page-check-why-content = Newidiwyd yr hyn y mae’n ei ddweud ar ôl ei ysgrifennu.
page-check-why-gone = Mae’r hyn a ddywedodd ar goll, ac nid oes un digwyddiad diweddarach yn dweud pam.
page-check-why-hash = Newidiwyd rhywbeth amdano ar ôl ei ysgrifennu.
