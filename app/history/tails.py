"""What follows a deed's first words: what was said, asked for or changed. Names give ids and codes their words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.core.words import N_, _, short_day
from app.history.schemas import Changed, Deed

Names = Mapping[str, str]
LONG = 120
REMOVED = N_("[removed]")
ASKED = ("due_date", "regulator_date", "evidence_by_date", "completion_date", "retest_date")
DATED = {
    "completion_date": N_("done on {day}"), "evidence_by_date": N_("evidence by {day}"),
    "retest_date": N_("re-test on {day}"), "due_date": N_("due {day}"), "regulator_date": N_("regulator’s date {day}"),
}  # fmt: skip


def quoted(text: str) -> str:
    """In quotation marks, a long one shortened; what was removed from the record is nobody's words."""
    if text == _(REMOVED):
        return text
    line = " ".join(text.split())
    return _("“{text}”", text=line if len(line) <= LONG else line[: LONG - 1].rstrip() + "…")


def tail(deed: Deed, names: Names) -> str:
    """Empty where the act's own words say all."""
    telling = _TAILS.get(deed.act)
    return telling(deed, names) if telling else ""


def part(row: Changed, names: Names) -> str:
    """What became of a part of an action; empty for other rows."""
    telling = _PARTS.get(row.entity)
    what = telling(row, names) if telling else ""
    if not what:
        return ""
    if row.new or row.gone:
        return _("{what} added", what=what) if row.new else _("{what} taken away", what=what)
    return _("{what} done", what=what) if row.fields.get("done_on", (None, None))[1] else _("{what} changed", what=what)


def _milestone(row: Changed, _names: Names) -> str:
    return _("milestone {title}", title=quoted(row.image["title"]))


def _contributor(row: Changed, names: Names) -> str:
    name = names.get(str(row.image["account_id"]))
    return _("contributor {name}", name=name) if name else _("a contributor")


def _dependency(row: Changed, names: Names) -> str:
    ref = names.get(str(row.image["depends_on_id"]))
    return _("dependency on {ref}", ref=ref) if ref else _("a dependency")


def _link(_row: Changed, _names: Names) -> str:
    return _("a recommendation")


def _of(deed: Deed, entity: str) -> list[Changed]:
    return [row for row in deed.changed if row.entity == entity]


def _reported(deed: Deed, names: Names) -> str:
    said = [row.image for row in _of(deed, "action_update") if row.new]
    return "; ".join(_one_report(image, names) for image in said)


def _one_report(image: Mapping[str, Any], names: Names) -> str:
    progress = names.get(f"progress:{image['progress']}", "")
    text = image.get("commentary") or ""
    if not text and image.get("no_change"):
        text = _("No change")
        return f"{progress}, {text}" if progress else text
    return ", ".join(each for each in (progress, quoted(text) if text else "") if each)


def _titled(deed: Deed, _names: Names) -> str:
    made = [row for row in _of(deed, "action") if row.new]
    return quoted(made[0].image["title"]) if len(made) == 1 else ""


def _asked(deed: Deed, names: Names) -> str:
    return "; ".join(_one_asked(row.image, names) for row in _of(deed, "proposal"))


def _one_asked(image: Mapping[str, Any], names: Names) -> str:
    move = image["move"]
    told = [names.get(f"move:{move}", "")]
    for name in ASKED:
        if image.get(name):
            on = short_day(date.fromisoformat(image[name]), year=True)
            told.append(on if name == move else _(DATED[name], day=on))
    if image.get("replaced_by_id"):
        told.append(names.get(str(image["replaced_by_id"]), ""))
    return ", ".join(each for each in told if each)


def _met(deed: Deed, _names: Names) -> str:
    met = [row.image for row in _of(deed, "meeting")]
    return "; ".join(
        _("{name}, {day}", name=m["name"], day=short_day(date.fromisoformat(m["held_on"]), year=True)) for m in met
    )


_PARTS: Mapping[str, Callable[[Changed, Names], str]] = {
    "milestone": _milestone, "action_contributor": _contributor, "action_dependency": _dependency,
    "action_recommendation": _link,
}  # fmt: skip
_TAILS: Mapping[str, Callable[[Deed, Names], str]] = {
    "action.updated": _reported, "action.created": _titled, "action.copied": _titled, "action.pasted": _titled,
    "proposal.made": _asked, "proposal.brought": _asked, "proposal.withdrawn": _asked, "proposal.accepted": _asked,
    "proposal.returned": _asked, "meeting.added": _met, "meeting.changed": _met,
}  # fmt: skip
