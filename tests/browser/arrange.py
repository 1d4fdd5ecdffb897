"""What lies on the desk before a journey begins."""

import io
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from backoffice import clock
from moderation.models import Profile, Review, Signal
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory


def waiting(now: datetime, **fields: Any) -> Review:
    opened = fields.pop("opened_at", now - timedelta(hours=2))
    return ReviewFactory(opened_at=opened, due_at=clock.end_of_next_day(opened), **fields)


def with_photo(**fields: Any) -> Profile:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(file, "JPEG")
    profile = ProfileFactory(photo="photos/aa/x.jpg", **fields)
    default_storage.save(profile.photo, ContentFile(file.getvalue()))
    return profile


def marked(now: datetime, *, site: str = "wehelpen.nl", kind: str = "request") -> Review:
    """A request with a telephone number, of a member who was decided about before."""
    profile = ProfileFactory(site=site)
    of_member = {"site": site, "member_id": profile.member_id}
    request = HelpRequestFactory(**of_member, kind=kind, text="Bel 06-12345678 gerust.")
    HelpRequestFactory(**of_member, title="Een andere vraag")
    review = waiting(now, help_request=request, reasons=[{"code": "phone_number", "points": 30}], points=30)
    Signal.objects.create(
        review=review, version=1, code="phone_number", field="text", start=4, end=15, points=30
    )
    return review
