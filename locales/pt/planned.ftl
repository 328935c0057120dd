### Planned downtime: on the page, and in messages.

planned-work = Trabalhos planeados
work-is-ahead = Planeado
work-runs = A decorrer agora
work-settles = Deve ter terminado
work-is-done = Terminado
work-is-off = Cancelado
span-one-day = das { $from } às { $to }, { $day }
span-two-days = de { $from } a { $to }
work-is-planned = Está planeado { $span }.
work-has-started = Já começou. Deve terminar às { $time }.
work-was-due = Devia terminar às { $time }. Tudo deve estar a funcionar de novo.
work-ended = Terminou às { $time }.
work-was-stopped = Foi interrompido.
work-will-not-happen = Não vai acontecer. Estava planeado { $span }.
while-it-lasts = Enquanto durar:
it-happens-weekly = { $count ->
        [one] Acontece todas as semanas: { $days }.
       *[other] Acontece de { $count } em { $count } semanas: { $days }.
    }
it-happens-monthly = { $week ->
        [first] Acontece todos os meses: { $day }, a primeira vez do mês.
        [second] Acontece todos os meses: { $day }, a segunda vez do mês.
        [third] Acontece todos os meses: { $day }, a terceira vez do mês.
        [fourth] Acontece todos os meses: { $day }, a quarta vez do mês.
       *[last] Acontece todos os meses: { $day }, a última vez do mês.
    }
it-goes-on-until = Continua até { $date }.
this-and-that = { $first } e { $last }
we-planned = Fomos nós que planeámos isto.
they-planned = { $name } planeou isto.
work-started-at = Começou às { $time }.
work-calendar = Trabalhos planeados para o seu calendário
tell-planned = Trabalhos planeados { $span }.
tell-reminder = Lembrete: trabalhos planeados { $span }.
tell-begun = Os trabalhos planeados começaram. Devem terminar às { $time }.
tell-longer = Os trabalhos planeados demoram mais. Devem agora terminar às { $time }.
tell-over = Os trabalhos planeados terminaram.
tell-should-be-over = Os trabalhos planeados deviam terminar agora. Tudo deve estar a funcionar de novo.
tell-all-cancelled = Todos estes trabalhos planeados estão cancelados. Não voltam a acontecer.
tell-stopped = Os trabalhos planeados foram interrompidos.
tell-cancelled = Cancelado: trabalhos planeados { $span }. Não vão acontecer.

# The title of planned work on a system, when nobody wrote one.
planned-work-on = Trabalhos planeados: { $system }
