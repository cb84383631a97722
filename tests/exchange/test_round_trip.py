"""Export, then import: nothing is created, changed or asked, whatever the plan; every classic column survives."""

import io
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from app.actions.models import Action, Contributor, Dependency, Milestone, RecommendationLink, Update
from app.actions.own import spelled
from app.actions.rules import TYPED_PROGRESS, Progress, Stage
from app.core import clock
from app.core.text import clean_text, refuse_nhs_numbers
from app.exchange.asking import ExportAsked, Format, writer
from app.exchange.columns import Layout
from app.exchange.imports.file import opened
from app.exchange.queries import book
from app.exchange.queries.looking import Check, look
from app.exchange.schemas import ImportAnswers
from app.frameworks.models import Framework, Recommendation
from app.people.models import Account
from app.plans.models import Plan, PlanField, Priority
from app.plans.queries import plan_for
from app.plans.rules import FieldKind, PlanState
from tests.exchange.made_exports import AWKWARD, library
from tests.support import cast as casting
from tests.support import databases
from tests.support.cast import MAKER, Cast
from tests.support.proof import rounds

FILES = [(layout, format) for layout in Layout for format in (Format.xlsx, Format.csv)]
TODAY = clock.today()
_numbers = count(1)


def _storable(text: str) -> str:
    """As the application keeps it; "" for what it refuses."""
    try:
        return refuse_nhs_numbers(clean_text(text))
    except PydanticCustomError:
        return ""


SIGNS = "=+-@'\"\t;,:/()[]{}<>&%#!?*|\\~^_. “”’–é🏥ŵ0127abcXYZ"
WORDS = st.sampled_from(
    (*AWKWARD, "Total", "tbc", "n/a", "Priority 2: x", "Red", "Reference", "Q3 2024/25", "31/12/2025", "Complete")
)
TEXTS = (WORDS | st.text(st.sampled_from(SIGNS + "\n"), max_size=60) | st.text(max_size=40)).map(_storable)
LINES = TEXTS.map(lambda text: _storable(" ".join(text.split()))[:200])
TITLES = LINES.map(lambda text: text or "Train the midwives")
DAYS = st.dates(TODAY - timedelta(days=700), TODAY + timedelta(days=700))
PAST = st.dates(TODAY - timedelta(days=700), TODAY)


@st.composite
def actions(draw: st.DrawFn) -> dict[str, Any]:
    stage = draw(st.sampled_from(Stage))
    start = draw(st.none() | DAYS)
    due = draw(st.none() | DAYS.map(lambda day: max(day, start or day)))
    done = draw(PAST) if stage in (Stage.delivered, Stage.assured, Stage.embedded) else None
    return {
        "title": draw(TITLES),
        "intended_outcome": draw(TEXTS),
        "success_measure": draw(TEXTS),
        "external_contact": draw(LINES),
        "external_lead": draw(st.booleans()),
        "regulatory": draw(st.booleans()),
        "regulator_date": draw(st.none() | DAYS),
        "last_chased_on": draw(st.none() | PAST),
        "start_date": start,
        "due_date": due,
        "original_due_date": draw(st.none() | DAYS) if due else None,
        "completion_date": done,
        "evidence_by_date": draw(st.none() | DAYS.map(lambda day: max(day, done or day))) if done else None,
        "retest_date": draw(st.none() | DAYS) if stage in (Stage.assured, Stage.embedded) else None,
        "accepted_on": draw(st.none() | PAST) if stage in (Stage.assured, Stage.embedded) else None,
        "stage": stage,
        "progress": Progress.complete if done else draw(st.sampled_from(TYPED_PROGRESS)),
    }


@st.composite
def plans(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = draw(st.lists(actions(), min_size=1, max_size=6))
    made = []
    for fields in found:
        beside = {
            "priority": draw(st.integers(0, 1)),
            "links": draw(st.dictionaries(st.integers(0, 3), st.booleans(), max_size=3)),
            "said": draw(st.none() | TEXTS),
            "people": [draw(st.none() | st.sampled_from(PEOPLE)) for _ in range(2)],
            "contributors": draw(st.sets(st.sampled_from(PEOPLE), max_size=2)),
            "own": draw(st.none() | LINES),
            "milestone": draw(st.booleans()),
            "after_first": draw(st.booleans()),
        }
        made.append({"fields": fields, **beside})
    return made


# Two of one name, and one who has left.
PEOPLE = ("owen", "olga", "edith", "nora", "twin", "gone")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cast, list[UUID]]]:
    """The cast with a national publication, a local one, a second Nora, and somebody who has left."""
    folder: Path = tmp_path_factory.mktemp("round")
    with databases.copied("sqlite", folder, "cast", casting.fill) as url:
        cast = casting.opened(url, folder)
        with cast.database.write(MAKER) as tx:
            tx.act("tests.begun")
            items = library(tx)
            home = cast.organisations["AAA"]
            shelf = Framework(key="cqc_alpha_2026", title="CQC", short_title="CQC", prefix="CQC", organisation_id=home)
            tx.add(shelf)
            tx.flush()
            items.append(Recommendation(framework_id=shelf.id, ref="MD1", title="Must do"))
            tx.add(items[-1])
            for name, shown, active in (("twin", "Nora", True), ("gone", "Gwen Gone", False)):
                row = Account(email=f"{name}@aaa.example", name=shown, organisation_id=home, active=active)
                tx.add(row)
                cast.people[name] = row.id
        yield cast, [item.id for item in items]
        cast.database.dispose()


