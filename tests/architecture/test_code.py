"""What the code may not do, wherever it is."""

import ast

from tests.architecture.house import modules, name, tree

CLOCK = "backoffice/clock.py"
ASKS_THE_TIME = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}


def is_one_of(node: ast.AST, named: set[tuple[str, str]]) -> bool:
    """Return whether `node` is `first.second` of a pair in `named`, whatever stands before it."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name | ast.Attribute):
        return False
    return (getattr(node.value, "id", getattr(node.value, "attr", "")), node.attr) in named


def uses(named: set[tuple[str, str]]) -> list[str]:
    return [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and is_one_of(node, named)
    ]


class TestTheClock:
    def test_only_the_clock_asks_what_time_it_is(self) -> None:
        assert [place for place in uses(ASKS_THE_TIME) if not place.startswith(CLOCK)] == []

    def test_the_clock_itself_does(self) -> None:
        assert len(uses(ASKS_THE_TIME)) == 1

    def test_only_doors_ask_the_clock(self) -> None:
        doors = {"views", "api", "tasks", "management", "admin", "demo", "urls", "ui", "api.py", "tasks.py"}
        doors |= {"admin.py", "views.py", "clock.py", "middleware.py", "sign_in.py", "apps.py"}
        asked = uses({("clock", "now"), ("clock", "today")})
        assert [place for place in asked if not doors & set(place.split(":")[0].split("/"))] == []


class TestLogs:
    def test_say_static_things(self) -> None:
        """Ids go beside the message as keywords; a message that is put together may hold a person."""
        composed = []
        for path in modules():
            for node in ast.walk(tree(path)):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in LEVELS
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id in {"log", "logger"}
                ):
                    message = node.args[0] if node.args else None
                    static = isinstance(message, ast.Constant) and isinstance(message.value, str)
                    if not static or len(node.args) > 1:
                        composed.append(f"{name(path)}:{node.lineno}")
        assert composed == []
