"""The standard answers that a new house begins with. Coordinators change them; they are stored once."""

from incidents.choices import TicketKind

ANSWERS: tuple[tuple[TicketKind | None, str, str], ...] = (
    (TicketKind.QUESTION, "Wachtwoord vergeten", "Beste {naam},\n\nOp de inlogpagina staat: wachtwoord vergeten. Klik daarop en vul je e-mailadres in. Je krijgt dan een mail waarmee je een nieuw wachtwoord kiest. Kijk ook in de map met ongewenste mail.\n\nLukt het niet? Antwoord dan op deze mail.\n\nMet vriendelijke groet,"),
    (TicketKind.QUESTION, "Hulpvraag aanpassen of weghalen", "Beste {naam},\n\nLog in en ga naar je hulpvragen. Bij elke hulpvraag staat een knop om hem aan te passen of weg te halen. Na een aanpassing kijken wij er eerst naar. Daarna is hij weer te zien.\n\nMet vriendelijke groet,"),
    (None, "Wij willen iets meer weten", "Beste {naam},\n\nDank je voor je bericht. Wij kunnen je beter helpen als wij iets meer weten. Wil je vertellen wanneer het was, waar, en wie erbij waren? Stuur geen kopie van een paspoort: die hebben wij niet nodig.\n\nMet vriendelijke groet,"),
    (TicketKind.COMPLAINT, "Klacht ontvangen", "Beste {naam},\n\nWat vervelend dat dit is gebeurd. Goed dat je het vertelt. Wij zoeken uit wat er aan de hand is. De ander hoort van ons niet wie dit heeft verteld. Je hoort wat wij hebben gevonden.\n\nIs er nu gevaar? Bel 112. Maak je je zorgen om iemand thuis? Veilig Thuis denkt dag en nacht met je mee: 0800-2000, gratis.\n\nMet vriendelijke groet,"),
    (TicketKind.NOTICE, "Melding: weggehaald", "Beste {naam},\n\nJe melding klopte. Wat je meldde is niet meer te zien. De computer heeft dit niet beslist: een medewerker keek ernaar.\n\nNiet mee eens? Antwoord binnen zes maanden op deze mail. Iemand anders kijkt er dan opnieuw naar. Je mag ook naar de rechter gaan.\n\nMet vriendelijke groet,"),
    (TicketKind.NOTICE, "Melding: blijft staan", "Beste {naam},\n\nWij hebben naar je melding gekeken. Wij vinden dat het bij onze huisregels past. Daarom laten wij het staan. De computer heeft dit niet beslist: een medewerker keek ernaar.\n\nNiet mee eens? Antwoord binnen zes maanden op deze mail. Iemand anders kijkt er dan opnieuw naar. Je mag ook naar de rechter gaan.\n\nMet vriendelijke groet,"),
)  # fmt: skip
"""For which kind of ticket (all of them when None), the title and the text."""
