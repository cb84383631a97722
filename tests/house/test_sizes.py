"""What is small can be read: caps on files, functions and templates. A file past its cap becomes a folder."""

import ast
from pathlib import Path

import pytest

from tests.house.source import ROOT, parsed, write

FILE, FUNCTION, TEMPLATE = 300, 45, 150
CODE = ("app", "tests", "tools")
# Stories told from end to end are read from end to end.
EXEMPT = ("tests/journeys/",)


def faults(root: Path) -> list[str]:
    found = []
    for path in sorted(path for folder in CODE for path in (root / folder).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if not name.startswith(EXEMPT):
            found += _python_faults(name, path.read_text())
    for path in sorted((root / "templates").rglob("*.html")):
        if (lines := len(path.read_text().splitlines())) > TEMPLATE:
            found.append(f"{path.relative_to(root).as_posix()}: {lines} lines, at most {TEMPLATE}")
    return found


def _python_faults(name: str, text: str) -> list[str]:
    lines = len(text.splitlines())
    found = [f"{name}: {lines} lines, at most {FILE}"] if lines > FILE else []
    for node in parsed(Path(name), text).nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                found.append(f"{name}:{node.lineno}: {node.name} has {length} lines, at most {FUNCTION}")
    return found


def test_it_keeps_everything_small() -> None:
    found = faults(ROOT)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "text", "is_fault"),
    [
        ("app/plans/rules.py", "x = 1\n" * 300, False),
        ("app/plans/rules.py", "x = 1\n" * 301, True),
        ("app/plans/rules.py", "def f():\n" + "    x = 1\n" * 44, False),
        ("app/plans/rules.py", "class A:\n    async def f(self):\n" + "        x = 1\n" * 45, True),
        ("templates/plans/show.html", "x\n" * 150, False),
        ("templates/plans/show.html", "x\n" * 151, True),
        ("tests/journeys/test_year.py", "x = 1\n" * 400, False),
        ("migrations/versions/one.py", "x = 1\n" * 400, False),
    ],
)
def test_it_catches_what_grew_too_long(tmp_path: Path, name: str, text: str, is_fault: bool) -> None:
    assert bool(faults(write(tmp_path, {name: text}))) is is_fault
