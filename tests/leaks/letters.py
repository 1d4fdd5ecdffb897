"""Letters with a reporter in them, and letters with nobody: what the leak check is tried on."""

from backoffice.leaks import Person

PIET = Person(
    first_name="Piet",
    last_name="Jansen",
    email="piet.jansen62@gmail.com",
    phone="06-12345678",
    address="Dorpsstraat 12",
    postcode="8011 AB",
    member_id="m-4711",
)
AYSE = Person(
    first_name="Ayşe",
    last_name="Yıldırım-Öztürk",
    email="contact@naaiatelier-ayse.nl",
    phone="+31 38 421 34 56",
    address="Burg. van Walsumlaan 3",
    member_id="90210",
)
MEI = Person(first_name="Mei", infix="de", last_name="Boer", phone="0612398745", member_id="12")
ROOS = Person(first_name="Roos", last_name="Bakker", email="roos@bakkerijbakker.nl")
WIL = Person(first_name="Wil", infix="de", last_name="Vos", address="Vossenlaan 8", postcode="1234AB")
HENK = Person(first_name="Hendrik-Jan", infix="van der", last_name="Meulenhoff", member_id="lid-88")
BO = Person(first_name="Bo", last_name="Ng", email="bo.ng@hotmail.com", phone="0031687654321")
FATIMA = Person(first_name="Fatima", last_name="Janssen")
KARIN = Person(first_name="Karin", infix="de", last_name="Boer")

REPORT = (
    "Hij stond vorige week dronken voor mijn deur te schreeuwen en de kinderen van nummer veertien durfden"
    " niet meer naar buiten. Ik noem hem de schreeuwende duivenmelker."
)

PLANTED: tuple[tuple[Person, str], ...] = (
    # the name, declined and in part
    (PIET, "Beste Fatima, Piet Jansen heeft je tekst gemeld."),
    (PIET, "Beste Fatima, meneer Jansen vindt je tekst niet fijn."),
    (PIET, "Uit Jansens melding blijkt dat je te ver ging."),
    (PIET, "Het is Jansen's tuin, niet die van jou."),
    (PIET, "Wil je Piet voortaan met rust laten?"),
    (PIET, "Pietjes bericht lazen wij gisteren."),
    (PIET, "De brief van van Jansen, je weet wel, was duidelijk."),
    (PIET, "Jansen, Piet: zo staat het in ons bestand."),
    (PIET, "P. Jansen liet ons weten dat je belt."),
    (PIET, "PIET JANSEN HEEFT GEKLAAGD"),
    (PIET, "meneer jansen belde ons vanmorgen"),
    (PIET, "je weet zelf wel wat je tegen jansen zei"),
    (HENK, "Hendrik heeft ons geschreven over je aanbod."),
    (HENK, "De familie Van der Meulenhoff voelt zich niet veilig."),
    (HENK, "H.J. van der Meulenhoff schreef ons."),
    (HENK, "Dat vroeg Hendrik-Jan ons zelf."),
    (AYSE, "Mevrouw Yildirim wil geen contact meer."),
    (AYSE, "Ayse en haar dochter schrokken van je bericht."),
    (AYSE, "Wij spraken met mevrouw Öztürk."),
    # with typos
    (PIET, "Ook Piet Janssen vond dat."),
    (PIET, "Wij hoorden van Peit Jansen wat je schreef."),
    (PIET, "Dhr. Jnasen belde ons."),
    (HENK, "Mevrouw van der Muelenhof schreef ons."),
    (HENK, "Wij hoorden dit van Meulenhof, je buurman."),
    (AYSE, "Dit lazen wij bij Yildrim."),
    # names that are words, used as names
    (MEI, "Mevrouw De Boer vond je tekst kwetsend."),
    (MEI, "M. de Boer schreef ons."),
    (MEI, "Mei de Boer heeft gelijk."),
    (MEI, "Wij spraken Mei hierover."),
    (ROOS, "Roos meldde ons je tekst."),
    (ROOS, "Je schreef aan Roos dat ze moest betalen."),
    (ROOS, "Familie Bakker wil rust."),
    (ROOS, "Roos Bakkers tuin is niet van jou."),
    (WIL, "Buurman Vos durft niet meer."),
    (WIL, "W. de Vos liet ons dit weten."),
    (BO, "Wij hoorden dit van Bo."),
    (BO, "Meneer Ng wil geen berichten meer."),
    # what hides it
    (PIET, "Dit is van J a n s e n, dat weet je."),
    (PIET, "Dit is van Jan\u200bsen, dat weet je."),
    # how to reach somebody
    (PIET, "Mail je excuses naar piet.jansen62@gmail.com."),
    (PIET, "Het adres is pietjansen niet, maar piet punt jansen62 apenstaartje gmail punt com."),
    (AYSE, "Kijk op naaiatelier-ayse.nl voor wie dit vroeg."),
    (PIET, "Bel terug op +31 (0)6 1234 5678."),
    (AYSE, "Bel nul acht en dertig, nee: nul drie acht vier twee een drie vier vijf zes."),
    (BO, "Het nummer is 06 87 65 43 21."),
    (PIET, "Blijf weg uit de Dorpstraat."),
    (WIL, "Je kwam langs op 1234 ab, en dat mag niet."),
    (MEI, "Dit meldde lid 12 ons."),
    # the report's own words
    (PIET, "Je stond vorige week dronken voor de deur; zij stond vorige week dronken voor mijn deur."),
    (PIET, "Noem jezelf niet “de schreeuwende duivenmelker”."),
)  # fmt: skip

