"""The people's door: cards, forms that keep what was typed, and every refusal in words."""

from uuid import uuid4

import pytest

from app.actions.models import Action
from app.assurance.pages.frame import done_at, within
from app.assurance.rules import ProposalState
from app.core.words import day as in_words
from tests.assurance import made
from tests.assurance.made import WHY, day
from tests.support.doors import Doors

LIST = "/plans/alpha/decisions"
NEW = "/plans/alpha/actions/1.01/proposals/new"


def test_it_shows_a_decider_all_that_is_needed_on_a_card(doors: Doors) -> None:
    made.make_action(doors.cast, slips=2, slip_days=31)
    made.propose(doors.cast, "owen", impact="Two night shifts a week stay uncovered.", due_date=day(100))
    page = doors.as_("carol").get(LIST).text
    for words in ("1 waits for your decision", "Owen asked", WHY, "Two night shifts", "was moved 2 times before",
                  "If you agree:", "If you return it:", "Bring to the meeting"):  # fmt: skip
        assert words in page, words
    page = doors.as_("violet").get(LIST).text
    assert "Nothing waits for you." in page
    assert "Waiting for others" in page
    assert "Carol (Post of carol), chair of “Improvement group”" in page


def test_the_action_says_what_was_asked_for(sqlite_doors: Doors) -> None:
    made.make_action(sqlite_doors.cast)
    made.propose(sqlite_doors.cast, "owen", due_date=day(45))
    page = sqlite_doors.as_("violet").get("/plans/alpha/actions/1.01").text
    asked = f"Move the due date from {in_words(day(20))} to {in_words(day(45))}, 25 days later."
    assert f"Waiting for a decision. {asked}" in page


def test_it_asks_agrees_and_shows_the_log_with_scripts_off(doors: Doors) -> None:
    made.make_action(doors.cast)
    owen, edith = doors.as_("owen"), doors.as_("edith")
    form = owen.get(f"{NEW}?move=due_date").text
    assert "Up to 30 days later: Edith" in form
    assert "Later than that: Carol" in form
    answer = owen.post(f"{NEW}?move=due_date", data={"due_date": day(40).isoformat(), "why": WHY, "impact": ""})
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"].partition("?")[0]
    assert "It waits for a decision by: Edith" in owen.get(f"{address}?new=1").text
    answer = edith.post(f"{address}/decision", data={"outcome": "accept"})
    assert answer.headers["location"].startswith(f"{LIST}?done=")
    page = edith.get(answer.headers["location"]).text
    assert "1.01 New due date: Agreed." in page
    assert "Edith, lead executive" in page
    assert made.action_row(doors.cast).due_date == day(40)


def test_it_comes_back_to_the_page_it_was_answered_on(sqlite_doors: Doors) -> None:
    cast, board = sqlite_doors.cast, "/plans/alpha?since=2026-11-01"
    made.make_action(cast)
    first, edith = made.propose(cast, "owen"), sqlite_doors.as_("edith")
    brought = edith.post(f"/plans/alpha/proposals/{first}/meeting", data={"back": board})
    assert brought.headers["location"] == f"{board}&done={first}"
    said = edith.get(f"/plans/alpha?done={first}").text
    assert "1.01 New due date: brought to “Improvement group”. To be decided by: Carol" in said
    page = sqlite_doors.as_("carol").get("/plans/alpha").text
    assert "Brought to “Improvement group”." in page
    assert "Agree: 1.01 New due date" in page
    assert "Bring to the meeting" not in page
    # What is refused is drawn again, and still knows the way back.
    carol, answer = sqlite_doors.as_("carol"), {"outcome": "return", "back": board}
    again = carol.post(f"/plans/alpha/proposals/{first}/decision", data=answer)
    assert (again.status_code, f'name="back" value="{board}"' in again.text) == (422, True)
    done = carol.post(f"/plans/alpha/proposals/{first}/decision", data=answer | {"why": "Say who covers the nights."})
    assert done.headers["location"] == f"{board}&done={first}"
    assert "1.01 New due date: Returned." in carol.get(f"/plans/alpha?done={first}").text


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/plans/alpha", "//evil.example/plans/alpha", "/plans/beta", "/plans/alphabet", "/sign-out",
     "/plans/alpha/../beta", "/plans/alpha\\@evil.example", "javascript:alert(1)", "http://[", "/plans/alpha?a\nb"],
)  # fmt: skip
def test_it_comes_back_to_no_page_but_the_plans_own(back: str) -> None:
    asked = uuid4()
    assert done_at({"back": back}, "alpha", asked) == f"{LIST}?done={asked}"
    assert within("alpha", back) == ""


