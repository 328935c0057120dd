# European Portuguese: not checked by a native reader yet.

get-updates-by = Receber atualizações por email ou SMS
get-updates-title = Receber atualizações: { $name }
we-tell-you = Avisamos quando algo deixa de funcionar aqui, e quando volta a funcionar.
how-to-tell = Como devemos avisar?
email = Email
text-message = SMS
which-language = Que língua devemos usar?
which-services = Sobre o que quer receber notícias?
which-services-hint = Não escolha nada para receber notícias sobre tudo.
only-about = Apenas sobre: { $services }
contact-label = O seu endereço de email ou número de telemóvel
contact-hint = Um número de telemóvel tem 11 algarismos, como 07700 900123
continue = Continuar
what-we-do = O que fazemos com os seus contactos
we-keep-only = Guardamos apenas este endereço ou número, e os locais e serviços que escolher. Não perguntamos o seu nome nem nada sobre a sua saúde.
we-keep-locked = Guardamo-lo em segurança, e apagamo-lo quando sair. Pode sair a qualquer momento, com um só toque ou respondendo STOP.
we-keep-locked-link = Guardamo-lo em segurança, e apagamo-lo quando sair. Pode sair a qualquer momento, com um só toque.
error-prefix = Erro:
there-is-a-problem = Há um problema
error-mark = Erro:

check-your-phone = Veja o seu telemóvel
check-your-email = Veja o seu email
sent-a-text = Enviámos um SMS com um código para { $contact }. Pode demorar alguns minutos.
sent-an-email = Enviámos um email com um código e uma ligação para { $contact }. Pode demorar alguns minutos, por isso veja também na pasta de spam.
enter-code-text = Escreva o código aqui. Não enviamos atualizações antes disso.
enter-code-email = Escreva o código aqui, ou use a ligação no email. Não enviamos atualizações antes disso.
not-set-up = Ainda não podemos enviar emails nem SMS aqui. Em vez disso, veja a página web.
not-sent = Não foi enviada nenhuma mensagem
not-sent-to = Não enviámos nada para { $contact }. As mensagens ainda não funcionam aqui.
code-is-kept = O pessoal daqui pode ler o código. Escreva-o abaixo.
signed-up = A sua inscrição está feita
code = Código
six-digits = 6 algarismos
change-contact = Alterar os seus contactos
get-updates-button = Receber atualizações

get-updates-about = Receber atualizações sobre { $name }?
we-send-them-to = Enviamo-las para { $contact }.
yes-get-updates = Sim, receber atualizações
did-not-ask = Se não pediu isto, feche esta página. Não será enviado nada.

you-will-get-updates = Vai receber atualizações
tell-you-by-email = Avisamos por email quando algo mudar.
tell-you-by-text = Avisamos por SMS quando algo mudar.
tell-you-by-whatsapp = Avisamos por WhatsApp quando algo mudar.
change-or-stop = Alterar ou parar as suas atualizações
see-how-it-is = Ver como está { $name } agora

your-updates = As suas atualizações
send-by-email-to = Enviamo-las por email para { $contact }.
send-by-text-to = Enviamo-las por SMS para { $contact }.
send-by-whatsapp-to = Enviamo-las por WhatsApp para { $contact }.
no-updates-now = De momento, não recebe atualizações.
places-you-follow = Locais sobre os quais recebe atualizações
stop-these = Parar estas
stop-these-about = Parar estas atualizações sobre { $name }
removed = Removido. Não vai receber mais mensagens sobre este local.
change-language = Mudar de língua
language-changed = A partir de agora usamos esta língua.
stop-everything = Parar tudo
delete-number = Apagamos o seu número de imediato.
delete-address = Apagamos o seu endereço de imediato.
stop-all = Parar todas as mensagens
success = Sucesso

no-more-messages = Não vai receber mais mensagens
deleted-contact = Apagámos os seus contactos
still-look = Pode continuar a ver a página de qualquer local.

link-is-old = Esta ligação já não funciona
link-is-old-text = Já foi usada, ou é demasiado antiga. Nada foi alterado.
ask-again = Para receber atualizações, procure o local e volte a pedi-las.

device-heading = Neste telemóvel ou computador
device-text = O seu navegador mostra uma notificação quando algo muda aqui. Não precisamos do seu email nem do seu número.
device-button = Receber notificações neste dispositivo
device-denied = Este navegador não nos deixa mostrar notificações. Altere isso nas definições, ou escolha email ou SMS.
device-failed = As notificações não funcionaram neste navegador. Tente de novo, ou escolha email ou SMS.
tell-you-on-device = Mostramos uma notificação neste dispositivo quando algo mudar.
show-on-device = Mostramo-las como notificações num só dispositivo.
delete-device = Esquecemos este dispositivo de imediato.

choose-channel = Escolha como devemos avisar.
choose-language = Escolha uma das línguas.
enter-contact = Escreva um endereço de email ou um número de telemóvel.
enter-email = Escreva um endereço de email no formato correto, como name@example.com.
enter-mobile = Escreva um número de telemóvel do Reino Unido, como 07700 900 982.
code-is-wrong = Este código não está certo. Verifique-o e escreva-o de novo.
code-is-old = Este código já não funciona. Inscreva-se outra vez para receber um novo.
