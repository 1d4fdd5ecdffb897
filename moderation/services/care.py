"""Care for who reads it all: own settings, and uncovering what is hard to read."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.staff.models import User
from backoffice.staff.policy import require
from moderation import events, policy
from moderation.choices import HeavyKind, PhotoLook
from moderation.models import MOST_A_DAY, CareSettings, HeavyLook, Review


class CareRefused(DomainError):
    """A setting cannot be what was given."""

    code = "invalid"


@domain_action
def change_care(
    *, actor: User, photos: str, declined: Collection[str], heavy_a_day: int, at: datetime
) -> CareSettings:
    """Set how the actor's own desk spares them. No reason is asked; can be changed again at any time.

    The event names the settings that changed, not what they became. Raises NotAllowed, CareRefused
    (with the field).
    """
    require(policy.may_set_own_care(actor))
    if photos not in PhotoLook:
        raise CareRefused(_("Choose one of these."), field="photos")
    if not set(declined) <= set(HeavyKind):
        raise CareRefused(_("Choose from these."), field="declined")
    if not 1 <= heavy_a_day <= MOST_A_DAY:
        raise CareRefused(_("Give a number from 1 to 100."), field="heavy_a_day")
    wanted = {
        "photos": PhotoLook(photos),
        "declined": [kind for kind in HeavyKind if kind in declined],
        "heavy_a_day": heavy_a_day,
    }
    care, _new = CareSettings.objects.select_for_update(no_key=True).get_or_create(user=actor)
    changed = tuple(name for name, value in wanted.items() if getattr(care, name) != value)
    if changed:
        for name in changed:
            setattr(care, name, wanted[name])
        care.save(update_fields=changed)
        record(events.CareSettingsChanged(fields=changed), actor=actor, subject=None, at=at)
    return care


@domain_action
def uncover(*, actor: User, review_id: UUID, at: datetime) -> None:
    """Let the actor read a heavy item for the rest of the day, and count it for them.

    A look, not a deed: no event, and the count is let go of when they look on a later day. Does
    nothing when nothing in it is heavy. Raises NotAllowed, Review.DoesNotExist.
    """
    review = Review.objects.select_for_update(no_key=True).get(pk=review_id)
    require(policy.may_open_item(actor))
    if not review.heavy:
        return
    today = clock.local_day(at)
    HeavyLook.objects.filter(user=actor, on__lt=today).delete()
    HeavyLook.objects.get_or_create(user=actor, review=review, on=today)
