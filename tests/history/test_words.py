"""The sentences of a history say what was said, asked for or changed, and keep what was removed removed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.history.schemas import Changed, Deed
from app.history.words import PLAIN, SUBJECTS, WITH_CHANGES, act_words, sentence

ACTION = UUID(int=1)
NAMES = {
    "progress:on_track": "On track", "progress:at_risk": "At risk", "move:due_date": "New due date",
    "move:superseded": "Superseded by another action", "move:plan_settings": "Rating settings",
    "settings:due_soon_days": "Due and not started", "unit:due_soon_days": "days before",
    "settings:slipped_rule": "Slipped",
    str(UUID(int=7)): "Panel, 3 Mar 2026", str(UUID(int=8)): "MIS 4",
    str(UUID(int=9)): "1.9", str(UUID(int=5)): "Matron · Olga",
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


def other(ref: str, entity: str, image: dict[str, Any], **fields: Any) -> Changed:
    return replace(row(entity, image, new=entity != "action", **fields), ref=ref, subject_id=UUID(int=int(ref[2:])))


def test_a_new_due_date_says_the_old_one_too() -> None:
    asked = row("proposal", {"move": "due_date", "due_date": "2027-03-16"})
    before = row("action", {"due_date": "2026-12-16"}, new=False, open_proposals=(0, 1))
    assert told("proposal.made", before, asked).endswith("1.68: New due date, 16 Dec 2026 to 16 Mar 2027")
    moved = row("action", {"due_date": "2027-03-16"}, new=False, due_date=("2026-12-16", "2027-03-16"))
    assert told("proposal.accepted", moved, asked) == (
        "Helen agreed what was asked for 1.68: New due date, 16 Dec 2026 to 16 Mar 2027"
    )


def test_of_several_actions_it_names_five_and_says_what_was_said_of_each() -> None:
    said = [other(f"1.{n}", "action_update", {"progress": "on_track", "commentary": f"Step {n}"}) for n in range(1, 8)]
    assert told("action.updated", *said[:2]) == (
        "Helen reported progress on 1.1, 1.2: 1.1 On track, “Step 1”; 1.2 On track, “Step 2”"
    )
    many = told("action.updated", *said)
    assert many.startswith("Helen reported progress on 1.1, 1.2, 1.3, 1.4, 1.5 and 2 more: 1.1 On track")
    assert many.endswith("1.5 On track, “Step 5” and 2 more")
    same = [other(f"1.{n}", "proposal", {"move": "superseded"}) for n in (1, 2)]
    assert told("proposal.accepted", *same).endswith("for 1.1, 1.2: Superseded by another action")


def test_a_meetings_list_says_which_meeting() -> None:
    there = replace(row("attendance", {"meeting_id": str(UUID(int=7))}), ref=None)
    assert told("meeting.confirmed", there) == "Helen confirmed what was decided at Panel, 3 Mar 2026"
    written = row("recorded_decision", {"meeting_id": str(UUID(int=7))})
    assert told("meeting.recorded", there, written) == "Helen recorded what was decided on 1.68 at Panel, 3 Mar 2026"


def test_rating_rules_say_which_and_from_what_to_what() -> None:
    images = (
        {"settings": {"due_soon_days": 14, "slipped_rule": False}},
        {"settings": {"due_soon_days": 21, "slipped_rule": True}},
    )
    decided = replace(row("decision", {"before": images[0], "after": images[1]}), ref=None)
    rules = "Due and not started: 14 days before to 21 days before; Slipped: no to yes"
    assert told("settings.changed", decided) == f"Helen changed the rating rules: {rules}"
    asked = replace(row("proposal", {"move": "plan_settings", "given": images[1]}), ref=None)
    assert told("settings.proposed", asked).endswith(
        "Rating settings, Due and not started: 21 days before; Slipped: yes"
    )
    assert told("proposal.accepted", asked).startswith("Helen agreed what was asked for the plan: Rating settings")


def test_a_line_of_a_declaration_says_which() -> None:
    line = {"recommendation_id": str(UUID(int=8)), "is_met": True}
    checked = replace(row("declaration_line", line, new=False, is_met=(None, True)), ref=None)
    whole = replace(row("declaration", {"title": "Incentive scheme"}, new=False), ref=None)
    assert told("declaration.line_checked", checked, whole) == (
        "Helen checked a line of a declaration: Incentive scheme, MIS 4 met"
    )


def test_questions_reports_and_delegations_say_what_was_said_and_to_whom() -> None:
    asked = row("board_question", {"question": "Is the rota safe?", "answer": "It is"})
    assert told("question.asked", asked) == "Helen asked a question about 1.68: “Is the rota safe?”"
    assert told("question.answered", asked) == "Helen answered a question about 1.68: “It is”"
    went_wrong = row("exception_report", {"cause": "[removed]", "answer": ""})
    assert told("exception.reported", went_wrong) == "Helen reported an exception on 1.68: [removed]"
    lent = {"given_to_name": "Olga", "starts_on": "2026-03-02", "ends_on": "2026-03-31"}
    given = replace(row("delegation", lent), ref=None)
    assert told("delegation.given", given) == "Helen delegated decisions: to Olga, 2 Mar 2026 to 31 Mar 2026"
    seat = replace(row("body_member", {"account_id": str(UUID(int=5))}), ref=None)
    assert told("body.member_set", seat) == "Helen named a member of a body: Matron · Olga"


@pytest.mark.parametrize("act", sorted(PLAIN.keys() | WITH_CHANGES.keys()))
def test_an_act_has_words_of_its_own_in_the_filter(act: str) -> None:
    assert act_words(act)[0].isupper()
    assert not set("{}.") & set(act_words(act))
    assert act.partition(".")[0] in SUBJECTS.keys() | {"framework", "organisation", "account"}, "those are no plan's"
