"""Re-opened between two days, and why things changed: as decisions say it, made by the commands themselves."""

import csv
import io
import json
from datetime import date

from app.actions.rules import Stage, is_reopening
from app.history.queries import changes
from app.plans.commands import restrict
from app.plans.rules import Restrictable
from app.plans.schemas import NewRestriction
from app.reports import queries
from app.reports.schemas import ComparisonRead
from tests.actions.made_plan import reading, writing
from tests.assurance import made, proven
from tests.reports.made_past import TODAY, ago, on
from tests.support.cast import Cast


def told(cast: Cast, since: date, who: str = "alice") -> ComparisonRead:
    with on(TODAY), reading(cast, who) as (read, access):
        return queries.comparison_read(read, access, since)


def reopened_in_the_record(cast: Cast, since: date) -> set[str]:
    with on(TODAY), reading(cast) as (read, access):
        items = changes(read, access.stream, limit=500).items
    return {
        str(item.ref)
        for item in items
        if item.entity == "action" and item.day > since and (stage := item.changes.get("stage")) and stage.old
        and is_reopening(Stage(stage.old), Stage(stage.new))
    }  # fmt: skip


def reopened_in_the_table(cast: Cast, since: date) -> set[str]:
    with on(TODAY), reading(cast) as (read, access):
        rows = csv.DictReader(io.StringIO(queries.table(read, access, "decisions"), newline=""))
    return {
        row["ref"]
        for row in rows
        if row["decided_on"] > since.isoformat() and row["outcome"] == "accepted"
        and (after := json.loads(row["after"]).get("stage"))
        and is_reopening(Stage(json.loads(row["before"])["stage"]), Stage(after))
    }  # fmt: skip


def a_relapse(cast: Cast) -> None:
    """1.01 is assured 20 days ago, fails its re-test 12 days ago and is assured again 4 days ago; 1.02 fails alone."""
    refs = ("1.01", "1.02")
    with on(ago(20)):
        for ref in refs:
            proven.assured(cast, ref)
    with on(ago(12)):
        for ref in refs:
            proven.failed(cast, ref=ref)
    with on(ago(4)):
        proven.prove(cast, accepted_by="dennis")
        made.decide(cast, "victor", made.propose(cast, "owen", move="assured"), meeting=proven.PANEL, why="Good again")


def test_every_reopening_between_the_days_counts(cast: Cast) -> None:
    with on(ago(30)):
        made.make_action(cast, "1.03")
    a_relapse(cast)
    for since in (ago(25), ago(15), ago(12), ago(1)):
        found = [c.ref for c in told(cast, since).reopened]
        assert set(found) == reopened_in_the_record(cast, since) == reopened_in_the_table(cast, since), since
        assert found == (["1.01", "1.02"] if since < ago(12) else [])
    again, still = told(cast, ago(15)).reopened
    assert (again.by, again.day, again.why) == ("Victor", ago(12), "Only 31 of 60 notes held a plan.")
    assert again.detail.endswith(", now evidenced and assured")
    assert (still.day, still.why, still.detail) == (ago(12), "Only 31 of 60 notes held a plan.", "")


def test_what_is_restricted_counts_for_everybody_and_tells_nobody_else_why(sqlite_cast: Cast) -> None:
    a_relapse(sqlite_cast)
    given = NewRestriction(public_title="A matter of staffing", named=[sqlite_cast.email("carol")], why="Named people")
    with on(ago(1)), writing(sqlite_cast, "carol") as (tx, access):
        row = made.action_row(sqlite_cast)
        tx.act("action.restricted")
        restrict(tx, access=access, kind=Restrictable.action, restricted_id=row.id, given=given)
    for who, said in (("carol", "Only 31 of 60 notes held a plan."), ("violet", None)):
        found = told(sqlite_cast, ago(15), who).reopened
        assert [c.ref for c in found] == ["1.01", "1.02"]
        assert (found[0].why, found[0].concealed) == (said, said is None)


def test_a_slip_says_what_the_decider_wrote_and_else_who_asked(cast: Cast) -> None:
    with on(ago(30)):
        for ref in ("1.01", "1.02"):
            made.make_action(cast, ref)
    with on(ago(9)):
        made.decide(cast, "carol", made.propose(cast, "owen", "1.01"), why="Once, and no further")
        made.decide(cast, "carol", made.propose(cast, "owen", "1.02"))
    slips = told(cast, ago(15)).slipped
    said = [("1.01", "Carol", "Once, and no further"), ("1.02", "Carol", made.WHY)]
    assert [(c.ref, c.by, c.why) for c in slips] == said
