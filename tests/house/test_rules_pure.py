"""Rules are functions of facts, settings and a day: no I/O, no clock, nothing but the standard library."""

import ast
from pathlib import Path

import pytest

from tests.house.source import APP, Import, Module, modules, pure_core, write

# Named pure modules may read and write text; rules may not even do that.
OUTSIDE_WORLD = {
    "asyncio", "fcntl", "http", "importlib", "io", "logging", "os", "pathlib", "random", "secrets", "shutil",
    "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "monotonic", "perf_counter", "localtime", "gmtime"}
# (module, import): why a pure module needs it
EXCEPT = {
    ("coverage/packing.py", "xlsxwriter"): "workbooks are not written by hand; it writes into a file it is handed",
    ("exchange/workbook.py", "xlsxwriter"): "workbooks are not written by hand; it writes into a file it is handed",
    ("frameworks/packs.py", "yaml"): "packs are YAML files of the library, read once and as data",
    ("exchange/imports/days.py", "app.core.dates.FIRST"): "days are read as everywhere else",
    ("exchange/imports/days.py", "app.core.dates.LAST"): "days are read as everywhere else",
    ("exchange/imports/days.py", "app.core.dates.parse_day"): "days are read as everywhere else",
    ("exchange/imports/xlsx.py", "openpyxl.load_workbook"): "bytes to cells: no format is read by hand",
    ("exchange/imports/colours.py", "openpyxl.styles.colors.COLOR_INDEX"): "the palette of old workbooks",
    ("exchange/imports/older.py", "python_calamine.load_workbook"): "bytes to cells: no format is read by hand",
    ("people/secrets.py", "pwdlib.hashers.argon2.Argon2Hasher"): "password hashing is not written by hand",
}


def faults(app: Path) -> list[str]:
    core = pure_core(app)
    found = []
    for module in modules(app):
        if module.kind not in {"rules", "pure"}:
            continue
        found += [module.at(i.line, f"{i.target} is not pure") for i in module.imports if not _is_pure(module, i, core)]
        found += [
            module.at(call, f"{name}() asks a clock: take the day as an argument")
            for call, name in module.calls
            if name in CLOCKS and isinstance(call.func, ast.Attribute)
        ]
        found += [module.at(call, "open() is I/O") for call, name in module.calls if _opens(module, call, name)]
    return found


def _is_pure(module: Module, imported: Import, core: set[str]) -> bool:
    if (module.path.as_posix(), imported.target) in EXCEPT:
        return True
    if imported.is_stdlib:
        is_text_only = imported.target.startswith("urllib.parse")
        return module.kind == "pure" or is_text_only or imported.top not in OUTSIDE_WORLD
    if imported.room == "core":
        return len(imported.target.split(".")) > 2 and imported.target.split(".")[2] in core
    return imported.kind in {"rules", "pure"} or (module.kind == "pure" and imported.kind == "schemas")


def _opens(module: Module, call: ast.Call, name: str) -> bool:
    return module.kind == "rules" and name == "open" and isinstance(call.func, ast.Name)


def test_it_finds_every_rule_pure() -> None:
    found = faults(APP)
    assert not found, "\n".join(found)


def test_it_lists_no_exception_that_is_not_needed() -> None:
    used = {(m.path.as_posix(), i.target) for m in modules(APP) for i in m.imports}
    assert set(EXCEPT) <= used


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("plans/rules.py", "import sqlmodel", "sqlmodel"),
        ("plans/rules.py", "from os import environ", "os.environ"),
        ("plans/rules.py", "from app.core.db import Read", "app.core.db"),
        ("plans/rules.py", "from app.core import clock", "app.core.clock"),
        ("plans/rules.py", "from app.plans.queries import plan", "app.plans.queries"),
        ("plans/rules.py", "from datetime import date\nx = date.today()", "asks a clock"),
        ("plans/rules/dates.py", "import datetime\nx = datetime.datetime.now(datetime.UTC)", "asks a clock"),
        ("plans/rules.py", "x = open('y')", "I/O"),
        ("plans/standing.py", "import yaml", "yaml"),
    ],
)
def test_it_catches_what_is_not_pure(tmp_path: Path, name: str, text: str, fault: str) -> None:
    house = write(
        tmp_path,
        {
            "core/clock.py": "",
            "core/db.py": "import sqlmodel",
            "core/words.py": "import gettext",
            "core/text.py": "from app.core.words import _",
            "people/rules.py": "from app.core.text import x\nfrom enum import Enum",
        },
    )
    assert faults(house) == []
    assert fault in "\n".join(faults(write(house, {name: text})))
