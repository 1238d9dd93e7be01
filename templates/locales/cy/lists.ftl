### Pages of a whole instance, and lists: the front page, recommendations, those who were asked, the comparison.

## Between these pages
page-list-ways = Tudalennau’r wefan hon
page-list-way-front = Tudalen flaen
page-list-way-all = Pob argymhelliad
page-list-way-responders = I bwy y gofynnwyd
page-list-way-compare = Cymharu
page-list-nothing = Does dim prosiect yn gyhoeddus yma eto.
page-list-press = Pwyswch bennawd colofn i drefnu’r tabl yn ôl y golofn honno.
page-list-printed = Y dudalen hon: { $address }

## The front page
page-front-projects = Beth ddaeth ohono
page-front-waiting = { $count ->
    [zero] Does neb yn dal i aros i glywed yn ôl am y tro cyntaf.
   *[other] Mae tua { $count } o bobl yn dal i aros i glywed yn ôl am y tro cyntaf.
}
page-front-waiting-least = Mae o leiaf tua { $count } o bobl yn dal i aros i glywed yn ôl am y tro cyntaf. Nid yw rhai rhifau’n cael eu dangos, am eu bod yn fach neu heb eu cyfrif eto.
page-front-waiting-hidden = Dim ond pan na all neb gael ei adnabod ynddo rydyn ni’n dangos yma nifer y bobl sy’n aros am eu diweddariad cyntaf.
page-front-search = Chwilio’r holl argymhellion
page-front-silent = { $count ->
    [one] Mae un yn hwyr neu’n dawel, ers { $age }
   *[other] Mae { $count } yn hwyr neu’n dawel, yr hiraf ers { $age }
}
page-front-silent-none = Does dim byd yn hwyr nac yn dawel nawr

## A list of recommendations
page-list-title = Argymhellion
page-list-back = Yn ôl
page-list-form = Dod o hyd i argymhellion
page-list-show = Dangos
page-list-more = Hidlo a threfnu
page-list-refine = Chwilio, hidlo a threfnu
page-list-sought-where = Mae’r chwiliad yn darllen argymhellion, atebion, esboniadau ac enwau. Mae addewidion a phopeth a newidiodd ar dudalen pob prosiect.
page-list-any = Unrhyw un
page-list-label-q = Chwilio
page-list-label-response = Ateb
page-list-label-progress = Gwaith
page-list-label-answered = Wedi cael ateb
page-list-label-responder = Pwy sy’n gyfrifol
page-list-label-theme = Thema
page-list-label-audience = Ar gyfer
page-list-label-reason = Rheswm
page-list-label-verdict = Beth mae’r rhai a gymerodd ran yn ei ddweud
page-list-label-sort = Trefn
page-list-answered-yes = Ydy
page-list-answered-no = Nac ydy
page-list-tick-overdue = Mae’r ateb yn hwyr
page-list-tick-silent = Mae rhywbeth yn hwyr neu’n dawel
page-list-order-published = Yn nhrefn eu cyhoeddi
page-list-order-ref = Yn ôl rhif
page-list-order-newest = Y newyddion diweddaraf yn gyntaf
page-list-order-longest-silent = Y rhai sydd wedi bod yn hwyr neu’n dawel hiraf yn gyntaf
page-list-order-title = Yn ôl teitl
page-list-all = { $count ->
    [zero] Does dim argymhelliad wedi’i gyhoeddi eto.
    [one] Un argymhelliad.
   *[other] { $count } argymhelliad.
}
page-list-found = { $count ->
    [zero] Nid oes yr un o { $of } argymhelliad yn cyfateb. Tynnwch hidlydd i weld mwy.
    [one] Mae un o { $of } argymhelliad yn cyfateb.
   *[other] Mae { $count } o { $of } argymhelliad yn cyfateb.
}
page-list-chosen-title = Wedi’i gyfyngu i
page-list-chosen = { $label }: { $value }
page-list-drop = (tynnu)
page-list-drop-all = Tynnu pob hidlydd
page-list-pages = Tudalennau’r rhestr hon
page-list-page = Tudalen { $page } o { $of }.
page-list-previous = Tudalen flaenorol
page-list-next = Tudalen nesaf

