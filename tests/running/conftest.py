"""A folder to run a whole house in, beside the one of this checkout."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """An empty VAR_DIR; short, because a socket's path is."""
    with tempfile.TemporaryDirectory(prefix="house-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def environment(var_dir: Path) -> dict[str, str]:
    """An environment in which nothing is set but what must be."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "TMPDIR"}}
    return {**kept, "VAR_DIR": str(var_dir), "HOME": ""}


@pytest.fixture
def furnished(environment: dict[str, str]) -> dict[str, str]:
    """An environment in which somebody works already, so that no demo office is filled."""
    office = [sys.executable, "manage.py", "demo", "--scale", "0.02"]
    subprocess.run(office, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.DEVNULL)
    return environment
