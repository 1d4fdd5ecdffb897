"""What is complained about in the demo office, and what comes of it. All of it is invented."""

from incidents.choices import Channel
from incidents.choices.dossiers import (
    DossierOutcome,
    LetterKind,
    LinkKind,
    MeasureKind,
    OutreachState,
    PartyRole,
    Severity,
    WaitingFor,
)
from incidents.demo.deeds import (
    asks,
    attaches,
    belongs_with,
    decides,
    given_to_coordinator,
    handles,
    has_witness,
    hears,
    holds,
    measures,
    notes,
    reaches_out,
    reopens,
    said,
    sees_danger,
    sends,
    tells,
    tells_later,
    waits_for,
)
from incidents.demo.diary import When
from incidents.demo.dossiers import Case
from incidents.demo.tickets import MR, MRS

PHONE, MAIL = Channel.PHONE, Channel.MAIL
REPORTER, SUBJECT, WITNESS = PartyRole.REPORTER, PartyRole.SUBJECT, PartyRole.WITNESS
FOUNDED, UNFOUNDED = DossierOutcome.FOUNDED, DossierOutcome.UNFOUNDED
UNDETERMINED = DossierOutcome.UNDETERMINED
TIP, WARNING = MeasureKind.TIP, MeasureKind.WARNING
SUSPENSION, TERMINATION = MeasureKind.SUSPENSION, MeasureKind.TERMINATION
THREE_YEARS = 3 * 365

