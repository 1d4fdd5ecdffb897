"""The house rules that a new house begins with. Coordinators change them; they are stored once."""

from dataclasses import dataclass

from moderation.choices import DsaCategory, Outcome, PolicyGround
from moderation.transparency.terms import Specification

CHANGE, HIDE, HOLD, UNDER_16 = (
    Outcome.REQUEST_CHANGE,
    Outcome.HIDE,
    Outcome.HOLD_ACCOUNT,
    Outcome.CONFIRM_UNDER_16,
)


@dataclass(frozen=True, kw_only=True)
class RuleDefault:
    """One house rule as it is stored first; `article` when it also is the law."""

    code: str
    title: str
    text: str
    category: DsaCategory
    outcomes: tuple[Outcome, ...] = (CHANGE, HIDE)
    article: str = ""
    about_personal_data: bool = False
    specification: Specification | None = None

    @property
    def ground(self) -> PolicyGround:
        """What the rule rests on."""
        return PolicyGround.LAW if self.article else PolicyGround.TERMS


CHAPTERS = {
    "1": "Veilig en privé",
    "2": "Zonder geld",
    "3": "Met respect",
    "4": "Duidelijk en echt",
}

RULES = (
    RuleDefault(code="1.1", title="Geen telefoonnummer, e-mail of adres in een openbare tekst", text="Zet geen telefoonnummer, e-mailadres, gebruikersnaam of huisadres in je profiel of hulpvraag. Iedereen op internet kan dat lezen. Andere leden sturen je een bericht via de site.", category=DsaCategory.DATA_PROTECTION, about_personal_data=True),
    RuleDefault(code="1.2", title="Geen gegevens van een ander", text="Schrijf niets waaraan een ander te herkennen is, zoals een naam met een adres, werk of vaste gewoonten. Die ander heeft daar niet om gevraagd.", category=DsaCategory.DATA_PROTECTION, about_personal_data=True, specification=Specification.NO_GROUND),
    RuleDefault(code="1.3", title="Geen gevoelige gegevens", text="Laat weg wat niet iedereen hoeft te weten: gezondheid, geloof, afkomst, geaardheid of een strafblad. Je kunt het later vertellen aan degene die komt helpen.", category=DsaCategory.DATA_PROTECTION, about_personal_data=True),
    RuleDefault(code="1.4", title="Blijf op de site", text="Vraag niemand om buiten de site verder te praten, en plaats geen links. Op de site kunnen wij helpen als er iets misgaat.", category=DsaCategory.TERMS),
    RuleDefault(code="1.5", title="Vanaf 16 jaar", text="Onze site is voor mensen van 16 jaar en ouder. Ben je jonger, dan verwijderen wij je account.", category=DsaCategory.MINORS, outcomes=(HIDE, HOLD, UNDER_16), specification=Specification.AGE),
    RuleDefault(code="2.1", title="Geen betaling", text="Buren helpen elkaar hier gratis. Vraag of bied geen geld, ook geen lening, en zoek hier geen betaald werk. Onkosten vergoeden, zoals boodschappen of parkeren, mag.", category=DsaCategory.TERMS),
    RuleDefault(code="2.2", title="Geen verkoop en reclame", text="Verkoop hier geen spullen en maak geen reclame voor een bedrijf.", category=DsaCategory.TERMS, specification=Specification.NOT_PERMITTED),
    RuleDefault(code="2.3", title="Geen oplichting", text="Misleid niemand om geld, bankgegevens of inloggegevens te krijgen.", category=DsaCategory.SCAMS, outcomes=(HIDE, HOLD), article="artikel 326 van het Wetboek van Strafrecht"),
    RuleDefault(code="3.1", title="Vriendelijk blijven", text="Scheld niet en kwets niemand, ook niet als je boos bent.", category=DsaCategory.SPEECH, outcomes=(CHANGE, HIDE, HOLD)),
    RuleDefault(code="3.2", title="Niemand buitensluiten", text="Sluit niemand uit om afkomst, geloof, geaardheid, leeftijd of een beperking, en zet niet tegen anderen op.", category=DsaCategory.SPEECH, outcomes=(CHANGE, HIDE, HOLD), specification=Specification.DISCRIMINATION),
    RuleDefault(code="3.3", title="Geen bedreiging of intimidatie", text="Bedreig niemand en maak niemand bang.", category=DsaCategory.VIOLENCE, outcomes=(HIDE, HOLD), article="artikel 285 van het Wetboek van Strafrecht"),
    RuleDefault(code="3.4", title="Geen datingsite", text="Zoek hier geen relatie of seks. Onze site is voor hulp tussen buren.", category=DsaCategory.TERMS, outcomes=(CHANGE, HIDE, HOLD)),
    RuleDefault(code="3.5", title="Geen drugs, medicijnen of wapens", text="Vraag of bied geen drugs, medicijnen op recept of wapens.", category=DsaCategory.PRODUCTS, outcomes=(HIDE, HOLD), specification=Specification.PROHIBITED),
    RuleDefault(code="3.6", title="Zorg om iemands veiligheid", text="Lezen wij dat iemand zichzelf of een ander iets wil aandoen, dan halen wij de tekst weg en nemen wij contact op. Is er nu gevaar? Bel 112. Denk je aan zelfmoord? Bel 113.", category=DsaCategory.SELF_HARM, outcomes=(HIDE, HOLD)),
    RuleDefault(code="4.1", title="Duidelijk en compleet", text="Schrijf wat er moet gebeuren, waar ongeveer en wanneer. Vul je profiel helemaal in.", category=DsaCategory.TERMS, outcomes=(CHANGE,)),
    RuleDefault(code="4.2", title="Hulp tussen buren", text="Plaats alleen wat past bij deze site: hulp vragen of geven, in de buurt.", category=DsaCategory.TERMS),
    RuleDefault(code="4.3", title="Eén keer plaatsen", text="Plaats dezelfde tekst niet vaker en kopieer geen teksten van anderen.", category=DsaCategory.TERMS, outcomes=(CHANGE, HIDE)),
    RuleDefault(code="4.4", title="Je eigen account", text="Doe je niet voor als iemand anders en laat niemand je account gebruiken.", category=DsaCategory.SCAMS, outcomes=(CHANGE, HIDE, HOLD), specification=Specification.IMPERSONATION),
)  # fmt: skip

TEXTS_OF = {
    "Telefoonnummer of e-mailadres in de tekst": "1.1",
    "Adres in de tekst": "1.1",
    "Te weinig informatie": "4.1",
    "Iets over gezondheid dat anderen niet hoeven te weten": "1.3",
    "Profiel is niet compleet": "4.1",
    "Reclame of betaald werk": "2.1",
    "Link naar een andere site": "1.4",
    "Kwetsend voor anderen": "3.1",
    "Hoort hier niet": "4.2",
    "Dezelfde tekst nog een keer": "4.3",
    "Wij willen je eerst spreken": "4.4",
    "Wij weten je leeftijd niet zeker": "1.5",
    "Account lijkt van iemand anders": "4.4",
    "Jonger dan 16": "1.5",
}
"""The house rule of each standard text that comes with a new house, by its title."""
