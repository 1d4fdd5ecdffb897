"""Forgetting: a closed account leaves nothing here but what we did (R22, R70, R83)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from backoffice.audit.acting import domain_action
from backoffice.audit.events import record_many
from backoffice.audit.guards import erasure_gate
from backoffice.audit.history import erase
from backoffice.outbox.announcements import erase_deliveries
from backoffice.outbox.letters import erase_letters
from backoffice.outbox.services.files import remove_after_commit
from backoffice.staff.models import User
from moderation import events
from moderation.choices import SubjectKind
from moderation.models import (
    Appeal,
    DangerStep,
    Decision,
    DecisionPolicy,
    Draft,
    HeavyLook,
    HelpRequest,
    Lease,
    Note,
    Profile,
    Review,
    SecondLook,
    Signal,
    Skip,
    Statement,
    TextSketch,
    Tie,
)
from moderation.services.locks import lock_subjects
from moderation.services.near_copies import forget_sketches
from moderation.services.openings import void_reviews
from moderation.services.tombstones import bury, digest_of

_KEPT_OF_DECISIONS = (
    "id", "site", "subject_kind", "subject_external_id", "member_id", "revision", "version", "outcome",
    "state", "decided_by", "decided_at", "lease_epoch", "undo_until", "final_at", "sequence",
)  # fmt: skip


@domain_action
def erase_account(
    *, actor: User, site: str, member_id: str, revision: int | None = None, at: datetime
) -> None:
    """Remove everything of one account: rows, history, deliveries, and the photo after commit.

    Cannot be undone. The platform may tell of the member again only with a revision above
    `revision`; never again when that is None. Safe to run for an account that is not here.
    """
    lock_subjects([(SubjectKind.PROFILE, site, member_id)])
    bury([(digest_of(SubjectKind.PROFILE, site, member_id), revision)], at=at)
    erase_accounts(accounts=[(site, member_id)], actor=actor, at=at)


def erase_accounts(
    *, accounts: Sequence[tuple[str, str]], emptied: Collection[UUID] = (), actor: User, at: datetime
) -> None:
    """Remove everything of these (site, member number), which the caller has locked and buried.

    Events stay, and hold our own keys only. Decisions in `emptied` stay for the platform to read
    back, without their words, their history and what they rest on.
    """
    for site in sorted({site for site, _ in accounts}):
        members = sorted({member for where, member in accounts if where == site})
        kept = list(Decision.objects.filter(site=site, member_id__in=members, pk__in=emptied))
        _erase_of_site(site, members, actor=actor, at=at)
        for decision in kept:
            Decision(
                **{name: getattr(decision, name) for name in _KEPT_OF_DECISIONS}, reason=decision.outcome
            ).store(reason="emptied", at=at)


def erase_requests(*, requests: Sequence[HelpRequest], actor: User, at: datetime) -> None:
    """Remove requests that a platform took away, with their history; open reviews become void.

    What was decided about them stays until the account closes.
    """
    if not requests:
        return
    keys = [request.pk for request in requests]
    about = Review.objects.filter(help_request__in=keys).order_by("pk").select_for_update(no_key=True)
    void_reviews(about, actor=actor, at=at)
    with erasure_gate():
        erase(HelpRequest.objects.filter(pk__in=keys))
    forget_sketches(subjects=keys)
    record_many([(events.HelpRequestErased(), request) for request in requests], actor=actor, at=at)


def _erase_of_site(site: str, members: Sequence[str], *, actor: User, at: datetime) -> None:
    of_members = {"site": site, "member_id__in": members}
    # Locked in the order of everybody else (subject, review, decision) before anything is looked at:
    # a decision that is just being made, or becoming final, is waited for, and goes with its delivery.
    profiles = {
        p.member_id: p for p in Profile.objects.filter(**of_members).order_by("pk").select_for_update()
    }
    requests, _reviews, decisions, reviews = (  # an appeal that came meanwhile brought one review more
        list(
            model.objects.filter(**of_members)
            .order_by("pk")
            .select_for_update()
            .values_list("pk", "member_id")
        )
        for model in (HelpRequest, Review, Decision, Review)
    )
    review_keys = [key for key, _ in reviews]
    erase_deliveries(about=[str(key) for key, _ in decisions])
    erase_letters(site=site, members=members)
    with erasure_gate():
        DecisionPolicy.objects.filter(decision__in=[key for key, _ in decisions]).delete()
        erase(Statement.objects.filter(decision__in=[key for key, _ in decisions]))
        Tie.objects.filter(**of_members).delete()
        erase(Appeal.objects.filter(**of_members))
        erase(SecondLook.objects.filter(decision__in=[key for key, _ in decisions]))
        erase(Decision.objects.filter(pk__in=[key for key, _ in decisions]))
        DangerStep.objects.filter(**of_members).delete()
        for part in (Signal, Draft, Note, Skip, HeavyLook, Lease):
            part._base_manager.filter(review__in=review_keys).delete()
        TextSketch.objects.filter(**of_members).delete()
        erase(Review.objects.filter(pk__in=review_keys))
        erase(HelpRequest.objects.filter(pk__in=[key for key, _ in requests]))
        erase(Profile.objects.filter(pk__in=[profile.pk for profile in profiles.values()]))
    remove_after_commit([profile.photo for profile in profiles.values() if profile.photo], at=at)
    known = {*profiles, *(member for _, member in (*requests, *reviews, *decisions))}
    told = [
        (
            events.AccountErased(
                profile_id=profiles[member].pk if member in profiles else None,
                help_requests=sum(of == member for _, of in requests),
                reviews=sum(of == member for _, of in reviews),
                decisions=sum(of == member for _, of in decisions),
            ),
            profiles.get(member),
        )
        for member in members
        if member in known
    ]
    record_many(told, actor=actor, at=at)
