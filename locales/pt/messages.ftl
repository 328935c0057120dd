# European Portuguese: not checked by a native reader yet.

correction-mark = Correção: { $text }
name-and-text = { $name }: { $text }
what-we-told-was-wrong = O que lhe dissemos antes estava errado.
problem-with-system = O problema com { $system } terminou.
problem-is-over = O problema terminou.
one-problem-is-over = Um problema terminou. Outro continua.
problem-over-subject = { $system ->
        [none] o problema terminou
       *[other] o problema com { $system } terminou
    }
back-to-normal = Voltámos ao normal.
back-to-normal-subject = de volta ao normal
working-again-subject = já funciona, a recuperar atrasos
partly-working-subject = voltou a funcionar em parte
some-working-again = { $system ->
        [none] Algumas coisas já funcionam, mas nem tudo está como habitual.
       *[other] { $system } já funciona, mas nem tudo está como habitual.
    }
urgent-help = Se precisar de ajuda urgente, use 111.nhs.uk ou ligue para o 111. Numa emergência, ligue para o 999.
full-information = Informação completa
full-information-at = Informação completa: { $url }
stop-emails = Parar estes emails
stop-emails-at = Parar estes emails: { $url }
stop-texts-at = Para parar: { $url }
you-asked = Pediu para receber avisos sobre { $name }.

confirm-subject = Confirme que quer receber mensagens de { $name }
confirm-headline = Confirme que quer receber mensagens quando algo mudar em { $name }.
confirm-open-link = Abra esta ligação e carregue no botão: { $link }
confirm-or-code = Ou escreva este código: { $code }
confirm-24-hours = A ligação e o código funcionam durante 24 horas.
confirm-not-asked = Se não pediu isto, não faça nada. Não vai receber mais mensagens nossas.
confirm-short = O seu código é { $code }. Se não o pediu, não faça nada.

## Answers to a text: START, HELP, STATUS

text-started = Vamos voltar a enviar-lhe mensagens. Para parar, responda STOP.
text-nobody = Não enviamos nada para este número. Escolha os locais sobre os quais quer mensagens: { $url }
text-help = Mudar ou parar as mensagens: { $url } Ou responda STOP. Responda STATUS para saber como está tudo agora.
