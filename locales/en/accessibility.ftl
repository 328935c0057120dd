### The accessibility statement. The law asks public bodies for one.

accessibility-title = Accessibility statement
accessibility-intro = We want everybody to be able to use these pages.
accessibility-means = This means that you can:
accessibility-zoom = make the text 4 times larger without losing any of it
accessibility-keyboard = use every page with a keyboard only
accessibility-reader = listen to every page with a screen reader
accessibility-script = read each page without scripts, colours or pictures
accessibility-contrast = use your own colours, large text and less movement
accessibility-how = How accessible these pages are
accessibility-standard = The rules that we keep to are the Web Content Accessibility Guidelines (WCAG) 2.2, level AA.
accessibility-status = These pages keep to most of these rules, but not to all. The list says what is missing.
accessibility-pdf = Posters that are PDF files may not work with a screen reader. The poster page has the same words.
accessibility-tested = We test every page with a program whenever we change it. The program finds only some problems.
accessibility-not-yet = People who use assistive technology have not tested these pages yet.
accessibility-translations = Some translations have not been checked by a person who speaks the language. Those pages say so.
accessibility-written = Words that staff have written themselves stay in the language they were written in.
accessibility-tell-us = If something does not work for you
accessibility-contact = Tell the place whose page it is. Its address is at the top of the page, and its phone number if it works.
accessibility-contact-us = You can also contact us:
accessibility-enforcement = If you are not happy with the answer, you can tell the Equality Advisory and Support Service (EASS).
accessibility-prepared = We wrote this statement on { $date }.
