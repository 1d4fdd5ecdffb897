"""Every app has its place in the house, and what it points at lies below."""

import tomllib
from typing import Any

from django.apps import apps
from django.conf import settings

from tests.architecture.house import BASE

CONTRACTS: dict[str, Any] = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["importlinter"]


def ours() -> set[str]:
    """The top packages of our own among the installed apps."""
    return {app.split(".")[0] for app in settings.INSTALLED_APPS if (BASE / app.split(".")[0]).is_dir()}


def layers() -> list[set[str]]:
    """The packages from the top of the house to the ground."""
    rows = CONTRACTS["contracts"][0]["layers"]
    return [{part.strip(" ()") for part in row.replace(":", "|").split("|")} for row in rows]


def floor(package: str) -> int:
    return next(-number for number, row in enumerate(layers()) if package in row)


class TestEveryAppOfOurs:
    def test_has_a_layer(self) -> None:
        assert ours() - set().union(*layers()) == set()

    def test_is_looked_at(self) -> None:
        assert ours() - set(CONTRACTS["root_packages"]) == set()

    def test_is_layered_inside_and_keeps_its_models_to_itself(self) -> None:
        inside = {name for contract in CONTRACTS["contracts"] for name in contract.get("containers", [])}
        kept = {name for contract in CONTRACTS["contracts"] for name in contract.get("protected_modules", [])}
        rooms = ours() - {"backoffice"}
        assert rooms - inside == set()
        assert {f"{room}.models" for room in rooms} - kept == set()


class TestForeignKeys:
    def test_point_down(self) -> None:
        upward = []
        for model in apps.get_models():
            package = model.__module__.split(".")[0]
            if package not in ours():
                continue
            for field in model._meta.get_fields():
                target = getattr(field, "related_model", None)
                if not field.concrete or target is None or isinstance(target, str):
                    continue
                other = target.__module__.split(".")[0]
                if other in ours() and floor(other) > floor(package):
                    upward.append(f"{model._meta.label}.{field.name}")
        assert upward == []
