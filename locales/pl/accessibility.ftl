# Polish: not checked by a native reader yet.

accessibility-title = Deklaracja dostępności
accessibility-intro = Chcemy, żeby każdy mógł korzystać z tych stron.
accessibility-means = Oznacza to, że można:
accessibility-zoom = powiększyć tekst 4 razy bez utraty żadnej jego części
accessibility-keyboard = korzystać z każdej strony za pomocą samej klawiatury
accessibility-reader = słuchać każdej strony przez czytnik ekranu
accessibility-script = czytać każdą stronę bez skryptów, kolorów i obrazków
accessibility-contrast = ustawić własne kolory, duży tekst i mniej ruchu
accessibility-how = Jak dostępne są te strony
accessibility-standard = Stosujemy wytyczne Web Content Accessibility Guidelines w wersji 2.2, poziom AA.
accessibility-status = Te strony spełniają większość tych wymagań, ale nie wszystkie. Lista mówi, czego brakuje.
accessibility-pdf = Plakaty w plikach PDF mogą nie działać z czytnikiem ekranu. Te same słowa są na stronie plakatu.
accessibility-tested = Po każdej zmianie sprawdzamy każdą stronę programem. Program znajduje tylko część problemów.
accessibility-not-yet = Osoby korzystające z technologii wspomagających jeszcze nie sprawdziły tych stron.
accessibility-translations = Niektórych tłumaczeń nie sprawdziła jeszcze osoba mówiąca w danym języku. Na tych stronach jest o tym informacja.
accessibility-written = Słowa napisane przez pracowników pozostają w języku, w którym je napisano.
accessibility-tell-us = Jeśli coś nie działa
accessibility-contact = Prosimy powiadomić placówkę, której dotyczy strona. Jej adres jest na górze strony, a numer telefonu, jeśli telefon działa.
accessibility-contact-us = Można też skontaktować się z nami:
accessibility-enforcement = Jeśli odpowiedź jest niezadowalająca, prosimy skontaktować się z Equality Advisory and Support Service (EASS).
accessibility-prepared = Data napisania tej deklaracji: { $date }.
