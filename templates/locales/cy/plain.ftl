### Cyngor i staff ar sut y gellir gwneud eu geiriau’n haws eu darllen. Nid yw byth yn cael ei anfon at gyfranogwyr.

plain-head = Gellir gwneud hyn yn haws ei ddarllen:
plain-more = { $count ->
    [two] A { $count } beth arall.
    [few] A { $count } pheth arall.
    [many] A { $count } pheth arall.
   *[other] A { $count } peth arall.
}
plain-cell = Gellir gwneud hyn yn haws ei ddarllen. { $advice }
plain-cells-more = { $count ->
    [two] Gellir gwneud { $count } gell arall, mewn rhesi newydd neu resi a newidiwyd, yn haws eu darllen.
    [few] Gellir gwneud { $count } cell arall, mewn rhesi newydd neu resi a newidiwyd, yn haws eu darllen.
   *[other] Gellir gwneud { $count } cell arall, mewn rhesi newydd neu resi a newidiwyd, yn haws eu darllen.
}

plain-long-sentence = { $count ->
    [two] Mae { $count } air yn y frawddeg sy’n dechrau â ‘{ $words }’. Mae hyd at { $most } yn hawdd eu dilyn. Rhannwch hi’n frawddegau byrrach.
   *[other] Mae { $count } gair yn y frawddeg sy’n dechrau â ‘{ $words }’. Mae hyd at { $most } yn hawdd eu dilyn. Rhannwch hi’n frawddegau byrrach.
}
plain-long-paragraph = { $count ->
    [two] Mae { $count } frawddeg yn y paragraff sy’n dechrau â ‘{ $words }’. Dechreuwch un newydd ar ôl { $most } neu lai.
   *[other] Mae { $count } brawddeg yn y paragraff sy’n dechrau â ‘{ $words }’. Dechreuwch un newydd ar ôl { $most } neu lai.
}
plain-reading-age = Gyda’i gilydd, mae hyn ar gyfer darllenwyr { $age } oed a hŷn. Y nod yw { $aim }. Mae brawddegau byrrach a geiriau byrrach yn helpu.
plain-acronym = Nid yw ‘{ $words }’ wedi’i ysgrifennu’n llawn. Ysgrifennwch yr enw cyfan y tro cyntaf.
plain-hidden-actor = Nid yw ‘{ $words }’ yn dweud pwy a wnaeth hyn. Dywedwch pa rôl neu ba gorff.
plain-better = Yn lle ‘{ $words }’, mae hyn yn haws: { $better }.

## Lle nad oes gair gwell

plain-why-labels = Mae ‘{ $words }’ yn rhoi label ar bobl. Dywedwch pwy ydyn nhw, a beth sy’n eu rhwystro.
plain-why-blames = Gall ‘{ $words }’ swnio fel petai bai ar bobl. Dywedwch beth ddigwyddodd.
plain-why-vague = Nid yw ‘{ $words }’ yn dweud pryd, faint na pham. Dywedwch hynny, neu dywedwch nad oes neb yn gwybod eto.
plain-why-hollow = Does dim modd gwirio ‘{ $words }’. Dywedwch beth a wnaed.
plain-why-picture = Ffordd o siarad neu iaith swyddfa yw ‘{ $words }’. Dywedwch beth y mae’n ei olygu.
plain-why-sorry = Mae ‘{ $words }’ yn gwneud yn fach o’r hyn a ddigwyddodd. Dywedwch beth aeth o’i le, a phwy sy’n ymddiheuro.
