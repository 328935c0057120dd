### The poster, the waiting room screen, the answerphone, the notice for websites and the badge.

## Poster

poster-for = { $name }: poster
poster-scan = Scan this code with your phone to see the newest information
poster-or-go-to = Or go to
more-on-the-page = There is more on the web page.
poster-printed = As it was at { $time }.
poster-pdf = Get it as a PDF
poster-choose-second = Add a second language
poster-help = Print it on A4 paper and put it on the door. Print a new one when the page changes.

## Waiting room screen

screen-for = { $name }: waiting room screen
screen-more = More on your phone:
# The screen shows these when it cannot reach the network.
screen-offline = This screen is offline. What it says may be old.
screen-minutes-old = { $minutes ->
        [one] This was checked { $minutes } minute ago.
       *[other] This was checked { $minutes } minutes ago.
    }

## Answerphone

voice-greeting = You have called { $name }.
voice-webpage = You can find the newest information on our web page.
# Instead of "Contact us before you come.": the caller is calling already.
voice-look-first = Look at our web page before you come.
voice-999 = In an emergency, call 9 9 9.
voice-111 = If you need medical help now and it is not an emergency, call 1 1 1.
voice-other-number = Call us on { $number } instead.

## Notice for websites, badge and picture

widget-more = Read more about { $name }
badge-alternative = Is { $name } working as usual?
badge-text = { $name }: { $state }
widget-title = Put this notice on a website
widget-intro = Copy these lines into the page of your website. The notice shows only while something is wrong.
widget-no-cookies = It sets no cookie and needs no frame. It works with a strict security policy.
widget-code = Lines to copy
picture-alt = { $name }. { $state }. { $answer }
