"""Logs hold ids and static words; a person never slips in by an exception."""

import json
import logging
import sys

from backoffice import logs
from backoffice.audit.acting import acting_as
from backoffice.staff.models import User


def written(*, as_json: bool) -> str:
    """What stands in the log when something that names a person went wrong."""
    configured = logs.configure(level="INFO", as_json=as_json)["formatters"]["lines"]
    formatter = configured.pop("()")(
        **{key: value for key, value in configured.items() if key in {"foreign_pre_chain", "processors"}}
    )
    try:
        int("Key (email)=(fatima@voorbeeld.nl) already exists")
    except ValueError:
        record = logging.LogRecord("desk", logging.ERROR, __file__, 1, "it failed", (), sys.exc_info())
    return str(formatter.format(record))


class TestInProduction:
    def test_a_line_is_json_with_who_and_which_request(self, moderator: User) -> None:
        with acting_as(moderator, request_id="a" * 32):
            line = json.loads(written(as_json=True))
        assert line["event"] == "it failed"
        assert line["request_id"] == "a" * 32
        assert line["actor_id"] == moderator.pk

    def test_an_exception_keeps_its_places_but_not_its_words(self) -> None:
        line = written(as_json=True)
        assert "fatima" not in line
        assert json.loads(line)["exception"] == "ValueError"
        assert "test_logs.py" in json.loads(line)["at"][0]


class TestInDevelopment:
    def test_a_line_can_be_read(self) -> None:
        line = written(as_json=False)
        assert "it failed" in line
        assert "ValueError" in line
