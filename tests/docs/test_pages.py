"""What the pages name is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.architecture.house import BASE, name
from tests.docs.pages import anchors, pages, prose, read

PAGES = pytest.mark.parametrize("page", pages(), ids=name)
OURS = {path.name for path in BASE.iterdir() if path.name not in {"var", ".venv", ".git"}}


@PAGES
class TestAPage:
    def test_links_to_what_is_there(self, page: Path) -> None:
        dead = []
        for target in re.findall(r"\]\(([^)\s]+)\)", prose(page.read_text())):
            if re.match(r"https?://|mailto:", target):
                continue
            file, _, anchor = target.partition("#")
            linked = (page.parent / file) if file else page
            if not linked.exists() or (anchor and anchor not in anchors(linked.read_text())):
                dead.append(target)
        assert dead == []

    def test_names_files_that_are_there(self, page: Path) -> None:
        named = re.findall(r"`([\w.-]+/[\w./-]*)`", page.read_text())
        ours = [path for path in named if path.split("/")[0] in OURS]
        assert [path for path in ours if not (BASE / path).exists()] == []

    def test_names_commands_that_exist(self, page: Path) -> None:
        text = page.read_text()
        targets = set(re.findall(r"^([a-z]+):", (BASE / "Makefile").read_text(), flags=re.MULTILINE))
        asked = set(re.findall(r"(?:`|^)make ([a-z]+)", text, flags=re.MULTILINE))
        assert asked - targets == set()
        assert set(re.findall(r"manage\.py ([a-z_]+)", text)) - set(get_commands()) == set()


class TestThePages:
    def test_are_those_of_a_project_one_can_join(self) -> None:
        expected = {"README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/api.md", "docs/glossary.md"}
        assert expected <= {name(page) for page in pages()}

    def test_show_every_room_of_the_house(self) -> None:
        rooms = [
            app.split(".")[-1] for app in settings.INSTALLED_APPS if (BASE / app.replace(".", "/")).is_dir()
        ]
        assert len(rooms) > 4
        drawing = read("docs/architecture.md").split("```")[1]
        assert [
            room for room in rooms if not re.search(rf"^ *\| +{room} ", drawing, flags=re.MULTILINE)
        ] == []
