"""What colleagues tell each other about a review, and signals that were wrong."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may, require
from moderation import events
from moderation.models import Draft, Note, Review, Signal

NOTE_MAX = 2000


class NoteRefused(DomainError):
    """A note is empty or too long."""

    code = "invalid"


@domain_action
def add_note(*, actor: User, review_id: UUID, text: str, at: datetime) -> Note:
    """Write a remark beside a review. Raises NoteRefused (field `text`) when empty or too long."""
    review = Review.objects.select_for_update(no_key=True).get(pk=review_id)
    require(may(actor, Permission.DECIDE_REVIEWS))
    text = text.strip()
    if not text or len(text) > NOTE_MAX:
        raise NoteRefused(_("A note has 1 to 2,000 characters."), field="text")
    note = Note.objects.create(review=review, author=actor, text=text, at=at)
    Draft.objects.filter(review=review, author=actor, body__panel="note").delete()  # it is written now
    record(events.NoteAdded(note_id=note.pk), actor=actor, subject=review, at=at)
    return note


@domain_action
def dismiss_signal(*, actor: User, signal_id: int, at: datetime) -> Signal:
    """Say that a signal is wrong; it stays, struck through, and counts for its detector.

    Doing it again changes nothing. Cannot be undone.
    """
    require(may(actor, Permission.DECIDE_REVIEWS))
    signal = Signal.objects.select_for_update(of=("self",)).select_related("review").get(pk=signal_id)
    if signal.dismissed_at is not None:
        return signal
    signal.dismissed_by = actor
    signal.dismissed_at = at
    signal.save(update_fields=["dismissed_by", "dismissed_at"])
    record(
        events.SignalDismissed(signal_id=signal.pk, code=signal.code),
        actor=actor,
        subject=signal.review,
        at=at,
    )
    return signal