def test_it_keeps_everything_typed_beside_the_error(doors: Doors) -> None:
    made.make_action(doors.cast)
    answer = doors.as_("owen").post(
        f"{NEW}?move=due_date", data={"due_date": "31 Foo", "why": "Because <b>", "impact": "Some impact"}
    )
    assert answer.status_code == 422
    assert 'value="31 Foo"' in answer.text
    assert "Because &lt;b&gt;" in answer.text
    assert "Some impact" in answer.text
    asked = made.propose(doors.cast, "owen")
    typed = {"outcome": "return", "why": " ", "meeting.name": "Nov group", "meeting.date": day(2).isoformat()}
    answer = doors.as_("edith").post(f"/plans/alpha/proposals/{asked}/decision", data=typed)
    assert answer.status_code == 422
    assert "Nov group" in answer.text


def test_it_names_what_is_missing_before_delivered_can_be_asked_for(doors: Doors) -> None:
    made.make_action(doors.cast)
    owen = doors.as_("owen")
    assert "Add at least one item of implementation evidence" in owen.get(f"{NEW}?move=delivered").text
    given = {"completion_date": day(-1).isoformat(), "why": WHY}
    answer = owen.post(f"{NEW}?move=delivered", data=given)
    assert answer.status_code == 422
    assert '<a href="#move">Add at least one item of implementation evidence.</a>' in answer.text
    assert made.action_row(doors.cast).stage.value == "not_delivered"


def test_it_offers_only_the_moves_that_somebody_may_ask_for(doors: Doors) -> None:
    made.make_action(doors.cast)
    assert "New due date" in doors.as_("owen").get(NEW).text
    assert "De-scoped" not in doors.as_("owen").get(NEW).text
    assert "De-scoped" in doors.as_("edith").get(NEW).text
    assert "There is nothing you can ask for here." in doors.as_("violet").get(NEW).text
    assert doors.as_("violet").get(f"{NEW}?move=due_date").status_code == 403
    assert doors.as_("oscar").get(NEW).status_code == 404


def test_it_tells_a_conflicted_person_who_decides(doors: Doors) -> None:
    made.make_action(doors.cast, accountable_person_id=doors.cast.people["carol"])
    asked = made.propose(doors.cast, "carol", due_date=day(90))
    address = f"/plans/alpha/proposals/{asked}"
    page = doors.as_("carol").get(address).text
    assert "Edith (Post of edith), deputy chair of “Improvement group”" in page
    assert "may not decide on their own proposal or action" in page
    answer = doors.as_("carol").post(f"{address}/decision", data={"outcome": "accept"})
    assert answer.status_code == 403
    assert "Nobody decides on their own proposal or action" in answer.text


def test_it_withdraws_and_keeps_it_visible(doors: Doors) -> None:
    made.make_action(doors.cast)
    asked = made.propose(doors.cast, "owen")
    address = f"/plans/alpha/proposals/{asked}"
    assert doors.as_("edith").post(f"{address}/withdrawal", data={}).status_code == 403
    assert doors.as_("owen").post(f"{address}/withdrawal", data={"why": "Found a trainer"}).status_code == 303
    page = doors.as_("violet").get(address).text
    assert "Withdrawn by Owen" in page
    assert "Found a trainer" in page


