"""Every sentence that an error says to a person passes through gettext: Welsh must never mean a rewrite."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core import errors
from tests.house.source import APP, Module, last_name, modules, write

# error: where its sentence stands among its arguments
SENTENCE_AT = {
    name: list(inspect.signature(kind).parameters).index("message")
    for name, kind in vars(errors).items()
    if inspect.isclass(kind) and "message" in inspect.signature(kind).parameters
}
# What pydantic catches and shows beside the field.
IN_SCHEMAS = {"ValueError": 0, "AssertionError": 0}


def faults(app: Path) -> list[str]:
    return [
        module.at(call, f"{name} says a sentence that is not in _()")
        for module in modules(app)
        for call, name in module.calls
        if (place := _place(module, name)) is not None
        for said in _arguments(call, place)
        if _is_bare(said)
    ]


def _place(module: Module, name: str) -> int | None:
    if module.kind == "schemas" and name in IN_SCHEMAS:
        return IN_SCHEMAS[name]
    imported = any(i.target == f"app.core.errors.{name}" for i in module.imports)
    return SENTENCE_AT.get(name) if imported else None


def _arguments(call: ast.Call, place: int) -> Iterator[ast.expr]:
    if len(call.args) > place:
        yield call.args[place]
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "message")


def _is_bare(said: ast.expr) -> bool:
    """A literal, or text put together from one; what comes from a name was made elsewhere."""
    if isinstance(said, ast.Constant):
        return isinstance(said.value, str) and bool(said.value)
    if isinstance(said, ast.Call):
        # `"...".format(x)` and `"...".join(x)` only dress a literal up.
        return isinstance(said.func, ast.Attribute) and _is_bare(said.func.value)
    if isinstance(said, ast.BinOp):
        return _is_bare(said.left) or _is_bare(said.right)
    if isinstance(said, ast.IfExp):
        return _is_bare(said.body) or _is_bare(said.orelse)
    return isinstance(said, ast.JoinedStr)


def _untranslatable(app: Path) -> list[str]:
    """`_(f"...")` and `_("..." + x)`: no catalogue can hold them."""
    return [
        module.at(call, f"{name}() wants one literal sentence with {{places}}")
        for module in modules(app)
        for call, name in module.calls
        if name in {"_", "N_", "ngettext"} and call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]


def test_it_finds_every_error_translatable() -> None:
    found = faults(APP)
    assert not found, "\n".join(found)
    found = _untranslatable(APP)
    assert not found, "\n".join(found)


def test_it_knows_where_each_error_has_its_sentence() -> None:
    assert SENTENCE_AT["NotFound"] == 0
    assert SENTENCE_AT["Invalid"] == 1
    assert last_name(ast.parse("errors.Invalid", mode="eval").body) == "Invalid"


@pytest.mark.parametrize(
    ("text", "is_fault"),
    [
        ('raise NotFound("There is no such plan.")', True),
        ('raise NotFound(f"There is no plan {slug}.")', True),
        ('raise NotFound("No plan " + slug)', True),
        ('raise NotFound("No plan {}".format(slug))', True),
        ('raise Invalid("slug", "Enter a name")', True),
        ('raise Invalid("slug", message="Enter a name")', True),
        ('raise Invalid("slug", _("Enter a name"))', False),
        ('raise NotFound(_("There is no plan {slug}.", slug=slug))', False),
        ("raise NotFound(sentence)", False),
        ('raise NotFound("" if quiet else _("No plan"))', False),
        ('raise ValueError("a fault of ours")', False),
    ],
)
def test_it_catches_a_sentence_outside_gettext(tmp_path: Path, text: str, is_fault: bool) -> None:
    source = "from app.core.errors import Invalid, NotFound\n" + text
    assert bool(faults(write(tmp_path, {"plans/commands.py": source}))) is is_fault


def test_it_catches_what_pydantic_will_show(tmp_path: Path) -> None:
    assert faults(write(tmp_path, {"plans/schemas.py": 'raise ValueError("Enter a name")'}))


@pytest.mark.parametrize("text", ['_(f"Plan {slug}")', '_("Plan " + slug)', 'N_(f"{x}")'])
def test_it_catches_a_sentence_that_no_catalogue_holds(tmp_path: Path, text: str) -> None:
    assert _untranslatable(write(tmp_path, {"plans/commands.py": text}))
