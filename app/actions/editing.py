"""The form that adds or edits an action: which fields it draws, what was typed, what of it goes to the command. Pure.

Words: the base are the values the form was drawn with; a field is a conflict only if both sides changed it since.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.actions.fields import (
    ACTS,
    AGREED_DATES,
    DATES,
    DRAFT_DATES,
    OWN,
    PARTS,
    SWITCHES,
    WRITABLE,
    shown,
    together,
    values_of,
)
from app.actions.view import ActionView
from app.core.inputs import told
from app.core.words import _

LINES = ("recommendations", "contributes_to", "depends_on")
MOST_MILESTONES = 100
SPARE_MILESTONES = 2
# Beyond so many characters a text has more than one line.
LONG = 80


@dataclass(frozen=True, slots=True)
class OwnField:
    """name: as people read it; words: those that a choice holds in other actions."""

    name: str
    kind: str
    words: Sequence[str] = ()


@dataclass(slots=True, kw_only=True)
class ActionForm:
    """drawn: the fields that this person may change here; values: by field, as the form spells them; own: the plan's
    own fields by the names of their inputs."""

    drawn: frozenset[str]
    values: dict[str, Any]
    base: str = ""
    own: Mapping[str, OwnField] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        return any(name in self.drawn for name in names)

    def value(self, name: str) -> str:
        return str(self.values.get(name) or "")

    def chosen(self, name: str) -> list[str]:
        return _list(self.values.get(name))

    def error(self, name: str) -> str:
        found = [text for key, text in self.errors.items() if key == name or key.startswith(f"{name}.")]
        return " ".join(dict.fromkeys(found))

    @property
    def summary(self) -> list[dict[str, str]]:
        return [
            {
                "text": told(key, text),
                "href": f"#{key if key.startswith(OWN) else key.partition('.')[0]}" if key else "",
            }
            for key, text in self.errors.items()
        ]

    @property
    def own_fields(self) -> list[dict[str, Any]]:
        """The plan's own fields as they are drawn: days, words that others have used too, or texts."""
        found = []
        for name, held in self.own.items():
            value = self.value(name)
            kind = "area" if held.kind == "text" and (len(value) > LONG or "\n" in value) else held.kind
            found.append({"name": name, "label": held.name, "kind": kind, "words": held.words, "value": value})
        return found

    @property
    def milestones(self) -> list[dict[str, str]]:
        rows = _rows(self.values)
        return rows + [{"title": "", "due_date": "", "done_on": ""}] * SPARE_MILESTONES


def drawn_fields(may: Callable[[str], bool], *, is_draft: bool, action: ActionView | None = None) -> frozenset[str]:
    """The fields that may be changed: by right, and by the life of the plan."""
    found = {name for name in WRITABLE if may(ACTS.get(name, "action.edit"))}
    if not is_draft:
        found -= set(DRAFT_DATES)
        if action is not None:
            found -= {name for name in AGREED_DATES if getattr(action.facts, name) is not None}
    return frozenset(found)


def first_form(action: ActionView | None, drawn: frozenset[str], **values: Any) -> ActionForm:
    """The form as nobody has touched it."""
    if action is None:
        return ActionForm(drawn=drawn, values=values)
    now = values_of(action)
    return ActionForm(drawn=drawn, values=_spelled(now) | values, base=base_text(now, drawn))


def typed_form(values: Mapping[str, Any], drawn: frozenset[str], errors: Mapping[str, str], base: str) -> ActionForm:
    return ActionForm(drawn=drawn, values=dict(values), errors=errors, base=base)


def base_text(now: Mapping[str, Any], drawn: frozenset[str]) -> str:
    """What the form is drawn with, as a hidden field holds it and the input model reads it."""
    return json.dumps({name: _plain(name, now[name]) for name in WRITABLE if name in drawn})


