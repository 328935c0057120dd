# European Portuguese: not checked by a native reader yet.

signpost = Signpost
skip-to-content = Saltar para o conteúdo principal
find-a-place = Procurar um local
find-another-place = Procurar outro local
staff-sign-in = Entrada para funcionários
accessibility-link = Acessibilidade
support-links = Ligações de apoio
back = Voltar
languages = Línguas
in-english = Em inglês:
awaiting-check = Nenhuma pessoa que fala esta língua verificou ainda estas palavras. Se algo não estiver claro, leia a página em inglês.
read-in-english = Ler esta página em inglês
information = Informação
immediate-action = É preciso agir de imediato
urgent-advice = Conselho urgente
non-urgent-advice = Conselho não urgente

checked-at = Verificado às { $time }.
next-update-by = Próxima atualização até às { $time }.
phone = Telefone:
use-this-number = Por agora, use este número:
cannot-phone = De momento, não é possível telefonar-nos.
may-not-phone = Pode não conseguir telefonar-nos.
page-changed = Esta página mudou.
page-changed-reload = Esta página mudou. Abra-a de novo para ver o que há de novo.
could-not-check = Não conseguimos ver se houve mudanças. O seu dispositivo pode estar sem ligação à Internet.

update-late = A próxima atualização está atrasada
update-was-due = Estava prevista para as { $time }.
information-old = Esta informação é antiga
last-heard = As últimas notícias que tivemos foram às { $time }.
next-was-due = A próxima atualização estava prevista para as { $time }.
only-good-until = O que nos disseram só era válido até às { $time }.

place-says = { $name } diz
what-works = O que funciona e o que não funciona
no-problem-with = Nenhum problema comunicado: { $lines }.
phone-instead = Em vez disso, telefone para o { $number }.
front-desk-if-urgent = Se for urgente, venha ao balcão de atendimento.
not-known = Não se sabe
line-was-good-until = Isto só era válido até às { $time }:
line-not-known = Não sabemos se ainda está certo.
for-the-morning = Isto é só para a manhã de { $date }.
for-the-afternoon = Isto é só para a tarde de { $date }.
we-said = Dissemos isto às { $time }.
they-said = { $name } disse isto às { $time }.
they-took-back = { $name } retirou isto às { $time }.
surgeries-have-a-problem = Alguns centros de saúde (GP) que enviam receitas para aqui têm um problema. A sua receita pode chegar atrasada.
surgeries-reported = { $name } comunicou um problema em centros de saúde (GP) às { $time }.

we-reported = { $kind ->
        [pharmacy] Foi esta farmácia que comunicou o problema.
        [hospital] Foi este hospital que comunicou o problema.
        [surgery] Foi este centro de saúde (GP) que comunicou o problema.
       *[organisation] Fomos nós que comunicámos o problema.
    }
they-reported = Quem comunicou o problema foi { $name }.
they-said-over = { $name } disse que este problema acabou.
they-said-system-over = { $name } disse que o problema com { $system } acabou.
they-said-other-over = { $name } disse que outro problema acabou.
not-confirmed-yet = { $kind ->
        [pharmacy] Esta farmácia ainda não o confirmou.
        [hospital] Este hospital ainda não o confirmou.
        [surgery] Este centro de saúde (GP) ainda não o confirmou.
       *[organisation] Ainda não o confirmámos.
    }
not-known-if-affected = { $kind ->
        [pharmacy] Não sabemos se esta farmácia está afetada.
        [hospital] Não sabemos se este hospital está afetado.
        [surgery] Não sabemos se este centro de saúde (GP) está afetado.
       *[organisation] Não sabemos se esta organização está afetada.
    }
confirmed-at = { $kind ->
        [pharmacy] Esta farmácia disse às { $time } que está afetada.
        [hospital] Este hospital disse às { $time } que está afetado.
        [surgery] Este centro de saúde (GP) disse às { $time } que está afetado.
       *[organisation] Dissemos às { $time } que estamos afetados.
    }
said-not-affected = { $kind ->
        [pharmacy] Esta farmácia disse às { $time } que não está afetada.
        [hospital] Este hospital disse às { $time } que não está afetado.
        [surgery] Este centro de saúde (GP) disse às { $time } que não está afetado.
       *[organisation] Dissemos às { $time } que o problema não nos afeta.
    }
is-busier = Há mais movimento do que o habitual.
said-recovered = { $kind ->
        [pharmacy] Esta farmácia disse às { $time } que aqui já tudo voltou ao normal.
        [hospital] Este hospital disse às { $time } que aqui já tudo voltou ao normal.
        [surgery] Este centro de saúde (GP) disse às { $time } que aqui já tudo voltou ao normal.
       *[organisation] Dissemos às { $time } que já voltámos ao normal.
    }
