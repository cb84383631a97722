"""What slips past the scope and the ledger is not used in rooms: text SQL, connections, bare tables."""

import ast
from pathlib import Path

import pytest

from tests.house.source import APP, Module, last_name, modules, write

# They make the walls: core holds sessions and the ledger, history reads the ledger's own table.
MAKERS = ("core", "history")
NOT_IMPORTED = {"text", "literal_column", "TextClause"}
NOT_CALLED = {"connection", "get_bind", "exec_driver_sql", "raw_connection", "bulk_save_objects",
              "bulk_insert_mappings", "bulk_update_mappings"}  # fmt: skip
# (module, name): why it needs the hatch
EXCEPT: dict[tuple[str, str], str] = {
    ("cli/doctor.py", "text"): "asks the database about itself, not about a plan",
    ("cli/doctor.py", "connection"): "asks the database about itself, not about a plan",
    ("cli/restoring.py", "text"): "swaps whole databases",
}


def faults(app: Path) -> list[str]:
    return [
        module.at(line, f"{name} slips past the scope and the ledger")
        for module in modules(app)
        if module.room not in MAKERS
        for line, name in _hatches(module)
        if (module.path.as_posix(), name) not in EXCEPT
    ]


def _hatches(module: Module) -> list[tuple[int, str]]:
    found = [
        (i.line, i.target.split(".")[-1])
        for i in module.imports
        if i.top in {"sqlalchemy", "sqlmodel"} and i.target.split(".")[-1] in NOT_IMPORTED
    ]
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and node.attr in {"__table__", "__tablename__"}:
            found.append((node.lineno, node.attr))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            sql_text = node.func.attr in NOT_IMPORTED and last_name(node.func.value) in {"sqlalchemy", "sqlmodel", "sa"}
            if sql_text or node.func.attr in NOT_CALLED:
                found.append((node.lineno, node.func.attr))
    return found


def test_it_finds_no_way_round_the_walls() -> None:
    found = faults(APP)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "from sqlalchemy import text",
        "from sqlmodel import select, text as words",
        "import sqlalchemy as sa\nx = sa.text('select 1')",
        "def f(read):\n    read.connection().execute(x)",
        "rows = Action.__table__.select()",
        "def f(tx):\n    tx.bulk_save_objects([])",
    ],
)
def test_it_catches_a_way_round(tmp_path: Path, text: str) -> None:
    assert len(faults(write(tmp_path, {"plans/queries.py": text}))) == 1
    assert faults(write(tmp_path / "other", {"history/queries.py": text})) == []


def test_it_lets_core_types_pass(tmp_path: Path) -> None:
    assert (
        faults(write(tmp_path, {"plans/models.py": "from sqlalchemy import Text\nfrom app.core.text import Text"}))
        == []
    )
