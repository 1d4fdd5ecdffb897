"""One word for one thing: in the code, on the screen, and on the page that explains it."""

import ast

import polib
import pytest

from tests.architecture.house import BASE, modules, tree
from tests.docs.pages import read, rows

TERMS = list(rows(read("docs/glossary.md")))
WORDS = pytest.mark.parametrize(("word", "code", "dutch", "meaning"), TERMS, ids=[term[0] for term in TERMS])


def names() -> set[str]:
    """Every name that our code gives to something."""
    found = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            match node:
                case ast.ClassDef() | ast.FunctionDef():
                    found.add(node.name)
                case ast.Name(ctx=ast.Store()):
                    found.add(node.id)
                case ast.arg() | ast.keyword() if node.arg:
                    found.add(node.arg)
    return found


NAMES = names()
CATALOGUE = polib.pofile(str(BASE / "locale/nl/LC_MESSAGES/django.po"))


@WORDS
class TestAWord:
    def test_is_a_name_in_the_code(self, word: str, code: str, dutch: str, meaning: str) -> None:
        assert code.strip("`") in NAMES

    def test_is_said_so_on_the_screen(self, word: str, code: str, dutch: str, meaning: str) -> None:
        said = {entry.msgstr.lower() for entry in CATALOGUE if entry.msgid.lower() == word.lower()}
        assert (dutch.lower() in said) if dutch != "-" else not said

    def test_is_explained(self, word: str, code: str, dutch: str, meaning: str) -> None:
        assert len(meaning) > 10


class TestThePage:
    def test_has_each_word_once(self) -> None:
        words = [term[0] for term in TERMS]
        assert len(words) > 40
        assert len(words) == len(set(words))
