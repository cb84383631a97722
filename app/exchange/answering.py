"""The forms of an import: which answers they give, and the questions as they are drawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.identifiers import nhs_numbers
from app.core.inputs import label
from app.core.words import _, ngettext
from app.exchange.field_words import field_word
from app.exchange.imports.headings import FIELDS
from app.exchange.imports.mapping import LEFT, OWN, SAID
from app.exchange.imports.meanings import Meaning, meaning_word
from app.exchange.schemas import ImportAnswers, ImportQuestionRead, ImportRead, NoteRead

# What a choice sends for "keep it as it is written"; an empty one is no answer yet.
WORDS = "~words"
STEPS = ("columns", "legend", "check")


def several(value: Any) -> list[str]:
    """A field of a form that may be there many times, once or never."""
    return [str(v) for v in value] if isinstance(value, list) else [] if value in (None, "") else [str(value)]


def answers_of(form: Mapping[str, Any], kept: ImportAnswers) -> dict[str, Any]:
    """The kept answers with those of a form laid over them, as `ImportAnswers` takes them."""
    told: dict[str, Any] = kept.model_dump(mode="json")
    if "sheets_asked" in form:
        told["sheets"] = several(form.get("sheets"))
    names, fields = several(form.get("column")), form.get("field")
    told["columns"] |= dict(zip(names, _all(fields), strict=False))
    for key in several(form.get("question")):
        answer = form.get(f"answer:{key}", "")
        text = answer.strip() if isinstance(answer, str) else ""
        told["answers"][key] = "" if text == WORDS or form.get(f"words:{key}") else text or None
        reason = str(form.get(f"reason:{key}", "")).strip()
        if reason:
            told["not_nhs_numbers"] |= {found.digits: reason for found in nhs_numbers(text)}
    told["unclear"] = "words" if form.get("unclear") else "ask"
    told["answers"] = {k: v for k, v in told["answers"].items() if v is not None}
    return told


def _all(value: Any) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value or "")]


def field_options() -> list[dict[str, str]]:
    """What a column may be brought in as."""
    known = [{"value": f, "text": field_word(f)} for f in FIELDS]
    known.sort(key=lambda option: option["text"].casefold())
    ends = [
        {"value": OWN, "text": _("A field of the plan's own")},
        {"value": SAID, "text": _("Words for the commentary")},
        {"value": "told", "text": _("Nothing: the tracker works it out")},
        {"value": LEFT, "text": _("Leave it out")},
    ]
    return ends + known


def change_words(field: str, value: Any) -> tuple[str, str]:
    """The name of a field and its value as people read them: states of an action in words."""
    name = label(field) or field_word(field)
    is_state = field in ("stage", "progress") and value in {m.value for m in Meaning}
    return name, meaning_word(Meaning(value)) if is_state else str(value or "")


def next_step(found: ImportRead, after: str) -> str:
    """The step that comes after this one; the legend only where something is asked about it."""
    if after == "columns" and any(q.step == "legend" for q in found.questions):
        return "legend"
    return "check"


def asked_in(found: ImportRead, step: str) -> list[ImportQuestionRead]:
    wanted = {"columns": ("sheets",), "legend": ("legend",), "check": ("rows", "values")}[step]
    asked = [q for q in found.questions if q.step in wanted and q.key != "sheets"]
    # Questions of one kind about one column stand together, in the order in which the first of each came.
    kinds = {kind: place for place, kind in reversed([*enumerate(q.key.rpartition(":")[0] for q in asked)])}
    return sorted(asked, key=lambda q: kinds[q.key.rpartition(":")[0]])


def drawn(questions: Sequence[ImportQuestionRead], *, lenient: bool) -> list[dict[str, Any]]:
    """Questions as the form shows them: what was answered, else what is suggested."""
    out = []
    for place, q in enumerate(questions, start=1):
        value = q.answer if isinstance(q.answer, str) else q.suggested or ""
        words = q.answer == "" and q.step != "legend"
        options = [{"value": o.value, "text": o.text} for o in q.options]
        if options and q.step == "values":
            options.insert(0, {"value": WORDS, "text": _("Keep it as it is written")})
        out.append({
            "id": f"q{place}", "key": q.key, "text": q.text, "hint": q.hint, "options": options, "typed": q.typed,
            "value": WORDS if words and options else value, "words": words and not lenient,
            "masked": q.key.startswith("cell:") and q.suggested is not None,
            "open": q.answer is None, "places": places(q.places),
        })  # fmt: skip
    return out


def notes(found: Sequence[NoteRead], most: int) -> list[str]:
    """Each sentence once with its places; how many more there are stands last."""
    where: dict[str, list[str]] = {}
    for note in found:
        where.setdefault(note.text, []).extend([note.place] if note.place else [])
    told = [f"{places(at)}: {text}" if at else text for text, at in where.items()]
    if len(told) > most:
        more = len(told) - most
        told[most:] = [ngettext("And {n} more; the file of all cells lists it.",
                                "And {n} more; the file of all cells lists them.", more)]  # fmt: skip
    return told


def places(found: Sequence[str], most: int = 6) -> str:
    shown = ", ".join(found[:most])
    return _("{places} and {n} more", places=shown, n=len(found) - most) if len(found) > most else shown
