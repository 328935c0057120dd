# Romanian: not checked by a native reader yet.

poster-for = { $name }: afiș
poster-scan = Scanați acest cod cu telefonul ca să vedeți cele mai noi informații
poster-or-go-to = Sau intrați pe
more-on-the-page = Mai multe sunt pe pagina web.
poster-printed = Situația la: { $time }.
poster-pdf = Descărcați ca PDF
poster-choose-second = Adăugați o a doua limbă
poster-help = Tipăriți pe hârtie A4 și puneți afișul pe ușă. Tipăriți unul nou când pagina se schimbă.

screen-for = { $name }: ecran pentru sala de așteptare
screen-more = Mai multe pe telefon:
screen-offline = Acest ecran nu are conexiune. Ce arată poate fi vechi.
screen-minutes-old = { $minutes ->
        [one] Verificat acum { $minutes } minut.
        [few] Verificat acum { $minutes } minute.
       *[other] Verificat acum { $minutes } de minute.
    }

voice-greeting = Ați sunat la { $name }.
voice-webpage = Găsiți cele mai noi informații pe pagina noastră de internet.
voice-look-first = Consultați pagina noastră de internet înainte de a veni.
voice-999 = Într-o urgență gravă, sunați la 9 9 9.
voice-111 = Dacă aveți nevoie acum de ajutor medical, dar nu este o urgență gravă, sunați la 1 1 1.
voice-other-number = În schimb, sunați-ne la { $number }.

widget-more = Citiți mai multe despre { $name }
badge-alternative = { $name } funcționează normal?
badge-text = { $name }: { $state }
widget-title = Puneți acest anunț pe un site
widget-intro = Copiați aceste rânduri în pagina site-ului dumneavoastră. Anunțul apare doar când ceva nu funcționează.
widget-no-cookies = Nu pune niciun cookie și nu are nevoie de cadru. Funcționează cu reguli stricte de securitate.
widget-code = Rânduri de copiat
picture-alt = { $name }. { $state }. { $answer }
