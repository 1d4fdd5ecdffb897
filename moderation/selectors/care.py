"""How somebody is spared, how much that was hard they saw today, and what nobody at work is handed."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from backoffice import clock
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from moderation.choices import Queue, ReviewState
from moderation.models import CareSettings, HeavyLook, Lease, Review, Skip, Tie
from moderation.policy import has_read

MOST_SHOWN = 20
MOST_READ = 200


def care_of(user: User) -> CareSettings:
    """Return what `user` set for themselves, or what holds for who set nothing."""
    return CareSettings.objects.filter(user=user).first() or CareSettings(user=user)


def is_covered(review: Review, *, user: User, at: datetime) -> bool:
    """Return whether what is hard to read in a review is still covered for `user` today."""
    return not has_read(user, review, at=at)


def heavy_today(user: User, *, at: datetime) -> int:
    """Return how many heavy items `user` uncovered today. For their own eyes only."""
    return HeavyLook.objects.filter(user=user, on=clock.local_day(at)).count()


def pause_after(user: User, *, at: datetime, went_on_at: int, besides: UUID | None = None) -> int:
    """Return how many heavy items `user` saw today when that asks for a pause; 0 when it does not.

    It does at their own number, and again after each as many. `went_on_at` is the count at which
    they went on before today. Never while they have something urgent in hand (`besides` apart,
    which waits behind what is on the desk).
    """
    seen = heavy_today(user, at=at)
    if not seen or seen < went_on_at + care_of(user).heavy_a_day:
        return 0
    urgent = Lease.objects.filter(
        holder=user, expires_at__gt=at, review__state=ReviewState.PENDING, review__queue=Queue.URGENT
    )
    return 0 if urgent.exclude(review=besides).exists() else seen


def heavy_today_in_all(*, at: datetime) -> int:
    """Return how often something heavy was uncovered today, by all together: never who how often."""
    return HeavyLook.objects.filter(on=clock.local_day(at)).count()


def handed_to_nobody(*, at: datetime) -> list[Review]:
    """Return reviews that nobody who works today is handed, the oldest first, at most twenty.

    Everybody who had something in hand today (or, before anybody had, everybody who decides)
    declines what is hard to read in it, skipped it, knows the member or decided about it before. Of
    what was handed up that is every coordinator, and nobody's declining counts.
    """
    everybody = _at_work_today(Permission.DECIDE_REVIEWS, at=at)
    coordinators = _at_work_today(Permission.DECIDE_ESCALATED, at=at)
    people = {*everybody, *coordinators}
    ties = Tie.objects.filter(user__in=people)
    kept_away = Q(escalated=True) | ~Q(heavy=[]) | Q(not_for__in=people)
    kept_away |= Q(pk__in=Skip.objects.values("review")) | Q(member_id__in=ties.values("member_id"))
    waiting = Review.objects.filter(kept_away, state=ReviewState.PENDING)
    waiting = waiting.exclude(lease__expires_at__gt=at).select_related("profile", "help_request")
    reviews = list(waiting.order_by("opened_at")[:MOST_READ])
    if not reviews:
        return []
    declined = dict(CareSettings.objects.filter(user__in=people).values_list("user", "declined"))
    skipped = set(Skip.objects.filter(review__in=reviews, user__in=people).values_list("review", "user"))
    known = set(ties.values_list("site", "member_id", "user"))

    def is_kept_from(review: Review, person: User) -> bool:
        return bool(
            (not review.escalated and set(review.heavy) & set(declined.get(person.pk, ())))
            or (review.pk, person.pk) in skipped
            or (review.site, review.member_id, person.pk) in known
            or review.not_for_id == person.pk
        )

    lost = [
        review
        for review in reviews
        if all(is_kept_from(review, person) for person in (coordinators if review.escalated else everybody))
    ]
    return lost[:MOST_SHOWN]


def _at_work_today(permission: Permission, *, at: datetime) -> list[User]:
    midnight = clock.start_of_day(clock.local_day(at))
    deciders = User.objects.filter(
        is_active=True, is_system=False, groups__permissions__codename=permission.value
    ).distinct()
    held = Lease.objects.filter(holder__in=deciders, expires_at__gt=midnight).values_list("holder", flat=True)
    return list(deciders.filter(pk__in=set(held))) or list(deciders)