def base_read(text: object) -> dict[str, Any]:
    """The base as it came back; nothing where it was lost, and then nothing can be told to have changed."""
    try:
        found = json.loads(text) if isinstance(text, str) and len(text) < 200_000 else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def rebased(base: Mapping[str, Any], conflicts: Mapping[str, Mapping[str, Any]], drawn: frozenset[str]) -> str:
    """The base once the conflicts have been shown: saving again is meant."""
    shown_now = {k: _plain(k, c["now"]) for k, c in conflicts.items() if k in drawn or k.startswith(f"{OWN}.")}
    own = {k: v for k, v in (base.get(OWN) or {}).items() if f"{OWN}.{k}" not in shown_now}
    return json.dumps(together({**base, OWN: {}} | {f"{OWN}.{k}": v for k, v in own.items()} | shown_now))


def conflict_texts(conflicts: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Beside each field what it was and what somebody else made of it; what was typed stays in the field."""
    return {
        name: _(
            "Somebody else changed this meanwhile from “{base}” to “{now}”. Save again to keep yours.",
            base=shown(each["base"]) or _("nothing"),
            now=shown(each["now"]) or _("nothing"),
        )
        for name, each in conflicts.items()
    }


def given(values: Mapping[str, Any], drawn: frozenset[str]) -> dict[str, Any]:
    """The input model's fields from the form's: those drawn, no others; an empty one is emptied."""
    out: dict[str, Any] = {}
    for name in drawn:
        if name == OWN:
            out[name] = {
                key.removeprefix(f"{OWN}."): v or None for key, v in values.items() if key.startswith(f"{OWN}.")
            }
        elif name == "milestones":
            out[name] = [{k: v or None for k, v in row.items()} for row in _rows(values)]
        elif name in LINES:
            out[name] = _split(values.get(name))
        elif name == "contributors":
            out[name] = [v for v in _list(values.get(name)) if v]
        elif name in SWITCHES:
            out[name] = bool(values.get(name))
        else:
            out[name] = str(values.get(name, "")) or None
    return out | {name: values[name] for name in ("why", "ref") if values.get(name)}


def _rows(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """The milestones as rows, those without a title left out."""
    columns = [_list(values.get(name)) for name in ("milestone_title", "milestone_due", "milestone_done")]
    most = max((len(c) for c in columns), default=0)
    padded = [[*c, *[""] * (most - len(c))] for c in columns]
    rows = [{"title": t, "due_date": d, "done_on": o} for t, d, o in zip(*padded, strict=True)]
    return [row for row in rows if row["title"].strip() or row["due_date"] or row["done_on"]][:MOST_MILESTONES]


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(v) for v in value] if isinstance(value, Sequence) else []


def _split(value: Any) -> list[str]:
    """One a line, or behind commas."""
    return [part.strip() for line in str(value or "").splitlines() for part in line.split(",") if part.strip()]


def _spelled(now: Mapping[str, Any]) -> dict[str, Any]:
    """The action's values as the form spells them."""
    out: dict[str, Any] = {}
    for name, value in now.items():
        if name == OWN:
            out |= {f"{OWN}.{key}": text for key, text in value.items()}
        elif name == "milestones":
            out["milestone_title"] = [m[0] for m in value]
            out["milestone_due"] = [m[1].isoformat() if m[1] else "" for m in value]
            out["milestone_done"] = [m[2].isoformat() if m[2] else "" for m in value]
        elif name == "contributors":
            out[name] = list(value)
        elif name in PARTS:
            out[name] = "\n".join(value)
        elif name in DATES:
            out[name] = value.isoformat() if value else ""
        else:
            out[name] = "" if value is None else value
    return out


def _plain(name: str, value: Any) -> Any:
    if name == "milestones":
        keys = ("title", "due_date", "done_on")
        return [dict(zip(keys, (m[0], *(d.isoformat() if d else None for d in m[1:])), strict=True)) for m in value]
    return value.isoformat() if name in DATES and value is not None else value
