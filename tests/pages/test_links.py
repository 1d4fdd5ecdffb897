"""No page leads somebody to one that is closed to them."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backoffice.audit.models import Event
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.choices import Outcome
from moderation.models import Decision, Policy
from moderation.services.decisions import decide_review
from moderation.services.leases import claim_review
from tests.factories import HelpRequestFactory, ProfileFactory, ReviewFactory, StaffFactory
from tests.pages.conftest import as_

pytestmark = pytest.mark.django_db

LINK = re.compile(r'href="(/[^"#]*)')


def links(page: str) -> set[str]:
    """Every address on a page that is not a file."""
    return {link.replace("&amp;", "&") for link in LINK.findall(page) if not link.startswith("/static/")}


def closed(client: Client, page: str) -> list[str]:
    """The addresses on a page that the reader may not open."""
    return [link for link in sorted(links(page)) if client.get(link).status_code == 403]


@pytest.fixture
def decision(moderator: User, at: datetime) -> Decision:
    profile = ProfileFactory()
    review = ReviewFactory(help_request=HelpRequestFactory(member_id=profile.member_id))
    lease = claim_review(actor=moderator, review_id=review.pk, at=at)
    rule = Policy.objects.filter(outcomes__contains=[Outcome.HIDE], active=True)[0]
    return decide_review(
        actor=moderator,
        review_id=review.pk,
        epoch=lease.epoch,
        version=1,
        outcome=Outcome.HIDE,
        policies=[rule.code],
        reason="Hoort hier niet.",
        at=at,
    )


@pytest.mark.parametrize("role", Role)
def test_nobody_is_led_to_a_closed_page(decision: Decision, role: Role) -> None:
    client = as_(StaffFactory(role=role))
    assert decision.review is not None
    rows: list[Any] = [decision, decision.review, decision.review.help_request, *Event.objects.all()]
    opened = [client.get("/").text]
    for row in rows:
        address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        page = client.get(address)
        if page.status_code == 200:
            opened.append(page.text)
    assert [link for page in opened for link in closed(client, page)] == []
