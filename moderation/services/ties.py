"""Declaring that one knows a member: nobody decides about themselves, or about somebody close."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record
from backoffice.errors import DomainError
from backoffice.platforms.sites import site_with_profiles
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import may, require
from moderation import events
from moderation.models import Lease, Tie

LONGEST_NUMBER = 80


class NoSuchMember(DomainError):
    """The number that was given cannot be a member's."""

    code = "invalid"


class NoSuchTie(DomainError):
    """Nothing was declared about this member."""

    code = "not_declared"


@domain_action
def declare_tie(*, actor: User, site: str, member_id: str, at: datetime) -> Tie:
    """Keep the items of a member away from the actor from now on; what they have in hand goes back.

    Undone by `withdraw_tie`. Doing it again changes nothing. Raises NotAllowed, UnknownSite,
    SiteWithoutProfiles, NoSuchMember (with the field).
    """
    require(may(actor, Permission.DECIDE_REVIEWS))
    site, member_id = site_with_profiles(site), member_id.strip()
    if not member_id or len(member_id) > LONGEST_NUMBER or not member_id.isprintable():
        raise NoSuchMember(
            _("Give the number of the member, as it stands on their profile."), field="member_id"
        )
    tie, new = Tie.objects.get_or_create(
        user=actor, site=site, member_id=member_id, defaults={"declared_at": at}
    )
    if new:
        of_member = {"review__site": site, "review__member_id": member_id}
        Lease.objects.filter(holder=actor, expires_at__gt=at, **of_member).update(expires_at=at)
        record(events.TieDeclared(tie_id=tie.pk), actor=actor, subject=None, at=at)
    return tie


@domain_action
def withdraw_tie(*, actor: User, tie_id: int, at: datetime) -> None:
    """Let the actor get the items of a member again. Raises NoSuchTie when it is not theirs."""
    count, _each = Tie.objects.filter(pk=tie_id, user=actor).delete()
    if not count:
        raise NoSuchTie(_("You did not declare this."))
    record(events.TieWithdrawn(tie_id=tie_id), actor=actor, subject=None, at=at)
