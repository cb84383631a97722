"""The sentences of a history say what was said, asked for or changed, and keep what was removed removed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.history.schemas import Changed, Deed
from app.history.words import sentence

ACTION = UUID(int=1)
NAMES = {
    "progress:on_track": "On track", "progress:at_risk": "At risk", "move:due_date": "New due date",
    "move:superseded": "Superseded by another action", str(UUID(int=9)): "1.9", str(UUID(int=5)): "Matron · Olga",
}  # fmt: skip


def row(entity: str, image: dict[str, Any], *, new: bool = True, gone: bool = False, **fields: Any) -> Changed:
    row_id = ACTION if entity == "action" else uuid4()
    return Changed(entity, row_id, ACTION, "1.68", new, gone, fields, image)


def told(act: str, *changed: Changed) -> str:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    deed = Deed(1, at, date(2026, 3, 1), "a", "Helen", "page", act, None, list(changed))
    return sentence(deed, NAMES)


def report(**image: Any) -> Changed:
    return row("action_update", {"progress": "on_track", "commentary": "", "no_change": False} | image)


def test_a_report_says_the_progress_and_what_was_said() -> None:
    assert told("action.updated", report(commentary="Rota\nagreed")) == (
        "Helen reported progress on 1.68: On track, “Rota agreed”"
    )
    assert told("action.updated", report(no_change=True)) == "Helen reported progress on 1.68: On track, No change"
    assert told("action.updated", report(commentary="[removed]")).endswith("On track, [removed]")
    long = told("action.updated", report(commentary="word " * 100))
    assert long.endswith("word…”")
    assert len(long) < 190


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"move": "due_date", "due_date": "2027-01-31"}, "New due date, 31 Jan 2027"),
        ({"move": "superseded", "replaced_by_id": str(UUID(int=9))}, "Superseded by another action, 1.9"),
    ],
)
def test_a_proposal_says_the_move_and_what_was_asked(asked: dict[str, str], said: str) -> None:
    assert told("proposal.made", row("proposal", asked)) == f"Helen asked for a move of 1.68: {said}"
    assert told("proposal.accepted", row("proposal", asked)).endswith(f"agreed what was asked for 1.68: {said}")


def test_a_meeting_says_its_name_and_day() -> None:
    met = replace(row("meeting", {"name": "March group", "held_on": "2026-03-03"}), ref=None)
    assert told("meeting.added", met) == "Helen added a meeting: March group, 3 Mar 2026"


def test_an_edit_says_the_old_and_the_new() -> None:
    renamed = row("action", {}, new=False, title=("Old", "New"), progress=("on_track", "at_risk"))
    assert told("action.edited", renamed) == ("Helen changed 1.68: title: “Old” to “New”; progress On track to At risk")
    removed = row("action", {}, new=False, title=("[removed]", "x" * 300))
    assert told("action.edited", removed) == f"Helen changed 1.68: title: [removed] to “{'x' * 119}…”"


def test_an_edit_of_a_part_says_which() -> None:
    parts = (
        row("milestone", {"title": "Rota"}, title=(None, "Rota")),
        row("milestone", {"title": "Bank"}, new=False, done_on=(None, "2026-03-01")),
        row("action_contributor", {"account_id": str(UUID(int=5))}, new=False, gone=True),
        row("action_dependency", {"depends_on_id": str(UUID(int=9))}),
    )
    assert told("action.edited", *parts) == (
        "Helen changed 1.68: milestone “Rota” added; milestone “Bank” done; "
        "contributor Matron · Olga taken away; dependency on 1.9 added"
    )
