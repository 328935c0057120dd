### Looking back: the history, months and single problems.

problems-90-days = Problemas nos últimos 90 dias
table-date = Data
table-what = O quê
table-how-long = Quanto tempo
still-going-on = Ainda a decorrer
not-affected-here = Sem efeito aqui
less-than-a-minute = menos de um minuto
lasted-days = { $count ->
        [one] { $count } dia
       *[other] { $count } dias
    }
lasted-hours = { $count ->
        [one] { $count } hora
       *[other] { $count } horas
    }
lasted-minutes = { $count ->
        [one] { $count } minuto
       *[other] { $count } minutos
    }
how-often-worked = Quantas vezes cada coisa funcionou
table-worked = Funcionou
table-did-not-work = Não funcionou como habitual durante
not-at-all = Nunca
slower-by-surgeries = Este problema foi nos centros de saúde (GP) que enviam receitas para aqui. As receitas podiam chegar atrasadas.
how-it-is-counted = Contamos os minutos dos últimos 90 dias em que algo nesta página não esteve normal. Conta primeiro o que o local diz de si. Os trabalhos planeados também contam.
records-began = Os nossos registos começaram em { $date }.
by-month = Por mês
problems-in-month = Problemas passados: { $month }
month-before = Antes: { $month }
month-after = Depois: { $month }
all-past-problems = Todos os problemas passados
what-we-learned = O que aprendemos
cannot-look-back = Neste momento não podemos recuar tanto
today-still-works = A página de hoje continua a funcionar. Espere um minuto e tente de novo.
