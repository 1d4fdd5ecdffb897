"""Words that the database knows, and which may follow which."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Queue(models.TextChoices):
    """A line of work. The order here is the order on the screen."""

    URGENT = "urgent", _("Urgent")
    AGE_UNKNOWN = "age-unknown", _("Age unknown")
    NEW_PROFILES = "new-profiles", _("New profiles")
    CHANGED_PROFILES = "changed-profiles", _("Changed profiles")
    HELP_REQUESTS = "help-requests", _("Help requests and offers")
    APPEALS = "appeals", _("Appeals")
    SECOND_LOOKS = "second-looks", _("Second looks")


LOOKS_BACK = frozenset({Queue.APPEALS, Queue.SECOND_LOOKS})
"""Queues about what was decided before: their reviews stay at the version that was decided on."""


class SubjectKind(models.TextChoices):
    """What a review is about."""

    PROFILE = "profile", _("profile")
    HELP_REQUEST = "help_request", _("help request")


class HelpKind(models.TextChoices):
    """Whether help is asked or offered."""

    REQUEST = "request", pgettext_lazy("help", "request")
    OFFER = "offer", _("offer")


class ReviewState(models.TextChoices):
    """Where a review stands. Nothing ever leaves `PENDING` by time passing."""

    PENDING = "pending", _("waiting")
    DECIDED = "decided", _("decided")
    VOID = "void", _("void")


REVIEW_TRANSITIONS: dict[str, frozenset[str]] = {
    ReviewState.PENDING: frozenset({ReviewState.DECIDED, ReviewState.VOID}),
    ReviewState.DECIDED: frozenset({ReviewState.PENDING, ReviewState.VOID}),
    ReviewState.VOID: frozenset(),
}
"""`DECIDED -> PENDING` is an undo inside its window; `DECIDED -> VOID` one that a newer review overtook."""


class VoidReason(models.TextChoices):
    """Why a review no longer needs a decision."""

    SUBJECT_REMOVED = "subject_removed", _("the text was removed")
    SUPERSEDED = "superseded", _("a newer version is under review")


class Outcome(models.TextChoices):
    """What a moderator may decide."""

    APPROVE = "approve", _("Approve")
    TIP = "tip", _("Approve with a tip")
    REQUEST_CHANGE = "request_change", _("Ask for a change")
    HIDE = "hide", _("Hide")
    HOLD_ACCOUNT = "hold_account", _("Hold the account")
    CONFIRM_UNDER_16 = "confirm_under_16", _("Confirm under 16, remove account")
    UPHOLD = "uphold", _("Uphold the decision")
    OVERTURN = "overturn", _("Overturn the decision")

    @property
    def done(self) -> str:
        """What was done, in words; the label says what can be done."""
        return str(_DONE[self])


_DONE = {
    Outcome.APPROVE: _("Approved"),
    Outcome.TIP: _("Approved with a tip"),
    Outcome.REQUEST_CHANGE: _("Change asked for"),
    Outcome.HIDE: _("Hidden"),
    Outcome.HOLD_ACCOUNT: _("Account held"),
    Outcome.CONFIRM_UNDER_16: _("Under 16 confirmed"),
    Outcome.UPHOLD: _("Decision upheld"),
    Outcome.OVERTURN: _("Decision overturned"),
}

ON_APPEAL = frozenset({Outcome.UPHOLD, Outcome.OVERTURN})
"""Outcomes of an appeal; all others are those of a first look."""


RESTRICTING = frozenset(
    {Outcome.REQUEST_CHANGE, Outcome.HIDE, Outcome.HOLD_ACCOUNT, Outcome.CONFIRM_UNDER_16}
)
"""Outcomes that restrict somebody: the server refuses them without a house rule and a reason."""

EXPLAINED = RESTRICTING | ON_APPEAL
"""Outcomes that need a reason."""

APPEALABLE = RESTRICTING - {Outcome.CONFIRM_UNDER_16}
"""Outcomes that a member may object to; an account that was removed has left nothing to judge by."""


APPROVING = frozenset({Outcome.APPROVE, Outcome.TIP})
"""Outcomes that let something stand as it is; a tip is information, no mark against anybody (R14)."""

DRAWN = (RESTRICTING - {Outcome.CONFIRM_UNDER_16}) | APPROVING
"""Outcomes of which a share is judged again; an account that was removed has left nothing to look at."""


class Settlement(models.TextChoices):
    """Whose judgement is the house's, where two differ."""

    FIRST = "first", _("the first was right")
    SECOND = "second", _("the second was right")
    BOTH = "both", _("both can be defended")


class AppealChannel(models.TextChoices):
    """How an appeal reached us."""

    API = "api", _("through the platform")
    SERVICEDESK = "servicedesk", _("through the servicedesk")


