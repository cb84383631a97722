"""Rooms look down only, doors never know doors, and inside a room arrows point one way."""

import ast
from pathlib import Path

import pytest

from tests.house.source import APP, DOORS, GATES, KINDS, Import, Module, modules, write

PURE = {"pure", "rules"}
# What a module may import from its own room and from those below it.
MAY_IMPORT = {
    # A named pure module may speak of shapes; a rule knows facts only.
    "pure": PURE | {"schemas"},
    "rules": PURE,
    "models": PURE | {"models"},
    "schemas": PURE | {"schemas"},
    "queries": PURE | {"models", "schemas", "queries"},
    "commands": PURE | {"models", "schemas", "queries", "commands"},
    "gate": PURE | {"schemas", "queries", "commands"},
    "api": PURE | {"schemas", "queries", "commands", "gate"},
    "pages": PURE | {"schemas", "queries", "commands", "gate"},
}
HTTP = ("fastapi", "starlette")
# module: what it may import in spite of the rule, and why
EXCEPT: dict[tuple[str, str], str] = {}


def order(app: Path) -> list[set[str]]:
    """From the docstring of app/__init__.py: highest first, rooms of one height together."""
    docstring = ast.get_docstring(ast.parse((app / "__init__.py").read_text())) or ""
    chain = docstring[docstring.index("cli >") :].split("\n\n")[0]
    heights = [{room.strip() for room in height.split("|")} for height in chain.split(">")]
    return [height for height in heights if height != {"(doors)"}]


def faults(app: Path) -> list[str]:
    heights = order(app)
    rank = {room: index for index, rooms in enumerate(heights) for room in rooms}
    found = [f"app/{room} has no place in the order of app/__init__.py" for room in sorted(_rooms(app) - set(rank))]
    for module in modules(app):
        for imported in module.imports:
            if (module.path.as_posix(), imported.target) not in EXCEPT:
                found += [module.at(imported.line, fault) for fault in _judge(module, imported, rank)]
    return found


def _rooms(app: Path) -> set[str]:
    return {module.room for module in modules(app)} - {"__init__"}


def _judge(module: Module, imported: Import, rank: dict[str, int]) -> list[str]:
    if imported.target.startswith("."):
        return ["relative imports hide which room is meant"]
    if imported.top in HTTP and module.kind not in {"", "gate", *DOORS}:
        return [f"{imported.target}: only doors and web know HTTP"]
    if module.kind in DOORS and imported.top in {"sqlalchemy", "sqlmodel"} and "exc" not in imported.target.split("."):
        return [f"{imported.target}: a door holds no query"]
    if imported.room is None or imported.room not in rank or module.room not in rank:
        return []
    return _judge_room(module, imported, rank)


def _judge_room(module: Module, imported: Import, rank: dict[str, int]) -> list[str]:
    here, there = rank[module.room], rank[imported.room or ""]
    if module.kind in DOORS:
        if there <= rank["settings"]:
            return [f"{imported.target} stands above the doors"]
    elif there < here or (there == here and imported.room != module.room):
        return [f"{imported.target} is not below {module.room}"]
    if imported.room == "web" and module.kind not in {"", "gate", *DOORS}:
        return [f"{imported.target}: only doors know web"]
    if imported.room == "settings" and module.room not in {"main", "cli", "settings"}:
        return [f"{imported.target}: settings are read by main, cli and the migrations only"]
    # A door grown into a folder is one door.
    same = imported.room == module.room and imported.kind == module.kind
    if module.kind and imported.kind and not same and imported.kind not in MAY_IMPORT[module.kind]:
        return [f"{imported.target}: {module.kind} may not import {imported.kind}"]
    return []


def test_it_keeps_the_order_of_the_rooms() -> None:
    found = faults(APP)
    assert not found, "\n".join(found)


def test_it_judges_every_kind_of_file() -> None:
    assert set(MAY_IMPORT) == {*KINDS, "pure", "gate"}
    assert all((APP / gate).exists() for gate in GATES)


HOUSE = {
    "__init__.py": '"""Rooms:\ncli > main > settings > (doors) > demo > voices | plans > people > web > core\n"""',
    "people/queries.py": "import sqlmodel",
    "plans/rules.py": "from app.people.rules import Role",
    "plans/pages/show.py": "from app.people import commands\nfrom app.web import render",
    "plans/pages/__init__.py": "from app.plans.pages import show",
    "main.py": "from app.settings import Settings\nfrom app.plans import pages",
}


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("people/queries.py", "from app.plans import queries", "not below people"),
        ("people/queries.py", "def f():\n    import app.plans.queries", "not below people"),
        ("voices/queries.py", "from app.plans import queries", "not below voices"),
        ("web/render.py", "from app.people import queries", "not below web"),
        ("plans/pages.py", "from app.people.pages import router", "pages may not import pages"),
        ("plans/api.py", "from app.plans import pages", "api may not import pages"),
        ("plans/api.py", "from app.plans.models import Plan", "api may not import models"),
        ("plans/api.py", "from sqlmodel import select", "holds no query"),
        ("plans/api.py", "from app.main import create_app", "above the doors"),
        ("plans/models.py", "from app.plans import queries", "models may not import queries"),
        ("plans/rules.py", "from app.plans.models import Plan", "rules may not import models"),
        ("plans/standing.py", "from app.people import queries", "pure may not import queries"),
        ("plans/queries.py", "from app.plans.commands import f", "queries may not import commands"),
        ("plans/commands.py", "from app.web import forms", "only doors know web"),
        ("plans/commands.py", "from fastapi import Request", "know HTTP"),
        ("plans/commands.py", "from app.settings import Settings", "not below plans"),
        ("plans/api.py", "from . import commands", "relative"),
        ("strange/rules.py", "", "no place in the order"),
    ],
)
def test_it_catches_an_arrow_that_points_up(tmp_path: Path, name: str, text: str, fault: str) -> None:
    assert faults(write(tmp_path, HOUSE)) == []
    found = faults(write(tmp_path, {name: text}))
    assert len(found) == 1
    assert fault in found[0]
