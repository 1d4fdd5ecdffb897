"""`make` on a machine where something is missing says what, in one line."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

BARE = ("cat", "id", "realpath", "rm")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with nothing but the Makefile, and programs of its own in `bin`."""
    shutil.copy(settings.BASE_DIR / "Makefile", tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in BARE:
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    return tmp_path


def make(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    found = shutil.which("make")
    assert found
    return subprocess.run(
        [found, "--no-print-directory", *arguments],
        cwd=checkout,
        env={"PATH": str(checkout / "bin")},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=60,
    )


class TestMake:
    def test_says_what_to_install_for_the_browser_when_it_cannot_itself(self, checkout: Path) -> None:
        done = make(checkout, "packages", "CHROMIUM=/nowhere/chromium")
        assert done.returncode == 0
        (line,) = done.stdout.splitlines()
        assert line.endswith("sudo apt-get install -y chromium fonts-liberation gettext")

    def test_says_when_python_is_too_old(self, checkout: Path) -> None:
        old = checkout / "bin/python3"
        old.write_text("#!/bin/bash\nexit 1\n")
        old.chmod(0o755)
        done = make(checkout, "setup")
        assert done.returncode != 0
        assert "This needs Python 3.11 or newer" in done.stdout

    def test_installs_nothing_when_the_lock_is_the_one_installed(self, checkout: Path) -> None:
        python = checkout / ".venv/bin/python"
        python.parent.mkdir(parents=True)
        python.write_text('#!/bin/bash\n[ "$2" = "import pip" ] || { echo installing; exit 1; }\n')
        python.chmod(0o755)
        for lock in ("requirements-dev.lock", ".venv/installed.lock"):
            (checkout / lock).write_text("django==5.2.19\n")
        done = make(checkout, "setup")
        assert (done.returncode, done.stdout) == (0, "")
        (checkout / "requirements-dev.lock").write_text("django==5.2.20\n")
        assert "installing" in make(checkout, "setup").stdout
