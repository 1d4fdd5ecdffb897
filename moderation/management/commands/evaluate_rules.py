"""`manage.py evaluate_rules FILE.jsonl`: how well rules and detectors find what people labelled."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moderation.evaluation.figures import Figure, Figures, compare
from moderation.evaluation.judging import Verdict, judge, judge_by_words
from moderation.evaluation.rows import BadRow, Row, read_rows
from moderation.selectors.rules import rules_at_work


class Command(BaseCommand):
    """Reads labelled texts and prints precision and recall; writes what was said of each with `--out`.

    The rows are one stream, in which near-copies are seen. A plain list of words is judged beside
    it. Reads nothing from the database unless `--current` asks for the rules that are switched on there,
    and changes nothing in it.
    """

    help = "Print precision and recall of the rules over labelled texts, one JSON object a line."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--out", type=Path, help="write id, flags and priority (0-3) of each row here")
        parser.add_argument(
            "--current",
            action="store_true",
            help="the rules as coordinators keep them, not those of the program",
        )

    def handle(self, *_args: Any, file: Path, out: Path | None, current: bool, **_options: Any) -> None:
        """Evaluate the file. Raises CommandError when it, or one line of it, cannot be read."""
        rows = self._read(file)
        verdicts = judge(rows, rules=rules_at_work() if current else None)
        if out:
            self._write(out, verdicts)
        figures = compare(rows, verdicts)
        yardstick = compare(rows, judge_by_words(rows))
        self.stdout.write(_table(figures, yardstick))
        self.stdout.write(
            f"{len(rows)} texts. Severity 3 counts as found when the priority is 3: the urgent queue."
        )

    def _read(self, file: Path) -> Sequence[Row]:
        try:
            with file.open("rb") as opened:
                return list(read_rows(opened))
        except OSError as error:
            raise CommandError(f"cannot read the file: {error.strerror}") from None
        except BadRow as bad:
            raise CommandError(str(bad)) from None

    def _write(self, out: Path, verdicts: Sequence[Verdict]) -> None:
        lines = [
            json.dumps(
                {"id": verdict.id, "flags": verdict.flags, "priority": verdict.priority}, ensure_ascii=False
            )
            for verdict in verdicts
        ]
        try:
            out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"cannot write the answers: {error.strerror}") from None


def _table(figures: Figures, yardstick: Figures) -> str:
    lines = [
        f"{'':18}{'precision':>10}{'recall':>8}{'support':>9}   {'word list: precision':>20}{'recall':>8}"
    ]
    pairs: list[tuple[str, Figure, Figure]] = [
        (flag, figure, yardstick.flags[flag]) for flag, figure in figures.flags.items()
    ]
    pairs.append(("any flag", figures.any_flag, yardstick.any_flag))
    pairs.append(("severity 3", figures.most_severe, yardstick.most_severe))
    lines += [
        f"{name:18}{_share(ours.precision):>10}{_share(ours.recall):>8}{ours.support:>9}"
        f"   {_share(plain.precision):>20}{_share(plain.recall):>8}"
        for name, ours, plain in pairs
    ]
    return "\n".join(lines)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
