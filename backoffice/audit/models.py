"""What was done and what was looked at: ids and codes only, never changed again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from backoffice.audit.words import kind_words


class Event(models.Model):
    """One thing that somebody did.

    Holds no personal value: `subject_id` is our own key (never the platform's), `data` holds ids,
    codes, numbers and dates, `reason` is a code. It outlives what it is about.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("what"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    subject_type = models.CharField(_("about"), max_length=40, blank=True)
    subject_id = models.CharField(_("its key"), max_length=40, blank=True)
    data = models.JSONField(_("particulars"), default=dict)
    reason = models.CharField(_("reason code"), max_length=60, blank=True)
    request_id = models.CharField(_("request"), max_length=32, blank=True)
    run_id = models.CharField(_("run"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_event_subject"),
            models.Index(fields=["actor", "at"], name="audit_event_actor"),
            models.Index(fields=["kind", "at"], name="audit_event_kind"),
        ]

    def __str__(self) -> str:
        return f"{kind_words(self.kind)} #{self.pk}"


class ReadPurpose(models.TextChoices):
    """Why somebody looks at what is about a person."""

    HANDLING = "handling", _("to work on it")
    QUESTION = "question", _("to answer a question about it")
    SAFETY = "safety", _("somebody may be in danger")
    CHECK = "check", _("to check or teach how we work")
    RIGHTS = "rights", _("somebody asks for their rights")
    AUTHORITY = "authority", _("police, a judge or a claim")


class Read(models.Model):
    """One time that somebody looked at what is about a person, and why.

    `day` is that day in Amsterdam: a purpose is asked once a day for each subject. Like an event it
    holds our own key of what was looked at, and outlives it.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("when"))
    day = models.DateField(_("day"))
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    subject_type = models.CharField(_("about"), max_length=40)
    subject_id = models.CharField(_("its key"), max_length=40)
    purpose = models.CharField(_("why"), max_length=20, choices=ReadPurpose.choices)
    request_id = models.CharField(_("request"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=ReadPurpose.values), name="audit_read_known_purpose"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_read_subject"),
            models.Index(fields=["reader", "day"], name="audit_read_reader"),
        ]

    def __str__(self) -> str:
        return f"{_('look')} #{self.pk}"
