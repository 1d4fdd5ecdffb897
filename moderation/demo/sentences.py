"""What people write around what they ask or offer, so that no two texts are alike.

No two of the lists have a common divisor in their lengths: of two texts whose numbers are less
than 783 apart, at most one of these sentences is the same.
"""

WHO: tuple[str, ...] = (
    "Ik woon hier al meer dan dertig jaar en ken bijna iedereen in de straat.",
    "Sinds vorig voorjaar woon ik in deze wijk en het bevalt goed.",
    "Ik ben opgegroeid op een boerderij, dus ik ben wel wat gewend.",
    "Mijn kleinkinderen zeggen dat ik te veel praat, en dat klopt.",
    "Vroeger werkte ik in een bakkerij, daarom ben ik nog altijd vroeg op.",
    "Ik hou van een net huis en van mensen die hun schoenen aanhouden.",
    "Bij ons thuis staat de radio altijd aan, dat moet je niet erg vinden.",
    "Ik zing in een koor en fluit de hele dag, schrik daar niet van.",
    "Mijn vrouw en ik doen alles samen, behalve autorijden.",
    "Wij hebben twee poezen die overal met hun neus bovenop willen zitten.",
    "Als kind wilde ik al weten hoe alles werkt, en dat is nooit overgegaan.",
    "Ik ben geen prater, maar ik luister graag naar een ander.",
    "Van huis uit spreek ik Fries, Nederlands gaat ook prima.",
    "Mijn buurvrouw wees mij op deze site en ik ben benieuwd.",
    "Ik lees elke ochtend de krant van voor naar achter.",
    "Je herkent mij aan de rode fiets met de grote mand.",
    "Met de feestdagen zit mijn huis vol, verder is het rustig.",
    "Ik kom van een warm eiland en vind het hier nog steeds koud.",
    "Ik heb jaren voor de klas gestaan en mis de drukte soms.",
    "Mijn zoon woont in Canada, dus die komt niet zomaar even langs.",
    "Ik ben net klaar met mijn studie en heb nog wat tijd over.",
    "Op zaterdag sta ik langs het voetbalveld, weer of geen weer.",
    "De meeste mensen vinden mij rustig, tot er een spelletje op tafel komt.",
    "Ik drink liever thee dan koffie, maar ik zet allebei.",
    "Net na de oorlog geboren en nog altijd zuinig op elk touwtje.",
    "Ik werk vier dagen in een kwekerij en ben het liefst buiten.",
    "Mijn moeder zei altijd: wie niets vraagt, krijgt niets.",
    "Wij zijn een jong gezin met een bakfiets en veel goede moed.",
    "Ik ga elke week naar de markt, al was het maar voor de praatjes.",
    "Dat ik van puzzelen hou, kan iedereen in huis je vertellen.",
    "Ik was dertig jaar postbode, dus de weg hoef je mij niet te wijzen.",
)

WHEN: tuple[str, ...] = (
    "Maandag en woensdag komen mij het beste uit.",
    "Het liefst 's ochtends, want 's middags doe ik een dutje.",
    "Na vier uur ben ik vrijwel altijd thuis.",
    "In het weekend heb ik alle tijd, doordeweeks wat minder.",
    "Een vaste dag is fijn, maar het moet niet.",
    "Spreek gerust iets af voor over twee weken, ik plan graag vooruit.",
    "Alleen op donderdag gaat het niet, dan heb ik oefenavond.",
    "In de schoolvakanties ben ik er meestal niet.",
    "Ik schuif makkelijk, als ik het maar een dag van tevoren weet.",
    "Avonden zijn lastig, overdag lukt het bijna altijd.",
    "Een uurtje is genoeg, langer mag natuurlijk ook.",
    "Vanaf half tien staat de koffie klaar.",
    "Bij slecht weer schuiven we het een dag op.",
    "De komende maand past het goed, daarna zien we verder.",
    "Om de week zou mooi zijn, dan blijft het leuk.",
    "Met de vrijdagmiddag sluit ik de week er graag mee af.",
    "Deze week nog zou fijn zijn, volgende week is ook goed.",
    "Ik pas mij aan, want mijn agenda is leeg genoeg.",
    "Niet te vroeg, ik kom 's ochtends langzaam op gang.",
    "Op dinsdagavond kan er nooit iemand, ik dus wel.",
    "Tussen de middag eet ik thuis, dan kun je mij altijd treffen.",
    "Het mag ook op een feestdag, die duren hier lang genoeg.",
    "Eén keer proberen is prima, dan kijken we of het klikt.",
    "Mijn rooster wisselt, dus ik laat per week weten wanneer het kan.",
    "Zodra het licht wordt ben ik wakker, dus kom maar.",
    "Op zondag rust ik uit, de andere dagen zijn vrij.",
    "Bij voorkeur als de kinderen op school zitten.",
    "Volgende maand ga ik op reis, tot die tijd ben ik hier.",
    "Een half uur van tevoren een berichtje en het is goed.",
)

