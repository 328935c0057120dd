# European Portuguese: not checked by a native reader yet.

accessibility-title = Declaração de acessibilidade
accessibility-intro = Queremos que todas as pessoas possam usar estas páginas.
accessibility-means = Isto quer dizer que pode:
accessibility-zoom = aumentar o texto 4 vezes sem perder nada
accessibility-keyboard = usar todas as páginas só com um teclado
accessibility-reader = ouvir todas as páginas com um leitor de ecrã
accessibility-script = ler todas as páginas sem scripts, cores ou imagens
accessibility-contrast = usar as suas próprias cores, texto grande e menos movimento
accessibility-how = Até que ponto estas páginas são acessíveis
accessibility-standard = Seguimos as Diretrizes de Acessibilidade para Conteúdo Web (WCAG), versão 2.2, nível AA.
accessibility-status = Estas páginas cumprem a maior parte destas regras, mas não todas. A lista diz o que falta.
accessibility-pdf = Os cartazes em PDF podem não funcionar com um leitor de ecrã. A página do cartaz tem as mesmas palavras.
accessibility-tested = Testamos todas as páginas com um programa sempre que as mudamos. O programa só encontra alguns problemas.
accessibility-not-yet = As pessoas que usam tecnologia de apoio ainda não testaram estas páginas.
accessibility-translations = Algumas traduções não foram verificadas por uma pessoa que fala a língua. Essas páginas dizem isso.
accessibility-written = As palavras escritas pelos próprios funcionários ficam na língua em que foram escritas.
accessibility-tell-us = Se algo não funcionar para si
accessibility-contact = Fale com o local a quem a página pertence. O endereço está no topo da página, e o número de telefone, se funcionar.
accessibility-contact-us = Também pode contactar-nos:
accessibility-enforcement = Se a resposta não for satisfatória, contacte o Equality Advisory and Support Service (EASS).
accessibility-prepared = Escrevemos esta declaração em { $date }.
