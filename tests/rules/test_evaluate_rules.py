"""`manage.py evaluate_rules`: figures that add up, answers per row, and errors that say where."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from moderation.evaluation.figures import compare
from moderation.evaluation.judging import Verdict
from moderation.evaluation.rows import Row

COPIED = (
    "Wij zoeken voor onze gezellige leesclub in de wijk nog twee mensen die graag romans lezen en daar"
    " eens per maand met ons over willen praten"
)


def row(number: int, text: str, **more: Any) -> dict[str, Any]:
    return {"id": f"T{number}", "kind": "help_request", "title": "", "text": text, "keywords": [], **more}


def evaluate(folder: Path, lines: list[Any], *, out: Path | None = None) -> str:
    file = folder / "texts.jsonl"
    file.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    printed = StringIO()
    call_command("evaluate_rules", str(file), *(["--out", str(out)] if out else []), stdout=printed)
    return printed.getvalue()


class TestAnswers:
    def test_give_flags_and_priority_of_every_row(self, tmp_path: Path) -> None:
        out = tmp_path / "out.jsonl"
        rows = [
            row(1, "Bel mij op 0612345678"),
            row(2, "Wie wil er wandelen?"),
            row(3, "Ik sla je helemaal in elkaar"),
        ]
        evaluate(tmp_path, rows, out=out)
        assert [json.loads(line) for line in out.read_text().splitlines()] == [
            {"id": "T1", "flags": ["contact_in_text"], "priority": 2},
            {"id": "T2", "flags": [], "priority": 0},
            {"id": "T3", "flags": ["threat"], "priority": 3},
        ]

    def test_flag_every_member_of_a_cluster(self, tmp_path: Path) -> None:
        out = tmp_path / "out.jsonl"
        rows = [
            row(1, f"{COPIED} in Assen."),
            row(2, "Wie snoeit mijn heg?"),
            row(3, f"{COPIED}, in Zwolle!"),
        ]
        evaluate(tmp_path, rows, out=out)
        assert [json.loads(line)["flags"] for line in out.read_text().splitlines()] == [
            ["duplicate_spam"],
            [],
            ["duplicate_spam"],
        ]


class TestFigures:
    def test_count_right_wrong_and_missed(self) -> None:
        labels = [(["threat"], 3), (["threat"], 3), ([], 0), (["minor"], 1)]
        rows = [
            Row(str(number), "", "", "", (), frozenset(flags), severity)
            for number, (flags, severity) in enumerate(labels)
        ]
        said = [(("threat",), 3), ((), 0), (("threat",), 3), (("payment",), 2)]
        figures = compare(
            rows, [Verdict(str(n), flags, priority) for n, (flags, priority) in enumerate(said)]
        )
        threat = figures.flags["threat"]
        assert (threat.right, threat.wrong, threat.missed, threat.support) == (1, 1, 1, 2)
        assert (figures.any_flag.right, figures.any_flag.wrong, figures.any_flag.missed) == (2, 1, 1)
        assert (figures.most_severe.precision, figures.most_severe.recall) == (0.5, 0.5)
        assert figures.flags["minor"].precision is None
        assert figures.flags["scam"].recall is None

    def test_are_printed_beside_a_word_list(self, tmp_path: Path) -> None:
        printed = evaluate(tmp_path, [row(1, "Bel mij op 0612345678", flags=["contact_in_text"], severity=2)])
        line = next(line for line in printed.splitlines() if line.startswith("any flag"))
        assert line.split()[2:] == ["1.000", "1.000", "1", "1.000", "1.000"]

    def test_rows_without_labels_do_not_count(self, tmp_path: Path) -> None:
        printed = evaluate(tmp_path, [{"id": 1, "text": "Bel mij op 0612345678"}])
        line = next(line for line in printed.splitlines() if line.startswith("any flag"))
        assert line.split()[2:] == ["-", "-", "0", "-", "-"]


class TestBadInput:
    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ("{", "line 2: is no JSON"),
            ("[" * 100_000, "line 2: is no JSON"),
            ("[]", "line 2: must be an object"),
            ({"text": "a"}, "line 2: id"),
            ({"id": "T1", "text": "a"}, "line 2: id: was used before"),
            ({"id": "T2"}, "line 2: text"),
            ({"id": "T2", "text": 5}, "line 2: text"),
            ({"id": "T2", "text": "a" * 100_001}, "line 2: text"),
            ({"id": "T2", "text": "a", "title": []}, "line 2: title"),
            ({"id": "T2", "text": "a", "kind": "poem"}, "line 2: kind"),
            ({"id": "T2", "text": "a", "keywords": [1]}, "line 2: keywords"),
            ({"id": "T2", "text": "a", "flags": ["poem"]}, "line 2: flags: poem"),
            ({"id": "T2", "text": "a", "flags": "threat"}, "line 2: flags"),
            ({"id": "T2", "text": "a", "severity": 4}, "line 2: severity"),
            ({"id": "T2", "text": "a", "severity": True}, "line 2: severity"),
        ],
    )
    def test_names_the_line_and_the_field(self, tmp_path: Path, line: Any, says: str) -> None:
        with pytest.raises(CommandError, match=says):
            evaluate(tmp_path, [row(1, "a"), line])

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot read"):
            call_command("evaluate_rules", str(tmp_path / "nothing"))
