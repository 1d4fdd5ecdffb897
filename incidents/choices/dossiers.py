"""Words of dossiers, of the people in them, and of what follows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DossierState(models.TextChoices):
    """Where a dossier stands."""

    OPEN = "open", pgettext_lazy("dossier", "open")
    INVESTIGATING = "investigating", _("under investigation")
    HANDLED = "handled", pgettext_lazy("dossier", "handled")


DOSSIER_TRANSITIONS: dict[str, frozenset[str]] = {
    DossierState.OPEN: frozenset({DossierState.INVESTIGATING, DossierState.HANDLED}),
    DossierState.INVESTIGATING: frozenset({DossierState.HANDLED}),
    DossierState.HANDLED: frozenset({DossierState.INVESTIGATING}),
}
"""`HANDLED -> INVESTIGATING` reopens: the three years stop, and start anew when it is handled again."""


class DossierOutcome(models.TextChoices):
    """What was found out. Only the first may lead to a measure, an offender, or a proposal."""

    FOUNDED = "founded", _("founded")
    UNFOUNDED = "unfounded", _("unfounded")
    UNDETERMINED = "undetermined", _("cannot be determined")


class Severity(models.TextChoices):
    """How serious it is, if it is true."""

    SLIGHT = "slight", _("slight")
    SERIOUS = "serious", _("serious")
    GRAVE = "grave", _("very serious")


class WaitingFor(models.TextChoices):
    """Whose turn it is."""

    REPORTER = "reporter", _("the reporter")
    SUBJECT = "subject", _("the person it is about")
    WITNESS = "witness", _("a witness")
    COORDINATOR = "coordinator", _("the coordinator")
    AUTHORITY = "authority", _("police, Veilig Thuis or another authority")


class PartyRole(models.TextChoices):
    """What somebody is in a dossier. `OFFENDER` only once it was found to be true (R45)."""

    REPORTER = "reporter", _("reporter")
    SUBJECT = "subject", _("person it is about")
    WITNESS = "witness", _("witness")
    OFFENDER = "offender", _("offender")


ACCUSED = frozenset({PartyRole.SUBJECT, PartyRole.OFFENDER})
"""Roles of whom a dossier is about; who reported it is never named to them."""


class TimelineKind(models.TextChoices):
    """What a line of the timeline tells."""

    HAPPENED = "happened", _("what happened")
    SAID = "said", _("what was said")
    SENT = "sent", _("what was sent")
    DECIDED = "decided", _("what was decided")
    NOTE = "note", _("note")
    SIGNAL = "signal", _("signal of danger")
    ADVICE = "advice", _("advice of Veilig Thuis")
    HANDED_OVER = "handed_over", _("handed over to an authority")


class LinkKind(models.TextChoices):
    """Why two dossiers belong together."""

    SAME_PEOPLE = "same_people", _("the same people")
    SAME_EVENT = "same_event", _("the same event")
    DUPLICATE = "duplicate", _("the same complaint twice")


class MeasureKind(models.TextChoices):
    """What may follow from a founded dossier, from light to heavy."""

    TIP = "tip", pgettext_lazy("measure", "tip")
    WARNING = "warning", _("warning")
    SUSPENSION = "suspension", _("suspension")
    TERMINATION = "termination", _("termination of the account")


LADDER = (MeasureKind.TIP, MeasureKind.WARNING, MeasureKind.SUSPENSION, MeasureKind.TERMINATION)

WEIGHED = frozenset({MeasureKind.SUSPENSION, MeasureKind.TERMINATION})
"""Measures that shut somebody out: the four factors of DSA article 23(3) are written down with them."""


class ProposalState(models.TextChoices):
    """Where a proposal to list somebody stands."""

    OPEN = "open", pgettext_lazy("proposal", "open")
    TAKEN_UP = "taken_up", _("taken up")
    SET_ASIDE = "set_aside", _("set aside")


class SameBy(models.TextChoices):
    """By what two parties are seen as one person, from sure to less sure."""

    MEMBER = "member", _("the same member number")
    EMAIL = "email", _("the same e-mail address")
    PHONE = "phone", _("the same phone number")
    NAME_AND_BIRTH_DATE = "name_and_birth_date", _("the same name and birth date")


class CountsHalf(models.TextChoices):
    """Why a founded dossier counts for half when repetition is weighed."""

    LINKED = "linked_reporters", _("the reporters know each other")
    OFTEN_UNFOUNDED = "often_unfounded", _("most of what this reporter told before was unfounded")


class OutreachState(models.TextChoices):
    """How it went to reach somebody who was in touch with an offender."""

    TO_DO = "to_do", _("to do")
    REACHED = "reached", _("reached")
    UNREACHABLE = "unreachable", _("could not be reached")
    DECLINED = "declined", _("did not want to talk")


class LetterKind(models.TextChoices):
    """Letters that go out of a dossier, each to one party apart."""

    INFORMATION = "information", _("ask for information")
    HEARING = "hearing", _("hear the other side")
    INFORM = "inform", _("say that a dossier names them")
    OUTCOME = "outcome", _("tell the outcome")


TELLS_OF_DOSSIER = frozenset({LetterKind.HEARING, LetterKind.INFORM})
"""Letters that hold what AVG article 14 asks: they stop the clock of whoever gets one."""
