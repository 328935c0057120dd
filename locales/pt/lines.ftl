# European Portuguese: not checked by a native reader yet.

line-attend = Consultas que já tem marcadas
line-attend-pharmacy = Vir à farmácia
attend-come = Venha como habitual
    .text = Venha à sua consulta como habitual.
attend-come_unless_contacted = Venha, exceto se avisarmos
    .text = Venha à sua consulta, exceto se entrarmos em contacto consigo.
attend-do_not_come = Não venha
    .text = Não venha à sua consulta. Vamos entrar em contacto consigo para marcar uma nova.
attend-come-pharmacy = Venha como habitual
    .text = Venha à farmácia como habitual, mas conte com uma espera mais longa.
attend-come_unless_contacted-pharmacy = Conte com espera
    .text = Venha à farmácia, mas conte com uma espera mais longa do que o habitual.
attend-do_not_come-pharmacy = Não venha
    .text = Não venha à farmácia. Vá a outra farmácia.

line-emergency_department = Serviço de urgência (A&E)
emergency_department-normal = Normal
    .text = O serviço de urgência (A&E) está aberto.
emergency_department-delayed = Atrasos
    .text = O serviço de urgência (A&E) está aberto, mas pode ter de esperar mais tempo.
emergency_department-urgent_only = Só emergências
    .text = O serviço de urgência (A&E) está aberto só para emergências com risco de vida.
emergency_department-cancelled = Sem novos doentes
    .text = O serviço de urgência (A&E) não está a receber novos doentes.
emergency_department-closed = Fechado
    .text = O serviço de urgência (A&E) está fechado.

line-phones = Linhas telefónicas
phones-working = A funcionar
    .text = Pode telefonar-nos.
phones-limited = Limitadas
    .text = Telefone-nos só se for urgente. As nossas linhas estão muito ocupadas.
phones-down = Não funcionam
    .text = Os nossos telefones não estão a funcionar.

line-online_form = Formulário online
online_form-on = Ligado
    .text = Pode usar o nosso formulário online.
online_form-off = Desligado
    .text = O nosso formulário online está desligado.

line-booking = Novas consultas
booking-normal = Normal
    .text = Pode marcar consultas como habitual.
booking-urgent_only = Só urgentes
    .text = Só podemos marcar consultas urgentes.
booking-paused = Suspensas
    .text = De momento, não podemos marcar novas consultas.

line-prescriptions = Receitas médicas
prescriptions-normal = Normal
    .text = As receitas estão a funcionar como habitual.
prescriptions-urgent_on_paper = Só urgentes, em papel
    .text = Só podemos passar receitas urgentes, em papel.
prescriptions-delayed = Atrasos
    .text = As receitas estão a demorar mais do que o habitual.
prescriptions-order_only_if_needed = Peça só se precisar
    .text = Peça uma nova receita do seu medicamento habitual só se este estiver quase a acabar.

line-test_results = Resultados de exames
test_results-normal = Normal
    .text = Pode receber os resultados de exames como habitual.
test_results-delayed = Atrasos
    .text = Os resultados de exames podem atrasar-se. Entraremos em contacto consigo se algum for urgente.
test_results-paused = Suspensos
    .text = De momento, não podemos ver os resultados de exames. Entraremos em contacto consigo se algum for urgente.

line-check_in = Ecrãs de registo à chegada
check_in-normal = Normal
    .text = Os ecrãs de registo à chegada estão a funcionar.
check_in-at_the_desk = No balcão
    .text = Os ecrãs de registo à chegada estão desligados. Diga na receção que já chegou.

line-records = Registos de saúde
records-normal = Normal
    .text = Podemos ver o seu registo de saúde.
records-on_paper = Em papel
    .text = Estamos a usar notas em papel. Traga uma lista dos seus medicamentos e alergias.

line-outpatients = Consultas externas no hospital
outpatients-normal = Normal
    .text = As consultas externas estão a funcionar.
outpatients-delayed = Atrasos
    .text = As consultas externas estão atrasadas.
outpatients-urgent_only = Só urgentes
    .text = Só se realizam as consultas externas urgentes.
outpatients-cancelled = Canceladas
    .text = As consultas externas estão canceladas. Entraremos em contacto consigo.
outpatients-closed = Fechadas
    .text = As consultas externas deste local estão fechadas. Entraremos em contacto consigo.

line-inpatients = Internamentos
inpatients-normal = Normal
    .text = Os internamentos estão a realizar-se.
inpatients-delayed = Atrasos
    .text = Os internamentos podem começar mais tarde.
