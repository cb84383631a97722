"""The gates of delivered, assured, embedded, re-tests and recovery, each with evidence there and not there."""

import csv
import io
from dataclasses import replace

import pytest

from app.actions.queries import plan_view
from app.actions.rules import Code, Move
from app.assurance.models import Decision
from app.assurance.queries.asking import possible
from app.core.errors import Conflict, Forbidden, Invalid
from app.evidence.rules import EvidenceState
from app.plans.queries import plan_for
from app.plans.rules import PlanState, RatingSettings
from tests.assurance import made, proven
from tests.assurance.made import day
from tests.assurance.proven import PANEL
from tests.support.cast import MAKER, Cast
from tests.support.doors import Doors


def codes(cast: Cast, ref: str = "1.01") -> set[str]:
    with cast.database.read(cast.actor("alice")) as read:
        return set(plan_view(read, plan_for(read, "alpha")).by_ref[ref].rating.codes)


def test_it_delivers_on_implementation_evidence_and_a_validators_word(cast: Cast) -> None:
    made.make_action(cast)
    with pytest.raises(Invalid, match="implementation evidence"):
        made.propose(cast, "owen", move="delivered", completion_date=day(-1))
    proven.prove(cast, kind="effect")
    with pytest.raises(Invalid, match="implementation evidence"):
        made.propose(cast, "owen", move="delivered", completion_date=day(-1))
    item = proven.prove(cast, kind="implementation")
    asked = made.propose(cast, "owen", move="delivered", completion_date=day(-1))
    assert made.action_row(cast).claimed_on == day(0)
    assert [p.text for p in made.seen(cast, "victor", asked).proof] == [
        "58 of 60 notes hold a plan agreed with the woman"
    ]
    with pytest.raises(Forbidden, match="validator"):
        made.decide(cast, "carol", asked)
    proven.change_evidence(cast, item, state=EvidenceState.withdrawn)
    assert "implementation evidence" in made.seen(cast, "victor", asked).missing[0]
    with pytest.raises(Invalid, match="implementation evidence"):
        made.decide(cast, "victor", asked)
    proven.change_evidence(cast, item, state=EvidenceState.submitted)
    made.decide(cast, "victor", asked)
    action = made.action_row(cast)
    assert (action.stage, action.completion_date, action.evidence_by_date) == ("delivered", day(-1), day(89))


@pytest.mark.parametrize(
    "changed",
    [
        {"dated": day(-40)},
        {"expires_on": day(-1)},
        {"held": True},
        {"state": EvidenceState.returned},
        {"state": EvidenceState.withdrawn},
        {"kind": "implementation"},
    ],
)
def test_it_asks_assurance_for_effect_evidence_that_counts(sqlite_cast: Cast, changed: dict[str, object]) -> None:
    proven.delivered(sqlite_cast)
    proven.prove(sqlite_cast, **changed)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="effect evidence dated after completion"):
        made.propose(sqlite_cast, "owen", move="assured")


def test_it_assures_at_the_panels_meeting_on_accepted_evidence(cast: Cast) -> None:
    proven.delivered(cast)
    item = proven.prove(cast)
    asked = made.propose(cast, "owen", move="assured")
    shown = made.seen(cast, "victor", asked)
    assert (shown.needs_meeting, [p.accepted for p in shown.proof]) == (True, [False])
    assert shown.missing == [
        "No effect evidence dated after completion is accepted yet. It is accepted by a reviewer who neither submitted "
        "it nor owns the action."
    ]
    with pytest.raises(Invalid) as refused:
        made.decide(cast, "victor", asked)
    assert {f.field for f in refused.value.fields} == {"outcome", "meeting"}
    # The owner's own word on the evidence, and the word of who submitted it, count for nothing.
    proven.change_evidence(cast, item, state=EvidenceState.accepted, reviewed_by_id=cast.people["owen"])
    with pytest.raises(Invalid, match="accepted by a reviewer"):
        made.decide(cast, "victor", asked, meeting=PANEL)
    proven.change_evidence(cast, item, reviewed_by_id=cast.people["dennis"])
    with pytest.raises(Forbidden, match="panel"):
        made.decide(cast, "carol", asked, meeting=PANEL)
    made.decide(cast, "victor", asked, meeting=PANEL)
    action = made.action_row(cast)
    assert (action.stage, action.reopened_on) == ("assured", None)
    assert action.retest_date is not None
    assert (action.retest_date - day(0)).days in range(364, 367)
    [decision] = made.decision_rows(cast)
    assert (decision.capacity, decision.chairs_action) == ("panel", False)
    assert decision.meeting_id is not None


