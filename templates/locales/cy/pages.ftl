### What people read on pages. The pages of a person's link name no topic: somebody may look over a shoulder.

## On every page
page-skip = Neidio i’r brif ran
page-product = hearback
page-made-with = Gwnaed gyda hearback.
page-what-is-it = Beth yw hearback?

## The front page
page-front-title = hearback
page-front-lead = Mae pobl yn adrodd eu straeon. Dyma sut maen nhw’n clywed yn ôl.
page-front-what = Rhoddodd pobl eu straeon i brosiect, a daeth argymhellion ohonyn nhw. Mae hearback yn cadw golwg ar beth ddaw o bob un. Mae’n dweud wrth bawb a gymerodd ran beth sydd wedi newid, beth sy’n sownd, a pham. Os nad oes neb yn ateb, mae’n dweud hynny hefyd.
page-front-got-title = A gawsoch chi neges oddi yma?
page-front-got = Mae dolen arbennig yn eich neges. Agorwch y ddolen honno i seibio eich diweddariadau, neu i’w troi ymlaen eto. Does dim angen cyfrif na chyfrinair arnoch.
page-front-lost = Os na allwch ddod o hyd i’r ddolen, neu os hoffech rywbeth arall, atebwch y neges. Bydd eich ateb yn mynd at berson.
page-front-promise-title = Beth rydyn ni’n cadw ato
page-front-promise-tracking = Nid ydyn ni’n eich olrhain. Does dim byd yn cyfrif pwy sy’n agor neges neu’n dilyn dolen.
page-front-promise-looking = Nid yw agor tudalen yn newid dim. Dim ond pwyso botwm sy’n gwneud hynny.
page-front-promise-leave = Gallwch stopio unrhyw bryd, heb roi rheswm.
page-front-demo-title = Demo yw hwn
page-front-demo = Mae wedi chwarae drwy hanes prosiect. Mae pob neges a ysgrifennodd mewn blwch post ar y peiriant hwn. Nid anfonwyd yr un ohonyn nhw.
page-front-demo-link = Agor y blwch post

## A person's updates
page-updates-active = Mae eich diweddariadau ymlaen
page-updates-paused = Mae eich diweddariadau wedi’u seibio
page-updates-stopped = Mae eich diweddariadau wedi dod i ben
page-updates-withdrawn = Rydych chi wedi tynnu’n ôl
page-updates-from = { $sender } sy’n anfon y diweddariadau hyn.
page-updates-from-ended = { $sender } oedd yn anfon y diweddariadau hyn.
page-updates-next = Daw’r un nesaf erbyn { $date }.
page-updates-pause-does = Os byddwch yn eu seibio, ni fydd dim mwy yn cael ei anfon atoch nes i chi eu troi ymlaen eto. Does dim angen i chi roi rheswm, ac ni fydd dim yn cael ei golli: bydd eich diweddariad nesaf hefyd yn dweud beth ddigwyddodd yn y cyfamser.
page-updates-pause = Seibio fy niweddariadau
page-updates-resume-does = Does dim yn cael ei anfon atoch tra byddan nhw wedi’u seibio. Os byddwch yn eu troi ymlaen eto, bydd eich diweddariad nesaf hefyd yn dweud beth ddigwyddodd yn y cyfamser.
page-updates-resume = Troi fy niweddariadau ymlaen eto
page-updates-just-paused = Dyna ni. Mae eich diweddariadau wedi’u seibio.
page-updates-just-resumed = Dyna ni. Mae eich diweddariadau ymlaen eto.
page-updates-unchanged = Ni newidiwyd dim.
page-updates-stopped-means = Ni fydd dim mwy yn cael ei anfon atoch. Does dim angen i chi wneud dim byd.
page-updates-stopped-again = Os hoffech gael diweddariadau eto, ysgrifennwch: { $sender } sy’n darllen y negeseuon.
page-updates-withdrawn-means = Ni fydd dim mwy yn cael ei anfon atoch, ac nid yw’r hyn a roesoch yn cael ei ddefnyddio mwyach. Does dim angen i chi wneud dim byd.
page-updates-withdrawn-ask = Os oes gennych gwestiwn, ysgrifennwch: { $sender } sy’n darllen y negeseuon.
page-updates-else-title = Rhywbeth arall?
page-updates-else = Gallwch gael diweddariadau’n llai aml neu ar ffurf arall. Gallwch eu stopio am byth. Gallwch dynnu’n ôl. Ysgrifennwch a dywedwch beth hoffech chi: { $sender } sy’n darllen y negeseuon. Does dim angen i chi roi rheswm.
page-updates-contact-title = Manylion cyswllt { $sender }
page-updates-email = E-bost
page-updates-phone = Ffôn
page-updates-support = Rhywun i siarad â nhw

