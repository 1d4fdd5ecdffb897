"""Every verb of every admin page, whoever made it: for whom it opens, and that looking changes nothing.

A new verb is walked by itself; a model that had none before needs a row in `ROWS`.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backoffice import clock
from backoffice.outbox.announcements import Announcement, enqueue
from backoffice.outbox.letters import Letter, send_letter
from backoffice.outbox.models import Delivery, Mail, MailClass, WebhookEndpoint
from backoffice.platforms.models import ApiKey
from backoffice.platforms.services.keys import create_api_key
from backoffice.staff.models import User
from backoffice.staff.permissions import ROLES, Role
from backoffice.staff.policy import may
from backoffice.staff.system import DELIVERY, SETUP, system_user
from backoffice.ui.admin import HouseAdmin
from backoffice.ui.verb_pages import NO_PERMISSION, verb_address
from backoffice.ui.verbs import Verb
from moderation.models import Decision, Policy, Rule, RuleVersion, StandardText
from moderation.services.decisions import finalise_due
from tests.factories import ReviewFactory, StaffFactory, WebhookEndpointFactory
from tests.moderation.test_statements import decided
from tests.ui.test_language import english_in

pytestmark = pytest.mark.django_db


def _key() -> ApiKey:
    key, _secret = create_api_key(
        actor=system_user(SETUP), name="Zwolle", site="wehelpen.nl", scopes=["intake"], at=clock.now()
    )
    return key


def _delivery() -> Delivery:
    site = WebhookEndpointFactory().site
    return enqueue([Announcement(site=site, type="decision.final", about="1", data={})], at=clock.now())[0]


def _letter() -> Mail:
    letter = Letter(
        mail_class=MailClass.CONTRACT,
        template="decision",
        site="wehelpen.nl",
        recipient="fatima@voorbeeld.nl",
        subject="Je hulpvraag",
        body="Beste Fatima.",
        about="1",
    )
    return send_letter(letter, at=clock.now())


def _decision() -> Decision:
    moment = clock.now() - timedelta(minutes=5)
    decision = decided(StaffFactory(role=Role.MODERATOR), moment, ReviewFactory(opened_at=moment))
    finalise_due(actor=system_user(DELIVERY), at=clock.now())
    return Decision.objects.get(pk=decision.pk)


ROWS: dict[type[Model], Callable[[], Model]] = {
    ApiKey: _key,
    Mail: _letter,
    Decision: _decision,
    Delivery: _delivery,
    Policy: lambda: Policy.objects.get(code="1.1"),
    Rule: lambda: Rule.objects.all()[0],
    RuleVersion: lambda: RuleVersion.objects.all()[0],
    User: lambda: StaffFactory(role=Role.MODERATOR),
    StandardText: lambda: StandardText.objects.all()[0],
    WebhookEndpoint: WebhookEndpointFactory,
}


def every_verb() -> Iterator[Any]:
    for model_admin in admin.site._registry.values():
        assert isinstance(model_admin, HouseAdmin)
        for verb in model_admin.verbs:
            yield pytest.param(model_admin, verb, id=f"{model_admin.opts.label_lower}-{verb.name}")


VERBS = list(every_verb())


@pytest.fixture
def row(setup_acts: User, model_admin: HouseAdmin, verb: Verb[Any]) -> Model | None:
    return None if verb.makes else ROWS[model_admin.model]()


@pytest.fixture
def address(model_admin: HouseAdmin, verb: Verb[Any], row: Model | None) -> str:
    return verb_address(model_admin, verb, row)


def browser(user: User, **settings: Any) -> Client:
    client = Client(**settings)
    client.force_login(user)
    return client


@pytest.mark.parametrize(("model_admin", "verb"), VERBS)
class TestEveryVerb:
    @pytest.mark.parametrize("role", Role)
    def test_opens_for_the_roles_that_see_its_list_and_may_do_it(
        self, model_admin: HouseAdmin, verb: Verb[Any], row: Model | None, address: str, role: Role
    ) -> None:
        user = StaffFactory(role=role)
        status = 200 if model_admin.view_permission in ROLES[role] and _may(user, verb, row) else 403
        client = browser(user)
        assert client.get(address).status_code == status
        if status == 403:
            assert client.post(address).status_code == 403

    def test_sends_who_is_not_signed_in_to_do_so(self, address: str) -> None:
        for answer in (Client().get(address), Client().post(address)):
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")

    def test_writes_nothing_when_somebody_looks(
        self, model_admin: HouseAdmin, verb: Verb[Any], row: Model | None, address: str
    ) -> None:
        client = browser(_who_may(model_admin, verb, row))
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
            client.head(address)
        reads = ("SELECT", "DECLARE")  # Django reads choices through a cursor
        assert [query["sql"] for query in seen if not query["sql"].startswith(reads)] == []

    def test_asks_for_a_token(
        self, model_admin: HouseAdmin, verb: Verb[Any], row: Model | None, address: str
    ) -> None:
        client = browser(_who_may(model_admin, verb, row), enforce_csrf_checks=True)
        assert client.post(address).status_code == 403

    def test_takes_no_other_method(
        self, model_admin: HouseAdmin, verb: Verb[Any], row: Model | None, address: str
    ) -> None:
        client = browser(_who_may(model_admin, verb, row))
        assert {client.put(address).status_code, client.delete(address).status_code} == {405}

    def test_has_its_verdict_on_the_page(
        self, model_admin: HouseAdmin, verb: Verb[Any], row: Model | None, address: str
    ) -> None:
        user = _who_may(model_admin, verb, row)
        verdict = verb.verdict(user, row)
        page = browser(user).get(address).text
        assert ("disabled aria-describedby" in page) is not bool(verdict)
        assert verdict or str(verdict.message) in page

    def test_speaks_dutch_as_its_row_and_list_do(
        self, model_admin: HouseAdmin, verb: Verb[Any], row: Model | None, address: str
    ) -> None:
        client = browser(_who_may(model_admin, verb, row))
        base = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}"
        pages = [address, reverse(f"{base}_changelist")]
        if row is not None:
            pages += [reverse(f"{base}_change", args=[row.pk])]
        for page in pages:
            assert english_in(client.get(page).text) == [], page


@pytest.mark.parametrize(("model_admin", "verb"), [one for one in VERBS if not one.values[1].makes])
def test_a_verb_has_no_page_for_a_row_that_is_not_there(
    model_admin: HouseAdmin, verb: Verb[Any], row: Model, address: str
) -> None:
    client = browser(_who_may(model_admin, verb, row))
    for key in ("bestaat-niet", "00000000-0000-0000-0000-000000000000", "999999999"):
        assert client.get(address.replace(str(row.pk), key)).status_code == 404


def _may(user: User, verb: Verb[Any], row: Model | None) -> bool:
    """Whether their role lets somebody do it at all, whatever stands in the way now."""
    return verb.verdict(user, row).code != NO_PERMISSION


def _who_may(model_admin: HouseAdmin, verb: Verb[Any], row: Model | None) -> User:
    for role in Role:
        user: User = StaffFactory(role=role)
        if may(user, model_admin.view_permission) and _may(user, verb, row):
            return user
    raise AssertionError("nobody sees this list and may do this")


def test_there_is_a_row_for_every_verb() -> None:
    assert {one.values[0].model for one in VERBS} == set(ROWS)


def test_no_admin_has_actions_of_unfold_that_run_on_get() -> None:
    """They have no token: a link from elsewhere would do."""
    for model_admin in admin.site._registry.values():
        assert isinstance(model_admin, HouseAdmin)
        for kind in ("actions_list", "actions_row", "actions_detail", "actions_submit_line"):
            assert not getattr(model_admin, kind), (model_admin, kind)


def test_every_action_on_chosen_rows_asks_a_permission() -> None:
    for model_admin in admin.site._registry.values():
        for name in model_admin.actions or ():
            assert getattr(model_admin, str(name)).allowed_permissions, (model_admin, name)
