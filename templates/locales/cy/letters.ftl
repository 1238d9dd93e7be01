### Letters and calls: what is printed, and what is read out on the telephone.
###
### For whoever translates: a name in a gap cannot be mutated, so none stands after "i", "wrth", "gan", "am" or "â";
### "ar gyfer", "ar ran", "ydy" and "mae" leave it as it is.

## Letters

letters-title = Llythyrau
scripts-title = Sgriptiau ar gyfer galwadau
letter-page = Tudalen { $number } o { $count }
# Where a browser prints, which does not know how many pages there will be.
letter-page-only = Tudalen { $number }

# In the list of choices of a letter, in the place of a link.
choice-code = Neu gallwch seibio, ac ailddechrau, ar y we: ewch i { $address } a theipiwch y cod hwn: { $code }

## The page where the code of a letter is typed

code-title = Eich cod
code-what = Mae cod ar ddiwedd y llythyr a gawsoch. Teipiwch y cod yma i seibio eich diweddariadau, neu i’w troi ymlaen eto.
code-label = Eich cod: saith grŵp o lythrennau a rhifau, pedwar ym mhob grŵp
code-hint = Does dim ots am briflythrennau na bylchau.
code-go = Ymlaen
code-many-title = Arhoswch ychydig
code-many-what = O’r lle rydych chi, mae gormod o godau wedi’u teipio nad ydyn nhw’n cael eu hadnabod yma.
code-many-do = Rhowch gynnig arall arni ymhen ychydig funudau. Ni newidiwyd dim.

## Calls

script-title = Sgript ar gyfer galwad
script-task = Tasg { $id }
script-not-before = Peidiwch â ffonio cyn { $date }: mae’n amser tawel.
# Stands in the place of a name, also after "Ydy" and "ar gyfer".
script-nobody-named = perchennog y rhif hwn

script-heading-first = Dywedwch hyn yn gyntaf
script-first-ask = “Helo, ydy { $name } ar gael i siarad, os gwelwch yn dda?” Pan fyddan nhw ar y ffôn: “Rydw i’n ffonio ar ran { $sender }. Ydy hi’n gyfleus nawr?”
script-first-alone = “Ydych chi ar eich pen eich hun, neu ydy hi’n iawn i chi siarad lle rydych chi?”
script-first-nothing = Ewch ymlaen dim ond os ydyn nhw’n dweud ei bod hi’n iawn. Tan hynny, peidiwch â dweud dim am y prosiect, na dweud am beth mae’r alwad.

script-heading-other = Os bydd rhywun arall yn ateb
script-other-say = “Mae gen i neges ar gyfer { $name }: mae { $sender } wedi ffonio. Does dim brys, a bydda i’n ffonio eto. Wnewch chi basio’r neges ymlaen, os gwelwch yn dda?”
script-other-never = Peidiwch byth â dweud am beth mae’r alwad, hyd yn oed os bydd rhywun yn gofyn i chi. Peidiwch â sôn am y prosiect na’r sefydliad, nac am y ffaith bod stori.

script-heading-machine = Os bydd peiriant yn ateb
script-machine-none = Mae’n well peidio â gadael neges: efallai y bydd eraill yn ei chlywed.
script-machine-never = Os oes rhaid i chi: “Neges ar gyfer { $name }. { $sender } sy’n ffonio. Bydda i’n ffonio eto.” Peidiwch â sôn am y prosiect, y sefydliad na’r stori, nac am ddim byd sydd isod.

script-again = Ddim yn gyfleus? Gofynnwch pryd i ffonio eto:

script-heading-read = Nawr darllenwch hyn yn uchel
# Follows "Gallwch weld drosoch eich hun:" or the like, in the place of an address of the web.
script-link = Mae tudalen ar y we am hyn. Galla i drefnu bod y cyfeiriad yn cael ei anfon atoch.

script-yes = ydy
script-partly = yn rhannol
script-no = nac ydy
script-unknown = ddim yn gwybod
script-in-their-words = Yn eu geiriau eu hunain, os hoffen nhw:

script-choices = Gofynnwch: “Ydych chi am fynd ymlaen fel hyn, neu hoffech chi rywbeth arall?” Does dim angen rheswm.
script-choice-as-now = mynd ymlaen fel nawr
script-choice-less = llai aml
script-choice-pause = saib
script-choice-form = fformat arall neu ffordd arall
script-choice-stop = stopio: dim mwy o ddiweddariadau
script-choice-withdraw = tynnu eu stori’n ôl
script-choice-talk = cael rhywun i gysylltu â nhw

script-heading-after = Ar ôl yr alwad
script-ended-told = wedi’i ddarllen hyd y diwedd
script-ended-part = wedi’i ddarllen yn rhannol
script-ended-nobody = heb gyrraedd neb
script-ended-refused = doedden nhw ddim eisiau’r alwad
script-by = Pwy ffoniodd, a phryd:
