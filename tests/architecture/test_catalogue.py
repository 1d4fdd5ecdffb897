"""The catalogues hold everything that is said, and the check that says so can say no."""

import shutil
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests.architecture.catalogue import differences, untold
from tests.architecture.house import BASE
from tests.architecture.messages import CATALOGUES, PACKAGES, Catalogue, marked, of_packages, renewed


def entry(words: str, dutch: str = "", *, plural: str = "", flags: tuple[str, ...] = ()) -> polib.POEntry:
    forms = {0: dutch, 1: dutch} if plural else {}
    one = "" if plural else dutch
    return polib.POEntry(msgid=words, msgid_plural=plural, msgstr=one, msgstr_plural=forms, flags=list(flags))


class TestTheCheck:
    def test_names_what_is_said_and_not_translated(self) -> None:
        found = list(differences([entry("Queue", "Wachtrij")], [entry("Queue"), entry("Desk")]))
        assert found == ["missing: 'Desk'"]

    def test_names_what_nothing_says_any_more(self) -> None:
        found = list(differences([entry("Queue", "Wachtrij"), entry("Desk", "Bureau")], [entry("Queue")]))
        assert found == ["nothing says this any more: 'Desk'"]

    def test_tells_one_thing_from_many(self) -> None:
        assert list(differences([entry("item", "item")], [entry("item", plural="items")])) != []

    @pytest.mark.parametrize(
        ("wrong", "fault"),
        [
            (entry("Queue"), "untranslated"),
            (entry("item", plural="items"), "untranslated"),
            (entry("Queue", "Rij", flags=("fuzzy",)), "uncertain"),
            (entry("Log in", "Log in met uw wachtwoord"), "says u"),
            (entry("item", "Uw item", plural="items"), "says u"),
        ],
    )
    def test_names_what_cannot_be_shown(self, wrong: polib.POEntry, fault: str) -> None:
        (line,) = untold([entry("Desk", "Nu"), wrong])
        assert line.startswith(fault)

    def test_passes_good_dutch(self) -> None:
        assert list(untold([entry("Hour", "Uur"), entry("item", "item", plural="items")])) == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
class TestCollecting:
    def test_keeps_translations_guesses_none_and_drops_what_is_gone(self) -> None:
        known = [entry("Queue", "Wachtrij"), entry("Desk", "Bureau")]
        catalogue = renewed([entry("Queues"), entry("Queue")], known)
        assert [(one.msgid, one.msgstr) for one in catalogue] == [("Queue", "Wachtrij"), ("Queues", "")]

    def test_writes_the_same_bytes_twice(self) -> None:
        known = [entry("b", "B"), entry("a", "A", plural="as")]
        once = renewed(known, known)
        assert str(renewed(reversed(known), once)) == str(once)

    def test_takes_what_a_package_says_and_nobody_translated(self) -> None:
        """Unfold has no Dutch of its own; Django has, and is asked again only where it says u."""
        wanted = {one.msgid for one in of_packages("django")}
        assert {"Type to search", "Welcome back to"} <= wanted
        assert "Your password was changed." in wanted
        assert "This field is required." not in wanted

    def test_leaves_nothing_out_that_is_installed(self) -> None:
        others = {app.name for app in apps.get_app_configs() if not Path(app.path).is_relative_to(BASE)}
        looked_at = {
            name for name in others if any(name == one or name.startswith(f"{one}.") for one in PACKAGES)
        }
        assert others - looked_at == set()

    def test_reads_templates_and_code(self, tmp_path: Path) -> None:
        (tmp_path / "page.html").write_text('{% load i18n %}{% translate "Said by a page" %}')
        (tmp_path / "code.py").write_text('title = _("Said by code")\nother = _("%(n)s left") % {"n": 1}\n')
        found = marked(((path, Path(path.name)) for path in tmp_path.iterdir()), "django")
        assert {one.msgid for one in found} == {"Said by a page", "Said by code", "%(n)s left"}


class TestDutch:
    def test_comes_from_every_catalogue_that_is_written(self) -> None:
        folders = [Path(folder) / "nl/LC_MESSAGES" for folder in settings.LOCALE_PATHS]
        assert [catalogue.folder for catalogue in CATALOGUES] == folders

    @pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda one: str(one.folder.relative_to(BASE)))
    def test_is_what_people_read(self, catalogue: Catalogue) -> None:
        file = polib.pofile(str(catalogue.path("django")))
        first = next(one for one in file if not one.msgid_plural and not one.msgctxt)
        with translation.override("nl"):
            assert gettext(first.msgid) == first.msgstr

    def test_counts(self) -> None:
        with translation.override("nl"):
            said = [ngettext("%(counter)s help request", "%(counter)s help requests", n) for n in (0, 1, 2)]
        assert said == ["%(counter)s hulpvragen", "%(counter)s hulpvraag", "%(counter)s hulpvragen"]
