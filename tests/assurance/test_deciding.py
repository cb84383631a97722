"""Who decides what, what an agreement does, and who may never decide."""

import pytest

from app.actions.models import Contributor
from app.assurance import commands
from app.assurance.rules import ProposalState, Verdict
from app.assurance.schemas import Bringing, ManyDecisions
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.people.models import Account, RoleHeld
from app.people.rules import Role
from app.plans.models import BodyMember
from app.plans.queries import plan_for
from app.plans.rules import BodyRole
from tests.assurance import made
from tests.assurance.made import day
from tests.support.cast import MAKER, Cast


def test_it_lets_the_lead_executive_move_a_date_once_and_up_to_30_days(cast: Cast) -> None:
    made.make_action(cast)
    first = made.propose(cast, "owen", due_date=day(45))
    with pytest.raises(Forbidden, match="Edith"):
        made.decide(cast, "carol", first)
    made.decide(cast, "edith", first)
    action = made.action_row(cast)
    assert (action.due_date, action.original_due_date) == (day(45), day(20))
    assert (action.slips, action.slip_days, action.open_proposals) == (1, 25, 0)
    [decision] = made.decision_rows(cast)
    assert (decision.capacity, decision.body_id, decision.chairs_action) == ("lead_executive", None, False)
    assert decision.before["due_date"] == day(20).isoformat()

    second = made.propose(cast, "owen", due_date=day(46))
    with pytest.raises(Forbidden, match="Carol"):
        made.decide(cast, "edith", second)
    made.decide(cast, "carol", second)
    assert made.action_row(cast).slips == 2
    decision = made.decision_rows(cast)[1]
    assert (decision.capacity, decision.chairs_action) == ("chair", True)


