# Welsh: not checked by a native reader yet.

headline-normal = Dim problemau hysbys
headline-busy = Prysurach nag arfer
headline-limited = Rhai pethau ddim yn gweithio
headline-serious = Problemau difrifol
headline-closed = Ar gau i apwyntiadau
headline-shut = Ar gau
headline-catching_up = Gweithio eto, clirio'r oedi
headline-not_confirmed = Heb ei gadarnhau
headline-unknown = Nid ydym yn gwybod

come-in-as-usual = Dewch i mewn fel arfer.
we-are-busier = Rydym yn brysurach nag arfer.
not-known-if-right = Nid ydym yn gwybod a yw'r wybodaeth hon yn dal i fod yn gywir.
contact-before-you-come = Cysylltwch â ni cyn i chi ddod.
no-medicines-here = Ni allwch gael meddyginiaethau yma ar hyn o bryd. Ewch i fferyllfa arall.
call-111-for-medicine = Ffoniwch 111 os oes angen meddyginiaeth arnoch heddiw.
some-have-a-problem = Mae gan rai lleoedd broblem gyfrifiadurol.
not-said-if-affected = { $kind ->
        [pharmacy] Nid yw'r fferyllfa hon wedi dweud a yw'r broblem yn effeithio arni.
        [hospital] Nid yw'r ysbyty hwn wedi dweud a yw'r broblem yn effeithio arno.
        [surgery] Nid yw'r feddygfa hon wedi dweud a yw'r broblem yn effeithio arni.
       *[organisation] Nid ydym wedi dweud a yw'r broblem yn effeithio arnom ni.
    }
not-confirmed-over = { $kind ->
        [pharmacy] Nid yw'r fferyllfa hon wedi cadarnhau bod y broblem ar ben.
        [hospital] Nid yw'r ysbyty hwn wedi cadarnhau bod y broblem ar ben.
        [surgery] Nid yw'r feddygfa hon wedi cadarnhau bod y broblem ar ben.
       *[organisation] Nid ydym wedi cadarnhau bod y broblem ar ben.
    }
may-not-be-open = { $kind ->
        [pharmacy] Nid ydym yn gwybod a yw'r fferyllfa hon ar agor.
        [hospital] Nid ydym yn gwybod a yw'r ysbyty hwn ar agor.
        [surgery] Nid ydym yn gwybod a yw'r feddygfa hon ar agor.
       *[organisation] Nid ydym yn gwybod a yw'r sefydliad hwn ar agor.
    }
has-closed-for-good = { $kind ->
        [pharmacy] Mae'r fferyllfa hon wedi cau am byth. Dewch o hyd i un arall.
        [hospital] Mae'r ysbyty hwn wedi cau am byth. Dewch o hyd i un arall.
        [surgery] Mae'r feddygfa hon wedi cau am byth. Dewch o hyd i un arall.
       *[organisation] Mae'r sefydliad hwn wedi cau am byth. Dewch o hyd i un arall.
    }
area-problem = Mae gan rai gwasanaethau NHS yn yr ardal hon broblem.
area-look-up = Chwiliwch am eich meddygfa, eich ysbyty neu eich fferyllfa eich hun.
area-look-up-problem = Chwiliwch am eich meddygfa, eich ysbyty neu eich fferyllfa eich hun i weld a oes problem yno.

stage-investigating = Rydym yn ceisio canfod beth sydd o'i le
    .text = Rydym yn ceisio canfod beth sydd o'i le.
stage-identified = Rydym yn gwybod beth sydd o'i le
    .text = Rydym yn gwybod beth sydd o'i le. Rydym yn gweithio i'w gywiro.
stage-limited = Yn gweithio eto'n rhannol
    .text = Mae rhai o'n systemau'n gweithio eto. Nid yw rhai eraill yn gweithio.
stage-catching_up = Gweithio eto, clirio'r oedi
    .text = Mae ein systemau'n gweithio eto. Rydym yn clirio'r gwaith sydd wedi cronni.
stage-monitoring = Gweithio eto, yn cael ei wylio
    .text = Mae ein systemau'n gweithio eto. Rydym yn clirio'r gwaith sydd wedi cronni.
stage-resolved = Yn ôl i'r arfer
    .text = Mae'r broblem hon wedi dod i ben.
stage-elsewhere = Adroddwyd, heb ei gadarnhau yma
    .text = Adroddwyd am broblem. Nid ydym yn gwybod a yw'n broblem yma.
stage-said-over = Dywedwyd ei bod ar ben
stage-withdrawn = Tynnwyd yn ôl

kind-surgery = meddygfa
kind-pharmacy = fferyllfa
kind-hospital = ysbyty
kind-trust = ymddiriedolaeth NHS
kind-region = rhanbarth NHS
kind-board = bwrdd iechyd
kind-nhs = NHS
kind-organisation = sefydliad
