"""Charts as SVG made on the server: read by pattern and label, not by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 26, 62
STEPS = 4


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of thing that is counted: its name and a number for each label."""

    name: str | Promise
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: `look` (from 0) names its pattern."""

    look: int
    x: float
    y: float
    width: float
    height: float
    value: int
    name: str


def stacked_bars(*, title: str, labels: Sequence[str], series: Sequence[Series]) -> SafeString:
    """Return a chart with a bar for each label (in one line or two), made of a segment for each series.

    Its numbers also stand in words in the title of each segment. Raises ValueError when a series
    has another number of values than there are labels.
    """
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("every series needs a value for every label")
    totals = [sum(one.values[place] for one in series) for place in range(len(labels))]
    top = round_up(max(totals, default=0))
    inner, per_label = HEIGHT - TOP - BOTTOM, (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    bars = []
    for place, label in enumerate(labels):
        x, y = LEFT + per_label * (place + 0.18), float(HEIGHT - BOTTOM)
        segments = []
        for look, one in enumerate(series):
            height = inner * one.values[place] / top
            y -= height
            if height:
                segments.append(
                    Segment(look, x, y, per_label * 0.64, height, one.values[place], str(one.name))
                )
        bars.append(
            {
                "lines": label.splitlines(),
                "label": label.replace("\n", " "),
                "segments": segments,
                "total": totals[place],
                "x": x,
                "y": y - 4,
            }
        )
    middle = per_label * 0.32
    lines = [
        {"value": top * step // STEPS, "y": HEIGHT - BOTTOM - inner * step / STEPS}
        for step in range(STEPS + 1)
    ]
    return render_to_string(
        "ui/chart.html",
        {
            "title": title,
            "bars": bars,
            "lines": lines,
            "middle": middle,
            "names": [one.name for one in series],
            "width": WIDTH,
            "height": HEIGHT,
            "left": LEFT,
            "right": WIDTH - RIGHT,
            "foot": HEIGHT - BOTTOM,
        },
    )


def round_up(value: int) -> int:
    """Return the lowest number of at least `value` that divides into round steps (1, 2, 5, 10 ...)."""
    unit = 1
    while True:
        for factor in (1, 2, 5):
            if factor * unit * STEPS >= value:
                return factor * unit * STEPS
        unit *= 10
