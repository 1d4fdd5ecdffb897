"""What who reported something hears: that it came in, and what became of it."""

from datetime import UTC, date, datetime

import pytest

from backoffice.outbox.models import MailClass
from moderation.choices import Outcome
from moderation.letters.to_reporter import Notice, outcome_letter, receipt_letter

NOTICE = Notice(
    about="n-1",
    site="wehelpen.nl",
    received_at=datetime(2026, 11, 16, 23, 30, tzinfo=UTC),  # the 17th in Amsterdam
    email="piet@voorbeeld.nl",
    first_name="Piet",
)
TODAY = date(2026, 11, 24)


class TestReceipt:
    def test_says_that_it_came_in_and_what_happens_next(self) -> None:
        said = receipt_letter(NOTICE, on=TODAY)
        assert said.body.startswith(
            "Beste Piet,\n\nWij hebben je melding over wehelpen.nl ontvangen op 17 november"
        )
        for part in ("De computer beslist niet", "niet wie dit heeft gemeld", "112", "KvK 56029837"):
            assert part in said.body
        assert (said.recipient, said.about) == ("piet@voorbeeld.nl", "n-1")
        assert said.mail_class == MailClass.CONTRACT

    def test_greets_somebody_whose_name_is_not_known(self) -> None:
        anonymous = Notice(about="n-1", site="huppla.nl", received_at=NOTICE.received_at, email="x@y.nl")
        assert receipt_letter(anonymous, on=TODAY).body.startswith("Beste melder,\n")


class TestOutcome:
    @pytest.mark.parametrize(
        ("outcome", "words"),
        [
            (Outcome.APPROVE, "laten wij het staan"),
            (Outcome.REQUEST_CHANGE, "gevraagd om de tekst aan te passen"),
            (Outcome.HIDE, "niet meer zichtbaar"),
            (Outcome.HOLD_ACCOUNT, "maatregelen genomen"),
            (Outcome.CONFIRM_UNDER_16, "maatregelen genomen"),
        ],
    )
    def test_says_what_was_decided_and_no_more_of_the_other(self, outcome: Outcome, words: str) -> None:
        said = outcome_letter(NOTICE, outcome=outcome, on=TODAY).body
        assert words in said
        assert "account" not in said.lower()
        assert "16" not in said.replace("17 november 2026", "")

    def test_says_what_one_can_do_and_promises_nothing_that_is_for_members(self) -> None:
        said = outcome_letter(NOTICE, outcome=Outcome.APPROVE, on=TODAY).body
        for part in ("Antwoord op deze mail", "gratis", "servicedesk", "rechter", "KvK 56029837",
                     "Autoriteit Persoonsgegevens"):  # fmt: skip
            assert part in said
        for promise in ("bezwaar", "tot en met", "Iemand anders"):
            assert promise not in said
