"""Letters about decisions: handed to the outbox once it is sure that they give nobody away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.events import record_many
from backoffice.errors import DomainError
from backoffice.leaks import Leak, Person, leaks
from backoffice.outbox.letters import Letter, send_letter, send_letters
from backoffice.staff.models import User
from backoffice.staff.policy import require
from moderation import events, policy
from moderation.choices import Outcome
from moderation.letters.to_member import PLAIN, appeal_receipt, letter_to_member, own_texts, plain_letter
from moderation.models import Appeal, Decision, HelpRequest, Profile, Review, StandardText, Statement
from moderation.services.grounds import grounds_for
from moderation.services.statements import draft_statement


@dataclass(frozen=True, kw_only=True)
class Report:
    """Who reported something, and in what words: only to see that no letter gives it away."""

    reporter: Person = field(repr=False)
    text: str = field(repr=False, default="")


class LetterGivesAway(DomainError):
    """A letter would tell who reported something. `leaks` says with which words: for the desk only."""

    code = "gives_away"

    def __init__(self, found: Sequence[Leak]) -> None:
        super().__init__(_("This letter gives away who reported it. Take those words out."), field="message")
        self.leaks = tuple(found)

    @property
    def at_the_desk(self) -> str:
        """The refusal with the words themselves, for the moderator who wrote them and nobody else."""
        words = ", ".join(f"“{leak.found}” ({leak.kind.label})" for leak in self.leaks)
        return f"{self.message} {words}"


def require_discretion(
    *, statement: Statement, subject: Profile | HelpRequest | None, report: Report | None
) -> None:
    """Raise LetterGivesAway when the letter of a statement gives away who reported it."""
    if report is None:
        return
    profile = _profile_of(statement.decision)
    if found := find_leaks(statement=statement, profile=profile, subject=subject, report=report):
        raise LetterGivesAway(found)


def find_leaks(
    *, statement: Statement, profile: Profile, subject: Profile | HelpRequest | None, report: Report
) -> list[Leak]:
    """Return where the letter to a member gives away who reported it; places in the letter's text."""
    letter = letter_to_member(statement=statement, profile=profile, on=statement.starts_on)
    own = [statement.content_title, *(fact.found for fact in statement.facts_found)]
    own += own_texts(subject)
    ours = letter_to_member(statement=statement, profile=Profile(), on=statement.starts_on, message="")
    return leaks(
        f"{letter.subject}\n\n{letter.body}",
        reporter=report.reporter,
        report=report.text,
        addressee=person_of(profile),
        own_texts=own,
        our_texts=[ours.body, *StandardText.objects.values_list("body", flat=True)],
    )


def person_of(profile: Profile) -> Person:
    """Return a member as the leak check knows people."""
    return Person(
        first_name=profile.first_name,
        infix=profile.infix,
        last_name=profile.last_name,
        email=profile.email,
        phone=profile.phone,
        postcode=profile.postcode,
        member_id=profile.member_id,
    )


@dataclass(frozen=True)
class Written:
    """Letters that can go, and of which decisions one was stopped because it gives somebody away."""

    letters: Sequence[Letter]
    stopped: Sequence[tuple[events.LetterStopped, Decision]]


def write_letters(
    *, decisions: Sequence[Decision], reports: Mapping[UUID, Report] | None = None, at: datetime
) -> Written:
    """Return the letters of decisions that become final at `at`. Writes nothing down, and takes a while.

    `reports` are those that led to them, by decision. Nothing for a member without an e-mail
    address, or whose profile is not here.
    """
    statements = list(Statement.objects.filter(decision__in=decisions).select_related("decision"))
    plain = [one for one in decisions if one.outcome in PLAIN]
    profiles = _profiles_of([*plain, *(statement.decision for statement in statements)])
    on = clock.local_day(at)
    letters: list[Letter] = []
    stopped: list[tuple[events.LetterStopped, Decision]] = []
    for statement in statements:
        decision = statement.decision
        profile = profiles.get((decision.site, decision.member_id))
        if profile is None or not profile.email:
            continue
        report = (reports or {}).get(decision.pk)
        given_away = report and find_leaks(statement=statement, profile=profile, subject=None, report=report)
        if given_away:
            kinds = tuple(sorted({str(leak.kind) for leak in given_away}))
            stopped.append((events.LetterStopped(kinds=kinds), decision))
            continue
        letters.append(letter_to_member(statement=statement, profile=profile, on=on))
    for decision in plain:
        profile = profiles.get((decision.site, decision.member_id))
        if profile is not None and profile.email:
            letters.append(plain_letter(decision=decision, profile=profile, on=on))
    return Written(letters, stopped)


def hand_over_letters(written: Written, *, actor: User, at: datetime) -> None:
    """Put letters in the outbox, in the transaction that makes their decisions final.

    Of one that was stopped an event tells, without the words. Part of `finalise_due`.
    """
    send_letters(written.letters, at=at)
    record_many(written.stopped, actor=actor, at=at)


def confirm_appeal(appeal: Appeal, *, at: datetime) -> None:
    """Put the letter that says that an appeal came in in the outbox, where the member has an address.

    Part of taking it in.
    """
    profile = _profile_of(appeal.decision)
    if profile.email:
        letter = letter_of(appeal.decision.statement)
        send_letter(appeal_receipt(appeal=appeal, about=letter, profile=profile), at=at)


def preview_letter(
    *,
    actor: User,
    review_id: UUID,
    outcome: Outcome,
    policies: Sequence[str],
    message: str,
    report: Report | None = None,
    at: datetime,
) -> tuple[Letter, list[Leak]]:
    """Return the letter as it would be sent when this were decided now, and where it gives somebody away.

    Writes nothing. Raises NotAllowed, HouseRuleMissing and HouseRuleUnfit.
    """
    review = Review.objects.select_related("profile", "help_request").get(pk=review_id)
    require(policy.may_decide(actor, review, outcome, at=at) and policy.has_read(actor, review, at=at))
    rules = grounds_for(policies, outcome=outcome)
    subject = review.subject
    assert subject is not None  # may_decide refuses a closed review
    decision = Decision(
        review=review,
        site=review.site,
        subject_kind=review.subject_kind,
        subject_external_id=subject.external_id,
        member_id=review.member_id,
        revision=review.revision,
        version=review.version,
        outcome=outcome,
        message=message.strip(),
        decided_at=at,
        undo_until=at + timedelta(seconds=settings.UNDO_SECONDS),
    )
    statement = draft_statement(decision=decision, subject=subject, rules=rules)
    profile = _profile_of(decision)
    letter = letter_to_member(statement=statement, profile=profile, on=statement.starts_on)
    found = find_leaks(statement=statement, profile=profile, subject=subject, report=report) if report else []
    return letter, found


def letter_of(statement: Statement) -> Letter:
    """Return the letter of a decision as it was or will be sent."""
    decision = statement.decision
    on = clock.local_day(decision.final_at) if decision.final_at else statement.starts_on
    return letter_to_member(statement=statement, profile=_profile_of(decision), on=on)


def _profile_of(decision: Decision) -> Profile:
    """Return the profile of the member a decision is about; an empty one where it is not here."""
    who = {"site": decision.site, "member_id": decision.member_id}
    return Profile.objects.filter(**who).first() or Profile(**who)


def _profiles_of(decisions: Sequence[Decision]) -> dict[tuple[str, str], Profile]:
    members = {(one.site, one.member_id) for one in decisions}
    wanted = Q(site__in={site for site, _ in members}, member_id__in={member for _, member in members})
    return {(one.site, one.member_id): one for one in Profile.objects.filter(wanted)}
