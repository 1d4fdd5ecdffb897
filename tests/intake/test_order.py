"""Records come late, twice, in any order and in any batches, and end in the same state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation.choices import ReviewState
from moderation.models import HelpRequest, Profile, Review
from moderation.services.records import (
    HELP_REQUEST_FIELDS,
    PROFILE_FIELDS,
    HelpRequestRemoved,
    ProfileClosed,
    Receipt,
    Record,
)
from tests.intake.conftest import SITE, help_request, profile

pytestmark = pytest.mark.django_db

Take = Callable[..., list[Receipt]]
REQUESTS = {"r-1": "m-1", "r-2": "m-1", "r-3": "m-2"}
patiently = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_sites = count(1)


@st.composite
def told_of_member(draw: st.DrawFn, member_id: str, *, comes_back: bool) -> list[Record]:
    """What a platform tells of a member, in order: revisions, and perhaps that the account was closed."""
    told: list[Record] = []
    for revision in sorted(draw(st.sets(st.integers(0, 9), max_size=4))):
        if comes_back and draw(st.booleans()):
            told.append(ProfileClosed(site=SITE, member_id=member_id, revision=revision))
        else:
            about = draw(st.sampled_from(["", "Ik help.", "Bel 06 12345678"]))
            born = draw(st.sampled_from([date(1971, 2, 28), None]))
            told.append(profile(member_id, revision, about=about, birth_date=born))
    if draw(st.booleans()):
        last = draw(st.sampled_from([None, 9, 10]))
        told.append(ProfileClosed(site=SITE, member_id=member_id, revision=last))
    return told


@st.composite
def told_of_request(draw: st.DrawFn, request_id: str) -> list[Record]:
    """What a platform tells of a request: revisions and removals, after which it may come back."""
    told: list[Record] = []
    for revision in sorted(draw(st.sets(st.integers(0, 9), max_size=3))):
        if draw(st.integers(0, 2)) == 0:
            told.append(HelpRequestRemoved(site=SITE, request_id=request_id, revision=revision))
        else:
            text = draw(st.sampled_from(["De heg.", "Zie www.voorbeeld.nl"]))
            told.append(help_request(request_id, revision, member_id=REQUESTS[request_id], text=text))
    if draw(st.integers(0, 3)) == 0:
        told.append(HelpRequestRemoved(site=SITE, request_id=request_id))
    return told


@st.composite
def streams(draw: st.DrawFn, *, comes_back: bool) -> tuple[list[Record], list[list[Record]]]:
    """The records in order; and the same, mixed, some of them twice, cut into batches."""
    in_order: list[Record] = []
    for member_id in ("m-1", "m-2"):
        in_order += draw(told_of_member(member_id, comes_back=comes_back))
        for request_id, whose in REQUESTS.items():
            if whose == member_id:
                in_order += draw(told_of_request(request_id))
    twice = draw(st.lists(st.sampled_from(in_order), max_size=4)) if in_order else []
    mixed = draw(st.permutations([*in_order, *twice]))
    batches, rest = [], list(mixed)
    while rest:
        size = draw(st.integers(1, 6))
        batches.append(rest[:size])
        rest = rest[size:]
    return in_order, batches


def told(take: Take, site: str, *batches: list[Record]) -> None:
    for batch in batches:
        take(*[replace(record, site=site) for record in batch])


def state(site: str) -> dict[str, Any]:
    """What is known of a site and what waits; our own counting of versions depends on the way here."""
    waiting = Review.objects.filter(site=site, state=ReviewState.PENDING)
    return {
        "profiles": {
            one.member_id: (one.revision, *(getattr(one, name) for name in PROFILE_FIELDS))
            for one in Profile.objects.filter(site=site)
        },
        "requests": {
            one.request_id: (
                one.revision,
                one.member_id,
                *(getattr(one, name) for name in HELP_REQUEST_FIELDS),
            )
            for one in HelpRequest.objects.filter(site=site)
        },
        "waiting": sorted(
            (
                one.subject.external_id if one.subject else "",
                one.revision,
                one.queue,
                one.points,
                *sorted(one.signals.values_list("code", "field", "start", "end")),
            )
            for one in waiting
        ),
    }


class TestAnyOrder:
    @patiently
    @given(stream=streams(comes_back=False))
    def test_ends_in_the_same_state(
        self, take: Take, stream: tuple[list[Record], list[list[Record]]]
    ) -> None:
        in_order, batches = stream
        straight, mixed = (f"s{next(_sites)}.wehelpen.nl" for _each in range(2))
        told(take, straight, in_order)
        told(take, mixed, *batches)
        assert state(mixed) == state(straight)
        assert len(state(mixed)["waiting"]) == len(state(mixed)["profiles"]) + len(state(mixed)["requests"])

    @patiently
    @given(stream=streams(comes_back=True))
    def test_ends_in_the_same_state_for_members_who_come_back_once_their_requests_were_sent_again(
        self, take: Take, stream: tuple[list[Record], list[list[Record]]]
    ) -> None:
        in_order, batches = stream
        straight, mixed = (f"s{next(_sites)}.wehelpen.nl" for _each in range(2))
        told(take, straight, *([one] for one in in_order))
        told(take, mixed, *batches)
        assert state(mixed)["profiles"] == state(straight)["profiles"]
        for site in (straight, mixed):
            told(take, site, in_order)
        assert state(mixed) == state(straight)
