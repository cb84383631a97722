"""Every room has the same few file names: who knows one room knows all."""

import ast
from pathlib import Path

import pytest

from tests.house.source import APP, KINDS, NOT_ROOMS, modules, write

# Folders of a room that hold data, not code.
DATA = {"library"}
NOT_USED = {
    "manager", "managers", "helper", "helpers", "util", "utils", "handler", "handlers", "service", "services",
    "base", "common", "misc",
}  # fmt: skip


def faults(app: Path) -> list[str]:
    found = [fault for module in modules(app) for fault in _module_faults(app, module.path, module.tree)]
    for folder in sorted(p for p in app.iterdir() if p.is_dir() and p.name not in {*NOT_ROOMS, "__pycache__"}):
        found += _room_faults(folder)
    return found


def _module_faults(app: Path, path: Path, tree: ast.Module) -> list[str]:
    found = []
    if {part.removesuffix(".py") for part in path.parts} & NOT_USED:
        found.append(f"{path}: say in the domain's words what it is")
    if ast.get_docstring(tree) is None and path.name != "__main__.py":
        found.append(f"{path}: a module begins with a sentence")
    is_room = path.name == "__init__.py" and len(path.parts) <= 2 and path.parts[0] not in NOT_ROOMS
    if is_room and len(tree.body) > 1:
        found.append(f"{path}: a room's __init__ is a paragraph without code")
    assert (app / path).exists()
    return found


def _room_faults(room: Path) -> list[str]:
    found = []
    if not (room / "__init__.py").exists():
        found.append(f"{room.name}: a room begins with __init__.py")
    names = {path.name.removesuffix(".py") for path in room.iterdir()} - {"__init__", "__pycache__"}
    if not names:
        found.append(f"{room.name}: a room that does not exist yet is not created empty")
    for path in sorted(room.iterdir()):
        if path.is_dir():
            found += _folder_faults(path)
        elif path.suffix != ".py":
            found.append(f"{room.name}/{path.name}: data lies in {' or '.join(DATA)}/")
        elif (room / path.stem).is_dir():
            found.append(f"{room.name}/{path.name}: there is a folder of that name as well")
    return found


def _folder_faults(folder: Path) -> list[str]:
    if folder.name == "__pycache__":
        return []
    where = f"{folder.parent.name}/{folder.name}"
    code = list(folder.rglob("*.py"))
    if folder.name in DATA:
        return [f"{where}: code lies beside the data"] if [p for p in code if p.name != "__init__.py"] else []
    # A capped file grown into a folder, or a named pure module grown into one: both are packages, one deep.
    found = [] if (folder / "__init__.py").exists() else [f"{where}: a folder of code has an __init__.py"]
    deeper = [p for p in folder.iterdir() if p.is_dir() and p.name != "__pycache__"]
    found += [f"{where}/{p.name}: one folder deep is enough" for p in deeper]
    if folder.name in KINDS and len(code) < 3:
        found.append(f"{where}: a folder with one file is a file")
    return found


def test_it_finds_every_room_in_shape() -> None:
    found = faults(APP)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("plans/__init__.py", '"""Plans."""\nfrom app.plans import rules', "without code"),
        ("plans/utils.py", '"""x."""', "domain's words"),
        ("plans/queries.py", "x = 1", "begins with a sentence"),
        ("plans/data.csv", "x", "data lies in"),
        ("plans/library/code.py", '"""x."""', "beside the data"),
        ("plans/rules/__init__.py", '"""x."""', "a folder of that name"),
        ("plans/commands/__init__.py", '"""x."""', "is a file"),
        ("plans/commands/life.py", '"""x."""', "has an __init__.py"),
        ("plans/queries/deep/more.py", '"""x."""', "one folder deep"),
        ("voices/__init__.py", '"""x."""', "not created empty"),
        ("voices/rules.py", '"""x."""', "begins with __init__"),
    ],
)
def test_it_catches_a_room_out_of_shape(tmp_path: Path, name: str, text: str, fault: str) -> None:
    house = write(
        tmp_path,
        {
            "__init__.py": '"""The product."""',
            "plans/__init__.py": '"""Plans."""',
            "plans/rules.py": '"""Rules."""',
            "plans/standing.py": '"""A named one."""',
            "plans/library/one.yaml": "",
        },
    )
    assert faults(house) == []
    assert fault in "\n".join(faults(write(house, {name: text})))
