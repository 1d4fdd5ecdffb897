"""Who may do what with a review: the one place that services, pages and admin ask."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.staff.models import User
from backoffice.staff.permissions import Permission
from backoffice.staff.policy import ALLOWED, Verdict, denied, may
from moderation.choices import (
    APPEALABLE,
    APPROVING,
    DRAWN,
    LOOKS_BACK,
    ON_APPEAL,
    AgeState,
    DangerDeed,
    DecisionState,
    Outcome,
    Queue,
    ReviewState,
    SubjectKind,
)
from moderation.models import (
    DangerStep,
    Decision,
    HeavyLook,
    Policy,
    Profile,
    Review,
    Rule,
    RuleVersion,
    SecondLook,
    StandardText,
    Tie,
)
from moderation.models.statements import MONTHS_TO_OBJECT
from moderation.models.subjects import MINIMUM_AGE
from moderation.priority import BY_ITSELF

CHAPTER, IN_USE, OUT_OF_USE = "chapter", "in_use", "out_of_use"
"""Codes of a no about a house rule or a signal rule."""

APPEALED_BEFORE = denied("appealed_before", _("The member has objected to this decision before."))
NOTHING_LEFT = denied(
    "not_appealable",
    _(
        "Nothing is kept of somebody under 16, so there is nothing to judge again. Whoever is 16 or older"
        " may make a new account with the right birth date."
    ),
)


IN_LOTS = frozenset({Queue.NEW_PROFILES, Queue.CHANGED_PROFILES, Queue.HELP_REQUESTS})
"""Queues from which items may be approved several at once."""


@dataclass(frozen=True)
class OutcomeOffer:
    """An outcome with whether this person may choose it now."""

    outcome: Outcome
    verdict: Verdict


def may_view_queue(user: User | AnonymousUser, queue: Queue) -> Verdict:  # noqa: ARG001 - later queues differ
    """Return whether `user` may look at a queue and its items."""
    return may(user, Permission.VIEW_QUEUES)


def may_open_item(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may read what waits in a queue, not only that it waits."""
    return may(user, Permission.VIEW_QUEUES) and may(user, Permission.SEE_RECORDS)


