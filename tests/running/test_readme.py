"""Whoever does what the README says gets what it says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from moderation.demo.people import PASSWORD, STAFF
from tests.architecture.house import BASE
from tests.docs.pages import blocks, read, rows
from tests.running.processes import free_port
from tests.running.test_serve import house, wait_until_ready

README = read("README.md")


class TestTheLogins:
    def test_are_those_of_the_demo_office(self) -> None:
        told = [(name.strip("`"), role) for name, role, *_ in rows(README)]
        assert told == [(username, role.value) for username, _name, role in STAFF]
        assert f"`{PASSWORD}`" in README


@pytest.mark.skipif(not settings.DATABASE_IS_OUR_OWN, reason="DATABASE_URL brings a server")
@pytest.mark.skipif(shutil.which("curl") is None, reason="SKIPPED LOUDLY: curl is not installed")
class TestConnectingAPlatform:
    def test_works_in_ten_lines_as_they_stand_there(self, furnished: dict[str, str], tmp_path: Path) -> None:
        (script,) = blocks(README, "sh")
        assert len(script.splitlines()) <= 10
        Image.new("RGB", (64, 64), "teal").save(tmp_path / "photo.jpg")
        port = free_port()
        script = script.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        script = script.replace(".venv/bin/python manage.py", f"{sys.executable} {BASE / 'manage.py'}")
        with house(port, furnished) as process:
            wait_until_ready(process, port)
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", script],
                cwd=tmp_path,
                env={**furnished, "PATH": os.environ["PATH"]},
                text=True,
                capture_output=True,
                check=False,
                timeout=120,
            )
        assert done.returncode == 0, done.stderr
        assert done.stdout.count('"result": "created"') == 2
        assert '"result": "updated"' in done.stdout
        assert '"missing": []' in done.stdout
        assert "whsec_" in done.stdout
        assert '"decisions": [' in done.stdout
