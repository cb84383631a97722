"""Acts on many actions: the preview says all, and what is done is all or nothing."""

from datetime import date
from typing import Any

import pytest

from app.actions import commands, pasting
from app.actions.schemas import CopyAction, EditMany, HandOver, ManyRead, MoveAction, PasteActions, PasteRead
from app.core.errors import Conflict, Forbidden, Invalid, Stale
from tests.actions import made_plan as made
from tests.support.cast import Cast
from tests.support.doors import Doors

HERE = "/api/v1/plans/alpha"


def many(cast: Cast, refs: list[str], who: str = "alice", preview: bool = False, **changes: Any) -> ManyRead:
    given = EditMany.model_validate({"refs": refs, "changes": changes, "preview": preview})
    with made.writing(cast, who) as (tx, access):
        return commands.edit_many(tx, access=access, given=given)


def paste(cast: Cast, text: str, who: str = "alice", **given: Any) -> PasteRead:
    with made.writing(cast, who) as (tx, access):
        return commands.paste_actions(tx, access=access, given=PasteActions(text=text, **given))


def hand(cast: Cast, who: str = "alice", **given: Any) -> ManyRead:
    fields = {"from_person": cast.email("owen"), "to_person": cast.email("olga"), "why": "Owen leaves"} | given
    with made.writing(cast, who) as (tx, access):
        return commands.hand_over(tx, access=access, given=HandOver.model_validate(fields))


def order(cast: Cast) -> list[str]:
    return [a.ref for a in made.view(cast).actions]


def test_a_preview_says_what_would_change_and_changes_nothing(cast: Cast) -> None:
    one, two = made.add(cast), made.add(cast, due_date="2027-01-01")
    before = made.view(cast)
    shown = many(cast, [one, two], preview=True, due_date="2027-03-31")
    assert not shown.done
    assert [(r.ref, [(c.field, c.old, c.new) for c in r.changes]) for r in shown.rows] == [
        (one, [("due_date", None, date(2027, 3, 31))]),
        (two, []),
    ]
    assert "Ask for a new date" in shown.rows[1].refused[0]
    assert made.view(cast).revision == before.revision == shown.revision
    assert made.action(cast, one).facts.due_date is None


def test_one_refusal_refuses_all_and_names_itself(cast: Cast) -> None:
    one, two = made.add(cast), made.add(cast, due_date="2027-01-01")
    with pytest.raises(Conflict, match=two):
        many(cast, [one, two], due_date="2027-03-31")
    assert made.action(cast, one).facts.due_date is None


def test_it_changes_them_all_under_one_revision(cast: Cast) -> None:
    refs = [made.add(cast) for _ in range(3)]
    before = made.view(cast).revision
    done = many(cast, refs, accountable_person=cast.email("owen"), priority="2")
    assert (done.done, done.revision, made.view(cast).revision) == (True, before + 1, before + 1)
    found = [made.action(cast, ref) for ref in refs]
    assert {a.priority.ref for a in found} == {"2"}
    assert {a.accountable_person.email for a in found if a.accountable_person} == {cast.email("owen")}


def test_it_wants_the_plan_that_was_previewed(cast: Cast) -> None:
    ref = made.add(cast)
    given = EditMany.model_validate({"refs": [ref], "changes": {"regulatory": True}, "revision": 1})
    with pytest.raises(Stale), made.writing(cast) as (tx, access):
        commands.edit_many(tx, access=access, given=given)


def test_a_participants_office_changes_many_of_its_own(cast: Cast) -> None:
    theirs, ours = made.add(cast, "pat"), made.add(cast)
    assert many(cast, [theirs], "pat", regulatory=True).done
    with pytest.raises(Conflict):
        many(cast, [theirs, ours], "pat", regulatory=False)
    assert made.action(cast, theirs).facts.regulatory


