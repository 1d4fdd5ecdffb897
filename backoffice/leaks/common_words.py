"""Dutch words that are names too: on their own they give nobody away, unless they are used as a name."""

NOUNS = frozenset(
    """
    aalbers abt adelaar akker appel april arend august augustus baars baas bakker ballon bank bas beek
    beer berg berk beuk bever bisschop blauw bleeker bloem blok boer bol boom boon boot bos bosch bosman
    bout bouwman brand breed bremer broek broer bron brouwer brug bruin burger buur dal dam dekker del
    dijk dijkman does donker doorn dorp draaier drost duif duin dunk eik ekster els engel esser ezel
    faas fluit fris geel geluk gerst glas god goed goud gouden graaf graf gras grijs groen groot haak
    haan haas ham hamer hand haring hart haven heer heide held hemel hengel herder hert hertog heuvel
    hoed hoek hof holland hommel hond hoop houtman huis iris jager jasmijn jong jonge juli juni kaart
    kaas kamp kapitein karper keizer kerk kers kerst ketel kind klaver kleermaker klein knol kok konijn
    koning kool koop koops koper kort koster kraai kramer kremer krijger kroon kruis kuiper kwak laan
    lam lamp land landman lang leeuw lelie lens lente les lies linde lindeboom loper lot lotus maan
    maart maat madelief mandemaker markt max meer mees meester meeuw mei meijer mensch merel mes mol
    molen molenaar morgen muis mulder munnik nacht nagel nelis noord olie olijf ooievaar oost otter oud
    oude paal paard parel park pastoor paus pauw peer pepper pieper pier plaats plant poel polder pool
    poort post pot priester prins put raaf raven regen rein ridder riet ring rivier robin roest roman
    romein rood rook roos roosje rots rozemarijn sanders schaap schaar scherp schild schilder schipper
    schippers schoen schoenmaker schout schouten schut slager slot smid smit snel snoek spaan spiegel
    spin spreeuw staal stam steen ster sterk sterre sterren stok storm straat strand struik tak tamboer
    tang tapper timmer timmerman timmermans tol ton toon toren trommel tuin tuinman valk van veen veer
    veld velden ven verkerk vermeer verver viool vis visscher visser vleugel vlieger vliet vlinder vogel
    vonk voogd voorn vos vriend vries vroeg vrolijk vuur wagenaar wal water weber wees weide werf west
    wever wiel wild wilde wind winkel winter wit wolf wolk wouden zaal zand zanger zee zeeman zeil
    zeilmaker zilver zomer zon zonneveld zuid zwaan zwaard zwart
    """.split()  # noqa: SIM905 - a list of words reads as a text
)
"""Nouns and the like: at the start of a sentence, with a capital, they are mostly still words."""

LITTLE_WORDS = frozenset(
    """
    ben bent bij dan de den der die dit doe don door drie een els en er ga gaan geen goed had heb heeft
    hem het hoe ik in is ja je jij kan lief maar mag man mee met mij mijn na nee niet nu of om ons onze
    ook op over pas stil te tegen ter tien toe toen tot u uit uw van via voor vrij waar wat we wel wij
    wil wilde wilt ze zij zijn zo zus
    """.split()  # noqa: SIM905 - a list of words reads as a text
)
"""Words that begin many a sentence."""

INFIXES = frozenset(
    """
    's 't aan al ben bij bin da de den der des di dos du el het in la le op te ten ter van von zu
    """.split()  # noqa: SIM905 - a list of words reads as a text
)

TITLES = frozenset(
    """
    broeder buur buurman buurvrouw dame dhr dokter fam familie heer hr juffrouw meneer mevr mevrouw
    mijnheer mw oma oom opa tante zuster
    """.split()  # noqa: SIM905 - a list of words reads as a text
)
"""What stands before a name."""

OF_PEOPLE = frozenset(
    """
    belde belt dacht denkt gaf had heeft klaagde klaagt mailde mailt meldde melde meldt schreef schrijft
    stuurde stuurt vertelde vertelt vindt vond vraagt vroeg wil wilde woonde woont zegt zei
    """.split()  # noqa: SIM905 - a list of words reads as a text
)
"""What a person does: after a word with a capital at the start of a sentence, that was a name."""
