"""What pydantic refuses, as fields and sentences for people; every door, and acts that read rows, say the same."""

from collections.abc import Callable
from typing import Any

from app.core.errors import FieldError
from app.core.words import _


def field_errors(errors: list[Any]) -> list[FieldError]:
    """Pydantic's list as ours: a dotted field and a sentence."""
    out = []
    for e in errors:
        place = [str(p) for p in e["loc"] if p not in ("body", "query", "path", "header", "form")]
        out.append(FieldError(".".join(place), sentence(e)))
    # A parameter that two dependencies read is refused by both.
    return list(dict.fromkeys(out))


# Functions of the error's context, so that each is worded in the reader's language.
SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _c: _("Enter a value."),
    "extra_forbidden": lambda _c: _("This field cannot be set here."),
    "string_too_long": lambda c: _("Use at most {n} characters.", n=c.get("max_length", "")),
    "string_too_short": lambda _c: _("Enter a value."),
    "string_type": lambda _c: _("Enter text."),
    "enum": lambda c: _("Choose one of: {list}.", list=str(c.get("expected", "")).replace("'", "")),
    "literal_error": lambda c: _("Choose one of: {list}.", list=str(c.get("expected", "")).replace("'", "")),
    "json_invalid": lambda _c: _("The body is not JSON."),
    "bool_parsing": lambda _c: _("Say true or false."),
    "int_parsing": lambda _c: _("Enter a whole number."),
    "uuid_parsing": lambda _c: _("This is not the id of anything."),
}


def sentence(error: Any) -> str:
    # An emptied field of a form arrives as nothing.
    kind = "missing" if error["type"].endswith("_type") and error.get("input", "") is None else error["type"]
    made = SENTENCES.get(kind)
    if made:
        return made(error.get("ctx", {}))
    message: str = error["msg"]
    return message.removeprefix("Value error, ")
