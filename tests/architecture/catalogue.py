"""Is every word on the screen translated? `python -m tests.architecture.catalogue`, part of `make check`.

Collects the strings anew, and compares: a string that a catalogue lacks or that nothing says any more, an
untranslated, uncertain, formal or broken translation, a compiled catalogue that says something else: each
is named, and fails. A package that learns new words in an upgrade fails here too.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator

import polib

from tests.architecture.house import name
from tests.architecture.messages import CATALOGUES, DOMAINS, FORMAL, Catalogue, forms, key, renewed


def untold(catalogue: Iterable[polib.POEntry]) -> Iterator[str]:
    """Yield what cannot be put on a screen as it stands, one line each."""
    for entry in catalogue:
        if entry.obsolete:
            yield f"no longer used: {entry.msgid!r}"
        elif entry.fuzzy:
            yield f"uncertain (fuzzy): {entry.msgid!r}"
        elif not entry.translated():
            yield f"untranslated: {entry.msgid!r}"
        elif any(FORMAL.search(form) for form in forms(entry)):
            yield f"says u, not je: {entry.msgid!r}"


def differences(catalogue: Iterable[polib.POEntry], collected: Iterable[polib.POEntry]) -> Iterator[str]:
    """Yield what is said and not in the catalogue, and what is in it and not said."""
    known = {key(entry) for entry in catalogue}
    wanted = {key(entry) for entry in collected}
    yield from (f"missing: {words!r}" for _context, words, _plural in sorted(wanted - known))
    yield from (
        f"nothing says this any more: {words!r}" for _context, words, _plural in sorted(known - wanted)
    )


def faults(catalogue: Catalogue, domain: str, *, collect: bool) -> Iterator[str]:
    """Yield what is wrong with the catalogue of `domain`, one line each."""
    path = catalogue.path(domain)
    entries = polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile()
    yield from untold(entries)
    if collect:
        collected = catalogue.collect(domain)
        different = list(differences(entries, collected))
        yield from different
        if entries and not different and str(renewed(collected, entries)) != path.read_text():
            yield "not as `make messages` writes it"
    if entries:
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != entries.to_binary():
            yield f"{name(compiled)} is not compiled from it: run `make messages`"
    if entries and collect:
        command = ["msgfmt", "--check-format", "--output-file", "/dev/null", str(path)]
        checked = subprocess.run(command, check=False, capture_output=True, text=True)
        yield from checked.stderr.splitlines() if checked.returncode else ()


def main() -> int:
    """Print every fault; return 1 when there is one, else 0."""
    collect = shutil.which("xgettext") is not None
    if not collect:
        sys.stdout.write("SKIPPED: strings of the code were not collected, gettext is not installed.\n")
    found = [
        f"{name(catalogue.path(domain))}: {fault}"
        for catalogue in CATALOGUES
        for domain in DOMAINS
        for fault in faults(catalogue, domain, collect=collect)
    ]
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    sys.stdout.write(f"catalogue: {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
