"""How the house tests read the house: its modules, what each is, and what each imports.

Every check is a function of a folder, so that its own tests can hand it a bad one.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
TEMPLATES = ROOT / "templates"

# The files of a room, from the bottom up; any other module of a room is a named pure one.
KINDS = ("rules", "models", "schemas", "queries", "commands", "api", "pages")
DOORS = ("api", "pages")
# No domain, or above all rooms: other rules hold for them.
NOT_ROOMS = ("core", "web", "cli", "demo", "main", "settings", "static", "locale")
# What main hands to the web: it knows requests and rooms, so it is neither a door nor a rule.
GATES = {"people/gatekeeping.py": "who a request is from, asked by web through a protocol"}


@dataclass(frozen=True)
class Module:
    """path: relative to app/; room: its first part without `.py`; kind: one of KINDS, "pure", "gate" or ""."""

    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.path.parts[0].removesuffix(".py")

    @property
    def kind(self) -> str:
        if self.path.as_posix() in GATES:
            return "gate"
        if self.room in NOT_ROOMS or len(self.path.parts) == 1:
            return ""
        name = self.path.parts[1].removesuffix(".py")
        return "" if name == "__init__" else kind_named(name)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """The whole tree, walked once for all the checks."""
        return list(ast.walk(self.tree))

    @cached_property
    def imports(self) -> list["Import"]:
        return list(_imports(self.nodes))

    @cached_property
    def calls(self) -> list[tuple[ast.Call, str]]:
        """Each call with the last name of what is called: `tx.add(x)` is "add"."""
        return [(node, last_name(node.func)) for node in self.nodes if isinstance(node, ast.Call)]

    def at(self, node: ast.AST | int, fault: str) -> str:
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return f"{self.path.as_posix()}:{line}: {fault}"


@dataclass(frozen=True)
class Import:
    """target: dotted, down to the imported name ("app.people.queries", "sqlmodel.select")."""

    line: int
    target: str

    @property
    def top(self) -> str:
        return self.target.split(".")[0]

    @property
    def room(self) -> str | None:
        """The room or top module of ours that it reaches, None outside app."""
        parts = self.target.split(".")
        return parts[1] if parts[0] == "app" and len(parts) > 1 else None

    @property
    def kind(self) -> str:
        parts = self.target.split(".")
        if self.room is None or self.room in NOT_ROOMS or len(parts) < 3:
            return ""
        if f"{parts[1]}/{parts[2]}.py" in GATES:
            return "gate"
        return kind_named(parts[2])

    @property
    def is_stdlib(self) -> bool:
        return self.top in sys.stdlib_module_names


def kind_named(name: str) -> str:
    return name if name in KINDS else "pure"


def modules(app: Path) -> list[Module]:
    return [parsed(path.relative_to(app), path.read_text()) for path in sorted(app.rglob("*.py"))]


@cache
def parsed(path: Path, text: str) -> Module:
    """Parsed once a run; the checks only look at it."""
    return Module(path, ast.parse(text))


def pure_core(app: Path) -> set[str]:
    """Names of the modules of core that stand on the standard library alone; the clock is not one of them."""
    core = {m.path.stem: m for m in modules(app) if m.room == "core" and m.path.stem != "clock"}
    pure = set(core)
    while True:
        tainted = {n for n in pure if not all(_stays_pure(i, pure) for i in core[n].imports)}
        if not tainted:
            return pure
        pure -= tainted


def _stays_pure(found: Import, pure: set[str]) -> bool:
    parts = found.target.split(".")
    return found.is_stdlib or (found.room == "core" and len(parts) > 2 and parts[2] in pure)


def _imports(nodes: list[ast.AST]) -> Iterator[Import]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from (Import(node.lineno, f"{origin}.{name.name}") for name in node.names)


def last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def write(folder: Path, files: dict[str, str]) -> Path:
    """Puts a small house into the folder, for the tests of a check's own teeth."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder
