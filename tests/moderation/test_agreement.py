"""Cohen's kappa, against worked examples and its own properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.agreement import agreement


class TestAgreement:
    def test_follows_the_worked_example(self) -> None:
        # Two readers, fifty proposals: 20 both yes, 15 both no, 5 and 10 apart. Kappa is 0.4.
        pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
        found = agreement(pairs)
        assert (found.pairs, found.same, found.share) == (50, 35, 0.7)
        assert found.kappa == pytest.approx(0.4)
        assert found.low == pytest.approx(0.146, abs=0.001)
        assert found.high == pytest.approx(0.654, abs=0.001)

    def test_is_one_when_all_is_the_same_and_there_was_a_choice(self) -> None:
        found = agreement([("a", "a"), ("b", "b")])
        assert (found.kappa, found.low, found.high) == (1, 1, 1)

    def test_says_nothing_where_chance_explains_everything(self) -> None:
        assert agreement([("a", "a")] * 9).kappa is None
        assert agreement([]).kappa is None

    def test_is_below_zero_when_two_always_differ(self) -> None:
        assert agreement([("a", "b"), ("b", "a")]).kappa == -1

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=60))
    def test_lies_in_its_interval_whoever_is_called_the_first(self, pairs: list[tuple[str, str]]) -> None:
        found = agreement(pairs)
        turned = agreement([(second, first) for first, second in pairs])
        if found.kappa is None:
            assert turned.kappa is None
        else:
            assert found.low is not None
            assert found.high is not None
            assert -1 <= found.low <= found.kappa <= found.high <= 1
            assert turned.kappa == pytest.approx(found.kappa)
