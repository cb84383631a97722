"""A door parses, calls and answers: it holds no query, ends no transaction, and its GET cannot write."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import APP, DOORS, Module, last_name, modules, write

NOT_IN_A_DOOR = {"select", "exec", "execute", "scalar", "scalars", "commit", "rollback", "flush", "add", "add_all"}
READING = {"get", "head"}
WRITERS = {"Writer", "Write"}


def faults(app: Path) -> list[str]:
    found = []
    for module in modules(app):
        if module.kind in DOORS:
            found += [
                module.at(call, f"{name}( belongs to queries and commands")
                for call, name in module.calls
                if name in NOT_IN_A_DOOR
            ]
            found += [module.at(f, f"{f.name} answers a GET with a Writer") for f in _reading_with_a_writer(module)]
    return found


def _reading_with_a_writer(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _answers_reads(node):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            named = {last_name(part) for a in arguments if a.annotation for part in ast.walk(a.annotation)}
            if named & WRITERS:
                yield node


def _answers_reads(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and (decorator.func.attr in READING or _names_a_reading_method(decorator))
        for decorator in function.decorator_list
    )


def _names_a_reading_method(decorator: ast.Call) -> bool:
    given = [keyword.value for keyword in decorator.keywords if keyword.arg == "methods"]
    strings = [part.value for value in given for part in ast.walk(value) if isinstance(part, ast.Constant)]
    return any(str(method).lower() in READING for method in strings)


def test_it_finds_doors_thin() -> None:
    found = faults(APP)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "rows = read.exec(query)",
        "from sqlmodel import select\nquery = select(Plan)",
        "def f(tx):\n    tx.add(Plan())",
        "def f(tx):\n    tx.commit()",
        "@router.get('/x')\ndef f(tx: Writer): ...",
        "@router.get('/x')\n@act('x')\nasync def f(*, tx: Annotated[Write, Depends(g)]): ...",
        "@router.api_route('/x', methods=['GET', 'POST'])\ndef f(tx: Writer): ...",
    ],
)
@pytest.mark.parametrize("name", ["plans/api.py", "plans/pages.py", "plans/pages/settings.py"])
def test_it_catches_a_door_that_does_more(tmp_path: Path, name: str, text: str) -> None:
    assert len(faults(write(tmp_path, {name: text}))) == 1


def test_it_lets_a_door_write_through_a_command(tmp_path: Path) -> None:
    text = "@router.get('/x')\ndef f(read: Reader): ...\n@router.post('/x')\ndef g(tx: Writer):\n    commands.add_x(tx)"
    assert faults(write(tmp_path, {"plans/api.py": text})) == []
