"""The PostgreSQL of our own works by itself, is shared, and goes with the last who uses it."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from tests.running.processes import alive

pytestmark = pytest.mark.skipif(not settings.DATABASE_IS_OUR_OWN, reason="DATABASE_URL brings a server")


def shell(code: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


COUNT = "from django.contrib.auth.models import Group; print('roles', Group.objects.count())"


class TestACheckout:
    def test_starts_and_migrates_by_itself_for_two_who_come_together(
        self, environment: dict[str, str]
    ) -> None:
        both = [shell(COUNT, environment), shell(COUNT, environment)]
        outputs = [process.communicate(timeout=120)[0] for process in both]
        assert all("roles 6" in output for output in outputs)

    def test_leaves_no_server_even_after_one_who_was_killed(
        self, environment: dict[str, str], var_dir: Path
    ) -> None:
        killed = shell("print('here', flush=True); input()", environment)
        assert killed.stdout is not None
        assert killed.stdout.readline() == "here\n"
        server = psutil.Process(int((var_dir / "postgres/postmaster.pid").read_text().split()[0]))
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        assert "roles 6" in shell(COUNT, environment).communicate(timeout=60)[0]
        assert not alive(server)

    def test_sorts_and_folds_the_same_whatever_locale_somebody_has(self, environment: dict[str, str]) -> None:
        code = (
            "from django.db import connection as c; cursor = c.cursor(); "
            "cursor.execute(\"SELECT upper('é') || string_agg(w, '') FROM (SELECT unnest('{b,a,C}'::text[]) w"
            ' ORDER BY w) x"); print(cursor.fetchone()[0])'
        )
        nowhere = {"LC_ALL": "xx_YY.ISO-8859-1", "PYTHONUTF8": "1"}
        output, _ = shell(code, {**environment, **nowhere}).communicate(timeout=120)
        assert "ÉCab" in output

    def test_says_so_when_the_folder_has_a_space(self, environment: dict[str, str], var_dir: Path) -> None:
        process = shell(COUNT, {**environment, "VAR_DIR": str(var_dir / "een map")})
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "a space in its name" in output
        assert "Traceback" not in output
