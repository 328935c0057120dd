# European Portuguese: not checked by a native reader yet.

headline-normal = Sem problemas conhecidos
headline-busy = Mais movimento que o habitual
headline-limited = Algumas coisas não funcionam
headline-serious = Problemas graves
headline-closed = Fechado para consultas
headline-shut = Fechado
headline-catching_up = Já funciona, a recuperar atrasos
headline-not_confirmed = Não confirmado
headline-unknown = Não sabemos

come-in-as-usual = Venha como habitual.
we-are-busier = Temos mais movimento do que o habitual.
not-known-if-right = Não sabemos se esta informação ainda está certa.
contact-before-you-come = Contacte-nos antes de vir.
no-medicines-here = De momento, não é possível obter medicamentos aqui. Vá a outra farmácia.
call-111-for-medicine = Ligue para o 111 se precisar de medicamentos hoje.
some-have-a-problem = Alguns locais têm um problema informático.
not-said-if-affected = { $kind ->
        [pharmacy] Esta farmácia não disse se está afetada.
        [hospital] Este hospital não disse se está afetado.
        [surgery] Este centro de saúde (GP) não disse se está afetado.
       *[organisation] Não dissemos se o problema nos afeta.
    }
not-confirmed-over = { $kind ->
        [pharmacy] Esta farmácia não confirmou que o problema acabou.
        [hospital] Este hospital não confirmou que o problema acabou.
        [surgery] Este centro de saúde (GP) não confirmou que o problema acabou.
       *[organisation] Não confirmámos que o problema acabou.
    }
may-not-be-open = { $kind ->
        [pharmacy] Não sabemos se esta farmácia está aberta.
        [hospital] Não sabemos se este hospital está aberto.
        [surgery] Não sabemos se este centro de saúde (GP) está aberto.
       *[organisation] Não sabemos se esta organização está aberta.
    }
has-closed-for-good = { $kind ->
        [pharmacy] Esta farmácia fechou de vez. Procure outra.
        [hospital] Este hospital fechou de vez. Procure outro.
        [surgery] Este centro de saúde (GP) fechou de vez. Procure outro.
       *[organisation] Esta organização fechou de vez. Procure outra.
    }
area-problem = Alguns serviços do NHS nesta zona têm um problema.
area-look-up = Procure o seu centro de saúde (GP), hospital ou farmácia.
area-look-up-problem = Procure o seu centro de saúde (GP), hospital ou farmácia para ver se tem algum problema.

stage-investigating = Estamos a tentar saber o que está mal
    .text = Estamos a tentar saber o que está mal.
stage-identified = Sabemos o que está mal
    .text = Sabemos o que está mal. Estamos a trabalhar para o resolver.
stage-limited = Voltou a funcionar em parte
    .text = Alguns dos nossos sistemas já voltaram a funcionar. Outros não.
stage-catching_up = Já funciona, a recuperar atrasos
    .text = Os nossos sistemas já voltaram a funcionar. Estamos a recuperar os atrasos.
stage-monitoring = Já funciona, em observação
    .text = Os nossos sistemas já voltaram a funcionar. Estamos a recuperar os atrasos.
stage-resolved = De volta ao normal
    .text = Este problema terminou.
stage-elsewhere = Comunicado, não confirmado aqui
    .text = Foi comunicado um problema. Não sabemos se é um problema aqui.
stage-said-over = Dizem que acabou
stage-withdrawn = Retirado

kind-surgery = centro de saúde (GP)
kind-pharmacy = farmácia
kind-hospital = hospital
kind-trust = organização do NHS (trust)
kind-region = região do NHS
kind-board = autoridade regional de saúde (health board)
kind-nhs = NHS
kind-organisation = organização