CLEAN: tuple[tuple[Person, Person, str], ...] = tuple(
    (reporter, addressee, letter)
    for reporter, addressee, letters in (
        (
            PIET,
            FATIMA,
            (
                "Beste mevrouw Janssen, in je tekst staat een telefoonnummer.",
                "Beste Fatima Janssen, wil je de tekst aanpassen?",
                "F. Janssen, dit is een bericht van WeHelpen Coöperatie U.A.",
                "Beste Fatima, het past niet bij huisregel 1.1.",
                "Je kunt bezwaar maken tot en met 17 mei 2027.",
                "Bel ons op 0900-1234 of 088 123 45 00.",
                "Mail ons op info@wehelpen.nl of info@gmail.com.",
                "Je tekst over de tuin in Zwolle is niet meer zichtbaar.",
                "Plaats je tekst gerust opnieuw zonder pietluttige regels.",
                "In de straat mag je een briefje ophangen, niet op de site.",
                "Zet geen postcode zoals 8021 AB in je tekst.",
                "Je schreef “Piet Jansen kan je alles vertellen”: dat is een naam van een ander.",
                "De tekst blijft weg tot 12 december 2026.",
                "Het gaat om je hulpvraag van 4 juli 2011, nummer 47118.",
            ),
        ),
        (
            MEI,
            KARIN,
            (
                "Beste Karin, in mei zoekt de boer hulp.",
                "Beste mevrouw De Boer, je hulpvraag is aangepast.",
                "Beste K. de Boer, wil je dit lezen?",
                "Op 17 mei 2026 besloten wij dit.",
                "Mei is een drukke maand op de site.",
                "De boer uit het dorp mag geen eieren verkopen op de site.",
                "Boer of burger: iedereen is welkom.",
                "Vraag het in de maand mei nog een keer.",
                "Karin de Boer, dank je wel voor je bericht.",
                "Je krijgt 12 dagen de tijd, tot 12 mei.",
                "Een boerin is ook een boer.",
            ),
        ),
        (
            ROOS,
            FATIMA,
            (
                "De bakker om de hoek verkoopt ook een roos.",
                "Bakker of slager: reclame mag niet.",
                "Een roos voor de buurvrouw is aardig.",
                "Rozen en brood vragen mag, verkopen niet.",
                "Je zoekt een bakker die een taart wil bakken.",
                "Roos of tulp: bloemen verkopen hoort hier niet.",
                "Het bakkertje in de straat is een bedrijf.",
                "Bakkers en slagers horen hier niet.",
            ),
        ),
        (
            WIL,
            FATIMA,
            (
                "Wil je de tekst aanpassen? Dan kijken wij opnieuw.",
                "Ben je het er niet mee eens? Wil je het dan laten weten?",
                "Er loopt een vos door de tuin, schreef je.",
                "De vos en de wolf zijn geen huisdieren.",
                "Wij willen dat je de tekst verandert, omdat een ander dat wil.",
                "Vos of hond: dieren verkopen mag niet.",
                "Zoek je een laan of een plein? Noem alleen de buurt.",
            ),
        ),
        (
            HENK,
            FATIMA,
            (
                "Er is een molen in het dorp, en een meulen ook.",
                "Hand in hand helpen buren elkaar.",
                "Je tekst gaat over handel en dat mag niet.",
                "Lid worden kan vanaf 16 jaar.",
                "Dit kan jan en alleman lezen; daarom vragen wij dit.",
            ),
        ),
        (
            BO,
            FATIMA,
            (
                "Een bo is een stok; stokken zijn geen wapens.",
                "Ga je akkoord met de regels? Plaats de tekst dan opnieuw.",
                "Bos en boom mogen in je tekst.",
            ),
        ),
        (
            AYSE,
            FATIMA,
            (
                "Wij namen contact met je op over een atelier.",
                "Een telefoonnummer zoals 038 - 421 30 00 hoort niet in de tekst.",
            ),
        ),
    )
    for letter in letters
)  # fmt: skip

OWN_TEXTS = ("Piet Jansen kan je alles vertellen over de tuin.", "Er loopt een vos door de tuin.")
