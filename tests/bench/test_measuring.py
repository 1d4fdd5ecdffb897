"""The benchmarks' arithmetic."""

from bench.measuring import FEWEST, Line, by_turns, table


class TestByTurns:
    def test_lets_each_go_first_as_often(self) -> None:
        order: list[str] = []
        by_turns("x", lambda: order.append("ours"), lambda: order.append("bare"), rounds=4, seconds=60)
        assert order == ["ours", "bare", "bare", "ours"] * 2

    def test_stops_when_time_is_up_but_not_before_a_few_rounds(self) -> None:
        ours, bare = by_turns("x", lambda: 1, lambda: 2, rounds=50, seconds=0)
        assert (ours, bare) == ([1] * FEWEST, [2] * FEWEST)


class TestLine:
    def test_compares_round_by_round(self) -> None:
        line = Line("x", ours=[20, 300, 40], yardstick=[10, 100, 10], goal=3)
        assert line.ratios == [2, 3, 4]
        assert line.ratio == 3
        assert line.met

    def test_misses_its_goal(self) -> None:
        assert not Line("x", ours=[31], yardstick=[10], goal=3).met


class TestTable:
    def test_says_what_was_measured_and_whether_it_will_do(self) -> None:
        shown = table([Line("quick", [2.0], [1.0], 3), Line("slow", [400.0], [100.0], 3)]).splitlines()
        assert shown[2].split() == ["quick", "2", "ms", "1", "ms", "2.00", "2.00-2.00", "3", "yes"]
        assert shown[3].split() == ["slow", "400", "ms", "100", "ms", "4.00", "4.00-4.00", "3", "NO"]