def test_it_counts_before_and_after_and_asks_the_chair(doors: Doors) -> None:
    made.make_action(doors.cast, due_date=day(20), progress="not_started")
    address = "/plans/alpha/settings/rating"
    alice = doors.as_("alice")
    assert "Due and not started" in alice.get(address).text
    typed = {"settings.due_soon_days": "7", "why": "Owners are asked too early", "go": "count"}
    page = alice.post(address, data=typed).text
    assert "changes colour" in page or "change colour" in page
    assert 'value="7"' in page
    answer = alice.post(address, data=typed | {"go": "ask"})
    assert answer.status_code == 303, answer.text
    asked = answer.headers["location"].partition("?")[0]
    assert doors.as_("alice").post(f"{asked}/decision", data={"outcome": "accept"}).status_code == 403
    assert doors.as_("carol").post(f"{asked}/decision", data={"outcome": "accept"}).status_code == 303
    assert "change colour" in doors.as_("violet").get(asked).text
    assert 'value="7"' in alice.get(address).text
    assert doors.as_("violet").post(address, data=typed).status_code == 403


def test_it_records_a_meeting_and_confirms_it_in_one_act(doors: Doors) -> None:
    ids = []
    for ref in ("1.01", "1.02"):
        made.make_action(doors.cast, ref)
        ids.append(made.propose(doors.cast, "owen", ref, due_date=day(80)))
    alice, carol = doors.as_("alice"), doors.as_("carol")
    typed = {"body": "Improvement group", "meeting.name": "November", "meeting.date": day(-1).isoformat(),
             f"outcome-{ids[0]}": "accept", f"outcome-{ids[1]}": "return"}  # fmt: skip
    answer = alice.post(f"{LIST}/record", data=typed)
    assert answer.status_code == 422, "a return needs its reason"
    assert "November" in answer.text
    assert alice.post(f"{LIST}/record", data=typed | {f"why-{ids[1]}": "No cover at night"}).status_code == 303
    assert made.action_row(doors.cast).due_date == day(20)
    page = carol.get(LIST).text
    assert "Confirm this list" in page
    assert "Confirm this list" not in alice.get(LIST).text
    confirm = page.partition("/meeting-lists/")[2]
    while "/confirm" not in confirm[:60]:
        confirm = confirm.partition("/meeting-lists/")[2]
    meeting = confirm[:36]
    assert alice.post(f"/plans/alpha/meeting-lists/{meeting}/confirm").status_code == 403
    assert carol.post(f"/plans/alpha/meeting-lists/{meeting}/confirm").status_code == 303
    assert made.action_row(doors.cast).due_date == day(80)
    assert made.proposal_row(doors.cast, ids[1]).state is ProposalState.returned
    assert "Recorded by Alice" in carol.get(LIST).text


def test_it_filters_the_log(doors: Doors) -> None:
    for ref in ("1.01", "1.02"):
        made.make_action(doors.cast, ref)
        made.decide(doors.cast, "edith", made.propose(doors.cast, "owen", ref))
    page = doors.as_("violet").get(f"{LIST}?ref=1.02&move=due_date&outcome=accepted&since={day(-1)}&until=").text
    assert "Action 1.02" in page
    assert "Action 1.01" not in page
    assert "No decisions found." in doors.as_("violet").get(f"{LIST}?outcome=returned").text


def test_it_steps_back_at_once_with_a_reason(doors: Doors) -> None:
    made.make_action(doors.cast, stage="assured", completion_date=day(-100), retest_date=day(90), progress="complete")
    victor = doors.as_("victor")
    assert "takes effect at once" in victor.get(f"{NEW}?move=delivered").text
    assert victor.post(f"{NEW}?move=delivered", data={"why": ""}).status_code == 422
    assert victor.post(f"{NEW}?move=delivered", data={"why": "The audit fell to 60 %"}).status_code == 303
    action: Action = made.action_row(doors.cast)
    assert (action.stage.value, action.evidence_by_date, action.reopened_on) == ("delivered", day(28), day(0))
    assert doors.as_("owen").post(f"{NEW}?move=not_delivered", data={"why": "x"}).status_code == 403
