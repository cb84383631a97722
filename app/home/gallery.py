"""Invented data that shows every part of the kit; nothing of it is anybody's plan."""

from typing import Any

from app.actions.display import Share

_LOOKS = ("blue", "proof", "green", "amber", "red", "grey")
_LABELS = ("Assured", "Delivered, proof due", "On track", "At risk", "Overdue", "Not started")
_COUNTS = (84, 16, 71, 23, 14, 12)


def _action(ref: str, title: str, look: str, label: str, **more: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "ref": ref,
        "title": title,
        "refs": ["IEA 1.2", "MD3"],
        "owner": "Head of midwifery",
        "due": "31 Oct",
        "due_note": "in 12 days",
        "late": False,
        "rating": {"look": look, "label": label},
        "why": "",
        "latest": "First audit done, 54 of 60 records.",
        "updated": "3 days ago",
        "editing": False,
        "group": "",
    }
    return shown | more


KIT: dict[str, Any] = {
    "comfortable": False,
    "counts": [Share(look, n, text) for look, text, n in zip(_LOOKS, _LABELS, _COUNTS, strict=True)],
    "actions": [
        _action("1.1", "Agree a minimum staffing level and report against it", "red", "Overdue", late=True,
                due_note="21 days late", why="Due 31 October, not delivered.", group="1 Workforce"),
        _action("1.2", "Audit the telephone triage line each month", "amber", "At risk", editing=True,
                why="The owner says at risk."),
        _action("1.3", "Give every new midwife a named preceptor", "proof", "Delivered, proof due"),
        _action("2.1", "Write the bereavement pathway with the voices partnership", "blue", "Assured",
                group="2 Listening"),
        _action("2.2", "Publish what we heard and what we did", "grey", "Not started", latest="", owner=""),
    ],
    "sources": [
        {"value": "a", "text": "Ockenden final report (2022)", "n": 92, "none": 4},
        {"value": "b", "text": "Three-year delivery plan (2023)", "n": 61, "none": 0},
    ],
    "groups": [{"value": "priority", "text": "Priority"}, {"value": "owner", "text": "Owner"},
               {"value": "none", "text": "None"}],
    "progress": [
        {"value": "not_started", "text": "Not started", "look": "grey"},
        {"value": "on_track", "text": "On track", "look": "green"},
        {"value": "at_risk", "text": "At risk", "look": "amber"},
        {"value": "off_track", "text": "Off track", "look": "red"},
    ],
    "told": [{"value": "meeting", "text": "At the meeting"}, {"value": "mail", "text": "By e-mail"}],
    "cards": [
        {"title": "1.1 asks for a new date", "text": "31 January instead of 31 October; second slip."},
        {"title": "2.1 says it is assured", "text": "Audit of 60 records, 58 complete."},
        {"title": "1.3 says it is delivered", "text": "Rota for three months."},
    ],
    "months": ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"],
    "series": [
        {"text": "Agreed 116", "look": "grey", "points": [10, 22, 38, 55, 71, 90, 104, 116], "line": "dotted"},
        {"text": "Delivered 100", "look": "green", "points": [8, 20, 33, 47, 62, 77, 89, 100], "line": "long"},
        {"text": "Assured 84", "look": "blue", "points": [2, 9, 18, 30, 44, 58, 71, 84], "line": "thick"},
    ],
    "tabs": [{"href": "#", "text": "Plan", "current": True, "count": 3},
             {"href": "#", "text": "People", "current": False}],
    "facts": [
        {"key": "Due date", "value": "31 October 2026", "href": "#", "link": "Change", "hidden": "due date"},
        {"key": "Lead executive", "value": ""},
    ],
    "history": [
        {"at": "21 November 2026", "text": "Due date moved to 31 January.", "by": "The chair", "why": "Post vacant."},
        {"at": "3 November 2026", "text": "Reported at risk.", "href": "#"},
    ],
    "errors": [{"text": "Say what is to be done", "href": "#title"}, {"text": "Choose a lead", "href": "#lead"}],
}  # fmt: skip