def test_it_hands_retesting_over_instead_of_setting_a_date(sqlite_doors: Doors) -> None:
    sqlite_cast = sqlite_doors.cast
    proven.delivered(sqlite_cast)
    proven.prove(sqlite_cast, accepted_by="dennis")
    with pytest.raises(Invalid, match="audit programme"):
        made.propose(sqlite_cast, "owen", move="assured", retest_handed_over=True, retest_date=day(90))
    asked = made.propose(sqlite_cast, "owen", move="assured", retest_handed_over=True)
    made.decide(sqlite_cast, "victor", asked, meeting=PANEL)
    assert made.action_row(sqlite_cast).retest_date is None
    violet = sqlite_doors.as_("violet")
    assert "Handed to the audit programme" in violet.get("/plans/alpha/actions/1.01").text
    assert "Re-tested by the audit programme" in violet.get("/plans/alpha/actions").text
    assert violet.get("/api/v1/plans/alpha/actions/1.01").json()["retest_handed_over"] is True
    [row] = csv.DictReader(io.StringIO(violet.get("/api/v1/plans/alpha/actions.csv").text))
    assert (row["retest_handed_over"], row["retest_date"]) == ("true", "")


def test_it_is_handed_over_to_nobody_while_a_date_is_set(sqlite_doors: Doors) -> None:
    proven.assured(sqlite_doors.cast)
    violet = sqlite_doors.as_("violet")
    assert "audit programme" not in violet.get("/plans/alpha/actions/1.01").text
    assert violet.get("/api/v1/plans/alpha/actions/1.01").json()["retest_handed_over"] is False


def test_it_asks_the_voices_where_the_plan_does_and_takes_silence_for_no_answer(sqlite_cast: Cast) -> None:
    made.set_plan(sqlite_cast, settings={"voices_view": True})
    proven.delivered(sqlite_cast)
    proven.prove(sqlite_cast, accepted_by="dennis")
    with pytest.raises(Invalid, match="voices partnership") as refused:
        made.propose(sqlite_cast, "owen", move="assured")
    assert refused.value.fields[0].field == "voices_asked_on"
    with pytest.raises(Invalid, match="in the future"):
        made.propose(sqlite_cast, "owen", move="assured", voices_asked_on=day(1))
    asked = made.propose(sqlite_cast, "owen", move="assured", voices_asked_on=day(-9))
    shown = made.seen(sqlite_cast, "victor", asked)
    assert (shown.voices_asked_on, shown.voices_said) == (day(-9), None)


def test_it_reopens_what_fails_its_retest_and_wants_newer_proof(cast: Cast) -> None:
    proven.assured(cast)
    for name in ("owen", "alice", "violet", "connie"):
        with pytest.raises(Forbidden):
            proven.failed(cast, name)
    proven.failed(cast)
    action = made.action_row(cast)
    assert (action.stage, action.reopened_on, action.evidence_by_date) == ("delivered", day(0), day(28))
    assert Code.R5 in codes(cast)
    decision = made.decision_rows(cast)[-1]
    assert (decision.move, decision.capacity) == ("retest_failed", "validator")
    told = r"This action is “Delivered.*cannot be asked for now.*asked for from: Evidenced and assured, Embedded\."
    with pytest.raises(Invalid, match=told):
        made.propose(cast, "victor", move="retest_failed", why="It failed again")
    with pytest.raises(Invalid, match="This action is “Delivered"):
        proven.failed(cast)
    # What proved it the first time does not prove it again.
    with pytest.raises(Invalid, match="effect evidence"):
        made.propose(cast, "owen", move="assured")


