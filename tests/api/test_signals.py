"""What rules do to the work: signals with their kind, and danger in the urgent queue."""

from datetime import datetime

import pytest

from backoffice.staff.models import User
from moderation.choices import Flag, Queue
from moderation.detectors import scan
from moderation.detectors.severity import severity_of
from moderation.models import Review
from moderation.priority import WAS_URGENT
from moderation.services.danger import report_danger
from tests.platforms import FULL_PROFILE, Platform


@pytest.mark.django_db
class TestUrgent:
    @pytest.mark.parametrize(
        ("text", "queue"),
        [
            ("Ik sla je helemaal in elkaar", Queue.URGENT),
            ("Bel mij op 0612345678", Queue.HELP_REQUESTS),
            ("Wie wandelt er mee?", Queue.HELP_REQUESTS),
        ],
    )
    def test_is_what_is_most_severe(self, platform: Platform, text: str, queue: Queue) -> None:
        platform.help_request(text=text)
        assert Review.objects.get().queue == queue

    def test_goes_for_profiles_too(self, platform: Platform) -> None:
        platform.profile(**FULL_PROFILE | {"about": "Ik sla je helemaal in elkaar"})
        assert Review.objects.get().queue == Queue.URGENT

    def test_is_over_once_the_member_made_the_text_harmless_and_its_history_tells(
        self, platform: Platform
    ) -> None:
        danger, harmless = "Ik sla je helemaal in elkaar", "Wie wandelt er mee?"
        for revision, text in enumerate([danger, harmless, harmless + " Graag!"], start=2):
            platform.help_request(text=text, revision=revision)
        review = Review.objects.get()
        assert (review.queue, review.points) == (Queue.HELP_REQUESTS, WAS_URGENT["points"])
        assert review.reasons == [WAS_URGENT]
        queues = review.history.order_by("history_id").values_list("queue", flat=True)
        assert list(queues) == [Queue.URGENT, Queue.HELP_REQUESTS, Queue.HELP_REQUESTS]
        platform.help_request(text=danger, revision=9)
        review.refresh_from_db()
        assert review.queue == Queue.URGENT
        assert WAS_URGENT not in review.reasons

    def test_is_what_a_colleague_called_danger_whatever_the_member_makes_of_it(
        self, platform: Platform, moderator: User, at: datetime
    ) -> None:
        platform.help_request()
        review = Review.objects.get()
        report_danger(actor=moderator, review_id=review.pk, reason="kijk", at=at)
        platform.help_request(text="Niets meer aan de hand.", revision=9)
        review.refresh_from_db()
        assert (review.queue, review.reasons[0]["code"]) == (Queue.URGENT, "danger")

    def test_a_signal_keeps_its_kind_and_its_reason(self, platform: Platform) -> None:
        platform.help_request(text="Ik sla je helemaal in elkaar")
        signal = Review.objects.get().signals.get()
        assert (signal.flag, signal.severity, signal.params) == (
            Flag.THREAT,
            3,
            {"rule": "Dreigt met geweld"},
        )
        assert Review.objects.get().reasons[0]["params"] == {"rule": "Dreigt met geweld"}


class TestSeverity:
    def test_is_that_of_the_worst_signal(self) -> None:
        assert severity_of([]) == 0
        assert severity_of(scan({"text": "Bel mij op 0612345678, anders sla ik je in elkaar"})) == 3

    def test_a_child_that_can_be_reached_is_in_danger(self) -> None:
        assert severity_of(scan({"text": "Ik ben 13."})) == 2
        assert severity_of(scan({"text": "Ik ben 13. Bel mij op 0612345678"})) == 3
