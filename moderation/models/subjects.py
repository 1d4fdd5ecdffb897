"""The platform's records as last received. Their earlier versions are their history rows."""

from datetime import date
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.history import HistoryModel
from moderation.choices import AgeState, HelpKind, SubjectKind

MINIMUM_AGE = 16


class Subject(HistoryModel):
    """Something a review can be about.

    `revision` is the platform's number, `version` our own: it goes up with every change that we
    took in, a new photo included, and is what a decision is checked against.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    site = models.CharField(_("site"), max_length=80)
    member_id = models.CharField(_("member number"), max_length=80)
    revision = models.BigIntegerField(_("revision"))
    version = models.PositiveIntegerField(default=1)
    keywords = ArrayField(models.CharField(max_length=60), verbose_name=_("keywords"), default=list)
    place = models.CharField(_("place"), max_length=120, blank=True)
    first_received_at = models.DateTimeField(_("first received"))
    received_at = models.DateTimeField(_("last received"))

    class Meta:
        abstract = True


class Profile(Subject):
    """A member of a platform, as that platform last told us."""

    kind_of_subject = SubjectKind.PROFILE
    material_fields = ("first_name", "infix", "last_name", "about", "keywords", "photo_sha256")
    text_fields = ("about",)

    salutation = models.CharField(_("salutation"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=120, blank=True)
    infix = models.CharField(_("infix"), max_length=40, blank=True)
    last_name = models.CharField(_("last name"), max_length=120, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    about = models.TextField(_("personal text"), blank=True)
    member_since = models.DateField(_("member since"), null=True, blank=True)
    via_facebook = models.BooleanField(_("signed up through Facebook"), default=False)
    visible = models.BooleanField(_("visible to others"), default=True)
    wants_mail = models.BooleanField(_("wants mail"), default=True)
    photo = models.CharField(_("photo"), max_length=100, blank=True, editable=False)
    photo_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    photo_revision = models.BigIntegerField(null=True, blank=True, editable=False)
    age_confirmed_basis = models.CharField(_("how we know the age"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ("-received_at",)
        constraints = [
            models.UniqueConstraint(fields=["site", "member_id"], name="moderation_profile_once"),
        ]
        indexes = [
            models.Index(fields=["-received_at"], name="moderation_profile_received"),
            # For looking up by the beginning of a name or address (`selectors.lookup`).
            models.Index(OpClass(Upper("first_name"), "text_pattern_ops"), name="moderation_profile_first"),
            models.Index(OpClass(Upper("last_name"), "text_pattern_ops"), name="moderation_profile_last"),
            models.Index(OpClass(Upper("email"), "text_pattern_ops"), name="moderation_profile_email"),
        ]

    def __str__(self) -> str:
        return self.full_name or str(_("(no name)"))

    @property
    def full_name(self) -> str:
        """First name, infix and last name, as they were given."""
        return " ".join(part for part in (self.first_name, self.infix, self.last_name) if part)

    @property
    def external_id(self) -> str:
        """The platform's key."""
        return self.member_id

    def age(self, *, on: date) -> int | None:
        """Return the member's age in whole years on a day in Amsterdam; None without a birth date."""
        born = self.birth_date
        if born is None:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def age_state(self, *, on: date) -> AgeState:
        """Say what is known of the member's age on a day in Amsterdam (R20, R21).

        Somebody born on 29 February turns 16 on 1 March of a common year.
        """
        if self.birth_date is None:
            return AgeState.UNKNOWN
        if self.birth_date > clock.years_before(on, MINIMUM_AGE):
            return AgeState.UNDER_16
        return AgeState.OLD_ENOUGH


class HelpRequest(Subject):
    """A request for help, or an offer of it. Its member is found by `site` and `member_id`."""

    kind_of_subject = SubjectKind.HELP_REQUEST
    material_fields = ("title", "text", "keywords", "kind")
    text_fields = ("title", "text")

    request_id = models.CharField(_("request number"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=HelpKind.choices)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    posted_at = models.DateTimeField(_("posted"), null=True, blank=True)

    class Meta:
        verbose_name = _("help request")
        verbose_name_plural = _("help requests and offers")
        ordering = ("-received_at",)
        constraints = [
            models.UniqueConstraint(fields=["site", "request_id"], name="moderation_request_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=HelpKind.values), name="moderation_request_known_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["site", "member_id"], name="moderation_request_member"),
            models.Index(fields=["-received_at"], name="moderation_request_received"),
            # For looking up by words (`selectors.lookup`).
            GinIndex(SearchVector("title", "text", config="dutch"), name="moderation_request_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def external_id(self) -> str:
        """The platform's key."""
        return self.request_id


class TextSketch(models.Model):
    """What is kept of a text to see near-copies of it: hashes of its runs of letters, no word of it.

    `subject` is the key of the help request or profile; the row goes with it.
    """

    subject = models.UUIDField(primary_key=True)
    site = models.CharField(max_length=80)
    member_id = models.CharField(max_length=80)
    runs = ArrayField(models.BigIntegerField())
    probes = ArrayField(models.BigIntegerField())
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [
            # the pending list would be walked through for every probe that is looked up
            GinIndex(fields=["probes"], name="moderation_sketch_probes", fastupdate=False),
            models.Index(fields=["site", "member_id"], name="moderation_sketch_member"),
            models.Index(fields=["seen_at"], name="moderation_sketch_seen"),
        ]

    def __str__(self) -> str:
        return str(self.subject)[:8]


class Tombstone(models.Model):
    """That a record was removed, so that a late older one does not bring it back.

    Holds a keyed digest of type, site and id, no id. `revision` empty: removed for good.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    revision = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:8]
