"""The two Jinja environments: ours, strict and escaping; and that of the NHS macros, reached as `nhsuk`."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from markupsafe import Markup

from app.core import words
from app.core.identifiers import warning_sentences
from app.web import drawing

HERE = Path(__file__).resolve().parents[1]
STATIC = HERE / "static"
PRODUCT = words.N_("Maternity improvement plan tracker")


def _templates_folder() -> Path:
    inside = HERE / "templates"
    return inside if inside.exists() else HERE.parent / "templates"


@cache
def _static_hash(path: str) -> str:
    return sha256((STATIC / path).read_bytes()).hexdigest()[:12]


def static(path: str) -> str:
    """The address of a static file, with a digest that lets browsers keep it for a year."""
    return f"/static/{path}?v={_static_hash(path)}"


class Nhsuk:
    """`nhsuk.errorSummary({...})`: each NHS macro by its own name, rendered in its own lenient environment."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        folder = "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
        module = self._environment.get_template(f"nhsuk/components/{folder}/macro.jinja").module
        macro = getattr(module, name)

        def render(params: dict[str, Any]) -> Markup:
            return Markup(macro(params))  # noqa: S704 - the macro has escaped its parameters

        return render


@cache
def environment() -> Environment:
    """Ours: a missing name is an error, and everything is escaped."""
    made = Environment(
        loader=FileSystemLoader(_templates_folder()),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    helpers: dict[str, Any] = {
        "_": words._,
        "ngettext": words.ngettext,
        "day": words.day,
        "short_day": words.short_day,
        "strip_parts": drawing.strip_parts,
        "strip_words": drawing.strip_words,
    }
    made.globals.update(helpers, static=static, nhsuk=Nhsuk())
    made.filters.update(hints=warning_sentences, day=words.day, short_day=words.short_day, typed_day=words.typed_day)
    return made
