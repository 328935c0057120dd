# Welsh: not checked by a native reader yet.

accessibility-title = Datganiad hygyrchedd
accessibility-intro = Rydym am i bawb allu defnyddio'r tudalennau hyn.
accessibility-means = Mae hyn yn golygu y gallwch:
accessibility-zoom = wneud y testun 4 gwaith yn fwy heb golli dim ohono
accessibility-keyboard = defnyddio pob tudalen â bysellfwrdd yn unig
accessibility-reader = gwrando ar bob tudalen â darllenydd sgrin
accessibility-script = darllen pob tudalen heb sgriptiau, lliwiau na lluniau
accessibility-contrast = defnyddio eich lliwiau eich hun, testun mawr a llai o symudiad
accessibility-how = Pa mor hygyrch yw'r tudalennau hyn
accessibility-standard = Rydym yn dilyn y Canllawiau Hygyrchedd Cynnwys Gwe (WCAG), fersiwn 2.2, lefel AA.
accessibility-status = Mae'r tudalennau hyn yn dilyn y rhan fwyaf o'r rheolau hyn, ond nid pob un. Mae'r rhestr yn dweud beth sydd ar goll.
accessibility-pdf = Efallai na fydd posteri PDF yn gweithio gyda darllenydd sgrin. Mae tudalen y poster yn cynnwys yr un geiriau.
accessibility-tested = Rydym yn profi pob tudalen â rhaglen bob tro y byddwn yn ei newid. Dim ond rhai problemau y mae'r rhaglen yn eu canfod.
accessibility-not-yet = Nid yw pobl sy'n defnyddio technoleg gynorthwyol wedi profi'r tudalennau hyn eto.
accessibility-translations = Nid yw rhai cyfieithiadau wedi'u gwirio gan berson sy'n siarad yr iaith. Mae'r tudalennau hynny'n dweud hynny.
accessibility-written = Mae geiriau y mae staff wedi'u hysgrifennu eu hunain yn aros yn yr iaith y cawsant eu hysgrifennu ynddi.
accessibility-tell-us = Os nad yw rhywbeth yn gweithio i chi
accessibility-contact = Dywedwch wrth y lle sy'n berchen ar y dudalen. Mae ei gyfeiriad ar frig y dudalen, a'i rif ffôn os yw'n gweithio.
accessibility-contact-us = Gallwch hefyd gysylltu â ni:
accessibility-enforcement = Os nad ydych yn fodlon â'r ateb, cysylltwch â'r Equality Advisory and Support Service (EASS).
accessibility-prepared = Ysgrifennom y datganiad hwn ar { $date }.