## No such page
page-lost-title = Nid yw’r dudalen hon yma
page-lost-what = Does dim byd yn y cyfeiriad hwn. Efallai fod y ddolen wedi’i thorri’n ddwy, neu nad yw’n cael ei defnyddio mwyach.
page-lost-kept = Ni newidiwyd dim.
page-lost-do = Os daethoch chi o neges, ewch yn ôl ati a phwyswch ei dolen unwaith eto, neu copïwch y ddolen gyfan. Os na fydd hynny’n helpu, atebwch y neges. Bydd eich ateb yn mynd at berson.
page-lost-front = Mynd i’r dudalen flaen

## Something went wrong
page-error-failed-title = Aeth rhywbeth o’i le yma
page-error-failed-what = Doedd dim modd i ni ddangos y dudalen hon. Ein bai ni yw hyn, nid eich bai chi. Mae wedi’i nodi ar gyfer y rhai sy’n rhedeg y wefan hon.
page-error-failed-kept = Os oeddech chi newydd bwyso botwm, efallai na weithiodd.
page-error-failed-do = Agorwch eich dolen unwaith eto ymhen ychydig funudau: mae’n dangos sut mae pethau. Os oes brys arnoch, atebwch y neges oedd â’r ddolen ynddi.
page-error-foreign-title = Nid yma y cafodd y botwm hwnnw ei bwyso
page-error-foreign-what = Mae eich porwr yn dweud bod gwefan arall wedi’ch anfon yma. I’ch cadw’n ddiogel, ni wnaethon ni ddim byd.
page-error-foreign-kept = Ni newidiwyd dim.
page-error-foreign-do = Agorwch y ddolen yn eich neges unwaith eto, a phwyswch y botwm yno.
page-error-refused-title = Ni weithiodd hynny
page-error-refused-what = Doedd dim modd i ni ddarllen yr hyn a anfonodd eich porwr. Efallai ei fod yn rhy hir, neu iddo ddod yn rhy araf.
page-error-refused-kept = Ni newidiwyd dim.
page-error-refused-do = Agorwch y ddolen yn eich neges unwaith eto, a phwyswch y botwm yno.

## The demo's mailbox
page-mailbox-title = Blwch post y demo
page-mailbox-banner = Demo yw hwn. Does dim neges wedi gadael y peiriant hwn.
page-mailbox-count = { $count ->
    [zero] Does dim neges wedi’i hysgrifennu eto.
    [one] Un neges, at { $people ->
        [one] un person
       *[other] { $people } o bobl
    }.
   *[other] { $count } neges, at { $people ->
        [one] un person
       *[other] { $people } o bobl
    }.
}
page-mailbox-explain = Dyma’r negeseuon a fyddai wedi mynd allan. Agorwch un i weld beth mae person yn ei ddarllen.
page-mailbox-order = Trefn
page-mailbox-by-time = Yn ôl amser
page-mailbox-by-person = Yn ôl person
page-mailbox-person = Negeseuon at
page-mailbox-everybody = Pawb
page-mailbox-show = Dangos
page-mailbox-jump = Mynd i
page-mailbox-group = { $name } ({ $count })
page-mailbox-back = Pob neges
page-mailbox-back-person = Negeseuon { $name }
page-mailbox-previous = Blaenorol
page-mailbox-next = Nesaf
page-mailbox-steps = Negeseuon eraill
page-mailbox-to = At
page-mailbox-from = Oddi wrth
page-mailbox-when = Pryd
page-mailbox-format = Fformat
page-mailbox-form-both = HTML a thestun
page-mailbox-form-text = Testun yn unig
page-mailbox-form-html = HTML yn unig
page-mailbox-view = Edrych arni fel
page-mailbox-html = HTML
page-mailbox-text = Testun
page-mailbox-headers = Penawdau
page-mailbox-frame = Y neges fel mae rhaglen e-bost yn ei dangos
page-mailbox-links = Mae ei dolenni’n agor mewn tab newydd.
page-mailbox-no-subject = (dim pwnc)
