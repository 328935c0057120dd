# Polish: not checked by a native reader yet.

poster-for = { $name }: plakat
poster-scan = Prosimy zeskanować ten kod telefonem, aby zobaczyć najnowsze informacje
poster-or-go-to = Albo wejść na stronę
more-on-the-page = Więcej jest na stronie internetowej.
poster-printed = Stan na: { $time }.
poster-pdf = Pobierz jako PDF
poster-choose-second = Dodaj drugi język
poster-help = Prosimy wydrukować na papierze A4 i powiesić na drzwiach. Gdy strona się zmieni, prosimy wydrukować nowy plakat.

screen-for = { $name }: ekran w poczekalni
screen-more = Więcej w telefonie:
screen-offline = Ten ekran nie ma połączenia z internetem. Informacje mogą być stare.
screen-minutes-old = { $minutes ->
        [one] Sprawdzono { $minutes } minutę temu.
        [few] Sprawdzono { $minutes } minuty temu.
        [many] Sprawdzono { $minutes } minut temu.
       *[other] Sprawdzono { $minutes } minuty temu.
    }

voice-greeting = Tu telefon placówki: { $name }.
voice-webpage = Najnowsze informacje są na naszej stronie internetowej.
voice-look-first = Przed przyjściem prosimy zajrzeć na naszą stronę internetową.
voice-999 = W nagłym wypadku lub przy zagrożeniu życia prosimy dzwonić pod numer 9 9 9.
voice-111 = Jeśli pomoc medyczna jest potrzebna teraz, a nie jest to stan zagrożenia życia, prosimy dzwonić pod 1 1 1.
voice-other-number = Zamiast tego prosimy zadzwonić pod numer { $number }.

widget-more = Więcej informacji: { $name }
badge-alternative = Czy { $name } działa jak zwykle?
badge-text = { $name }: { $state }
widget-title = Ten komunikat na stronie internetowej
widget-intro = Prosimy skopiować te linijki do swojej strony internetowej. Komunikat pokazuje się tylko wtedy, gdy coś nie działa.
widget-no-cookies = Nie zapisuje plików cookie i nie potrzebuje ramki. Działa przy surowych zasadach bezpieczeństwa.
widget-code = Linijki do skopiowania
picture-alt = { $name }. { $state }. { $answer }