def test_many_names_what_is_not_there(sqlite_cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        many(sqlite_cast, [made.add(sqlite_cast), "9.9"], regulatory=True)
    assert refused.value.fields[0].field == "refs.1"


def test_all_of_a_person_who_leaves_goes_to_another(cast: Cast) -> None:
    owned = made.add(cast, accountable_person=cast.email("owen"))
    led = made.add(cast, lead_executive=cast.email("owen"), accountable_person=cast.email("connie"))
    made.add(cast, accountable_person=cast.email("edith"))
    shown = hand(cast, preview=True)
    assert [(r.ref, [c.field for c in r.changes]) for r in shown.rows] == [
        (owned, ["accountable_person"]),
        (led, ["lead_executive"]),
    ]
    assert made.action(cast, owned).accountable_person_id == cast.people["owen"]
    assert hand(cast).done
    assert made.action(cast, owned).accountable_person_id == cast.people["olga"]
    assert made.action(cast, led).lead_executive_id == cast.people["olga"]
    with pytest.raises(Invalid, match="holds no action"):
        hand(cast)


def test_those_who_may_not_hand_over_are_refused(sqlite_cast: Cast) -> None:
    made.add(sqlite_cast, accountable_person=sqlite_cast.email("owen"))
    with pytest.raises(Conflict):
        hand(sqlite_cast, "violet")


def test_a_copy_takes_people_and_recommendations_and_leaves_dates_behind(cast: Cast) -> None:
    made.framework(cast)
    ref = made.add(
        cast,
        title="Train",
        due_date="2027-01-01",
        accountable_person=cast.email("owen"),
        recommendations=["ockenden_2022:1.1"],
        milestones=[{"title": "Book", "done_on": "2026-01-01"}],
        commentary="News",
    )
    with made.writing(cast) as (tx, access):
        copied = commands.copy_action(tx, access=access, ref=ref, given=CopyAction()).ref
    found = made.action(cast, copied)
    assert (found.title, found.facts.due_date, found.latest_update) == ("Copy of Train", None, None)
    assert found.accountable_person_id == cast.people["owen"]
    assert [link.key for link in found.links] == ["ockenden_2022:1.1"]
    assert [(m.title, m.done_on) for m in found.milestones] == [("Book", None)]


def test_an_action_moves_before_another_and_the_others_stay_as_new_as_they_were(cast: Cast) -> None:
    one, two, three = (made.add(cast) for _ in range(3))
    before = made.action(cast, one).revision
    for ref, given, expected in (
        (three, MoveAction(before=one), [three, one, two]),
        (three, MoveAction(before=two), [one, three, two]),
        (one, MoveAction(), [three, two, one]),
    ):
        with made.writing(cast) as (tx, access):
            commands.move_action(tx, access=access, ref=ref, given=given)
        assert order(cast) == expected
        if ref == three:
            assert made.action(cast, one).revision == before
    with made.writing(cast) as (tx, access):
        commands.move_action(tx, access=access, ref=one, given=MoveAction(priority="2"))
    assert made.action(cast, one).priority.ref == "2"


def test_it_moves_between_the_same_two_for_ever(sqlite_cast: Cast) -> None:
    one, *others = (made.add(sqlite_cast) for _ in range(4))
    for turn in range(30):
        with made.writing(sqlite_cast) as (tx, access):
            ref = others[turn % 3]
            commands.move_action(tx, access=access, ref=ref, given=MoveAction(before=others[(turn + 1) % 3]))
    assert sorted(order(sqlite_cast)) == sorted([one, *others])


SHEET = (
    "Reference\tAction required\tAction owner\tDue date\tProgress status\tRecommendations\tColour\n"
    "MD1\tTrain the midwives\tOwen\t31/03/2027\tOn track\tockenden_2022:1.1\tgreen\n"
    '\t"Write the\nguideline"\towen@aaa.example\t1 Apr 2027\t\t\t\n'
)


def test_rows_of_a_spreadsheet_become_actions(cast: Cast) -> None:
    made.framework(cast)
    shown = paste(cast, SHEET, priority="1", preview=True)
    assert shown.columns == [
        "ref", "title", "accountable_person", "due_date", "progress", "recommendations", "",
    ]  # fmt: skip
    assert [(r.row, r.ref, r.title, r.errors) for r in shown.rows] == [
        (2, "MD1", "Train the midwives", {}),
        (3, "1.1", "Write the\nguideline", {}),
    ]
    assert made.view(cast).actions == ()
    assert paste(cast, SHEET, priority="1").done
    found = made.view(cast)
    assert order(cast) == ["MD1", "1.1"]
    assert found.by_ref["1.1"].title == "Write the guideline"
    assert found.by_ref["MD1"].facts.due_date == date(2027, 3, 31)
    assert found.by_ref["MD1"].facts.progress.value == "on_track"
    assert {a.accountable_person_id for a in found.actions} == {cast.people["owen"]}


def test_each_wrong_cell_is_named_and_nothing_is_added(cast: Cast) -> None:
    text = "title,priority,due date,owner\nGood,1,,\n,1,soon,\nBad,9,,Nobody\nNHS 401 023 2137,1,,\n"
    shown = paste(cast, text, preview=True)
    wrong = [[], ["due_date", "title"], ["accountable_person", "priority"], ["title"]]
    assert [sorted(r.errors) for r in shown.rows] == wrong
    with pytest.raises(Invalid) as refused:
        paste(cast, text)
    assert {f.field for f in refused.value.fields} == {
        "rows.3.title", "rows.3.due_date", "rows.4.accountable_person", "rows.4.priority", "rows.5.title",
    }  # fmt: skip
    assert made.view(cast).actions == ()


def test_every_problem_of_a_row_is_named_at_once(cast: Cast) -> None:
    made.framework(cast)
    taken = made.add(cast)
    text = (
        "ref,title,priority,owner,due date,recommendations\n"
        f"{taken},Dup ref,1,,31/02/2027,\n"
        "X1,NHS 401 023 2137,99,ghost@x,1/1/3026,ockenden_2022:99\n"
        f"{taken},Dup again,1,ghost@x,,\n"
        "X2,,1,,,\n"
    )
    shown = paste(cast, text, preview=True)
    assert [sorted(r.errors) for r in shown.rows] == [
        ["due_date", "ref"],
        ["accountable_person", "due_date", "priority", "recommendations.0", "title"],
        ["accountable_person", "ref"],
        ["title"],
    ]
    assert order(cast) == [taken]


def test_two_rows_with_one_reference_are_told_apart(cast: Cast) -> None:
    shown = paste(cast, "ref,title\nMD1,One\nmd1,Two\n", priority="1", preview=True)
    assert [list(r.errors) for r in shown.rows] == [[], ["ref"]]


@pytest.mark.parametrize(
    ("text", "columns", "field"),
    [
        ("", None, "text"),
        ("title\n", None, "text"),
        ("colour\nred\n", None, "text"),
        ("a,b\n", ["title", "title"], "columns.1"),
        ("a,b\n", ["title", "stage"], "columns.1"),
        ("title\n" + "x\n" * 501, None, "text"),
        ('title\n"' + "x" * 200_000, None, "text"),
    ],
)
def test_what_cannot_be_read_as_rows_is_refused(text: str, columns: list[str] | None, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        pasting.read(text, columns)
    assert refused.value.fields[0].field == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Action Required", "title"),
        ("Accountable person", "accountable_person"),
        ("Lead Executive (SRO)", "lead_executive"),
        ("Due date (agreed)", "due_date"),
        ("Progress status", "progress"),
        ("Commentary this period", "commentary"),
        ("Location of evidence", ""),
        ("success_measure", "success_measure"),
        ("Ref.", "ref"),
    ],
)
def test_it_reads_headings_as_plans_write_them(heading: str, field: str) -> None:
    assert pasting.field_of(heading) == field


