# Romanian: not checked by a native reader yet.

accessibility-title = Declarație de accesibilitate
accessibility-intro = Vrem ca toată lumea să poată folosi aceste pagini.
accessibility-means = Aceasta înseamnă că puteți:
accessibility-zoom = să măriți textul de 4 ori fără să pierdeți nimic din el
accessibility-keyboard = să folosiți fiecare pagină doar cu tastatura
accessibility-reader = să ascultați fiecare pagină cu un cititor de ecran
accessibility-script = să citiți fiecare pagină fără scripturi, culori sau imagini
accessibility-contrast = să folosiți culorile dumneavoastră, text mare și mai puțină mișcare
accessibility-how = Cât de accesibile sunt aceste pagini
accessibility-standard = Respectăm Web Content Accessibility Guidelines, versiunea 2.2, nivelul AA.
accessibility-status = Aceste pagini respectă majoritatea acestor reguli, dar nu pe toate. Lista arată ce lipsește.
accessibility-pdf = Este posibil ca afișele PDF să nu funcționeze cu un cititor de ecran. Pagina afișului are aceleași cuvinte.
accessibility-tested = Verificăm fiecare pagină cu un program ori de câte ori o schimbăm. Programul găsește doar unele probleme.
accessibility-not-yet = Persoanele care folosesc tehnologii asistive nu au testat încă aceste pagini.
accessibility-translations = Unele traduceri nu au fost verificate de o persoană care vorbește limba. Paginile respective spun acest lucru.
accessibility-written = Cuvintele scrise chiar de personal rămân în limba în care au fost scrise.
accessibility-tell-us = Dacă ceva nu funcționează pentru dumneavoastră
accessibility-contact = Anunțați unitatea medicală despre care este pagina. Adresa ei este în partea de sus a paginii, la fel și numărul de telefon, dacă funcționează.
accessibility-contact-us = Ne puteți contacta și direct:
accessibility-enforcement = Dacă nu sunteți mulțumit de răspuns, contactați Equality Advisory and Support Service (EASS).
accessibility-prepared = Am scris această declarație la data de { $date }.
