"""A tip instead of a sanction (R14), and letters about appeals."""

from datetime import datetime, timedelta

import pytest

from backoffice.outbox.models import Mail
from backoffice.staff.models import User
from backoffice.staff.policy import NotAllowed
from backoffice.staff.system import DELIVERY, system_user
from moderation.choices import Outcome, Queue
from moderation.models import Decision, Statement
from moderation.services.decisions import AgeBasisMissing, TipMissing, decide_review, finalise_due
from moderation.services.leases import claim_review
from tests.desk.conftest import Desk
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory
from tests.moderation.test_appeals import appeal_of, decided, rule

pytestmark = pytest.mark.django_db


def tip(
    actor: User, at: datetime, message: str = "Spreek af waar meer mensen zijn.", **fields: object
) -> Decision:
    review = ReviewFactory(**(fields or {"help_request": HelpRequestFactory(member_id="m-1")}))
    lease = claim_review(actor=actor, review_id=review.pk, at=at)
    return decide_review(
        actor=actor,
        review_id=review.pk,
        epoch=lease.epoch,
        version=1,
        outcome=Outcome.TIP,
        message=message,
        at=at,
    )


def finalise(at: datetime) -> None:
    finalise_due(actor=system_user(DELIVERY), at=at)


class TestTip:
    def test_is_mailed_and_leaves_no_mark(self, moderator: User, at: datetime) -> None:
        ProfileFactory(member_id="m-1", first_name="Fatima", email="fatima@voorbeeld.nl")
        tip(moderator, at)
        assert not Mail.objects.exists()
        finalise(at + timedelta(minutes=2))
        mail = Mail.objects.get()
        assert (mail.recipient, mail.mail_class, mail.template) == ("fatima@voorbeeld.nl", "contract", "tip")
        assert "Beste Fatima," in mail.body
        assert "Spreek af waar meer mensen zijn." in mail.body
        assert "56029837" in mail.body
        assert not Statement.objects.exists()

    def test_is_not_empty(self, moderator: User, at: datetime) -> None:
        with pytest.raises(TipMissing) as refusal:
            tip(moderator, at, "  ")
        assert refusal.value.field == "message"

    def test_approves_nobody_under_16_and_asks_for_an_age(self, moderator: User, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            tip(moderator, at, profile=ProfileFactory(birth_date=at.date().replace(year=2015)))
        with pytest.raises(AgeBasisMissing):
            tip(moderator, at, profile=ProfileFactory(birth_date=None, site="huppla.nl"))

    def test_is_offered_at_the_desk(self, moderator: User, at: datetime) -> None:
        ReviewFactory()
        html = Desk(moderator).next()["item"]["html"]
        panel = html.split('data-panel="tip"')[1].split("</details>")[0]
        assert 'name="message"' in panel
        assert 'name="policies"' not in panel
        assert 'name="reason"' not in panel


class TestRulingLetter:
    @pytest.mark.parametrize(
        ("outcome", "words"),
        [
            (Outcome.OVERTURN, "Je hebt gelijk gekregen."),
            (Outcome.UPHOLD, "Ons besluit blijft zoals het is."),
        ],
    )
    def test_tells_the_member_how_the_appeal_ended(
        self, moderator: User, other_moderator: User, at: datetime, outcome: Outcome, words: str
    ) -> None:
        ProfileFactory(member_id="m-5", email="wim@voorbeeld.nl")
        appeal, _new = appeal_of(decided(moderator, at, member_id="m-5"), at + timedelta(days=1))
        Mail.objects.all().delete()
        rule(appeal, other_moderator, at + timedelta(days=1), outcome, reason="Dat nummer is openbaar.")
        finalise(at + timedelta(days=1, minutes=2))
        mail = Mail.objects.get()
        assert words in mail.body
        assert "Dat nummer is openbaar." in mail.body
        assert ("Autoriteit Persoonsgegevens" in mail.body) == (outcome == Outcome.UPHOLD)
        assert moderator.display_name not in mail.body
        assert Queue.APPEALS not in mail.body
