"""Collect what is marked for translation, and bring the catalogues up to date: `make messages`.

Two catalogues, both Dutch. `locale/nl` holds what our own code says. `locale/packages/nl` holds what other
people's packages say and do not say in Dutch themselves, or say formally: this house says "je", not "u".

What was translated stays. What nothing says any more goes. Nothing is guessed: a new string has no
translation, and `make check` names it. The files hold no date and no line number, so that two people who
add a string each are easily put together.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import polib

from tests.architecture.house import BASE, files

DOMAINS = ("django", "djangojs")
SOURCES = (".py", ".html", ".txt", ".js")
SAY_NOTHING = {"tests", "bench", "docs", "locale"}
HEADER = {
    "Language": "nl",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
FORMAL = re.compile(r"\b[Uu]w?\b")

# The installed apps of others, and `django.conf` for what Django says outside its apps.
PACKAGES = (
    "django.conf",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_filters",
    "simple_history",
    "unfold",
)

Key = tuple[str, str, str]


def key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def forms(entry: polib.POEntry) -> list[str]:
    """Return the translation of `entry`, in each of its forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def marked(sources: Iterable[tuple[Path, Path]], domain: str) -> list[polib.POEntry]:
    """Return the strings that `sources` mark: pairs of a file and its place in a project."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for path, place in sources:
            (copy / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy / place)
        (copy / "locale").mkdir(exist_ok=True)
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "nl", "--domain", domain]
        alone = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=copy, env=alone, check=True, stdout=subprocess.DEVNULL)
        found = copy / f"locale/nl/LC_MESSAGES/{domain}.po"
        return list(polib.pofile(str(found))) if found.exists() else []


def ours(domain: str) -> list[polib.POEntry]:
    """Return every string that our code, templates and scripts mark."""
    places = ((path, path.relative_to(BASE)) for path in files(*SOURCES))
    return marked(((path, place) for path, place in places if place.parts[0] not in SAY_NOTHING), domain)


def of_packages(domain: str) -> list[polib.POEntry]:
    """Return the strings of installed packages for which no package has Dutch, or only formal Dutch."""
    spoken: dict[Key, list[str]] = {}
    for package in PACKAGES:
        compiled = folder_of(package) / f"locale/nl/LC_MESSAGES/{domain}.mo"
        if compiled.exists():
            spoken |= {key(entry): forms(entry) for entry in polib.mofile(str(compiled))}
    wanted = {}
    for package in PACKAGES:
        for entry in _strings_of(folder_of(package), domain):
            words = spoken.get(key(entry), [])
            if not all(words) or not words or any(FORMAL.search(form) for form in words):
                wanted[key(entry)] = entry
    return list(wanted.values())


def folder_of(package: str) -> Path:
    """Return where an installed package is."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _strings_of(folder: Path, domain: str) -> Iterable[polib.POEntry]:
    """Read Django's own lists of its strings; collect those of who has no list."""
    listed = folder / f"locale/en/LC_MESSAGES/{domain}.po"
    if listed.exists():
        return polib.pofile(str(listed))
    places = (
        (path, path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.suffix in SOURCES
    )
    return marked(((path, place) for path, place in places if not SAY_NOTHING & set(place.parts)), domain)


@dataclass(frozen=True)
class Catalogue:
    """One folder of `.po` and `.mo` files, and what belongs in it."""

    folder: Path
    collect: Callable[[str], list[polib.POEntry]]

    def path(self, domain: str) -> Path:
        return self.folder / f"{domain}.po"


CATALOGUES = (
    Catalogue(BASE / "locale/nl/LC_MESSAGES", ours),
    Catalogue(BASE / "locale/packages/nl/LC_MESSAGES", of_packages),
)


def renewed(collected: Iterable[polib.POEntry], known: Iterable[polib.POEntry]) -> polib.POFile:
    """Return the catalogue of `collected`, with the translations that `known` has for them."""
    translations = {key(entry): entry for entry in known if not entry.obsolete}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = dict(HEADER)
    for entry in sorted(collected, key=key):
        translation = translations.get(key(entry))
        catalogue.append(
            polib.POEntry(
                msgctxt=entry.msgctxt,
                msgid=entry.msgid,
                msgid_plural=entry.msgid_plural,
                msgstr="" if entry.msgid_plural or translation is None else translation.msgstr,
                msgstr_plural=_plural(entry, translation),
                comment=entry.comment,
                flags=[flag for flag in entry.flags if flag != "fuzzy"],
            )
        )
    return catalogue


def _plural(entry: polib.POEntry, translation: polib.POEntry | None) -> dict[int, str]:
    if not entry.msgid_plural:
        return {}
    return dict(translation.msgstr_plural) if translation is not None else {0: "", 1: ""}


def main() -> int:
    """Write every catalogue anew, `.po` and `.mo`, and name what has no translation yet."""
    if shutil.which("xgettext") is None:
        sys.stdout.write("gettext is needed to collect strings: make packages\n")
        return 1
    waiting = [fault for catalogue in CATALOGUES for domain in DOMAINS for fault in _write(catalogue, domain)]
    sys.stdout.writelines(f"to translate in {path.relative_to(BASE)}: {words!r}\n" for path, words in waiting)
    return 0


def _write(catalogue: Catalogue, domain: str) -> Iterator[tuple[Path, str]]:
    path = catalogue.path(domain)
    file = renewed(catalogue.collect(domain), polib.pofile(str(path)) if path.exists() else [])
    if not file:
        path.unlink(missing_ok=True)
        path.with_suffix(".mo").unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(path))
    file.save_as_mofile(str(path.with_suffix(".mo")))
    yield from ((path, entry.msgid) for entry in file if not entry.translated())


if __name__ == "__main__":
    sys.exit(main())
