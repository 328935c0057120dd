# Welsh: not checked by a native reader yet.

poster-for = { $name }: poster
poster-scan = Sganiwch y cod hwn â'ch ffôn i weld y wybodaeth ddiweddaraf
poster-or-go-to = Neu ewch i
more-on-the-page = Mae mwy ar y dudalen we.
poster-printed = Fel yr oedd am { $time }.
poster-pdf = Ei gael fel PDF
poster-choose-second = Ychwanegu ail iaith
poster-help = Argraffwch ef ar bapur A4 a'i roi ar y drws. Argraffwch un newydd pan fydd y dudalen yn newid.

screen-for = { $name }: sgrin ystafell aros
screen-more = Rhagor ar eich ffôn:
screen-offline = Nid yw'r sgrin hon ar-lein. Gall yr hyn y mae'n ei ddweud fod yn hen.
screen-minutes-old = { $minutes ->
        [zero] Gwiriwyd hyn { $minutes } munud yn ôl.
        [one] Gwiriwyd hyn { $minutes } funud yn ôl.
        [two] Gwiriwyd hyn { $minutes } funud yn ôl.
        [few] Gwiriwyd hyn { $minutes } munud yn ôl.
        [many] Gwiriwyd hyn { $minutes } munud yn ôl.
       *[other] Gwiriwyd hyn { $minutes } munud yn ôl.
    }

voice-greeting = Rydych wedi ffonio { $name }.
voice-webpage = Gallwch gael y wybodaeth ddiweddaraf ar ein tudalen we.
voice-look-first = Edrychwch ar ein tudalen we cyn i chi ddod.
voice-999 = Mewn argyfwng, ffoniwch 9 9 9.
voice-111 = Os oes angen help meddygol arnoch nawr ac nad yw'n argyfwng, ffoniwch 1 1 1.
voice-other-number = Ffoniwch ni ar { $number } yn lle hynny.

widget-more = Darllen mwy am { $name }
badge-alternative = Ydy { $name } yn gweithio fel arfer?
badge-text = { $name }: { $state }
widget-title = Rhoi'r hysbysiad hwn ar wefan
widget-intro = Copïwch y llinellau hyn i dudalen eich gwefan. Dim ond tra bydd rhywbeth o'i le y bydd yr hysbysiad yn ymddangos.
widget-no-cookies = Nid yw'n gosod cwci ac nid oes angen ffrâm arno. Mae'n gweithio gyda pholisi diogelwch llym.
widget-code = Llinellau i'w copïo
picture-alt = { $name }. { $state }. { $answer }
