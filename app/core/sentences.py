"""What pydantic refuses, as fields and sentences for people; every door, and acts that read rows, say the same."""

from collections.abc import Callable
from typing import Any, get_args

from pydantic_core.core_schema import ErrorType

from app.core.errors import FieldError
from app.core.inputs import ask
from app.core.words import _

OBJECT = ("model_type", "model_attributes_type", "dict_type", "dataclass_type", "mapping_type")
# What an empty field is refused as, by the kind of field that it is.
_EMPTY = frozenset({"missing", "required", "string_too_short", "date_unreadable", "enum", "literal_error",
                    "int_parsing", "bool_parsing", "uuid_parsing"})  # fmt: skip
_ALWAYS_EMPTY = frozenset({"missing", "required", "string_too_short", "too_short"})
_THEIRS = frozenset(get_args(ErrorType))


def field_errors(errors: list[Any]) -> list[FieldError]:
    """Pydantic's list as ours: a dotted field and a sentence."""
    out = [FieldError(field_of(e), sentence(e)) for e in errors]
    # A parameter that two dependencies read is refused by both.
    return list(dict.fromkeys(out))


def field_of(error: Any) -> str:
    """The dotted field; "" for the whole: a place in a text that is no JSON is no field."""
    if error["type"] == "json_invalid":
        return ""
    return ".".join(str(p) for p in error["loc"])


# Functions of the error's context, so that each is worded in the reader's language.
SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "extra_forbidden": lambda _c: _("This field cannot be set here."),
    "string_too_long": lambda c: _("Use at most {n} characters.", n=c.get("max_length", "")),
    "string_type": lambda _c: _("Enter text."),
    "string_unicode": lambda _c: _("This text holds a character that cannot be kept. Delete it or type it again."),
    "string_pattern_mismatch": lambda _c: _("This is not written as it must be. Send it back as it was given."),
    "enum": lambda c: _("Choose one of: {list}.", list=_choices(c)),
    "literal_error": lambda c: _("Choose one of: {list}.", list=_choices(c)),
    "json_invalid": lambda c: _json(c),
    "bool_type": lambda _c: _("Say true or false."),
    "bool_parsing": lambda _c: _("Say true or false."),
    "int_type": lambda _c: _("Enter a whole number."),
    "int_parsing": lambda _c: _("Enter a whole number."),
    "int_parsing_size": lambda _c: _("This number is too large. Enter a smaller one."),
    "int_from_float": lambda _c: _("Enter a whole number."),
    "finite_number": lambda _c: _("Enter a whole number."),
    "greater_than": lambda c: _("Enter a number above {n}.", n=c.get("gt", "")),
    "greater_than_equal": lambda c: _("Enter {n} or more.", n=c.get("ge", "")),
    "less_than": lambda c: _("Enter a number below {n}.", n=c.get("lt", "")),
    "less_than_equal": lambda c: _("Enter {n} or less.", n=c.get("le", "")),
    "too_long": lambda c: _("Send at most {n} of these.", n=c.get("max_length", "")),
    "list_type": lambda _c: _("Send a list."),
    "uuid_type": lambda _c: _("This is not the id of anything."),
    "uuid_parsing": lambda _c: _("This is not the id of anything."),
    "date_type": lambda _c: _("Enter a date like 31 October 2026 or 31/10/2026."),
    **dict.fromkeys(OBJECT, lambda _c: _("Send a JSON object, with names and values between braces.")),
}


def sentence(error: Any) -> str:
    """What to do, in the reader's language; never the library's own words."""
    kind, field = error["type"], field_of(error)
    if _is_empty(kind, error.get("input", "")):
        return ask(field) if field else _("Send a JSON object, with names and values between braces.")
    made = SENTENCES.get(kind)
    if made:
        return made(error.get("ctx", {}))
    if kind in _THEIRS:
        return _("This value cannot be taken. Check it and send it again.")
    message: str = error["msg"]
    return message


def _is_empty(kind: str, given: Any) -> bool:
    # An emptied field of a form arrives as nothing, or as no letters.
    blank = given is None or (isinstance(given, str) and not given.strip())
    return kind in _ALWAYS_EMPTY or (blank and (kind in _EMPTY or kind.endswith("_type")))


def _choices(context: dict[str, Any]) -> str:
    return str(context.get("expected", "")).replace("' or '", "', '").replace("'", "")


def _json(context: dict[str, Any]) -> str:
    """line, column: where it stops being JSON, counted from 1, as the door found them."""
    if "line" not in context:
        return _("The body is not JSON. Check it and send it again.")
    return _(
        "The body is not JSON: line {line}, column {column} cannot be read. Check it and send it again.",
        line=context["line"],
        column=context["column"],
    )
