"""Files stay small, are called after what is in them, and name no machine."""

import re

import pytest

from tests.architecture.house import BASE, files, name

LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}
GENERATED = ("migrations", "locale")


class TestFiles:
    def test_are_short(self) -> None:
        long = {
            name(path): lines
            for path in files(".py", ".html", ".js", ".css")
            if not set(GENERATED) & set(path.relative_to(BASE).parts)
            and (lines := len(path.read_text().splitlines())) > LONGEST
        }
        assert long == {}

    def test_have_plain_names(self) -> None:
        ours = (path for path in files() if not path.is_relative_to(BASE / "templates/unfold"))
        assert [name(path) for path in ours if VAGUE & {path.stem, *path.relative_to(BASE).parts}] == []

    def test_name_no_registry_and_no_machine(self) -> None:
        registries = "|".join(["py" + "pi.org", "python" + "hosted", "npm" + "js.", "deb" + ".debian"])
        machine = "|".join(["/ro" + "ot/", "/ho" + "me/[a-z]", "/wo" + "rk/"])
        named = []
        for path in files():
            try:
                text = path.read_text()
            except UnicodeDecodeError:
                continue
            if re.search(f"{registries}|{machine}", text):
                named.append(name(path))
        assert named == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
class TestLocks:
    def test_hold_no_address(self, lock: str) -> None:
        text = (BASE / lock).read_text()
        assert [word for word in ("://", "index-url", "find-links") if word in text] == []

    def test_pin_everything_by_hash(self, lock: str) -> None:
        lines = (BASE / lock).read_text().splitlines()
        pins = [line for line in lines if re.match(r"[a-z0-9]", line)]
        assert pins
        assert all(re.match(r"[a-z0-9._\[\],-]+==[^ ]+ (; .*)?\\$", pin) for pin in pins)

    def test_hold_what_the_project_asks_for(self, lock: str) -> None:
        asked = re.findall(
            r'^    "([a-zA-Z0-9._-]+)(?:\[[^]]*\])?==([0-9.]+)"', self._asked(lock), flags=re.MULTILINE
        )
        pins = set(
            re.findall(
                r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([0-9.]+)", (BASE / lock).read_text(), flags=re.MULTILINE
            )
        )
        assert asked
        assert {(package.lower(), version) for package, version in asked} - pins == set()

    @staticmethod
    def _asked(lock: str) -> str:
        project = (BASE / "pyproject.toml").read_text()
        return project if lock == "requirements-dev.lock" else project.split("[dependency-groups]")[0]