def test_rows_without_headings_take_the_columns_given(cast: Cast) -> None:
    assert paste(cast, "Train;x;1\n", columns=["title", "", "priority"]).done
    assert order(cast) == ["1.1"]


def test_only_the_office_pastes(sqlite_cast: Cast) -> None:
    with pytest.raises(Forbidden):
        paste(sqlite_cast, "title\nx\n", "owen", priority="1")
    assert paste(sqlite_cast, "title\nx\n", "pat", priority="1").done
    assert made.action(sqlite_cast, "1.1").organisation == "PPP"


def test_every_act_on_many_has_its_address(doors: Doors) -> None:
    cast = doors.cast
    ref = made.add(cast, accountable_person=cast.email("owen"))
    client = doors.token()
    pasted = client.post(f"{HERE}/actions/paste", json={"text": "title\nTwo\n", "priority": "1"})
    assert (pasted.status_code, pasted.json()["rows"][0]["ref"]) == (200, "1.2")
    sent: list[tuple[str, dict[str, Any], int]] = [
        ("actions/many", {"refs": [ref], "changes": {"regulatory": True}}, 200),
        ("hand-over", {"from_person": cast.email("owen"), "to_person": cast.email("olga"), "why": "Leaves"}, 200),
        (f"actions/{ref}/owner", {"accountable_person": cast.email("edith"), "why": "Takes over"}, 200),
        (f"actions/{ref}/copy", {}, 201),
        (f"actions/{ref}/position", {"before": "1.2"}, 200),
    ]
    for path, body, status in sent:
        answer = client.post(f"{HERE}/{path}", json=body)
        assert answer.status_code == status, answer.text
    for path, body, _status in [*sent, ("actions/paste", {"text": "title\nTwo\n"}, 0)]:
        assert doors.as_("violet").post(f"{HERE}/{path}", json=body).status_code == 403
        assert doors.as_("oscar").post(f"{HERE}/{path}", json=body).status_code == 404