class PolicyGround(models.TextChoices):
    """What a house rule rests on (DSA article 17(3)(d) and (e))."""

    TERMS = "terms", _("our terms")
    LAW = "law", _("the law")


class DsaCategory(models.TextChoices):
    """The categories of the Commission's transparency database, by its own names."""

    DATA_PROTECTION = "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", _("privacy")
    MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", _("protection of minors")
    SCAMS = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", _("scams and fraud")
    SPEECH = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", _("illegal or harmful speech")
    VIOLENCE = "STATEMENT_CATEGORY_VIOLENCE", _("violence")
    CYBER_VIOLENCE = "STATEMENT_CATEGORY_CYBER_VIOLENCE", _("violence online")
    SELF_HARM = "STATEMENT_CATEGORY_SELF_HARM", _("self-harm")
    PRODUCTS = "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", _("prohibited products")
    CONSUMERS = "STATEMENT_CATEGORY_CONSUMER_INFORMATION", _("consumer information")
    TERMS = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", _("another breach of the terms")


class DecisionState(models.TextChoices):
    """`HELD` waits out the undo window; only `FINAL` leaves the house."""

    HELD = "held", _("can be taken back")
    FINAL = "final", _("final")
    UNDONE = "undone", _("taken back")


DECISION_TRANSITIONS: dict[str, frozenset[str]] = {
    DecisionState.HELD: frozenset({DecisionState.FINAL, DecisionState.UNDONE}),
    DecisionState.FINAL: frozenset(),
    DecisionState.UNDONE: frozenset(),
}


class SkipReason(models.TextChoices):
    """Why a moderator leaves an item to a colleague."""

    UNSURE = "unsure", _("I am not sure")
    KNOWS_PERSON = "knows_person", _("I know this person")
    LANGUAGE = "language", _("I do not read this language")
    TOO_HEAVY = "too_heavy", _("Too heavy for me now")
    OTHER = "other", _("Something else")


class AgeState(models.TextChoices):
    """What is known of a member's age (R20, R21): unknown is never 16 or older."""

    OLD_ENOUGH = "old_enough", _("16 or older")
    UNKNOWN = "unknown", _("age unknown")
    UNDER_16 = "under_16", _("under 16")


class Flag(models.TextChoices):
    """What kind of thing a signal is about."""

    CONTACT = "contact_in_text", _("Contact details in the text")
    OFF_PLATFORM = "off_platform", _("Away from the platform")
    LINK = "external_link", _("Link to elsewhere")
    PAYMENT = "payment", _("Money")
    COMMERCIAL = "commercial", _("Business")
    SCAM = "scam", _("Fraud")
    SPECIAL_DATA = "special_data", _("Special personal data")
    THIRD_PARTY = "third_party_data", _("Somebody else's data")
    MINOR = "minor", _("Younger than 16")
    HATE_INSULT = "hate_insult", _("Insult or discrimination")
    THREAT = "threat", _("Threat")
    CRISIS = "self_harm_crisis", _("Crisis and danger")
    ROMANTIC_SEXUAL = "romantic_sexual", _("Dating and sex")
    DRUGS_WEAPONS = "drugs_weapons", _("Drugs and weapons")
    DUPLICATE = "duplicate_spam", _("Near-copy")


class HeavyKind(models.TextChoices):
    """What can be hard to read. It begins covered, is shared out, and can be declined."""

    CRISIS = "crisis", _("Self-harm and crisis")
    VIOLENCE = "violence", _("Threats and violence")
    SEXUAL = "sexual", pgettext_lazy("heavy", "Sexual")
    HATE = "hate", _("Hate and insults")
    CHILD = "child", _("Children in danger")

    @classmethod
    def in_words(cls, kinds: Iterable[str]) -> str:
        """Return kinds in one line; empty when there are none."""
        return ", ".join(str(cls(kind).label) for kind in kinds)


class PhotoLook(models.TextChoices):
    """How photos of members begin on one's own screen."""

    COVERED = "covered", _("Blurred and grey, until I ask for it")
    GREY = "grey", _("Grey")
    PLAIN = "plain", _("As it is")


class DangerDeed(models.TextChoices):
    """What can be done when somebody may be in danger, as it is written down afterwards."""

    HANDED_UP = "handed_up", _("Put at the top for the coordinators")
    EMERGENCY = "emergency", _("112 called")
    COORDINATOR = "coordinator", _("Coordinator told")
    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis asked, without names")
    SUICIDE_LINE = "suicide_line", _("113 asked for advice")
    CHILD_LINE = "child_line", _("Kindertelefoon pointed out")
    POLICE = "police", _("Police called")
    MEMBER = "member", _("Member phoned")
    HANDED_OVER = "handed_over", _("Handed over to a colleague")
