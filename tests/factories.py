"""Rows for tests. They need somebody acting (the fixture `setup_acts`)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from django.contrib.auth.models import Group

from backoffice import clock
from backoffice.outbox.models import WebhookEndpoint
from backoffice.staff.models import User
from backoffice.staff.permissions import Role
from moderation.choices import HelpKind, Queue, SubjectKind
from moderation.models import HelpRequest, Lease, Profile, Review

RECEIVED = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)
PASSWORD = "een-goed-wachtwoord-2026"


class StaffFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"medewerker{n}")
    display_name = factory.Sequence(lambda n: f"Medewerker {n}")
    is_staff = True

    @factory.post_generation
    def role(self: Any, _create: bool, extracted: Role | None, **_kwargs: Any) -> None:
        if extracted:
            self.groups.add(Group.objects.get(name=extracted.value))

    @factory.post_generation
    def with_password(self: Any, _create: bool, extracted: bool | None, **_kwargs: Any) -> None:
        if extracted:
            self.set_password(PASSWORD)
            self.save(update_fields=["password"])


class ProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Profile

    site = "wehelpen.nl"
    member_id = factory.Sequence(lambda n: f"m-{n}")
    revision = 1
    salutation = "mevrouw"
    first_name = "Fatima"
    infix = "van"
    last_name = "Dijk"
    birth_date = date(1980, 5, 17)
    postcode = "8011AB"
    place = "Zwolle"
    email = factory.Sequence(lambda n: f"lid{n}@voorbeeld.nl")
    about = "Ik help graag met boodschappen."
    keywords = factory.LazyFunction(lambda: ["boodschappen"])
    member_since = date(2025, 3, 1)
    first_received_at = RECEIVED
    received_at = RECEIVED


class HelpRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HelpRequest

    site = "wehelpen.nl"
    member_id = factory.Sequence(lambda n: f"m-{n}")
    request_id = factory.Sequence(lambda n: f"r-{n}")
    revision = 1
    kind = HelpKind.REQUEST
    title = "Wie kan mijn moeder naar het ziekenhuis brengen?"
    text = "Dinsdag moet mijn moeder om tien uur in het ziekenhuis zijn."
    keywords = factory.LazyFunction(lambda: ["vervoer"])
    place = "Zwolle"
    posted_at = RECEIVED
    first_received_at = RECEIVED
    received_at = RECEIVED


class ReviewFactory(factory.django.DjangoModelFactory):
    """A pending review; `profile=` or `help_request=` says of what (a help request of its own if neither)."""

    class Meta:
        model = Review

    profile = None
    help_request = factory.LazyAttribute(lambda o: None if o.profile else HelpRequestFactory())
    subject_kind = factory.LazyAttribute(
        lambda o: SubjectKind.PROFILE if o.profile else SubjectKind.HELP_REQUEST
    )
    queue = factory.LazyAttribute(lambda o: Queue.NEW_PROFILES if o.profile else Queue.HELP_REQUESTS)
    site = factory.LazyAttribute(lambda o: (o.profile or o.help_request).site)
    member_id = factory.LazyAttribute(lambda o: (o.profile or o.help_request).member_id)
    revision = factory.LazyAttribute(lambda o: (o.profile or o.help_request).revision)
    version = factory.LazyAttribute(lambda o: (o.profile or o.help_request).version)
    opened_at = RECEIVED
    due_at = factory.LazyAttribute(lambda o: clock.end_of_next_day(o.opened_at))
    points = 0
    ranks_at = factory.LazyAttribute(lambda o: o.opened_at - timedelta(hours=o.points))


class LeaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lease

    epoch = 1
    taken_at = RECEIVED
    expires_at = factory.LazyAttribute(lambda o: o.taken_at + timedelta(minutes=10))


class WebhookEndpointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WebhookEndpoint

    site = "wehelpen.nl"
    url = factory.Sequence(lambda n: f"http://127.0.0.1:9/{n}")
    created_at = RECEIVED
