"""What people come to the servicedesk with, in the demo office. All of it is invented."""

from incidents.choices import Channel, CloseReason, TicketKind, WaitingFor
from incidents.demo.diary import When
from incidents.demo.tickets import (
    MR,
    MRS,
    Came,
    answers,
    asks,
    closes,
    coordinator_answers,
    coordinator_takes,
    merges_into,
    notes,
    takes,
    waits_for,
    writes_again,
)

PHONE = Channel.PHONE
GREETING = "\n\nMet vriendelijke groet,\nJoke Visser"

TICKETS = (
    Came(
        when=When(0, minutes=50), who=MRS, subject="Inloggen lukt niet",
        body="Goedemorgen,\n\nIk kan al twee dagen niet inloggen. Ik krijg steeds 'wachtwoord onjuist', maar ik weet zeker dat het klopt. Kunt u mij helpen? Ik heb woensdag een afspraak staan.\n\nGroeten",
    ),
    Came(
        when=When(2, 10.5), who=MR, subject="Hoe zet ik een foto op mijn profiel?", by=PHONE,
        body="Meneer wil een foto op zijn profiel zetten, maar ziet de knop niet. Hij gebruikt een oude iPad. Hij stuurt de foto vandaag nog naar ons op.",
        then=((When(1, 15.2), notes("Foto is nog niet binnen. Morgen even bellen.")),),
    ),
    Came(
        when=When(4, 11.2), who=MRS, subject="Verzekering als ik iemand rijd",
        body="Dag,\n\nIk rijd elke week een buurvrouw naar het ziekenhuis. Is dat verzekerd als er iets gebeurt met mijn auto? Op de site vind ik er niets over.",
        then=((When(3, 9.6), takes), (When(3, 10.1), waits_for(WaitingFor.ELSEWHERE)), (When(2, 14), notes("Gevraagd aan de verzekeraar. Antwoord komt deze week."))),
    ),
    Came(
        when=When(6, 9.4), who=MRS, subject="Mijn hulpvraag staat er nog op",
        body="Mijn hulpvraag over de tuin is al opgelost, maar ik krijg nog steeds reacties. Hoe haal ik hem weg?",
        then=(
            (When(6, 11), answers(f"Beste mevrouw,\n\nFijn dat de tuin klaar is! Log in, klik op 'Mijn hulpvragen' en dan op 'Opgelost'. Dan komen er geen reacties meer.{GREETING}")),
        ),
    ),
    Came(
        when=When(3, 13.8), who=MR, subject="WELKE GEGEVENS HEBT U VAN MIJ",
        body="Geachte heer, mevrouw,\n\nOp grond van de AVG wil ik inzage in alle gegevens die u van mij heeft. Graag ontvang ik een kopie van mijn gegevens.\n\nHoogachtend",
        then=((When(2, 9.2), takes), (When(2, 9.4), notes("Dit is een verzoek om inzage. Peter weet ervan."))),
    ),
    Came(
        when=When(9, 10), who=MRS, key="twee keer", subject="Klusjesman komt niet opdagen",
        body="Er zou maandag iemand komen voor de kraan. Ik heb de hele dag gewacht. Wat kan ik nu doen?",
        then=((When(9, 14), asks(f"Beste mevrouw,\n\nWat vervelend dat u voor niets hebt gewacht. Met wie had u de afspraak? Dan vragen wij het na.{GREETING}")),),
    ),
    Came(
        when=When(8, 16.4), who=MRS, key="nog eens", subject="Nog een keer over de kraan",
        body="Ik had al eens gemaild over de kraan. Het ging om een meneer uit de wijk, hij heet Joop. Hij belde net: hij was ziek. Hij komt vrijdag.",
        then=((When(7, 9.1), merges_into("twee keer")),),
    ),
    Came(
        when=When(12, 15), who=MR, subject="Mail van jullie komt niet aan",
        body="Ik krijg geen berichten meer als iemand reageert. Vroeger wel.",
        then=(
            (When(11, 9.7), asks(f"Beste meneer,\n\nKijkt u eens bij de ongewenste mail. Staat daar iets van wehelpen.nl?{GREETING}")),
            (When(10, 20.3, office=False), writes_again("Ja! Daar stonden er acht. Dank u wel, het is opgelost.")),
            (When(9, 9.3), closes(CloseReason.ANSWERED)),
        ),
    ),
    Came(
        when=When(5, 14.1), who=MRS, subject="Vraag over de VOG", by=PHONE,
        body="Mevrouw wil weten of zij een VOG nodig heeft om bij mensen thuis te helpen. Uitgelegd dat het niet hoeft, maar wel mag.",
        then=((When(5, 14.2), closes(CloseReason.SPOKEN)),),
    ),
    Came(
        when=When(7, 8.2, office=False), who=MR, subject="Win een nieuwe telefoon!!!",
        body="Gefeliciteerd, u bent uitgekozen. Klik op de link en vul uw gegevens in.",
        then=((When(7, 9.1), closes(CloseReason.SPAM)),),
    ),
    Came(
        when=When(1, 10.2), who=MRS, subject="Fout op de site: knop 'Reageren' doet niets",
        body="Als ik op 'Reageren' klik gebeurt er niets. Op mijn telefoon wel. Ik heb Windows en Edge.",
        then=((When(1, 11), takes), (When(1, 11.1), waits_for(WaitingFor.PLATFORM))),
    ),
    Came(
        when=When(1, 16.5), who=MRS, subject="Ik ben verhuisd",
        body="Hallo, ik ben verhuisd van Zutphen naar Deventer. Moet ik een nieuw profiel maken?",
        then=((When(0, minutes=95), takes),),
    ),
    Came(
        when=When(13, 9.5), who=MR, subject="Kan ik ook iets voor een ander vragen?",
        body="Mijn moeder heeft geen computer. Mag ik een hulpvraag voor haar plaatsen?",
        then=((When(13, 13), answers(f"Beste meneer,\n\nJa, dat mag. Schrijf erbij dat u het voor uw moeder vraagt, en noem haar achternaam en adres niet in de tekst.{GREETING}")),),
    ),
    Came(
        when=When(15, 11.7), who=MRS, subject="Boos over het weghalen van mijn tekst", by=PHONE, kind=TicketKind.COMPLAINT,
        no_dossier_reason="Gaat over een besluit van ons, niet over een lid. Mevrouw maakt bezwaar.",
        body="Mevrouw is boos dat haar tekst is verborgen. Uitgelegd waarom, en hoe zij bezwaar maakt. Zij kon het daarna begrijpen.",
        then=((When(15, 12), closes(CloseReason.SPOKEN)),),
    ),
    Came(
        when=When(16, 10), who=MR, subject="Samenwerken met onze kerk",
        body="Wij zijn een kerk in Kampen en willen graag iets doen met WeHelpen. Met wie kan ik praten?",
        then=((When(16, 15), coordinator_takes), (When(15, 9.5), coordinator_answers("Beste meneer,\n\nWat leuk! Ik bel u deze week om een afspraak te maken.\n\nMet vriendelijke groet,\nKarin Brouwer"))),
    ),
    Came(
        when=When(2, 17.5), who=MRS, subject="Wie kan mij helpen met de belastingaangifte",
        body="Ik kom er niet uit. Is er iemand die dat kan? Ik durf niet zomaar iemand mijn papieren te geven.",
    ),
    Came(
        when=When(6, 12.9), who=MR, subject="Bericht van iemand die ik niet ken",
        body="Ik kreeg een bericht van iemand die wil dat ik hem op een ander nummer app. Is dat te vertrouwen?",
        then=((When(5, 10.4), answers(f"Beste meneer,\n\nGoed dat u het vraagt. Ga er niet op in en geef geen nummer. Wij kijken nu wie het is.{GREETING}")),),
    ),
    Came(
        when=When(0, minutes=185), who=MR, subject="Afspraak vanmiddag afzeggen", by=PHONE,
        body="Meneer kan niemand bereiken en moet zijn afspraak van vanmiddag afzeggen. Hij is ziek. Wij geven het door.",
    ),
    Came(
        when=When(0, minutes=20), who=MRS, subject="Bedankje",
        body="Lieve mensen, mijn nieuwe maatje is geweldig. We hebben uren gekletst. Dank jullie wel!",
    ),
    Came(
        when=When(18, 14), who=MRS, subject="Profiel verwijderen",
        body="Graag mijn profiel verwijderen. Ik ga in een verzorgingshuis wonen en doe niets meer met de computer.",
        then=((When(17, 9.8), answers(f"Beste mevrouw,\n\nDat regelen wij voor u. Vandaag nog is uw profiel weg. Een goede tijd gewenst in uw nieuwe huis!{GREETING}")),),
    ),
    Came(
        when=When(20, 10.6), who=MR, subject="Wat kost het?", by=PHONE,
        body="Meneer vraagt of het echt gratis is. Ja.",
        then=((When(20, 10.7), closes(CloseReason.SPOKEN)),),
    ),
    Came(
        when=When(10, 13.1), who=MR, subject="Reiskosten",
        body="Mag ik de benzine vergoed krijgen van degene die ik rijd? We hebben afgesproken 20 cent per kilometer.",
        then=((When(9, 11.5), answers(f"Beste meneer,\n\nDe benzine samen delen mag, als u dat van tevoren afspreekt. Meer geld vragen mag niet.{GREETING}")), (When(8, 19, office=False), writes_again("Duidelijk, bedankt. En parkeergeld?"))),
    ),
)  # fmt: skip
