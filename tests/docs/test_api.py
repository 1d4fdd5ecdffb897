"""The page for platforms says what the API does."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from standardwebhooks import WebhookVerificationError

from backoffice.api import describe
from backoffice.outbox.services.signing import signed_headers
from backoffice.platforms.api.problems import Problem
from incidents.api.contacts import ContactBody, NoticeBody, TicketOut
from moderation.api.answers import ReceiptOut
from moderation.api.appeals import AppealBody
from moderation.api.decisions import DecisionOut, DecisionsOut
from moderation.choices import Outcome
from tests.docs.pages import blocks, read

PAGE = read("docs/api.md")
EXAMPLES: list[dict[str, Any]] = [json.loads(block) for block in blocks(PAGE, "json")]
BODY = b'{"type":"decision.final"}'


def example(key: str) -> dict[str, Any]:
    (found,) = [one for one in EXAMPLES if key in one]
    return found


class TestTheOperations:
    def test_are_all_there_and_no_others(self) -> None:
        told = set(re.findall(r"`(GET|PUT|POST|DELETE) (/api/v1/[^?`]+)", PAGE))
        is_there = {
            (method.upper(), path)
            for path, operations in describe()["paths"].items()
            for method in operations
        }
        assert told == is_there


class TestTheExamples:
    def test_have_the_fields_of_the_answers(self) -> None:
        assert set(example("result")) == set(ReceiptOut.model_fields)
        assert set(example("detail")) == set(Problem.model_fields)
        assert set(example("decision_id")) == set(AppealBody.model_fields)
        assert set(example("ticket")) == set(TicketOut.model_fields)
        assert set(example("more")) == set(DecisionsOut.model_fields)
        assert set(example("timestamp")["data"]) == set(DecisionOut.model_fields)

    @pytest.mark.parametrize(("key", "body"), [("kind", ContactBody), ("explanation", NoticeBody)])
    def test_can_be_sent(self, key: str, body: type[ContactBody | NoticeBody]) -> None:
        body.model_validate_json(json.dumps(example(key)), context={"at": datetime.now(UTC)})

    def test_name_every_outcome(self) -> None:
        (sentence,) = re.findall(r"^`outcome` is (.+?)\. ", PAGE, flags=re.MULTILINE)
        assert set(re.findall(r"`(\w+)`", sentence)) == set(Outcome.values)


class TestReadingAWebhook:
    @pytest.fixture
    def read_webhook(self) -> Any:
        (source,) = blocks(PAGE, "python")
        space: dict[str, Any] = {}
        exec(source, space)  # noqa: S102 - the page's own lines are what is tried
        return space["read_webhook"]

    def headers(self, keys: list[bytes]) -> dict[str, str]:
        return signed_headers(message=uuid4(), body=BODY, keys=keys, at=datetime.now(UTC))

    def test_believes_what_we_signed_also_while_secrets_change(self, read_webhook: Any) -> None:
        headers = self.headers([b"old" * 8, b"new" * 8])
        upper = {name.title(): value for name, value in headers.items()}
        assert read_webhook("whsec_b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xk", upper, BODY) == json.loads(BODY)
        assert read_webhook("whsec_bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3", headers, BODY) == json.loads(BODY)

    @pytest.mark.parametrize(
        ("change", "body"),
        [
            ({}, b'{"type":"decision.finaL"}'),
            ({"webhook-timestamp": "1700000000"}, BODY),
            ({"webhook-signature": "v1"}, BODY),
            ({"webhook-timestamp": "soon"}, BODY),
        ],
    )
    def test_believes_nothing_else(self, read_webhook: Any, change: dict[str, str], body: bytes) -> None:
        headers = self.headers([b"old" * 8]) | change
        with pytest.raises(WebhookVerificationError):
            read_webhook("whsec_b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xk", headers, body)
