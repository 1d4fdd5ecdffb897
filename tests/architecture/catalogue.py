"""Is every word on the screen translated? `python -m tests.architecture.catalogue`, part of `make check`.

Collects the strings anew into a copy, and compares: a string of the code that the catalogue lacks, an
untranslated or uncertain one, a compiled catalogue that says something else: each is named, and fails.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from tests.architecture.house import BASE, files, name

CATALOGUES = BASE / "locale/nl/LC_MESSAGES"
SOURCES = (".py", ".html", ".txt", ".js")


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def collected(domain: str) -> list[polib.POEntry]:
    """Return every string that the code and the templates mark for translation."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for path in files(*SOURCES):
            place = path.relative_to(BASE)
            if place.parts[0] not in {"tests", "bench", "docs", "locale"}:
                (copy / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy / place)
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "nl", "--domain", domain]
        subprocess.run(command, cwd=copy, check=True, stdout=subprocess.DEVNULL)
        found = copy / f"locale/nl/LC_MESSAGES/{domain}.po"
        return list(polib.pofile(str(found))) if found.exists() else []


def faults(domain: str, *, collect: bool) -> Iterator[str]:
    """Yield what is wrong with the catalogue of `domain`, one line each."""
    path = CATALOGUES / f"{domain}.po"
    entries = list(polib.pofile(str(path))) if path.exists() else []
    for entry in entries:
        if entry.obsolete:
            yield f"no longer used: {entry.msgid!r}"
        elif entry.fuzzy:
            yield f"uncertain (fuzzy): {entry.msgid!r}"
        elif not entry.translated():
            yield f"untranslated: {entry.msgid!r}"
    if collect:
        known = {key(entry) for entry in entries}
        for entry in collected(domain):
            if key(entry) not in known:
                yield f"missing from {name(path)}: {entry.msgid!r}"
    if entries:
        compiled = path.with_suffix(".mo")
        said = {key(entry): entry.msgstr or entry.msgstr_plural for entry in entries if entry.translated()}
        spoken = polib.mofile(str(compiled)) if compiled.exists() else []
        if said != {key(entry): entry.msgstr or entry.msgstr_plural for entry in spoken}:
            yield f"{name(compiled)} is not compiled from {name(path)}: run manage.py compilemessages"


def main() -> int:
    """Print every fault; return 1 when there is one, else 0."""
    if not (CATALOGUES / "django.po").exists():
        sys.stdout.write("There is no catalogue yet.\n")
        return 0
    collect = shutil.which("xgettext") is not None
    if not collect:
        sys.stdout.write("SKIPPED: strings of the code were not collected, gettext is not installed.\n")
    found = [fault for domain in ("django", "djangojs") for fault in faults(domain, collect=collect)]
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    sys.stdout.write(f"catalogue: {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