MORE: tuple[str, ...] = (
    "In de buurt ben ik meestal lopend, dat is goed voor de lijn.",
    "Hoe het precies gaat, bedenken we wel aan de keukentafel.",
    "Vorig jaar ging het ook zo, en dat was een groot succes.",
    "Handige tips neem ik graag aan, ik leer elke dag bij.",
    "Als het regent heb ik een extra paraplu staan.",
    "Met een grapje erbij gaat alles een stuk sneller.",
    "De bel hoor ik vaak niet, berichten hier lees ik wel.",
    "Ik denk vooruit, maak lijstjes en vink alles netjes af.",
    "Tegen stilte kan ik goed, tegen haast een stuk minder.",
    "Bij de buren is het ook bekend, die steken een handje toe.",
    "Spullen die erbij horen, staan al klaar in de schuur.",
    "Een beetje zenuwachtig ben ik wel, maar dat gaat vanzelf over.",
    "Het idee kwam van mijn zus, die doet dit al jaren in Assen.",
    "Zonder plan begin ik nergens aan, dus dat ligt er al.",
    "Ik heb er lang over gedacht en durf het nu te schrijven.",
    "Voor de gezelligheid mag het best wat langer duren.",
    "Onze straat is smal, maar er is altijd wel een plekje.",
    "Een beetje humor kan ik goed gebruiken, jij misschien ook.",
    "Soms moet je elkaar gewoon even een zetje geven.",
    "Op mijn leeftijd ben je blij met elk nieuw gezicht.",
    "Ik kan goed uitleggen wat ik bedoel, al duurt het even.",
    "Onze hal is net geverfd, dus let een beetje op je jas.",
    "De bus stopt om de hoek en rijdt elk half uur.",
    "Misschien leren we allebei iets nieuws, dat zou mooi zijn.",
    "Kom zoals je bent, hier kijkt niemand op van een vlek.",
    "Grote woorden heb ik er niet voor, ik meen het gewoon.",
    "Voor vragen zit ik elke avond achter de computer.",
)

GOODBYE: tuple[str, ...] = (
    "Stuur een berichtje als het je wat lijkt.",
    "Wat fijn als je reageert!",
    "Wie weet tot gauw.",
    "Alvast heel erg bedankt voor het lezen.",
    "Dat moet samen toch lukken.",
    "Ik kijk ernaar uit om kennis te maken.",
    "Een glimlach krijg je er altijd bij.",
    "Vragen mag altijd, dat heb ik hier wel geleerd.",
    "Liever iemand uit de buurt, dan lopen we zo even binnen.",
    "Jong of oud maakt mij niet uit.",
    "Neem rustig iemand mee als je dat prettiger vindt.",
    "De eerste keer drinken we een kop koffie.",
    "Ik reageer niet altijd meteen, maar ik reageer wel.",
    "Lukt het niet, even goede vrienden.",
    "Op de fiets ben ik overal zo.",
    "Honden zijn welkom, die van mij vindt alles goed.",
    "Handig zijn hoeft niet, zin hebben wel.",
    "Hartelijke groet, en misschien tot ziens.",
    "Zo komen we allebei een stukje verder.",
    "Laat maar weten wat jou het beste past.",
    "Perfect hoeft het hier nooit.",
    "Twijfel je, vraag dan alles wat je wilt weten.",
    "Een eerlijk nee vind ik ook prima.",
    "Hier in huis hebben ze er al zin in.",
    "Met zijn tweeën is het leuker dan in je eentje.",
    "Er zit altijd wel iets lekkers in de trommel.",
    "Je hoeft je niet te haasten met antwoorden.",
    "De fiets kan bij ons in de gang staan.",
    "Ik ben vriendelijk, zeggen ze, en op tijd.",
    "Tot dan, en pas goed op jezelf.",
    "Zoeken hoeft niet, ik zie je wel aankomen.",
    "Dit is de eerste keer dat ik zoiets plaats, dus heb een beetje geduld.",
)

SHORT = 60
"""Letters: below this half of the texts stay as they are."""


def around(text: str, number: int) -> str:
    """Return what somebody wrote whose text has this number: mostly more than the matter itself."""
    if len(text) < SHORT and number % 2:
        return text
    lists = (WHO, MORE, WHEN, GOODBYE)
    rest = " ".join(sentences[number % len(sentences)] for sentences in lists)
    return f"{text}\n\n{rest}" if number % 3 == 0 else f"{text} {rest}"