inpatients-urgent_only = Só urgentes
    .text = Só se realizam os internamentos urgentes.
inpatients-cancelled = Cancelados
    .text = Os internamentos programados estão cancelados. Entraremos em contacto consigo.
inpatients-closed = Fechado
    .text = As enfermarias estão fechadas a novos doentes.

line-operations = Operações
operations-normal = Normal
    .text = As operações estão a realizar-se.
operations-delayed = Atrasos
    .text = As operações podem atrasar-se.
operations-urgent_only = Só urgentes
    .text = Só se realizam as operações urgentes.
operations-cancelled = Canceladas
    .text = As operações programadas estão canceladas. Entraremos em contacto consigo.
operations-closed = Fechado
    .text = As salas de operações estão fechadas. Entraremos em contacto consigo.

line-scans = Exames de imagem e raios X
scans-normal = Normal
    .text = Os exames de imagem e os raios X estão a realizar-se.
scans-delayed = Atrasos
    .text = Os exames de imagem e os raios X podem atrasar-se.
scans-urgent_only = Só urgentes
    .text = Só se realizam os exames de imagem e os raios X urgentes.
scans-cancelled = Cancelados
    .text = Os exames de imagem e os raios X estão cancelados. Entraremos em contacto consigo.
scans-closed = Fechado
    .text = O serviço de exames de imagem está fechado. Entraremos em contacto consigo.

line-blood_tests = Análises ao sangue
blood_tests-normal = Normal
    .text = As análises ao sangue estão a realizar-se.
blood_tests-delayed = Atrasos
    .text = As análises ao sangue podem atrasar-se.
blood_tests-urgent_only = Só urgentes
    .text = Só se realizam as análises ao sangue urgentes.
blood_tests-cancelled = Canceladas
    .text = As análises ao sangue de rotina estão canceladas. Entraremos em contacto consigo.
blood_tests-closed = Fechado
    .text = O serviço de análises ao sangue está fechado. Entraremos em contacto consigo.

line-radiotherapy = Radioterapia
radiotherapy-normal = Normal
    .text = A radioterapia está a realizar-se.
radiotherapy-delayed = Atrasos
    .text = A radioterapia pode atrasar-se.
radiotherapy-urgent_only = Só urgente
    .text = Só se realiza a radioterapia urgente.
radiotherapy-cancelled = Cancelada
    .text = A radioterapia está cancelada. Entraremos em contacto consigo para lhe dar uma nova hora.
radiotherapy-closed = Fechado
    .text = O serviço de radioterapia está fechado. Entraremos em contacto consigo.

line-maternity = Maternidade
maternity-normal = Normal
    .text = Os serviços de maternidade estão abertos.
maternity-delayed = Atrasos
    .text = Os serviços de maternidade estão abertos, mas pode ter de esperar mais tempo.
maternity-urgent_only = Só urgências
    .text = Os serviços de maternidade estão abertos só para cuidados urgentes.
maternity-cancelled = Canceladas
    .text = As consultas de rotina da maternidade estão canceladas. Entraremos em contacto consigo.
maternity-closed = Fechada
    .text = A maternidade deste local está fechada. Vamos dizer-lhe aonde ir.

line-dispensing = Preparação dos seus medicamentos
dispensing-normal = Normal
    .text = Estamos a preparar os medicamentos como habitual.
dispensing-delayed = Atrasos
    .text = Os medicamentos estão a demorar mais do que o habitual.
dispensing-paused = Suspensa
    .text = De momento, não podemos preparar medicamentos.

line-collection = Levantar medicamentos
collection-normal = Normal
    .text = Pode levantar os medicamentos como habitual.
collection-delayed = Atrasos
    .text = Conte com uma espera mais longa quando vier levantar os medicamentos.
collection-paused = Suspenso
    .text = De momento, não é possível levantar medicamentos.

line-deliveries = Entrega de medicamentos
deliveries-normal = Normal
    .text = As entregas de medicamentos estão a funcionar como habitual.
deliveries-delayed = Atrasos
    .text = As entregas de medicamentos estão atrasadas.
deliveries-paused = Suspensa
    .text = Por agora, não há entregas de medicamentos.

line-nhs_111 = NHS 111
nhs_111-normal = Normal
    .text = O NHS 111 está a funcionar como habitual.
nhs_111-changed = Mudou
    .text = O NHS 111 mudou a forma como funciona.

line-emergency_999 = 999
emergency_999-normal = Normal
    .text = O 999 está a funcionar como habitual.
emergency_999-changed = Mudou
    .text = A forma de ligar para o 999 mudou.
