"""A text cut where signals stand: nothing of it is lost, and each piece knows its signals."""

from hypothesis import given
from hypothesis import strategies as st

from moderation.marks import pieces
from moderation.models import Signal

SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=6)


@given(text=st.text(max_size=10), spans=SPANS)
def test_each_letter_stands_once_with_the_signals_on_it(text: str, spans: list[tuple[int, int]]) -> None:
    signals = [Signal(start=min(span), end=max(span)) for span in spans]
    letters = [(letter, piece.signals) for piece in pieces(text, signals) for letter in piece.text]
    assert "".join(letter for letter, _ in letters) == text
    for place, (_, marked) in enumerate(letters):
        on_it = [signal for signal in signals if signal.start <= place < signal.end]
        assert sorted(map(id, marked)) == sorted(map(id, on_it))