def may_see_photo(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may see photos of members."""
    return may(user, Permission.SEE_PHOTOS)


def may_set_own_care(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` reads what members write, and so has settings of their own for it."""
    return may(user, Permission.SEE_PHOTOS)


def may_manage_texts(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may keep the standard texts."""
    return may(user, Permission.MANAGE_STANDARD_TEXTS)


def may_retire_text(user: User | AnonymousUser, text: StandardText) -> Verdict:
    """Return whether `user` may put a standard text out of use."""
    if not (verdict := may_manage_texts(user)):
        return verdict
    return verdict if text.active else denied("out_of_use", _("This text is out of use already."))


def may_restore_text(user: User | AnonymousUser, text: StandardText) -> Verdict:
    """Return whether `user` may put a standard text into use again."""
    if not (verdict := may_manage_texts(user)):
        return verdict
    return denied("in_use", _("This text is in use.")) if text.active else verdict


def may_claim(user: User, review: Review) -> Verdict:
    """Return whether `user` may take a review in hand (that it is free is the lease's matter)."""
    if not (verdict := may(user, Permission.DECIDE_REVIEWS)):
        return verdict
    if review.state != ReviewState.PENDING:
        return denied("closed", _("This item has already been dealt with."))
    if review.not_for_id == user.pk:
        return denied("decided_before", _("You decided about this before. Somebody else looks now."))
    if review.escalated:
        return _may_decide_escalated(user)
    return ALLOWED


def may_take(user: User, review: Review) -> Verdict:
    """Return whether `user` may take a review in hand now: nobody decides about whom they know.

    Asked when it is taken, and not again: a tie that is declared later ends the lease.
    """
    if Tie.objects.filter(user=user, site=review.site, member_id=review.member_id).exists():
        return denied("tie", _("You know this member. Somebody else decides."))
    return may_claim(user, review)


def may_escalate(user: User, review: Review) -> Verdict:
    """Return whether `user` may hand a review to the coordinators."""
    if review.escalated:
        return denied("escalated", _("This item is with the coordinators already."))
    return may(user, Permission.DECIDE_REVIEWS)


def may_report_danger(user: User, review: Review) -> Verdict:
    """Return whether `user` may put a review at the top because somebody may be in danger."""
    if review.state != ReviewState.PENDING:
        return denied("closed", _("This item has already been dealt with. Speak to a coordinator."))
    if any(reason["code"] == "danger" for reason in review.reasons):
        return denied("reported", _("This item stands at the top for the coordinators already."))
    return may(user, Permission.DECIDE_REVIEWS)


def may_record_danger(user: User) -> Verdict:
    """Return whether `user` may write down what was done for somebody who may be in danger."""
    return may(user, Permission.DECIDE_REVIEWS)


def may_correct_step(user: User, step: DangerStep) -> Verdict:
    """Return whether `user` may say that a step was ticked in error: their own, or as a coordinator."""
    if not (verdict := may_record_danger(user)):
        return verdict
    if step.deed == DangerDeed.HANDED_UP:
        return denied("done", _("This was no tick: the item was put at the top, and stands there."))
    if step.by_id != user.pk and not may(user, Permission.DECIDE_ESCALATED):
        return denied("not_yours", _("Only who ticked it, or a coordinator, takes it back."))
    return verdict


def has_read(user: User, review: Review, *, at: datetime) -> Verdict:
    """Return whether `user` knows what a review is about: what is hard to read was uncovered for them today.

    Nobody judges what they did not see. A text that the member took away leaves nothing to uncover.
    """
    if not review.heavy or review.subject is None:
        return ALLOWED
    if HeavyLook.objects.filter(user=user, review=review, on=clock.local_day(at)).exists():
        return ALLOWED
    return denied("covered", _("Uncover the text and read it first."))


def may_decide(user: User, review: Review, outcome: Outcome, *, at: datetime) -> Verdict:
    """Return whether `user` may decide `outcome` on a review at that moment (R20, R21)."""
    if not (verdict := may_claim(user, review)):
        return verdict
    if (outcome in ON_APPEAL) != (review.queue == Queue.APPEALS) or review.queue == Queue.SECOND_LOOKS:
        return denied("not_here", _("This is not something to decide here."))
    return ALLOWED if outcome in ON_APPEAL else _suits(outcome, review, at=at)


def may_approve_in_lot(user: User, review: Review, *, at: datetime) -> Verdict:
    """Return whether `user` may approve a review from a list: nothing asks for a look of its own.

    Everything that bars an approval at the desk does here too, ties included.
    """
    if not (verdict := may_take(user, review) and may_decide(user, review, Outcome.APPROVE, at=at)):
        return verdict
    codes = {reason["code"] for reason in review.reasons}
    young = born_too_late(on=clock.local_day(at)).filter(site=review.site, member_id=review.member_id)
    if (
        review.queue not in IN_LOTS
        or review.escalated
        or review.heavy
        or codes & BY_ITSELF
        or needs_age_basis(review, at=at)
        or young.exists()
    ):
        return denied("by_itself", _("This item needs a look of its own."))
    if review.signals.filter(dismissed_at=None).exists():
        return denied("signal", _("Something was found here. Look at it by itself."))
    return ALLOWED


def may_judge_again(user: User, review: Review, outcome: Outcome, *, at: datetime) -> Verdict:
    """Return whether `user` may say `outcome` in a second look (R20, R21 hold there too)."""
    if not (verdict := may_claim(user, review)):
        return verdict
    if review.queue != Queue.SECOND_LOOKS or outcome not in DRAWN:
        return denied("not_here", _("This is not something to decide here."))
    return _suits(outcome, review, at=at)


def may_settle(user: User, look: SecondLook) -> Verdict:
    """Return whether `user` may settle what two judged differently: not one of the two."""
    if not (verdict := may(user, Permission.SETTLE_SECOND_LOOKS)):
        return verdict
    if user.pk in {look.decision.decided_by_id, look.judged_by_id}:
        return denied("judged_before", _("You judged this yourself. Another coordinator settles it."))
    return ALLOWED


def born_too_late(*, on: date) -> QuerySet[Profile]:
    """Return the members who are under 16 on a day in Amsterdam by their birth date (R20)."""
    return Profile.objects.filter(birth_date__gt=clock.years_before(on, MINIMUM_AGE))


def _suits(outcome: Outcome, review: Review, *, at: datetime) -> Verdict:
    about_profile = review.subject_kind == SubjectKind.PROFILE
    age = _age_state(review, at) if about_profile else None
    if outcome in APPROVING and age == AgeState.UNDER_16:
        return denied("under_16", _("This member is under 16. The profile cannot be approved."))
    if outcome == Outcome.CONFIRM_UNDER_16:
        if not about_profile:
            return denied("not_a_profile", _("Open the profile to confirm that somebody is under 16."))
        if age == AgeState.OLD_ENOUGH:
            return denied(
                "old_enough", _("By the birth date this member is 16 or older. Hold the account instead.")
            )
    if outcome == Outcome.HIDE and about_profile:
        return denied("not_a_text", _("A profile is not hidden. Ask for a change, or hold the account."))
    return ALLOWED


def may_undo(user: User, decision: Decision, *, at: datetime) -> Verdict:
    """Return whether `user` may take back a decision: their own, inside its window."""
    if not (verdict := may(user, Permission.DECIDE_REVIEWS)):
        return verdict
    if decision.decided_by_id != user.pk:
        return denied("not_yours", _("Only the person who decided can take it back."))
    if decision.state != DecisionState.HELD or at >= decision.undo_until:
        return denied("too_late", _("This can no longer be taken back. Make a new decision with a reason."))
    return ALLOWED


def may_appeal(decision: Decision, *, at: datetime) -> Verdict:
    """Return whether a member may still object to a decision: six months long, and once."""
    if decision.outcome == Outcome.CONFIRM_UNDER_16:
        return NOTHING_LEFT
    if decision.outcome not in APPEALABLE:
        return denied("not_appealable", _("Nobody can object to this decision."))
    if decision.state != DecisionState.FINAL:
        return denied("not_appealable", _("This decision is not final: the member has not been told."))
    last_day = last_day_to_appeal(decision)
    assert last_day is not None
    if clock.local_day(at) > last_day:
        return denied("too_late", _("The six months in which a member may object are over."))
    return ALLOWED


def may_take_in_appeals(user: User | AnonymousUser) -> Verdict:
    """Return whether `user` may write down appeals that reach the servicedesk."""
    return may(user, Permission.TAKE_IN_APPEALS)


def may_take_in_appeal(user: User, decision: Decision, *, at: datetime) -> Verdict:
    """Return whether `user` may write down an appeal against this decision now."""
    if not (verdict := may_take_in_appeals(user)):
        return verdict
    return APPEALED_BEFORE if hasattr(decision, "appeal") else may_appeal(decision, at=at)


def last_day_to_appeal(decision: Decision) -> date | None:
    """Return the last day on which a member may object to a decision; None where nobody may."""
    if decision.outcome not in APPEALABLE or decision.final_at is None:
        return None
    return clock.months_after(clock.local_day(decision.final_at), MONTHS_TO_OBJECT)


def needs_age_basis(review: Review, *, at: datetime) -> bool:
    """Return whether an approval must say how we know that the member is 16 or older (R21)."""
    if review.queue in LOOKS_BACK:
        return False
    return review.subject_kind == SubjectKind.PROFILE and _age_state(review, at) == AgeState.UNKNOWN


def outcomes_for(user: User, review: Review, *, at: datetime) -> list[OutcomeOffer]:
    """Return what the server offers this person on this item, in the order of the screen.

    Outcomes that make no sense for the kind of item are left out; those that are barred stay,
    with their reason.
    """
    unfit = {"not_here", "not_a_profile", "not_a_text", "old_enough"}
    asked = may_judge_again if review.queue == Queue.SECOND_LOOKS else may_decide
    offers = [OutcomeOffer(outcome, asked(user, review, outcome, at=at)) for outcome in Outcome]
    return [offer for offer in offers if offer.verdict.code not in unfit]


def may_keep_house_rules(user: User) -> Verdict:
    """Return whether `user` may add and change house rules."""
    return may(user, Permission.MANAGE_HOUSE_RULES)


def may_change_rule(user: User, rule: Policy) -> Verdict:
    """Return whether `user` may change what a house rule says or allows."""
    if rule.chapter_id is None:
        return denied(CHAPTER, _("A chapter is only a heading."))
    return may_keep_house_rules(user)


def may_retire_rule(user: User, rule: Policy) -> Verdict:
    """Return whether `user` may put a house rule out of use."""
    if not rule.active:
        return denied(OUT_OF_USE, _("This house rule is out of use already."))
    return may_change_rule(user, rule)


def may_restore_rule(user: User, rule: Policy) -> Verdict:
    """Return whether `user` may put a house rule back into use."""
    if rule.active:
        return denied(IN_USE, _("This house rule is in use."))
    return may_change_rule(user, rule)


def may_keep_signal_rules(user: User) -> Verdict:
    """Return whether `user` may say what is looked for in texts."""
    return may(user, Permission.MANAGE_SIGNAL_RULES)


def may_try_version(user: User, version: RuleVersion) -> Verdict:
    """Return whether `user` may try a version of a signal rule: any but the one that is in use."""
    at_work = version.rule.at_work
    if at_work is not None and at_work.pk == version.pk:
        return denied(IN_USE, _("This version is in use."))
    return may_keep_signal_rules(user)


def may_switch_on_version(user: User, version: RuleVersion) -> Verdict:
    """Return whether `user` may let a version look through what comes in.

    It was tried beside what does so now, and is quick.
    """
    if not (verdict := may_try_version(user, version)):
        return verdict
    if not version.trials.exists():
        return denied("not_tried", _("Try this version first."))
    trial = version.trials.filter(against=version.rule.at_work).first()
    if trial is None:
        return denied(
            "other_in_use",
            _("Another version was switched on or off after this one was tried. Try it again."),
        )
    if trial.is_slow:
        return denied("slow", _("This takes too long for each text. Use fewer gaps, or shorter ones."))
    return verdict


def may_switch_off_rule(user: User, rule: Rule) -> Verdict:
    """Return whether `user` may let a signal rule look for nothing any more."""
    if not rule.active:
        return denied(OUT_OF_USE, _("This rule is off already."))
    return may_keep_signal_rules(user)


def _may_decide_escalated(user: User) -> Verdict:
    if may(user, Permission.DECIDE_ESCALATED):
        return ALLOWED
    return denied("escalated", _("This item was escalated. A coordinator decides."))


def _age_state(review: Review, at: datetime) -> AgeState:
    profile = review.profile
    assert isinstance(profile, Profile)
    state = profile.age_state(on=clock.local_day(at))
    if state == AgeState.UNKNOWN and profile.age_confirmed_basis:
        return AgeState.OLD_ENOUGH
    return state
