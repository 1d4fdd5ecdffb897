"""The standard texts that a new house begins with. Coordinators change them; they are stored once."""

from moderation.choices import Outcome

TEXTS: tuple[tuple[Outcome, str, str], ...] = (
    (Outcome.REQUEST_CHANGE, "Telefoonnummer of e-mailadres in de tekst", "Beste {naam},\n\nIn je tekst staat: {gevonden}. Iedereen op internet kan dat lezen, ook mensen met slechte bedoelingen. Wil je dit weghalen? Andere leden kunnen je een bericht sturen via de site.\n\nZodra je de tekst hebt aangepast, kijken wij er opnieuw naar."),
    (Outcome.REQUEST_CHANGE, "Adres in de tekst", "Beste {naam},\n\nJe adres staat in de tekst. Dat is niet veilig: iedereen kan het lezen. Wil je het weghalen? Je buurt of plaats noemen is genoeg.\n\nZodra je de tekst hebt aangepast, kijken wij er opnieuw naar."),
    (Outcome.REQUEST_CHANGE, "Te weinig informatie", 'Beste {naam},\n\nUit je tekst "{titel}" begrijpen anderen nog niet goed wat je zoekt. Schrijf in een paar zinnen wat er moet gebeuren, waar ongeveer en wanneer. Dan vind je sneller iemand.\n\nAlvast bedankt.'),
    (Outcome.REQUEST_CHANGE, "Iets over gezondheid dat anderen niet hoeven te weten", "Beste {naam},\n\nIn je tekst staat iets over je gezondheid of die van iemand anders. Dat hoeft niet iedereen te weten. Je kunt het ook later vertellen, aan degene die komt helpen. Wil je dat stuk weghalen?\n\nAlvast bedankt."),
    (Outcome.REQUEST_CHANGE, "Profiel is niet compleet", "Beste {naam},\n\nIn je profiel ontbreekt nog iets dat nodig is. Wil je het aanvullen? Daarna kijken wij er opnieuw naar."),
    (Outcome.HIDE, "Reclame of betaald werk", 'Beste {naam},\n\nJe tekst "{titel}" gaat over betaald werk of reclame. Onze site is voor buren die elkaar gratis helpen. Daarom is de tekst niet meer zichtbaar.'),
    (Outcome.HIDE, "Link naar een andere site", 'Beste {naam},\n\nIn je tekst "{titel}" staat een link: {gevonden}. Wij kunnen niet nagaan waar die heen gaat. Daarom is de tekst niet meer zichtbaar. Plaats hem gerust opnieuw zonder link.'),
    (Outcome.HIDE, "Kwetsend voor anderen", 'Beste {naam},\n\nJe tekst "{titel}" kan anderen kwetsen. Daarom is hij niet meer zichtbaar. Wij vragen je om vriendelijk te blijven, ook als je boos bent.'),
    (Outcome.HIDE, "Hoort hier niet", 'Beste {naam},\n\nJe tekst "{titel}" past niet bij wat deze site is: hulp tussen buren. Daarom is hij niet meer zichtbaar.'),
    (Outcome.HIDE, "Dezelfde tekst nog een keer", 'Beste {naam},\n\nDeze tekst staat al op de site. Daarom hebben wij "{titel}" weggehaald. De andere blijft staan.'),
    (Outcome.HOLD_ACCOUNT, "Wij willen je eerst spreken", "Beste {naam},\n\nWij hebben vragen over je account. Zolang die open staan, kun je het niet gebruiken. Wij nemen contact met je op. Je kunt ook zelf op dit bericht antwoorden."),
    (Outcome.HOLD_ACCOUNT, "Wij weten je leeftijd niet zeker", "Beste {naam},\n\nOnze site is voor mensen van 16 jaar en ouder. Wij weten niet zeker of je dat bent. Daarom staat je account even stil. Wil je op dit bericht antwoorden? Stuur geen kopie van je paspoort: die hebben wij niet nodig."),
    (Outcome.HOLD_ACCOUNT, "Account lijkt van iemand anders", "Beste {naam},\n\nHet lijkt erop dat je account door iemand anders wordt gebruikt. Daarom staat het even stil. Wil je een nieuw wachtwoord kiezen en op dit bericht antwoorden?"),
    (Outcome.CONFIRM_UNDER_16, "Jonger dan 16", "Beste {naam},\n\nOnze site is voor mensen van 16 jaar en ouder. Je account is daarom verwijderd, met alles wat erbij hoorde. Je bent welkom zodra je 16 bent."),
    (Outcome.TIP, "Zo blijf je veilig", "Beste {naam},\n\nJe tekst staat op de site. Een tip: spreek de eerste keer af op een plek waar meer mensen zijn, en vertel iemand waar je bent. Geef nooit je bankpas, pincode of DigiD aan een ander.\n\nTwijfel je ergens over? Antwoord op dit bericht."),
    (Outcome.TIP, "Vraag je bericht via de site", "Beste {naam},\n\nJe tekst staat op de site. Een tip: laat mensen je een bericht sturen via de site, en geef je telefoonnummer pas als je iemand vertrouwt."),
    (Outcome.TIP, "Hulp bij een duidelijke hulpvraag", 'Beste {naam},\n\nJe tekst "{titel}" staat op de site. Een tip: schrijf erbij wanneer het ongeveer moet en hoe lang het duurt. Dan reageren mensen sneller.'),
)  # fmt: skip