CASES = (
    Case(
        key="geld", when=When(23, 10.2), by=PHONE, who=MRS, about=("de lener", MR), location="Bij mevrouw thuis, Zwolle",
        subject="Geld geleend en niet teruggegeven",
        body="Mevrouw leende 80 euro aan de man die haar boodschappen doet. Hij zou het de week erna teruggeven. Hij neemt nu de telefoon niet meer op.",
        then=(
            (When(22, 9.5), hears("Er is gemeld dat je 80 euro hebt geleend van een lid en dat je dat geld nog niet hebt teruggegeven.")),
            (When(17, 11), said(SUBJECT, "Hij belde: hij had het geld nodig voor de huur en schaamde zich. Hij betaalt het vrijdag terug.")),
            (When(14, 13), decides(FOUNDED, "Beiden vertellen hetzelfde. Geld lenen van een lid mag niet, ook niet als je het teruggeeft.")),
            (When(14, 13.5), measures(WARNING, "Je hebt in november geld geleend van een lid dat jij hielp.", "Huisregel 3: je vraagt of leent geen geld.")),
            (When(13, 10), tells(REPORTER, "Hij heeft toegegeven dat hij het geld heeft geleend.")),
            (When(13, 10.4), handles),
        ),
    ),
    Case(
        key="geld weer", when=When(8, 14.3), by=MAIL, who=MRS, about=("de lener", MR), location="Deventer, aan de deur",
        subject="Meneer vraagt steeds om een voorschot",
        body="De vrijwilliger die bij mij de heg knipt wil steeds vooraf geld zien. Gisteren stond hij om negen uur 's avonds aan de deur voor vijftig euro. Ik vind dat niet prettig.",
        days_before=1,
        then=(
            (When(7, 9.3), asks(REPORTER, "Heeft hij al eens geld van u gekregen? En is er iemand bij geweest?")),
            (When(6, 16), said(REPORTER, "Zij gaf hem twee keer 20 euro. Haar zus was er een keer bij.")),
            (When(6, 16.5), has_witness("zus", MRS)),
            (When(5, 10), said(WITNESS, "De zus bevestigt het bezoek in de avond en het bedrag.")),
            (When(5, 10.2), hears("Er is gemeld dat je van tevoren geld wilt hebben voor een klus, en dat je daarvoor in de avond bent langsgegaan.")),
            (When(2, 15), said(SUBJECT, "Hij zegt dat het zijn kosten waren, maar heeft geen bonnetjes.")),
            (When(1, 11), decides(FOUNDED, "De melding en de getuige komen overeen. Het is de tweede keer binnen twee maanden.")),
        ),
    ),
    Case(
        key="pincode", when=When(9, 11.4), by=PHONE, who=MRS, about=("de pinner", MR), location="Pinautomaat, Apeldoorn",
        subject="Pinpas en pincode gevraagd",
        body="Mevrouw (84) gaf haar pas en code mee om geld te halen. Er ging 300 euro van haar rekening, zij kreeg er 50. Haar dochter zag het op de bank-app.",
        then=(
            (When(9, 11.6), sees_danger("Een oudere vrouw is 250 euro kwijt. Hij heeft haar huissleutel nog.", advice="Veilig Thuis, zonder namen: laat de dochter vandaag het slot vervangen. Praat pas met hem als dat is gebeurd.", days=6, handed=("Politie Apeldoorn", "Datum, plaats en bedrag, omdat mevrouw aangifte doet (AVG artikel 6 lid 1 onder f)."))),
            (When(8, 9.2), given_to_coordinator),
            (When(8, 9.5), waits_for(WaitingFor.AUTHORITY, days=14)),
            (When(8, 10), attaches("bank-app.png", "Scherm van de bank-app van de dochter", "Geldautomaat 13:02", "- 300,00 euro", "Heb jij gepind mam?", "Nee, dat deed hij")),
        ),
    ),
    Case(
        key="handen", when=When(25, 9.8), by=MAIL, who=MRS, about=("de maat", MR), location="Wandeling in het park, Arnhem",
        subject="Aangeraakt tijdens wandeling", days_before=4,
        body="Ik wandel elke week met een maatje van jullie site. Vorige week legde hij zijn hand op mijn been en vroeg of ik alleen woon. Ik heb gezegd dat ik dat niet wil. Hij lachte erom en deed het weer.",
        then=(
            (When(25, 11), given_to_coordinator),
            (When(25, 11.4), notes("Mevrouw wil niet dat hij weet dat zij het is. Let op bij elke brief.", pinned=True)),
            (When(24, 10), hears("Er is gemeld dat je iemand hebt aangeraakt die dat niet wilde, en dat je doorging nadat dat was gezegd.")),
            (When(19, 14), said(SUBJECT, "Hij zegt dat het een grapje was. Hij wil er verder niet over praten.")),
            (When(18, 10), decides(FOUNDED, "De melding is precies en hij ontkent het niet. Doorgaan na een nee is een ernstige grens.")),
            (When(18, 10.5), measures(SUSPENSION, "Je hebt iemand aangeraakt die dat niet wilde, en ging door na een duidelijk nee.", "Huisregel 5: je respecteert de grenzen van een ander.", days=90, factors={"how_many": "Een keer gemeld, twee keer gebeurd.", "how_large_a_part": "Hij heeft contact met vijf leden.", "how_bad": "Het slachtoffer durft niet meer met iemand af te spreken.", "intention": "Hij ging door na een nee."})),
            (When(17, 9.5), tells(REPORTER, "Uw verhaal was duidelijk en hij sprak het niet tegen.")),
            (When(17, 10), reaches_out(("100003", "Mevr. Postma", "038-4210011"), ("100007", "Mevr. Yilmaz", "06-10000007"), ("100012", "Mevr. de Boer", "06-10000012"), ("100018", "Dhr. Prins", "0570-600018"), ("100021", "Mevr. Singh", "06-10000021"), settled=((OutreachState.REACHED, "Niets vervelends gemerkt. Blij met het telefoontje."), (OutreachState.UNREACHABLE, "Drie keer gebeld, geen gehoor."), (OutreachState.DECLINED, "Wil er niet over praten.")))),
        ),
    ),
    Case(
        key="vals", when=When(21, 13), by=PHONE, who=MR, about=("de lasterpartij", MRS), location="Op de site",
        subject="Mevrouw zou een bedrieger zijn",
        body="Meneer zegt dat de vrouw die bij zijn moeder komt niet is wie zij zegt. Hij heeft haar nog nooit gezien.",
        then=(
            (When(20, 9.6), asks(REPORTER, "Waarom denkt u dat? Is er iets gebeurd?")),
            (When(18, 9.9), said(REPORTER, "Zijn moeder vertelde dat zij een andere achternaam gebruikt.")),
            (When(18, 14), sends(LetterKind.INFORM, SUBJECT, "")),
            (When(16, 11), said(SUBJECT, "Zij gebruikt sinds haar trouwen een dubbele naam. Liet haar paspoort zien via de videobel.")),
            (When(15, 10), decides(UNFOUNDED, "De naam is verklaard. Er is niets gebeurd.")),
            (When(15, 10.4), tells(REPORTER, "Wij hebben haar gesproken en haar naam klopt.")),
            (When(15, 10.8), tells(SUBJECT, "Je naam klopt en er is niets gebeurd.")),
            (When(15, 11), handles),
        ),
    ),
    Case(
        key="ruzie", when=When(19, 10.5), by=MAIL, who=MRS, about=("de schilder", MR), location="Bij mevrouw thuis, Haarlem",
        subject="Vaas stuk en niemand wil betalen", days_before=6,
        body="Bij het schilderen is mijn vaas gevallen. De schilder zegt dat de kat het deed. Ik wil dat iemand de schade betaalt.",
        then=(
            (When(18, 14), hears("Er is gemeld dat er iets stuk is gegaan tijdens een klus die jij deed.")),
            (When(12, 10), said(SUBJECT, "Hij was in de keuken toen het gebeurde. De kat liep in de kamer.")),
            (When(11, 15), decides(UNDETERMINED, "Er was niemand bij. Het ene verhaal is niet sterker dan het andere.")),
            (When(11, 15.5), tells(REPORTER, "Er was niemand anders bij, daarom weten wij niet wat er is gebeurd.")),
            (When(11, 16), tells(SUBJECT, "Er was niemand anders bij, daarom weten wij niet wat er is gebeurd.")),
            (When(11, 16.4), handles),
        ),
    ),
    Case(
        key="toon", when=When(16, 9.3), by=None, who=MR, about=("de brompot", MR), severity=Severity.SLIGHT, location="Berichten op de site",
        subject="", why_unknown="Zelf gezien bij het nalezen van berichten", days_before=1,
        body="Een lid antwoordt kortaf en soms grof op mensen die om hulp vragen. 'Zoek het zelf uit' en 'daar ben je toch te oud voor'.",
        then=(
            (When(15, 10), hears("Wij zagen dat je een paar keer kortaf antwoordde op mensen die om hulp vroegen.")),
            (When(10, 12), said(SUBJECT, "Hij schrok ervan. Hij tikt met een vinger en houdt het daarom kort.")),
            (When(9, 11), decides(FOUNDED, "De berichten staan er. Hij bedoelde het niet zo.")),
            (When(9, 11.3), measures(TIP, "Een paar van je antwoorden lazen mensen als onvriendelijk.", "Huisregel 1: wees vriendelijk voor elkaar.")),
            (When(9, 11.6), handles),
        ),
    ),
    Case(
        key="nep", when=When(14, 15.2), by=PHONE, who=MRS, about=("de oplichter", MR), location="WhatsApp",
        subject="Liefde en geld",
        body="Mevrouw had drie weken contact met een man van de site. Hij zou op een olieplatform werken. Zij maakte 2.400 euro over voor een vliegticket.",
        days_before=5,
        then=(
            (When(14, 15.4), given_to_coordinator),
            (When(14, 16), attaches("gesprek.png", "Het laatste gesprek, door mevrouw gestuurd", "Ben je al op het vliegveld?", "Nog 900 voor de douane schat", "Ik heb niet meer")),
            (When(13, 9.5), decides(FOUNDED, "De foto komt van een site met modellen. Het rekeningnummer staat bij de politie bekend.")),
            (When(13, 10), measures(TERMINATION, "Je account is gebruikt om iemand geld af te troggelen met een vals verhaal.", "Huisregel 4: je bent wie je zegt dat je bent, en je vraagt geen geld.", factors={"how_many": "Drie leden kregen hetzelfde verhaal.", "how_large_a_part": "Alles wat dit account deed.", "how_bad": "Een lid is 2.400 euro kwijt.", "intention": "Opzet: foto en verhaal zijn vals."})),
            (When(13, 10.6), reaches_out(("100005", "Mevr. Mulder", "06-10000005"), ("100009", "Mevr. Koster", "06-10000009"), settled=((OutreachState.REACHED, "Had ook contact. Heeft niets betaald en blokkeert hem nu."),))),
            (When(12, 11), tells(REPORTER, "Het verhaal en de foto waren niet echt.")),
            (When(12, 11.2), handles),
            (When(11, 14), holds("De politie heeft gevraagd alles te bewaren voor het onderzoek.", days=90)),
        ),
    ),
    Case(
        key="nep twee", when=When(12, 10.1), by=MAIL, who=MRS, about=("de oplichter", MR), location="WhatsApp",
        subject="Ik denk dat ik ook ben opgelicht", days_before=9,
        body="Op de radio hoorde ik over een man van een olieplatform. Met zo iemand had ik ook contact. Ik heb niets betaald, maar hij heeft wel mijn adres.",
        then=(
            (When(11, 9.4), asks(REPORTER, "Heeft hij u na die tijd nog een bericht gestuurd?")),
            (When(0, minutes=140), belongs_with("nep", LinkKind.SAME_PEOPLE)),
        ),
    ),
    Case(
        key="hond", when=When(6, 13.4), by=PHONE, who=MR, about=("de uitlater", MRS), location="Uitlaatveld, Zutphen",
        subject="Hond kwijtgeraakt",
        body="Een vrijwilliger liet de hond van meneer los op het veld. De hond was een nacht weg. Hij is weer thuis, maar meneer is boos.",
        days_before=1,
        then=((When(5, 10.5), hears("Er is gemeld dat een hond die jij uitliet is weggelopen.")),),
    ),
    Case(
        key="sleutel", when=When(5, 9.4), by=MAIL, who=MRS, about=("de sleutelman", MR), location="",
        why_unknown="Staat niet in de mail, nagevraagd", days_before=None, subject="Hij heeft mijn sleutel nog",
        body="Sinds de zomer heeft mijn hulp een sleutel. Hij komt niet meer, maar de sleutel krijg ik niet terug.",
        then=((When(4, 11), asks(REPORTER, "Wanneer was hij voor het laatst bij u, en in welke plaats woont u?")),),
    ),
    Case(
        key="schelden", when=When(2, 15.6), by=PHONE, who=MRS, about=("de scheldster", MRS), location="Telefoon",
        subject="Uitgescholden aan de telefoon", days_before=0,
        body="Mevrouw belde af voor morgen. De ander begon te schreeuwen en te schelden. Zij is er nog van overstuur.",
    ),
    Case(
        key="blauwe plek", when=When(3, 10.9), by=PHONE, who=MRS, about=("de verzorger", MR), location="Bij mevrouw thuis, Kampen",
        subject="Blauwe plekken bij de buurvrouw",
        body="De buurvrouw van een lid ziet steeds nieuwe blauwe plekken. Het lid wordt stil als haar hulp binnenkomt.",
        then=(
            (When(3, 11.1), sees_danger("Blauwe plekken op beide armen, drie keer in twee weken. Zij wordt stil als hij er is.", called_112=False, advice="Veilig Thuis, zonder namen: neem zelf contact op met haar huisarts en spreek haar alleen.", days=4)),
            (When(3, 11.5), given_to_coordinator),
            (When(2, 9.5), notes("Huisarts gebeld. Die gaat vandaag langs.", pinned=True)),
        ),
    ),
    Case(
        key="brand", when=When(1, 14.2), by=PHONE, who=MR, about=None, location="Meppel", days_before=0,
        subject="Rook in het trappenhuis",
        body="Meneer ruikt rook bij de deur van een lid dat vaak in de war is. Er wordt niet opengedaan.",
        then=((When(1, 14.3), sees_danger("Rook in het trappenhuis, bewoner doet niet open.", called_112=True, advice="", days=2, handed=("112 / brandweer", "Adres, omdat er direct gevaar was."))),),
    ),
    Case(
        key="spullen", when=When(24, 14.7), by=PHONE, who=MRS, about=("de opruimer", MRS), location="Zolder, Breda",
        subject="Sieraden weg na opruimen", days_before=3,
        body="Na een middag opruimen zijn twee ringen weg. Mevrouw wil geen aangifte doen.",
        then=(
            (When(23, 10), hears("Er is gemeld dat er na een middag opruimen iets kwijt is.")),
            (When(8, 10), notes("Geen antwoord op de brief. Nog een keer gebeld en voicemail ingesproken.")),
        ),
    ),
    Case(
        key="reclame", when=When(22, 11.5), by=None, who=MR, about=("de klusser", MR), severity=Severity.SLIGHT, location="Berichten op de site",
        subject="", why_unknown="Zelf gezien door een moderator", days_before=2,
        body="Een lid stuurt iedereen die om hulp vraagt een bericht over zijn klusbedrijf, met prijzen.",
        then=(
            (When(21, 9.5), hears("Wij zagen dat je berichten stuurt over je eigen bedrijf, met prijzen.")),
            (When(20, 11), decides(FOUNDED, "De berichten staan er. Hij biedt betaald werk aan.")),
            (When(20, 11.3), measures(TIP, "Je stuurde leden berichten over je eigen bedrijf.", "Huisregel 2: WeHelpen is niet voor betaald werk.")),
            (When(20, 11.6), handles),
            (When(6, 10), reopens("Hij stuurt opnieuw berichten met prijzen.")),
        ),
    ),
    Case(
        key="privacy", when=When(10, 9.9), by=MAIL, who=MR, about=("de plaatser", MRS), location="Facebook",
        subject="Foto van mijn vrouw op Facebook", days_before=3,
        body="Een vrijwilliger heeft een foto van mijn zieke vrouw op Facebook gezet, met haar naam erbij. Wij hebben daar nooit ja op gezegd.",
        then=(
            (When(9, 10.5), hears("Er is gemeld dat je een foto van een ander op internet hebt gezet zonder toestemming.")),
            (When(4, 11), said(SUBJECT, "Zij heeft de foto weggehaald en excuses gemaakt.")),
            (When(3, 12), decides(FOUNDED, "De foto stond er. Zij heeft het zelf hersteld.")),
            (When(3, 12.4), measures(TIP, "Je zette een foto van een ander op internet zonder te vragen.", "Huisregel 6: wat je bij iemand thuis ziet, blijft daar.")),
            (When(3, 12.6), tells(REPORTER, "De foto is weg en zij heeft beloofd het niet meer te doen.")),
            (When(3, 13), handles),
        ),
    ),
    Case(
        key="bezorgd", when=When(7, 10.8), by=MAIL, who=MRS, about=("de zwijger", MR), location="Bij hem thuis, Amersfoort", days_before=2,
        subject="Zorgen over mijn maatje",
        body="Mijn maatje zegt dat zijn zoon zijn post openmaakt en zijn telefoon afpakt. Hij durft er niets van te zeggen.",
        then=((When(6, 9.7), tells_later("Als de zoon de brief leest, kan hij het slachtoffer onder druk zetten.", days=14)), (When(6, 10), waits_for(WaitingFor.REPORTER, days=7))),
    ),
    Case(
        key="laat", when=When(17, 10.1), by=PHONE, who=MR, about=("de chauffeur", MR), location="A28 bij Zwolle", days_before=1,
        subject="Veel te hard gereden",
        body="Meneer werd naar het ziekenhuis gereden. De chauffeur reed 150 en zat op zijn telefoon.",
        then=(
            (When(16, 10), hears("Er is gemeld dat je te hard reed en je telefoon gebruikte terwijl je een lid vervoerde.")),
            (When(4, 13), notes("Twee weken om. Geen antwoord. Voorstel: beslissen op wat wij weten.")),
            (When(4, 13.5), waits_for(WaitingFor.COORDINATOR, days=3)),
        ),
    ),
    Case(
        key="dubbel", when=When(1, 10.3), by=MAIL, who=MRS, about=("de scheldster", MRS), location="Telefoon", days_before=1,
        subject="Mijn zus is uitgescholden",
        body="Mijn zus is gisteren uitgescholden door iemand van jullie site. Ik weet niet of zij zelf heeft gebeld.",
        then=((When(0, minutes=150), belongs_with("schelden", LinkKind.SAME_EVENT)),),
    ),
    Case(
        key="cadeau", when=When(20, 15.3), by=PHONE, who=MRS, about=("de erfgenaam", MR), location="Bij haar moeder thuis, Hattem", days_before=14,
        subject="Moeder wil hem in haar testament",
        body="De dochter belt: haar moeder (91) wil de man die haar helpt in het testament zetten. Hij zou erover begonnen zijn.",
        then=(
            (When(19, 10), given_to_coordinator),
            (When(19, 11), hears("Er is gemeld dat je met iemand die jij helpt hebt gesproken over een erfenis.")),
            (When(13, 14), said(SUBJECT, "Hij zegt dat mevrouw er zelf over begon en dat hij nee heeft gezegd.")),
            (When(12, 10), said(REPORTER, "Moeder zegt hetzelfde als hij.")),
            (When(12, 15), decides(UNFOUNDED, "Moeder en hij vertellen los van elkaar hetzelfde.")),
            (When(12, 15.4), tells(REPORTER, "Uw moeder vertelde ons dat zij er zelf over begon.")),
            (When(12, 15.6), handles),
        ),
    ),
    Case(
        key="oud", when=When(THREE_YEARS + 20, 10), by=PHONE, who=MR, about=("de vertrokkene", MR), location="Nijmegen",
        subject="Afspraken niet nagekomen",
        body="Meneer stond drie keer voor een dichte deur.",
        then=(
            (When(THREE_YEARS + 8, 11), decides(UNDETERMINED, "Het lid is vertrokken en niet meer te bereiken.")),
            (When(THREE_YEARS - 9, 11.3), handles),
        ),
    ),
    Case(
        key="rechtszaak", when=When(THREE_YEARS + 60, 10), by=PHONE, who=MRS, about=("de verdachte", MR), location="Leeuwarden",
        subject="Laptop meegenomen",
        body="Een hulp nam de laptop van mevrouw mee 'om te maken'. Zij zag hem nooit meer.",
        then=(
            (When(THREE_YEARS + 40, 11), decides(FOUNDED, "Hij gaf toe dat hij de laptop heeft verkocht.")),
            (When(THREE_YEARS + 40, 11.5), measures(WARNING, "Je hebt een laptop van een lid verkocht.", "Huisregel 3: je blijft van spullen van een ander af.")),
            (When(THREE_YEARS + 5, 12), handles),
            (When(200, 10), holds("Mevrouw is een rechtszaak begonnen. De zitting is in het voorjaar.", days=210)),
        ),
    ),
    Case(
        key="vandaag", when=When(0, minutes=130), by=PHONE, who=MRS, about=("de verkoper", MR), location="Aan de deur, Utrecht", days_before=0,
        subject="Energiecontract verkocht",
        body="De man die kwam helpen met de computer liet mevrouw tekenen voor een energiecontract. Zij wist niet wat zij tekende.",
    ),
)  # fmt: skip
