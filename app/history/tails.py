"""What follows a deed's first words: what was said, asked for or changed. Names give ids and codes their words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from app.core.words import N_, _, ngettext, short_day
from app.history.schemas import Changed, Deed, in_order

Names = Mapping[str, str]
LONG = 120
# Of many, this many are named.
MOST = 5
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


def few(told: Sequence[str], between: str = ", ") -> str:
    """The first of them, and how many more there are."""
    named, left = between.join(told[:MOST]), len(told) - MOST
    return ngettext("{named} and {n} more", "{named} and {n} more", left, named=named) if left > 0 else named


def _each(rows: Sequence[Changed], told: Sequence[str]) -> str:
    """What was done to each: once where it is the same of all, otherwise under the reference of each."""
    said = [(row.ref or "", text) for row, text in zip(rows, told, strict=True) if text]
    said.sort(key=lambda each: in_order(each[0]))
    if len({text for _ref, text in said}) == 1:
        return said[0][1]
    is_one = len({ref for ref, _text in said}) == 1
    return few([text if is_one or not ref else f"{ref} {text}" for ref, text in said], "; ")


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


def _link(row: Changed, names: Names) -> str:
    name = names.get(str(row.image["recommendation_id"]))
    return _("recommendation {name}", name=name) if name else _("a recommendation")


def _of(deed: Deed, entity: str) -> list[Changed]:
    return [row for row in deed.changed if row.entity == entity]


def _reported(deed: Deed, names: Names) -> str:
    said = [row for row in _of(deed, "action_update") if row.new]
    return _each(said, [_one_report(row.image, names) for row in said])


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
    rows, actions = _of(deed, "proposal"), {row.id: row for row in _of(deed, "action")}
    return _each(rows, [_one_asked(row.image, actions.get(row.subject_id), names) for row in rows])


def _one_asked(image: Mapping[str, Any], action: Changed | None, names: Names) -> str:
    move = image["move"]
    told = [names.get(f"move:{move}", ""), _settings({}, image.get("given") or {}, names)]
    for name in ASKED:
        if image.get(name):
            told.append(_moved(name, image[name], action) if name == move else _(DATED[name], day=_on(image[name])))
    if image.get("replaced_by_id"):
        told.append(names.get(str(image["replaced_by_id"]), ""))
    return ", ".join(each for each in told if each)


def _on(day: str) -> str:
    return short_day(date.fromisoformat(day), year=True)


def _moved(name: str, asked: str, action: Changed | None) -> str:
    """From the day that the action had before: "16 Dec 2026 to 16 Mar 2027"."""
    old = action and (action.fields[name][0] if name in action.fields else action.image.get(name))
    return _("{old} to {new}", old=_on(old), new=_on(asked)) if old and old != asked else _on(asked)


def meeting_of(deed: Deed) -> str:
    """The id of the meeting that a deed belongs to."""
    found = [str(row.image["meeting_id"]) for row in deed.changed if row.image.get("meeting_id")]
    return next(iter([*(str(row.id) for row in _of(deed, "meeting")), *found]), "")


def met(deed: Deed, names: Names) -> str:
    """The name and day of that meeting."""
    made = [_met_on(row.image) for row in _of(deed, "meeting")]
    return next(iter(made), "") or names.get(meeting_of(deed), "") or _("a meeting")


def subjects(deed: Deed, names: Names) -> list[str]:
    """The references of what it is about; of a meeting's list that is confirmed, of what was decided at the meeting."""
    decided = names.get(f"decided:{meeting_of(deed)}", "") if deed.act.startswith("meeting.") else ""
    return deed.refs or decided.split()


def _met_on(image: Mapping[str, Any]) -> str:
    return _("{name}, {day}", name=image["name"], day=_on(image["held_on"]))


def _added_meetings(deed: Deed, _names: Names) -> str:
    return "; ".join(_met_on(row.image) for row in _of(deed, "meeting"))