## Those who were asked
page-responder-title = I bwy y gofynnwyd
page-responder-what = Pawb y gofynnwyd iddyn nhw ateb argymhelliad cyhoeddus, a beth ddaeth ohono. Lle gofynnwyd i nifer gyda’i gilydd, mae ateb neu gam yn cyfrif i bob un ohonyn nhw, pa un bynnag ohonyn nhw, neu rywun arall, a’i rhoddodd.
page-responder-none = Does neb wedi’i holi’n gyhoeddus eto.
page-responder-column-name = Enw
page-responder-column-asked = Gofynnwyd
page-responder-column-answered = Wedi cael ateb
page-responder-column-done = Wedi’u gwneud
page-responder-column-stuck = Yn sownd
page-responder-column-silent = Yn hwyr neu’n dawel nawr
page-responder-across = Ar draws pob prosiect cyhoeddus ar y wefan hon
page-responder-asked = { $count ->
    [one] gofynnwyd unwaith
    [two] gofynnwyd ddwywaith
   *[other] gofynnwyd { $count } gwaith
}
page-responder-asked-with = { $count } ({ $shared } gydag eraill)
page-responder-shared = { $count ->
    [zero] Ni ofynnwyd i neb arall gyda nhw.
    [one] Gofynnwyd un o’r rhain i eraill hefyd.
   *[other] Gofynnwyd { $count } o’r rhain i eraill hefyd.
} Mae’r hyn sy’n cael ei ddweud yma am atebion, gwaith ac addewidion yn wir am yr argymhelliad. Mae enw’r un a roddodd ateb wrth ei ymyl.
page-responder-has-answer = { $count } o { $of } wedi cael ateb
page-responder-silent = { $count } yn hwyr neu’n dawel nawr
page-responder-explained = { $of ->
    [one] Mae angen esboniad am un argymhelliad; { $count ->
        [zero] nid anfonwyd yr un sy’n dal i sefyll.
       *[other] anfonwyd un, ac mae’n dal i sefyll.
    }
   *[other] Mae angen esboniad am { $of } argymhelliad; { $count ->
        [zero] nid anfonwyd yr un sy’n dal i sefyll.
        [one] anfonwyd un sy’n dal i sefyll.
       *[other] anfonwyd { $count } sy’n dal i sefyll.
    }
}
page-responder-explained-none = Does dim angen esboniad am ddim nawr.
page-responder-asked-title = Beth y gofynnwyd iddyn nhw

## The comparison
page-compare-title = Cymharu
page-compare-what = Beth i’w gymharu
page-compare-projects = Prosiectau
page-compare-responders = Y rhai y gofynnwyd iddyn nhw
page-compare-how = Wrth ymyl pob ffigur mae’r cyfanswm y mae’n rhan ohono.
page-compare-shared = Lle gofynnwyd i nifer gyda’i gilydd, mae ateb neu gam yn cyfrif i bob un ohonyn nhw, pa un bynnag ohonyn nhw, neu rywun arall, a’i rhoddodd.
page-compare-column-has-answer = Wedi cael ateb
page-compare-told = Daw nifer y bobl sydd wedi cael clywed o rifyn diwethaf pob prosiect, wedi’i dalgrynnu i’r 5 agosaf. Nid yw rhifau bach yn cael eu dangos.
page-compare-column-project = Prosiect
page-compare-column-responder = Enw
page-compare-column-recommendations = Argymhellion
page-compare-column-answered = Wedi cael ateb
page-compare-column-done = Wedi’u gwneud
page-compare-column-confirmed = Wedi’u cadarnhau gan y rhai a gymerodd ran
page-compare-column-explained = Wedi’u hesbonio
page-compare-column-promises-kept = Addewidion a gadwyd ar eu dyddiad cyntaf
page-compare-column-told = Pobl sydd wedi cael clywed
page-compare-column-overdue = Ateb yn hwyr nawr
page-compare-column-silence = Hiraf yn hwyr
page-compare-no-recommendations = dim un wedi’i gyhoeddi
page-compare-no-explanations = dim un yn ddyledus
page-compare-no-promises = dim un â’i ddyddiad wedi dod
page-compare-no-edition = dim rhifyn eto
page-compare-no-silence = dim byd yn hwyr

## What is owed, on the card of a project
page-front-unanswered = Heb ateb: { $count } argymhelliad a anfonwyd at { $bodies } sefydliad
page-front-unanswered-only = Heb ateb: { $count } argymhelliad
page-front-stuck = Yn sownd: { $count } argymhelliad
page-front-missed = { $count ->
    [one] { $count } addewid heb ei gadw
   *[other] { $count } addewid heb eu cadw
}
page-front-missed-promise = ‘{ $promise }’, i fod erbyn { $date }
page-front-more = a hefyd { $count } arall
page-front-latest = Beth newidiodd ddiwethaf: { $what } ({ $ref }, { $date })
page-front-check = Gwirio bod y cofnod yn gyflawn a heb ei newid
