# European Portuguese: not checked by a native reader yet.

poster-for = { $name }: cartaz
poster-scan = Leia este código com o telemóvel para ver a informação mais recente
poster-or-go-to = Ou vá a
more-on-the-page = Há mais na página web.
poster-printed = Como estava às { $time }.
poster-pdf = Obter em PDF
poster-choose-second = Acrescentar uma segunda língua
poster-help = Imprima em papel A4 e ponha na porta. Imprima um novo quando a página mudar.

screen-for = { $name }: ecrã da sala de espera
screen-more = Mais no seu telemóvel:
screen-offline = Este ecrã está sem ligação. O que mostra pode ser antigo.
screen-minutes-old = { $minutes ->
        [one] Isto foi verificado há { $minutes } minuto.
       *[other] Isto foi verificado há { $minutes } minutos.
    }

voice-greeting = Ligou para { $name }.
voice-webpage = Pode encontrar a informação mais recente na nossa página na Internet.
voice-look-first = Consulte a nossa página na Internet antes de vir.
voice-999 = Numa emergência, ligue para o 9 9 9.
voice-111 = Se precisar de ajuda médica agora e não for uma emergência, ligue para o 1 1 1.
voice-other-number = Em vez disso, ligue-nos para o { $number }.

widget-more = Ler mais sobre { $name }
badge-alternative = { $name } está a funcionar como habitualmente?
badge-text = { $name }: { $state }
widget-title = Pôr este aviso num site
widget-intro = Copie estas linhas para a página do seu site. O aviso só aparece enquanto algo estiver mal.
widget-no-cookies = Não cria cookies e não precisa de moldura (frame). Funciona com uma política de segurança rigorosa.
widget-code = Linhas para copiar
picture-alt = { $name }. { $state }. { $answer }
