"""The words of the Commission's transparency database (DSA article 24(5)), by its own names.

Only what a help platform can need has a label here; `checks` knows every word that is allowed.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """What happens to the text (article 17(1)(a))."""

    REMOVED = "DECISION_VISIBILITY_CONTENT_REMOVED", _("removed")
    DISABLED = "DECISION_VISIBILITY_CONTENT_DISABLED", _("no longer visible")
    OTHER = "DECISION_VISIBILITY_OTHER", _("must be changed")


class ServiceMeasure(models.TextChoices):
    """What happens to the use of the site (article 17(1)(c))."""

    PARTLY_SUSPENDED = "DECISION_PROVISION_PARTIAL_SUSPENSION", _("partly suspended")
    SUSPENDED = "DECISION_PROVISION_TOTAL_SUSPENSION", _("suspended")
    PARTLY_ENDED = "DECISION_PROVISION_PARTIAL_TERMINATION", _("partly ended")
    ENDED = "DECISION_PROVISION_TOTAL_TERMINATION", _("ended")


class AccountMeasure(models.TextChoices):
    """What happens to the account (article 17(1)(d))."""

    SUSPENDED = "DECISION_ACCOUNT_SUSPENDED", _("suspended")
    TERMINATED = "DECISION_ACCOUNT_TERMINATED", _("ended")


class Source(models.TextChoices):
    """What made us look (article 17(3)(b))."""

    OWN_INITIATIVE = "SOURCE_VOLUNTARY", _("our own initiative")
    NOTICE = "SOURCE_ARTICLE_16", _("a notice")
    TRUSTED_FLAGGER = "SOURCE_TRUSTED_FLAGGER", _("a notice by a trusted flagger")
    OTHER_NOTICE = "SOURCE_TYPE_OTHER_NOTIFICATION", _("another notice")


class ContentType(models.TextChoices):
    """What kind of content it is about."""

    TEXT = "CONTENT_TYPE_TEXT", _("text")
    IMAGE = "CONTENT_TYPE_IMAGE", _("photo")


class Specification(models.TextChoices):
    """What exactly, within a category: those of the Commission's keywords that a house rule can need."""

    ADULT = "KEYWORD_ADULT_SEXUAL_MATERIAL", _("sexual material")
    AGE = "KEYWORD_AGE_SPECIFIC_RESTRICTIONS_MINORS", _("too young")
    BULLYING = "KEYWORD_CYBER_BULLYING_INTIMIDATION", _("bullying and intimidation")
    DISCRIMINATION = "KEYWORD_DISCRIMINATION", _("discrimination")
    NOT_PERMITTED = "KEYWORD_GOODS_SERVICES_NOT_PERMITTED", _("goods or services not permitted here")
    HATE = "KEYWORD_HATE_SPEECH", _("hate speech")
    ADVERTISEMENT = "KEYWORD_HIDDEN_ADVERTISEMENT", _("hidden advertisement")
    IMPERSONATION = "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING", _("somebody else's account")
    INAUTHENTIC = "KEYWORD_INAUTHENTIC_ACCOUNTS", _("fake account")
    VIOLENCE = "KEYWORD_INCITEMENT_VIOLENCE_HATRED", _("calls for violence")
    LANGUAGE = "KEYWORD_LANGUAGE_REQUIREMENTS", _("language")
    NO_GROUND = "KEYWORD_MISSING_PROCESSING_GROUND", _("data of somebody without a ground")
    PHISHING = "KEYWORD_PHISHING", _("phishing")
    PROHIBITED = "KEYWORD_PROHIBITED_PRODUCTS", _("prohibited products")
    STALKING = "KEYWORD_CYBER_STALKING", _("stalking")
    SUICIDE = "KEYWORD_SUICIDE", _("suicide")
    OTHER = "KEYWORD_OTHER", _("something else")


NOT_AUTOMATED = "AUTOMATED_DECISION_NOT_AUTOMATED"
"""Nothing in this house is decided by a machine."""

PRIVATE_PERSON = "ACCOUNT_TYPE_PRIVATE"

EUROPE = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
"""The European Economic Area, as the database spells it: what is hidden, is hidden everywhere."""