def make(cast: Cast, items: list[UUID], given_actions: list[dict[str, Any]], state: PlanState) -> str:
    """A plan with these actions, straight into the tables; its slug."""
    slug, home = f"round-{next(_numbers)}", cast.organisations["AAA"]
    with cast.database.write(MAKER) as tx:
        tx.act("tests.begun")
        plan = Plan(slug=slug, organisation_id=home, title="Round", state=state, adopted_on=TODAY)
        tx.scope_to(plan.id)
        tx.add(plan)
        tx.flush()
        priorities = [Priority(plan_id=plan.id, ref=str(n), title=f"Theme, {n}: “x”", position=n) for n in (1, 2)]
        tx.add_all([*priorities, PlanField(plan_id=plan.id, key="site", name="Site & ward", kind=FieldKind.text)])
        tx.flush()
        made: list[Action] = []
        for place, each in enumerate(given_actions):
            row = _action(cast, plan.id, priorities[each["priority"]], place, each)
            said = _said(plan.id, row.id, each)
            row.latest_update_id = said.id if said else None
            tx.add(row)
            tx.flush()
            tx.add_all([*([said] if said else []), *_parts(cast, items, row, each, made)])
            tx.flush()
            made.append(row)
    return slug


def _action(cast: Cast, plan_id: UUID, priority: Priority, place: int, each: dict[str, Any]) -> Action:
    owner, executive = (cast.people[p] if p else None for p in each["people"])
    return Action(
        plan_id=plan_id,
        ref=f"{priority.ref}.{place:02}",
        priority_id=priority.id,
        organisation_id=cast.organisations["AAA"],
        created_on=TODAY,
        updated_at=clock.now(),
        accountable_person_id=owner,
        lead_executive_id=executive,
        position=place,
        own=spelled({"site": each["own"] or ""}),
        **each["fields"],
    )


def _said(plan_id: UUID, action_id: UUID, each: dict[str, Any]) -> Update | None:
    if each["said"] is None:
        return None
    told: dict[str, Any] = {"progress": each["fields"]["progress"], "commentary": each["said"], "by_name": "Alice"}
    return Update(plan_id=plan_id, action_id=action_id, said_on=TODAY, made_at=clock.now(), **told)


def _parts(cast: Cast, items: list[UUID], row: Action, each: dict[str, Any], made: list[Action]) -> list[Any]:
    here: dict[str, Any] = {"plan_id": row.plan_id, "action_id": row.id}
    parts: list[Any] = [
        RecommendationLink(**here, recommendation_id=items[n], meets=meets) for n, meets in each["links"].items()
    ]
    parts += [Contributor(**here, account_id=cast.people[p]) for p in sorted(each["contributors"])]
    if each["milestone"]:
        parts.append(Milestone(**here, title="Half way", due_date=TODAY))
    if each["after_first"] and made:
        parts.append(Dependency(**here, depends_on_id=made[0].id))
    return parts


def looked(cast: Cast, slug: str, layout: Layout, format: Format) -> Check:
    with cast.database.read(cast.actor("alice")) as read:
        access = plan_for(read, slug)
        asked, out = ExportAsked(format=format, layout=layout), io.BytesIO()
        writer(book(read, access, asked), asked)(out)
        workbook = opened(f"plan.{format.value}", out.getvalue())
        return look(read, access, workbook.book, ImportAnswers())


def unlike(check: Check) -> list[str]:
    """All by which an import is not nothing."""
    found = [f"asks {q.key}: {q.text}" for q in check.questions]
    for each in check.looked:
        if each.action is None:
            found.append(f"{each.settled.ref} is new")
        if each.is_changed:
            found.append(f"{each.settled.ref}: {each.changes} {each.facts} {each.own} {each.said!r} {each.proposals}")
        found += [f"{each.settled.ref}: {problem}" for problem in (*each.problems, *each.not_taken)]
    return found + (["rows are left out"] if check.left_out else [])


@pytest.mark.parametrize("state", [PlanState.live, PlanState.draft])
def test_what_goes_out_and_comes_in_again_changes_nothing(ground: tuple[Cast, list[UUID]], state: PlanState) -> None:
    cast, items = ground

    @settings(max_examples=rounds(5, 400), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(plans())
    def goes_round(given_actions: list[dict[str, Any]]) -> None:
        slug = make(cast, items, given_actions, state)
        for layout, format in FILES:
            check = looked(cast, slug, layout, format)
            assert unlike(check) == [], (layout, format)
            assert len(check.looked) == len(given_actions)

    goes_round()