def _ruled(deed: Deed, names: Names) -> str:
    """Which settings, from what to what."""
    decided = [row.image for row in _of(deed, "decision")]
    told = [_settings(image["before"], image["after"], names) for image in decided]
    return "; ".join(each for each in told if each) or _asked(deed, names)


def _settings(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> str:
    told = []
    for kind in ("settings", "legend"):
        old, new = before.get(kind) or {}, after.get(kind) or {}
        for name, value in new.items():
            label = names.get(f"{kind}:{name}", name.replace("_", " "))
            was = _setting(name, old.get(name), names)
            words = {"setting": label, "old": was, "new": _setting(name, value, names)}
            told.append(_("{setting}: {old} to {new}", **words) if was else _("{setting}: {new}", **words))
    return "; ".join(told)


def _setting(name: str, value: Any, names: Names) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    unit = names.get(f"unit:{name}", "")
    return f"{value} {unit}" if unit else names.get(f"{name}:{value}", str(value))


def _declared(deed: Deed, names: Names) -> str:
    """The title of the declaration, its lines, and whether each is met."""
    titles = [row.image["title"] for row in _of(deed, "declaration")]
    lines = [_line(row, names) for row in _of(deed, "declaration_line") if not row.new]
    return ", ".join(each for each in (*titles[:1], few([line for line in lines if line], "; ")) if each)


def _line(row: Changed, names: Names) -> str:
    name = names.get(str(row.image["recommendation_id"]), "")
    if "is_met" not in row.fields or not name:
        return name
    return _("{line} met", line=name) if row.image["is_met"] else _("{line} not met", line=name)


def _recommended(deed: Deed, names: Names) -> str:
    rows = _of(deed, "recommendation_standing")
    return few([name for row in rows if (name := names.get(str(row.image["recommendation_id"])))])


def _said(entity: str, field: str) -> Callable[[Deed, Names], str]:
    def told(deed: Deed, _names: Names) -> str:
        rows = [row for row in _of(deed, entity) if row.image.get(field)]
        return _each(rows, [quoted(row.image[field]) for row in rows])

    return told


def _lent(deed: Deed, _names: Names) -> str:
    """To whom, from when to when."""
    told = [
        _("to {name}, {first} to {last}", name=i["given_to_name"], first=_on(i["starts_on"]), last=_on(i["ends_on"]))
        for i in (row.image for row in _of(deed, "delegation"))
    ]
    return "; ".join(told)


def _seated(deed: Deed, names: Names) -> str:
    return few([name for row in _of(deed, "body_member") if (name := names.get(str(row.image["account_id"])))])


_PARTS: Mapping[str, Callable[[Changed, Names], str]] = {
    "milestone": _milestone, "action_contributor": _contributor, "action_dependency": _dependency,
    "action_recommendation": _link,
}  # fmt: skip
_TAILS: Mapping[str, Callable[[Deed, Names], str]] = {
    "action.updated": _reported, "action.created": _titled, "action.copied": _titled, "action.pasted": _titled,
    "proposal.made": _asked, "proposal.brought": _asked, "proposal.withdrawn": _asked, "proposal.accepted": _asked,
    "proposal.returned": _asked, "meeting.added": _added_meetings, "meeting.changed": _added_meetings,
    "meeting.recorded": _asked, "meeting.confirmed": _asked, "settings.proposed": _asked, "settings.changed": _ruled,
    "declaration.begun": _declared, "declaration.line_changed": _declared, "declaration.line_checked": _declared,
    "declaration.dissented": _declared, "declaration.signed": _declared, "standing.proposed": _recommended,
    "question.asked": _said("board_question", "question"), "question.answered": _said("board_question", "answer"),
    "exception.reported": _said("exception_report", "cause"), "exception.answered": _said("exception_report", "answer"),
    "delegation.given": _lent, "delegation.ended": _lent, "body.member_set": _seated, "body.member_removed": _seated,
    "standing.accepted": _recommended, "standing.returned": _recommended, "standing.chased": _recommended,
}  # fmt: skip