def test_it_says_that_a_plan_is_closed_or_does_without_a_stage(sqlite_cast: Cast) -> None:
    proven.assured(sqlite_cast)
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        access = plan_for(read, "alpha")
        action = plan_view(read, access).by_ref["1.01"]
        with pytest.raises(Invalid, match="does not use the stage “Embedded”"):
            possible(replace(access, settings=RatingSettings(embedded_stage=False)), action, Move.embedded)
        with pytest.raises(Invalid, match="This plan is closed"):
            possible(replace(access, state=PlanState.closed), action, Move.embedded)


def test_it_puts_a_stopped_practice_back_to_not_delivered(sqlite_cast: Cast) -> None:
    proven.assured(sqlite_cast)
    proven.failed(sqlite_cast, "carol", due=day(60))
    action = made.action_row(sqlite_cast)
    assert (action.stage, action.due_date, action.completion_date) == ("not_delivered", day(60), None)


def test_it_turns_amber_when_the_recovery_plan_is_accepted(cast: Cast) -> None:
    proven.assured(cast)
    with pytest.raises(Invalid, match="from"):
        made.propose(cast, "owen", move="recovery", recovery_plan="Teach again")
    proven.failed(cast)
    with pytest.raises(Invalid, match="recovery plan"):
        made.propose(cast, "owen", move="recovery")
    asked = made.propose(cast, "owen", move="recovery", recovery_plan="Teach each team again by May.")
    with pytest.raises(Forbidden, match="Carol"):
        made.decide(cast, "edith", asked)
    made.decide(cast, "carol", asked)
    assert made.action_row(cast).recovery_accepted_on == day(0)
    assert codes(cast) & {Code.R5, Code.A16} == {Code.A16}
    with pytest.raises(Invalid, match="already"):
        made.propose(cast, "owen", move="recovery", recovery_plan="Once more")


def test_it_has_no_recovery_without_a_relapse(sqlite_cast: Cast) -> None:
    made.make_action(sqlite_cast)
    with pytest.raises(Invalid, match="not re-opened"):
        made.propose(sqlite_cast, "owen", move="recovery", recovery_plan="Nothing to recover")


def test_it_passes_a_retest_on_evidence_newer_than_the_assurance(sqlite_cast: Cast) -> None:
    decision = proven.assured(sqlite_cast)
    with pytest.raises(Forbidden):
        made.propose(sqlite_cast, "owen", move="retest_passed")
    with pytest.raises(Invalid, match="effect evidence"):
        made.propose(sqlite_cast, "alice", move="retest_passed")
    _backdate(sqlite_cast, decision, -200)
    asked = made.propose(sqlite_cast, "alice", move="retest_passed", retest_date=day(100))
    made.decide(sqlite_cast, "dennis", asked)
    assert made.action_row(sqlite_cast).retest_date == day(100)


def test_it_embeds_after_a_retest_at_six_months_and_not_before(sqlite_cast: Cast) -> None:
    decision = proven.assured(sqlite_cast)
    with pytest.raises(Invalid, match="six months"):
        made.propose(sqlite_cast, "alice", move="embedded")
    _backdate(sqlite_cast, decision, -100)
    made.decide(sqlite_cast, "dennis", made.propose(sqlite_cast, "alice", move="retest_passed"))
    with pytest.raises(Invalid, match="six months"):
        made.propose(sqlite_cast, "alice", move="embedded")
    _backdate(sqlite_cast, decision, -200)
    asked = made.propose(sqlite_cast, "alice", move="embedded")
    made.decide(sqlite_cast, "victor", asked, meeting=PANEL)
    assert made.action_row(sqlite_cast).stage == "embedded"


def test_it_lets_a_second_look_find_what_a_first_decided(sqlite_cast: Cast) -> None:
    proven.delivered(sqlite_cast)
    proven.prove(sqlite_cast, accepted_by="dennis")
    asked = made.propose(sqlite_cast, "owen", move="assured")
    made.decide(sqlite_cast, "victor", asked, meeting=PANEL)
    with pytest.raises(Conflict, match="agreed already"):
        made.decide(sqlite_cast, "dennis", asked, meeting=PANEL)


def _backdate(cast: Cast, decision_id: object, offset: int) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.changed")
        row = tx.get(Decision, decision_id)
        assert row is not None
        row.decided_on = day(offset)
