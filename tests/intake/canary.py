"""Somebody whose every word can be recognised, brought in through every door there is."""

import hashlib
import json
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client

from backoffice.outbox.models import Delivery, DeliveryState, Mail, MailState
from backoffice.outbox.services.deliveries import deliver_due
from backoffice.outbox.services.mail import send_due_mail
from backoffice.staff.models import User
from moderation.choices import Outcome, ReviewState, SkipReason
from moderation.models import HelpRequest, Profile, Review
from moderation.services.danger import correct_step, record_step, report_danger
from moderation.services.decisions import decide_review, finalise_due, undo_decision
from moderation.services.leases import claim_review, escalate_review, renew_lease, skip_review
from moderation.services.notes import add_note
from tests.pictures import jpeg_of_a_place
from tests.platforms import Platform

HIDE = {"outcome": Outcome.HIDE, "policies": ["1.1"]}


@dataclass
class Canary:
    """`word` begins every marker; it is in nothing else."""

    word: str
    birth_date: str = "1931-07-19"
    site: str = "wehelpen.nl"
    member_id: str = ""
    photo: bytes = b""
    markers: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.member_id = self.member_id or self.word
        self.photo = jpeg_of_a_place(self.word)
        self.markers |= {self.word, self.birth_date, hashlib.sha256(self.photo).hexdigest()}

    def said(self, what: str) -> str:
        """A marker of its own for one thing that is written down."""
        marker = f"{self.word}-{what}"
        self.markers.add(marker)
        return marker

    def profile(self, **fields: Any) -> dict[str, Any]:
        said = self.said
        return {
            "salutation": said("aanhef"),
            "first_name": said("voornaam"),
            "infix": said("tussen"),
            "last_name": said("achternaam"),
            "birth_date": self.birth_date or None,
            "postcode": "9951 ZQ",
            "place": said("plaats"),
            "email": f"{said('mail')}@voorbeeld.nl",
            "phone": "06-98765123",
            "about": f"{said('tekst')} bel 06-98765123 of mail {self.word}@voorbeeld.nl, zie {self.word}.nl",
            "keywords": [said("woord")],
            "via_facebook": {"name": said("facebook"), "email": f"{self.word}@voorbeeld.nl"},
            **fields,
        }

    def request(self, number: str, **fields: Any) -> dict[str, Any]:
        return {
            "member_id": self.member_id,
            "title": self.said(f"titel-{number}"),
            "text": f"{self.said(f'vraag-{number}')} bel 06-98765123",
            "keywords": [self.said(f"trefwoord-{number}")],
            "place": self.said("elders"),
            **fields,
        }

    def hand_over(self, platform: Platform, folder: Path) -> None:
        """Bring in the member, two photos, four requests in versions, one of them by file."""
        platform.profile(self.member_id, **self.profile(about=self.said("eerste-tekst")))
        platform.photo(jpeg_of_a_place(self.said("oude-foto")), self.member_id)
        platform.photo(self.photo, self.member_id)
        platform.profile(self.member_id, **self.profile(), revision=2)
        for number in ("a", "b", "c"):
            name = self.said(f"nummer-{number}")
            platform.help_request(name, **self.request(number, text=self.said("eerder")))
            platform.help_request(name, **self.request(number), revision=2)
        platform.delete(f"help-requests/{self.site}/{self.word}-nummer-c?revision=3")
        line = {
            "type": "help_request", "site": self.site, "request_id": self.said("nummer-d"), "kind": "offer",
            "revision": 1, **self.request("d"),
        }  # fmt: skip
        file = folder / "records.ndjson"
        file.write_text(json.dumps(line))
        call_command("import_records", file)
        file.unlink()

    def work_through(self, moderator: User, at: datetime) -> None:
        """Do at the desk whatever can be done, and write something wherever one can write."""
        reviews = list(
            Review.objects.filter(site=self.site, member_id=self.member_id, state=ReviewState.PENDING)
        )
        reviews.sort(key=lambda review: review.subject.external_id if review.subject else "")
        by_profile = next(review for review in reviews if review.profile_id)
        first, second, third = (review for review in reviews if review.help_request_id)
        for review in reviews:
            lease = claim_review(actor=moderator, review_id=review.pk, at=at)
            draft = {"reason": self.said("concept"), "message": self.said("concept-brief")}
            renew_lease(actor=moderator, review_id=review.pk, epoch=lease.epoch, draft=draft, at=at)
            add_note(actor=moderator, review_id=review.pk, text=self.said("notitie"), at=at)
        undone = self.decide(first, moderator, at, "teruggenomen", **HIDE)
        undo_decision(actor=moderator, decision_id=undone.pk, at=at)
        self.decide(first, moderator, at, "besluit", **HIDE)
        self.decide(
            by_profile, moderator, at, "profielbesluit", outcome=Outcome.REQUEST_CHANGE, policies=["1.1"]
        )
        note = self.said("overgeslagen")
        skip_review(actor=moderator, review_id=second.pk, epoch=1, reason=SkipReason.OTHER, note=note, at=at)
        escalate_review(actor=moderator, review_id=third.pk, epoch=1, reason=self.said("opgeschaald"), at=at)
        report_danger(actor=moderator, review_id=third.pk, reason=self.said("gevaar"), at=at)
        note = f"gebeld{self.word}"  # a note that says the name itself is refused
        self.markers.add(note)
        step = record_step(actor=moderator, review_id=third.pk, deed="police", note=note, at=at)
        correct_step(actor=moderator, step_id=step.pk, at=at)

    def decide(self, review: Review, moderator: User, at: datetime, what: str, **given: Any) -> Any:
        return decide_review(
            actor=moderator,
            review_id=review.pk,
            epoch=1,
            version=review.version,
            reason=self.said(f"reden-{what}"),
            message=self.said(f"brief-{what}"),
            at=at,
            **given,
        )

    def let_it_leave(self, moderator: User, at: datetime) -> None:
        """Make what was decided final; of the webhooks and the letters one leaves and one does not."""
        later = at + timedelta(minutes=2)
        finalise_due(actor=moderator, at=later)
        assert Mail.objects.filter(member_id=self.member_id).count() == 2
        deliver_due(at=later, limit=1)
        send_due_mail(at=later, limit=1)
        Delivery.objects.filter(state=DeliveryState.WAITING).update(state=DeliveryState.PARKED)
        Mail.objects.filter(state=MailState.WAITING).update(state=MailState.PARKED)

    def look_at(self, staff: User) -> None:
        """Open every page about this member, so that sessions, messages and caches are filled too."""
        client = Client()
        client.force_login(staff)
        profile = Profile.objects.get(member_id=self.member_id)
        pages = [f"/photos/{profile.pk}/", f"/moderation/profile/{profile.pk}/change/"]
        pages += [f"/moderation/profile/?q={self.said('voornaam')}", "/queues/urgent/"]
        pages += [f"/reviews/{review.pk}/" for review in Review.objects.filter(member_id=self.member_id)]
        pages += [
            f"/moderation/helprequest/{request.pk}/history/"
            for request in HelpRequest.objects.filter(member_id=self.member_id)
        ]
        for page in pages:
            with closing(client.get(page)) as answer:
                assert answer.status_code == 200, page
        taken = Review.objects.filter(member_id=self.member_id, state=ReviewState.DECIDED).first()
        assert taken is not None
        assert client.post(f"/reviews/{taken.pk}/take/").status_code in {302, 303, 409}
