"""Exception reports and the board's questions: who writes them, what becomes of them, where they show."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.assurance import commands, queries
from app.assurance.rules import ProposalState
from app.assurance.schemas import NewAnswer, NewException, NewQuestion
from app.core import clock
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.words import short_day
from app.plans.queries import plan_for
from tests.assurance import made, proven
from tests.assurance.made import day
from tests.support.cast import Cast
from tests.support.doors import Doors

TRACKER = "/plans/alpha/actions"
TOLD = {
    "cause": "The supplier cannot train at night.",
    "interim_control": "The day team covers the first hour.",
    "recovery_plan": "A second trainer from January.",
}


def report(cast: Cast, who: str = "owen", ref: str = "1.01", **given: Any) -> UUID:
    with cast.database.write(cast.actor(who)) as tx:
        asked = NewException(**(TOLD | given))
        return commands.report_exception(tx, access=plan_for(tx, "alpha"), ref=ref, given=asked).id


def respond(cast: Cast, who: str, report_id: UUID) -> None:
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha")
        commands.answer_exception(
            tx, access=access, report_id=report_id, given=NewAnswer(answer="Agreed from January.")
        )


def ask(cast: Cast, who: str = "violet", ref: str = "1.01", by: date | None = None) -> UUID:
    with cast.database.write(cast.actor(who)) as tx:
        given = NewQuestion(question="Which wards are not covered at night?", answer_by=by)
        return commands.ask_question(tx, access=plan_for(tx, "alpha"), ref=ref, given=given).id


def reply(cast: Cast, who: str, question: UUID) -> None:
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha")
        commands.answer_question(tx, access=access, question_id=question, given=NewAnswer(answer="Two of five."))


def test_it_turns_a_new_date_into_a_proposal(cast: Cast) -> None:
    made.make_action(cast)
    made_one = report(cast, new_due_date=day(90), ask="Agree the cost.")
    with cast.database.read(cast.actor("carol")) as read:
        found = queries.exception(read, plan_for(read, "alpha"), made_one)
    assert found.date_proposal is not None
    assert (found.date_proposal.due_date, found.date_proposal.mitigation) == (day(90), TOLD["interim_control"])
    assert found.recovery_proposal is None
    made.decide(cast, "carol", found.date_proposal.id)
    assert made.action_row(cast).due_date == day(90)
    with cast.database.read(cast.actor("violet")) as read:
        found = queries.exception(read, plan_for(read, "alpha"), made_one)
        assert found.date_proposal is not None
        assert found.date_proposal.state is ProposalState.accepted


def test_it_puts_the_recovery_plan_of_a_relapse_to_the_chair(sqlite_cast: Cast) -> None:
    proven.assured(sqlite_cast)
    proven.failed(sqlite_cast)
    made_one = report(sqlite_cast)
    with sqlite_cast.database.read(sqlite_cast.actor("carol")) as read:
        found = queries.exception(read, plan_for(read, "alpha"), made_one)
    assert found.recovery_proposal is not None
    made.decide(sqlite_cast, "carol", found.recovery_proposal.id)
    assert made.action_row(sqlite_cast).recovery_accepted_on == day(0)


@pytest.mark.parametrize(("given", "field"), [
    ({"new_due_date": day(20)}, "new_due_date"), ({"new_due_date": day(-2)}, "new_due_date"),
])  # fmt: skip
def test_it_refuses_a_date_beside_its_field(sqlite_cast: Cast, given: Any, field: str) -> None:
    made.make_action(sqlite_cast)
    with pytest.raises(Invalid) as refused:
        report(sqlite_cast, **given)
    assert refused.value.fields[0].field == field


def test_it_answers_the_ask_by_somebody_else(sqlite_cast: Cast) -> None:
    made.make_action(sqlite_cast)
    made_one = report(sqlite_cast, ask="Agree the cost.")
    for name in ("owen", "alice", "victor", "violet"):
        with pytest.raises(Forbidden):
            respond(sqlite_cast, name, made_one)
    respond(sqlite_cast, "edith", made_one)
    with pytest.raises(Conflict):
        respond(sqlite_cast, "carol", made_one)
    with pytest.raises(Invalid, match="asks for nothing"):
        respond(sqlite_cast, "carol", report(sqlite_cast))


@pytest.mark.parametrize("name", ["connie", "olga", "violet", "mina", "victor", "pat", "nora"])
def test_it_lets_only_who_may_ask_report(sqlite_cast: Cast, name: str) -> None:
    made.make_action(sqlite_cast)
    with pytest.raises((Forbidden, NotFound)):
        report(sqlite_cast, name)


def test_it_lets_the_board_ask_and_the_owner_answer(cast: Cast) -> None:
    made.make_action(cast)
    for name in ("owen", "alice", "victor", "mina", "pat"):
        with pytest.raises(Forbidden):
            ask(cast, name)
    with pytest.raises(NotFound):
        ask(cast, "oscar")
    first, second = ask(cast, by=day(3)), ask(cast, "carol")
    with pytest.raises(Invalid, match="passed"):
        ask(cast, by=day(-1))
    with cast.database.read(cast.actor("owen")) as read:
        found = queries.questions(read, plan_for(read, "alpha"), is_open=True)
    assert [(q.id, q.answer_by, q.may_answer) for q in found] == [(first, day(3), True), (second, day(14), True)]
    for name in ("violet", "olga", "victor", "pat"):
        with pytest.raises(Forbidden):
            reply(cast, name, first)
    reply(cast, "owen", first)
    reply(cast, "edith", second)
    with pytest.raises(Conflict):
        reply(cast, "alice", first)
    with cast.database.read(cast.actor("violet")) as read:
        access = plan_for(read, "alpha")
        assert queries.questions(read, access, is_open=True) == []
        assert len(queries.questions(read, access, ref="1.01", is_open=False)) == 2


def test_it_shows_a_question_wherever_somebody_looks_until_it_is_answered(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    made.make_action(cast)
    violet, owen, alice = (sqlite_doors.as_(name) for name in ("violet", "owen", "alice"))
    assert "/actions/1.01/questions/new" in violet.get("/plans/alpha/actions/1.01").text
    assert "/actions/1.01/questions/new" not in owen.get("/plans/alpha/actions/1.01").text
    form = {"question": "Which wards are not covered at night?", "answer_by": ""}
    assert violet.post("/plans/alpha/actions/1.01/questions/new", data=form).status_code == 303
    for client, address in ((owen, "/me"), (alice, "/me"), (owen, "/plans/alpha/actions/1.01"),
                            (violet, "/plans/alpha/questions")):  # fmt: skip
        assert "Which wards are not covered at night?" in client.get(address).text, address
    assert "waits for an answer" in violet.get("/plans/alpha").text
    [asked] = owen.get("/api/v1/plans/alpha/questions?open=true").json()["items"]
    answered = owen.post(f"/plans/alpha/questions/{asked['id']}/answer", data={"answer": "Two of five."})
    assert answered.status_code == 303
    assert "Two of five." in violet.get("/plans/alpha/actions/1.01").text
    assert "waits for an answer" not in violet.get("/plans/alpha").text
    assert "Which wards" not in owen.get("/me").text
    assert "asked a question about 1.01" in alice.get("/plans/alpha/history").text


def test_it_reports_on_the_page_and_by_a_program(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    made.make_action(cast)
    made.make_action(cast, "1.02")
    owen, edith = sqlite_doors.as_("owen"), sqlite_doors.as_("edith")
    assert "/actions/1.01/exceptions/new" in owen.get("/plans/alpha/actions/1.01").text
    refused = owen.post("/plans/alpha/actions/1.01/exceptions/new", data=TOLD | {"cause": "", "new_due_date": "soon"})
    assert refused.status_code == 422
    assert TOLD["recovery_plan"] in refused.text
    form = TOLD | {"new_due_date": day(40).strftime("%d/%m/%Y"), "ask": "Agree the cost."}
    made_one = owen.post("/plans/alpha/actions/1.01/exceptions/new", data=form)
    page = edith.get(made_one.headers["location"]).text
    assert TOLD["cause"] in page
    assert "Your answer" in page
    answer = edith.post(made_one.headers["location"] + "/answer", data={"answer": "Agreed from January."})
    assert answer.status_code == 303
    token = sqlite_doors.token()
    assert token.post("/api/v1/plans/alpha/actions/1.02/exceptions", json=TOLD).status_code == 201
    listed = token.get("/api/v1/plans/alpha/exceptions?ref=1.01").json()["items"]
    assert [x["answer"] for x in listed] == ["Agreed from January."]
    assert (
        token.post(f"/api/v1/plans/alpha/exceptions/{listed[0]['id']}/answer", json={"answer": "x"}).status_code == 403
    )


def row_of(client: TestClient, ref: str, query: str = "") -> str:
    html = client.get(f"{TRACKER}{query}").text
    return html.partition(f'<tbody class="action" id="{ref}">')[2].partition("</tbody>")[0]


def test_it_is_asked_from_a_row_and_goes_back_to_it(sqlite_doors: Doors) -> None:
    made.make_action(sqlite_doors.cast)
    violet, owen = sqlite_doors.as_("violet"), sqlite_doors.as_("owen")
    address = f"{TRACKER}/1.01/questions/new"
    assert f"{address}?place=row" in row_of(violet, "1.01")
    assert address not in owen.get(TRACKER).text
    asked_from = {"Referer": f"http://127.0.0.1:8000{TRACKER}?group=owner&q=%26"}
    page = violet.get(f"{address}?place=row", headers=asked_from).text
    assert f'href="{TRACKER}?group=owner&amp;q=%26#1.01"' in page
    kept = {"place": "row", "back": "group=owner&q=%26"}
    refused = violet.post(address, data=kept | {"question": ""})
    assert refused.status_code == 422
    assert 'name="place" value="row"' in refused.text
    sent = violet.post(address, data=kept | {"question": "Which wards?"})
    assert sent.headers["Location"] == f"{TRACKER}?group=owner&q=%26#1.01"
    astray = violet.post(address, data=kept | {"question": "Why?", "back": "//elsewhere.example\r\nX: y"})
    assert astray.headers["Location"] == f"{TRACKER}#1.01"
    assert owen.post(address, data=kept | {"question": "Why?"}).status_code == 403
    assert sqlite_doors.as_("oscar").get(f"{address}?place=row").status_code == 404


def test_it_stays_on_the_row_until_the_last_answer(doors: Doors) -> None:
    cast = doors.cast
    made.make_action(cast)
    first, second = ask(cast, by=day(3)), ask(cast, by=day(9))
    owen = doors.as_("owen")
    assert f"2 questions, answer due {short_day(day(3))}" in row_of(owen, "1.01")
    assert "2 questions" in row_of(owen, "1.01", f"?as_at={day(0)}")
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    assert "2 questions" in owen.get(f"{TRACKER}/1.01/row", headers=htmx).text
    reply(cast, "owen", first)
    assert f"1 question, answer due {short_day(day(9))}" in row_of(owen, "1.01")
    reply(cast, "alice", second)
    assert "question" not in row_of(owen, "1.01")


def test_it_says_on_the_row_that_an_answer_was_due(sqlite_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    made.make_action(sqlite_doors.cast)
    ask(sqlite_doors.cast, by=day(0))
    violet = sqlite_doors.as_("violet")
    assert "1 question, answer due" in row_of(violet, "1.01")
    owed, late = day(0), day(1)
    monkeypatch.setattr(clock, "today", lambda: late)
    assert f"1 question, answer was due {short_day(owed)}" in row_of(violet, "1.01")


def test_words_that_may_give_a_patient_away_are_told_wherever_they_are_read(sqlite_doors: Doors) -> None:
    made.make_action(sqlite_doors.cast)
    owen, violet, edith = (sqlite_doors.as_(name) for name in ("owen", "violet", "edith"))
    hint, words = "This says “baby of”. Do not enter the names of mothers or babies.", "The baby of Smith waited."
    asked = owen.post(
        f"{TRACKER}/1.01/proposals/new?move=due_date", data={"due_date": day(40).isoformat(), "why": words}
    )
    told = owen.post(f"{TRACKER}/1.01/exceptions/new", data=TOLD | {"cause": words})
    violet.post(f"{TRACKER}/1.01/questions/new", data={"question": words, "answer_by": ""})
    [question] = owen.get("/api/v1/plans/alpha/questions?open=true").json()["items"]
    addresses = (asked.headers["location"], told.headers["location"], f"/plans/alpha/questions/{question['id']}")
    for address in addresses:
        assert hint in edith.get(address).text, address
    assert hint not in edith.get(f"{TRACKER}/1.01").text