def test_it_asks_the_chair_for_more_than_30_days(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen", due_date=day(51))
    with pytest.raises(Forbidden):
        made.decide(cast, "edith", asked)
    made.decide(cast, "carol", asked, meeting={"name": "November group", "date": day(0)})
    decision = made.decision_rows(cast)[0]
    assert decision.meeting_id is not None
    assert not decision.chairs_action


def test_it_asks_the_chair_where_the_new_date_passes_the_regulators(cast: Cast) -> None:
    made.make_action(cast, regulatory=True, regulator_date=day(30))
    asked = made.propose(cast, "owen", due_date=day(35))
    with pytest.raises(Forbidden, match="Carol"):
        made.decide(cast, "edith", asked)


def test_it_counts_no_slip_for_an_earlier_date(cast: Cast) -> None:
    made.make_action(cast)
    made.decide(cast, "edith", made.propose(cast, "owen", due_date=day(10)))
    action = made.action_row(cast)
    assert (action.slips, action.slip_days) == (0, 0)


def test_it_passes_on_what_is_the_deciders_own(cast: Cast) -> None:
    made.make_action(cast, accountable_person_id=cast.people["carol"])
    asked = made.propose(cast, "carol", due_date=day(90))
    assert not made.seen(cast, "carol", asked).may_decide
    shown = made.seen(cast, "edith", asked)
    assert shown.may_decide
    assert shown.deciders is not None
    assert "Carol" in shown.deciders.passed_on
    with pytest.raises(Forbidden, match=r"Nobody decides on their own.*Edith"):
        made.decide(cast, "carol", asked)
    made.decide(cast, "edith", asked)
    decision = made.decision_rows(cast)[0]
    assert decision.capacity == "deputy"
    assert "Carol" in decision.passed_on


def test_it_passes_down_to_a_validator_when_chair_and_deputy_may_not(cast: Cast) -> None:
    made.make_action(cast, accountable_person_id=cast.people["carol"], lead_executive_id=None)
    made.add(
        cast,
        Contributor(plan_id=made.plan_id(cast), action_id=made.action_row(cast).id, account_id=cast.people["edith"]),
    )
    asked = made.propose(cast, "alice", due_date=day(90))
    with pytest.raises(Forbidden):
        made.decide(cast, "edith", asked)
    made.decide(cast, "victor", asked)
    assert made.decision_rows(cast)[0].capacity == "validator"


def test_it_lets_nobody_decide_their_own_through_a_second_role(cast: Cast) -> None:
    """Edith is lead executive, deputy and here owner as well: three ways in, none is open."""
    made.make_action(cast, accountable_person_id=cast.people["edith"])
    asked = made.propose(cast, "edith", due_date=day(30))
    with pytest.raises(Forbidden):
        made.decide(cast, "edith", asked)
    made.add(
        cast, RoleHeld(account_id=cast.people["edith"], role=Role.chair, organisation_id=cast.organisations["AAA"])
    )
    with pytest.raises(Forbidden):
        made.decide(cast, "edith", asked)
    made.decide(cast, "carol", asked)


def test_it_lets_nobody_decide_what_they_proposed_for_somebody_else(cast: Cast) -> None:
    made.add(
        cast, RoleHeld(account_id=cast.people["carol"], role=Role.office, organisation_id=cast.organisations["AAA"])
    )
    made.make_action(cast)
    asked = made.propose(cast, "carol", due_date=day(90))
    with pytest.raises(Forbidden, match="Edith"):
        made.decide(cast, "carol", asked)


def test_it_gives_a_seat_without_a_deciding_role_no_say(cast: Cast) -> None:
    made.make_action(cast, accountable_person_id=cast.people["carol"])
    asked = made.propose(cast, "alice", due_date=day(90))
    group, violet = made.body_id(cast), cast.people["violet"]
    seat = BodyMember(plan_id=made.plan_id(cast), body_id=group, account_id=violet, role=BodyRole.deputy)
    made.add(cast, seat)
    with pytest.raises(Forbidden):
        made.decide(cast, "violet", asked)


@pytest.mark.parametrize("name", ["alice", "owen", "olga", "connie", "dennis", "violet", "mina", "adam", "pat"])
def test_it_lets_nobody_else_decide(sqlite_cast: Cast, name: str) -> None:
    made.make_action(sqlite_cast)
    asked = made.propose(sqlite_cast, "owen")
    with pytest.raises(Forbidden):
        made.decide(sqlite_cast, name, asked)
    assert made.proposal_row(sqlite_cast, asked).state is ProposalState.open


def test_it_names_every_refusal_of_a_list_and_decides_none(cast: Cast) -> None:
    made.make_action(cast)
    made.make_action(cast, "1.02")
    made.make_action(cast, "1.03", accountable_person_id=cast.people["carol"])
    asked = [made.propose(cast, "owen", due_date=day(80)), made.propose(cast, "owen", "1.02", due_date=day(45))]
    asked.append(made.propose(cast, "alice", "1.03", due_date=day(80)))
    given = ManyDecisions(proposals=asked, outcome=Verdict.accept)
    with pytest.raises(Forbidden, match="2 of these") as refused, cast.database.write(cast.actor("carol")) as tx:
        commands.decide_many(tx, access=plan_for(tx, "alpha"), given=given)
    assert [(f.field, f.message[:5]) for f in refused.value.fields] == [
        ("proposals.1", "1.02:"),
        ("proposals.2", "1.03:"),
    ]
    assert made.action_row(cast).due_date == day(20)
    assert made.decision_rows(cast) == []


def test_it_shows_another_organisation_nothing(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen")
    with pytest.raises(NotFound):
        made.decide(cast, "oscar", asked)


def test_it_wants_a_reason_for_a_return(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen")
    with pytest.raises(Invalid) as refused:
        made.decide(cast, "edith", asked, "return")
    assert refused.value.fields[0].field == "why"
    made.decide(cast, "edith", asked, "return", why="Say what happens on the night shift until then.")
    assert made.proposal_row(cast, asked).state is ProposalState.returned
    action = made.action_row(cast)
    assert (action.due_date, action.open_proposals) == (day(20), 0)


def test_it_decides_once(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen")
    made.decide(cast, "edith", asked)
    with pytest.raises(Conflict, match="agreed already"):
        made.decide(cast, "edith", asked, "return", why="On second thoughts")
    assert len(made.decision_rows(cast)) == 1


def test_it_records_the_regulators_agreement_with_its_date(cast: Cast) -> None:
    made.make_action(cast, regulatory=True, regulator_date=day(40))
    asked = made.propose(cast, "owen", move="regulator_date", regulator_date=day(70))
    with pytest.raises(Invalid) as refused:
        made.decide(cast, "carol", asked)
    assert refused.value.fields[0].field == "regulator_agreed"
    made.decide(cast, "carol", asked, regulator_agreed="Agreed by letter of 3 November")
    assert made.action_row(cast).regulator_date == day(70)
    assert made.proposal_row(cast, asked).regulator_agreed == "Agreed by letter of 3 November"


def test_it_closes_an_action_with_its_reason_and_replacement(cast: Cast) -> None:
    made.make_action(cast)
    made.make_action(cast, "1.02")
    date_asked = made.propose(cast, "owen")
    asked = made.propose(cast, "edith", move="superseded", replaced_by="1.02")
    with pytest.raises(Forbidden):
        made.decide(cast, "edith", asked)
    made.decide(cast, "carol", asked)
    action = made.action_row(cast)
    assert (action.stage.value, action.replaced_by_id) == ("superseded", made.action_row(cast, "1.02").id)
    assert action.exit_why == made.WHY
    # What can no longer be decided is withdrawn, and says why.
    other = made.proposal_row(cast, date_asked)
    assert other.state is ProposalState.withdrawn
    assert "Superseded" in other.closed_why
    assert action.open_proposals == 0


def test_it_brings_a_proposal_before_a_body(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen")
    with pytest.raises(Forbidden), cast.database.write(cast.actor("carol")) as tx:
        commands.bring_to_meeting(tx, access=plan_for(tx, "alpha"), proposal_id=asked, given=Bringing())
    with cast.database.write(cast.actor("edith")) as tx:
        commands.bring_to_meeting(tx, access=plan_for(tx, "alpha"), proposal_id=asked, given=Bringing())
    assert made.seen(cast, "carol", asked).brought_to == "Improvement group"
    with pytest.raises(Forbidden, match="Carol"):
        made.decide(cast, "edith", asked)
    made.decide(cast, "carol", asked, meeting={"name": "Group", "date": day(0)})


def test_it_refuses_a_body_that_the_proposal_is_not_before(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen")
    for name, body in (("edith", "Assurance panel"), ("victor", "Assurance panel"), ("edith", "Nobody's")):
        with pytest.raises(Invalid):
            made.decide(cast, name, asked, body=body)


def test_it_refuses_a_meeting_of_tomorrow(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen", due_date=day(90))
    with pytest.raises(Invalid, match="has not been held"):
        made.decide(cast, "carol", asked, meeting={"name": "Group", "date": day(1)})


def test_it_decides_several_with_one_record_each_or_none(cast: Cast) -> None:
    ids = []
    for ref in ("1.01", "1.02", "1.03"):
        made.make_action(cast, ref)
        ids.append(made.propose(cast, "owen", ref))
    far = made.propose(cast, "alice", "1.03", "descoped")
    given = ManyDecisions(proposals=[*ids, far], outcome=Verdict.accept)
    with pytest.raises(Forbidden, match=r"1\.03"), cast.database.write(cast.actor("edith")) as tx:
        commands.decide_many(tx, access=plan_for(tx, "alpha"), given=given)
    assert made.decision_rows(cast) == []
    with cast.database.write(cast.actor("edith")) as tx:
        given = ManyDecisions(proposals=[*ids, ids[0]], outcome=Verdict.accept)
        commands.decide_many(tx, access=plan_for(tx, "alpha"), given=given)
    assert len(made.decision_rows(cast)) == 3


def test_it_gives_somebody_who_has_left_no_say(cast: Cast) -> None:
    """The session of a moment ago still carries the roles; the people are read anew."""
    made.make_action(cast)
    asked = made.propose(cast, "owen")
    edith = cast.actor("edith")
    with cast.database.write(MAKER) as tx:
        tx.act("tests.changed")
        row = tx.get(Account, cast.people["edith"])
        assert row is not None
        row.active = False
    given = ManyDecisions(proposals=[asked], outcome=Verdict.accept)
    with pytest.raises(Forbidden), cast.database.write(edith) as tx:
        commands.decide_many(tx, access=plan_for(tx, "alpha"), given=given)
    # Without an executive it passes on.
    made.decide(cast, "carol", asked)