they-said-affected-here = { $name } disse por este local às { $time } que está afetado.
they-said-not-affected-here = { $name } disse por este local às { $time } que não está afetado.
they-said-recovered-here = { $name } disse por este local às { $time } que já tudo voltou ao normal.
reported-by = Comunicado por { $name }.
confirmed-by = Problema confirmado por { $name }.
not-confirmed-by = Ainda não confirmado por { $name }.
not-affected-by = O problema não afeta { $name }.
recovered-by = { $name }: já tudo voltou ao normal.
affected-said-by = { $name } disse que o problema afeta { $place }.
not-affected-said-by = { $name } disse que o problema não afeta { $place }.
recovered-said-by = { $name } disse por { $place } que já tudo voltou ao normal.

what-to-do = O que fazer em alternativa
if-you-need-help = Se precisar de ajuda
call-999-if = Ligue já para o 999 se:
heart-attack-or-stroke = alguém tiver sinais de ataque cardíaco ou de AVC
struggling-to-breathe = alguém estiver com dificuldade em respirar
bleeding = alguém estiver a sangrar e o sangue não parar
cannot-be-woken = não for possível acordar alguém
emergency-help = Obter ajuda numa emergência
use-111-if = Peça ajuda ao NHS 111 se:
need-help-now = precisar de ajuda médica agora e não for uma emergência
cannot-reach-us = não conseguir falar connosco e não puder esperar
how-to-use-111 = Vá a 111.nhs.uk ou ligue para o 111. Para crianças com menos de 5 anos, ligue sempre para o 111.
help-now = Se precisar de ajuda agora
ask-a-pharmacist-if = Fale com um farmacêutico se:
minor-illness = tiver um problema de saúde ligeiro, como tosse, dor de ouvidos ou dor de garganta
medicine-question = tiver uma dúvida sobre um medicamento
ask-another-pharmacy-if = Peça a outra farmácia se:
need-medicine-today = precisar de um medicamento hoje e nós não o tivermos
cannot-wait-for-medicine = não puder esperar pelo seu medicamento
in-an-emergency = Numa emergência, ligue para o 999.
need-medical-help = Se precisar de ajuda médica agora e não for uma emergência, vá a 111.nhs.uk ou ligue para o 111.

what-happened = O que aconteceu
problems-elsewhere = Problemas noutros locais
what-we-know = O que sabemos sobre isto
over-lately = Terminados nas últimas 24 horas
what-happened-then = O que se passou
all-updates = Ver todas as informações sobre este problema
taken-back = Retirámos esta informação às { $time }. Não a use.
do-not-use = Não use esta informação.
correction = Correção
began-at = Começou às { $time }.
ended-at = Terminou às { $time }.

be-told = Receber um aviso quando isto mudar
get-updates = Receber atualizações sobre { $name } por email ou SMS
see-past-problems = Ver problemas anteriores
other-forms = Outras formas de ler esta página
print-poster = Imprimir um cartaz para a porta
waiting-room-screen = Mostrar isto num ecrã da sala de espera
put-on-website = Pôr este aviso num site
for-computers = Para computadores:
atom-feed = Feed Atom
rss-feed = Feed RSS
status-json = estado em JSON

past-problems = Problemas anteriores
place-now = { $name } agora
no-problems = Não foi comunicado nenhum problema aqui.
feed-of-updates = Feed destas atualizações

search-title = Procurar o seu centro de saúde (GP), hospital ou farmácia
search-heading = O seu centro de saúde (GP), hospital ou farmácia está a funcionar como habitual?
all-places = Todos os locais, por localidade
search-hint = Use o nome, a localidade, o código postal ou o código do local
search-button = Procurar
search-places-for = Locais para “{ $query }”
search-none = Não encontramos nenhum local para “{ $query }”
search-you-can = Pode:
search-check-spelling = ver se escreveu bem
search-shorter = usar um nome mais curto, ou só a localidade
search-half-postcode = usar a primeira metade do código postal
search-found = { $count ->
        [one] { $count } local para “{ $query }”
       *[other] { $count } locais para “{ $query }”
    }
search-first = Os primeiros { $count } locais para “{ $query }”
search-add-town = Junte a localidade ou o código postal para ver menos locais.
search-kind-and-code = { $kind }, código { $code }
not-found-title = Não encontramos esse local
not-found-text = O endereço pode estar mal escrito, ou o local pode ter fechado.
