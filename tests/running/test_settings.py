"""One settings file for everything, which refuses to be wrong in production."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

BASE: Path = settings.BASE_DIR
PRODUCTION = {
    "ENVIRONMENT": "production",
    "DEBUG": "false",
    "SECRET_KEY": "q3Zr8mVx0sKp5tYh2uWb7nLc4eGd9fJa1iXo6lPz8vRq3sTk5yUw7mNb2hC",
    "FIELD_KEYS": "a-key-for-fields-a-key-for-fields-a-key-for-fields",
    "ALLOWED_HOSTS": "backoffice.example",
    "DATABASE_URL": "postgres" + "://somebody:secret@127.0.0.1:1/backoffice",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE,
        env={**os.environ, **PRODUCTION, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


class TestProduction:
    def test_starts_and_passes_the_deployment_check(self) -> None:
        done = manage("check", "--deploy", "--fail-level", "WARNING")
        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize(
        ("variable", "value", "words"),
        [
            ("SECRET_KEY", "", "SECRET_KEY is missing"),
            ("FIELD_KEYS", "", "FIELD_KEYS is missing"),
            ("DATABASE_URL", "", "DATABASE_URL is missing"),
            ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is missing"),
            ("DEBUG", "true", "DEBUG is on in production"),
            ("ENVIRONMENT", "prodution", "ENVIRONMENT is development, test or production"),
            ("DATABASE_URL", "sqlite" + ":///db.sqlite3", "not a postgres"),
        ],
    )
    def test_refuses_to_start(self, variable: str, value: str, words: str) -> None:
        done = manage("check", **{variable: value})
        assert done.returncode != 0
        assert words in done.stderr


class TestEnvExample:
    def test_documents_exactly_what_the_settings_read(self) -> None:
        source = (BASE / "backoffice/settings.py").read_text()
        read = re.findall(r"""(?:env\.\w+|os\.environ\.get|_secret)\(\s*["']([A-Z_]+)["']""", source)
        example = (BASE / ".env.example").read_text()
        documented = re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE)
        assert sorted(documented) == sorted(set(read))

    def test_is_itself_a_working_environment(self) -> None:
        example = dict(
            line.split("=", 1)
            for line in (BASE / ".env.example").read_text().splitlines()
            if line and not line.startswith("#")
        )
        done = manage("check", **example)
        assert done.returncode == 0, done.stderr
