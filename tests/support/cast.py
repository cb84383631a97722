"""The cast: people with different rights, and the organisations they belong to.

Alice of the office may; Violet the viewer may only read; Oscar's organisation takes no part. Made through the models,
not through the commands under test, and without the demonstration.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, UUID, uuid5

from app.core import clock
from app.core.actor import Actor, Door, system
from app.core.db import Database, Write
from app.core.migrate import upgrade
from app.organisations.models import Membership, Organisation
from app.organisations.rules import OrganisationKind
from app.people import queries as people
from app.people.models import Account, RoleHeld
from app.people.rules import Role
from app.plans.models import Body, BodyMember, Participant, Plan, Priority
from app.plans.rules import BodyKind, BodyRole, PlanState

MAKER = system(Door.system, "the tests")
# name: (organisation code, roles)
PEOPLE: dict[str, tuple[str, tuple[Role, ...]]] = {
    "alice": ("AAA", (Role.office,)),
    "owen": ("AAA", (Role.owner,)),
    "olga": ("AAA", (Role.owner,)),
    "connie": ("AAA", (Role.contributor,)),
    "edith": ("AAA", (Role.executive,)),
    "victor": ("AAA", (Role.validator,)),
    "carol": ("AAA", (Role.chair,)),
    "dennis": ("AAA", (Role.validator,)),
    "violet": ("AAA", (Role.viewer,)),
    "mina": ("AAA", (Role.voices,)),
    "adam": ("AAA", (Role.administrator,)),
    "pat": ("PPP", (Role.office,)),
    "petra": ("PPP", (Role.owner,)),
    "oscar": ("BBB", (Role.office,)),
    "olive": ("BBB", (Role.owner,)),
    "liam": ("LLL", (Role.overseer,)),
    "nora": ("AAA", ()),
}


@dataclass
class Cast:
    """Who and what exists: ids by name and by code, and the plan `alpha` of AAA with two priorities."""

    database: Database
    organisations: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    plan_id: UUID | None = None
    priorities: dict[str, UUID] = field(default_factory=dict)

    def actor(self, name: str, door: Door = Door.page) -> Actor:
        with self.database.read(MAKER) as read:
            found = people.actor_of_account(read, self.people[name])
        assert found is not None, name
        return found.through(door, "test")

    def email(self, name: str) -> str:
        return f"{name}@{PEOPLE[name][0].lower()}.example"


def known(kind: str, name: str) -> UUID:
    """The same in each database, so that a copied one need not be asked."""
    return uuid5(NAMESPACE_URL, f"{kind}:{name}")


def opened(url: str, folder: Path) -> Cast:
    """The cast of a database that `fill` has filled."""
    return Cast(
        Database(url, folder),
        organisations={code: known("organisation", code) for code in ("LLL", "AAA", "BBB", "PPP")},
        people={name: known("account", name) for name in PEOPLE},
        plan_id=known("plan", "alpha"),
        priorities={ref: known("priority", ref) for ref in ("1", "2")},
    )


def fill(url: str) -> None:
    """A migrated database with the cast in it; copied for each test."""
    upgrade(url)
    with TemporaryDirectory() as folder:
        make(url, Path(folder)).database.dispose()


def make(url: str, folder: Path, state: PlanState = PlanState.live) -> Cast:
    """Write the cast into a migrated database."""
    cast = Cast(Database(url, folder))
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        _organisations(tx, cast)
        _people(tx, cast)
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        _plan(tx, cast, state)
    return cast


def _organisations(tx: Write, cast: Cast) -> None:
    for code, name, kind in (
        ("LLL", "Alpha and Beta LMNS", OrganisationKind.lmns),
        ("AAA", "Alpha Hospitals", OrganisationKind.trust),
        ("BBB", "Beta Hospitals", OrganisationKind.trust),
        ("PPP", "Partner Community Trust", OrganisationKind.trust),
    ):
        row = Organisation(id=known("organisation", code), code=code, name=name, kind=kind)
        tx.add(row)
        cast.organisations[code] = row.id
    tx.flush()
    tx.add(Membership(system_id=cast.organisations["LLL"], member_id=cast.organisations["AAA"]))
    tx.flush()


def _people(tx: Write, cast: Cast) -> None:
    for name, (code, roles) in PEOPLE.items():
        organisation = cast.organisations[code]
        row = Account(
            id=known("account", name),
            email=cast.email(name),
            name=name.title(),
            post=f"Post of {name}",
            organisation_id=organisation,
        )
        tx.add(row)
        cast.people[name] = row.id
        tx.flush()
        for role in roles:
            tx.add(RoleHeld(account_id=row.id, role=role, organisation_id=organisation))
    tx.flush()


def _plan(tx: Write, cast: Cast, state: PlanState) -> None:
    adopted: date | None = None if state is PlanState.draft else clock.today().replace(day=1)
    plan = Plan(
        id=known("plan", "alpha"),
        slug="alpha",
        organisation_id=cast.organisations["AAA"],
        title="Alpha maternity improvement plan",
        state=state,
        adopted_on=adopted,
    )
    tx.add(plan)
    tx.flush()
    cast.plan_id = plan.id
    tx.add(Participant(plan_id=plan.id, organisation_id=cast.organisations["PPP"]))
    for position, (ref, title) in enumerate((("1", "Safe care"), ("2", "Workforce")), start=1):
        row = Priority(id=known("priority", ref), plan_id=plan.id, ref=ref, title=title, position=position)
        tx.add(row)
        cast.priorities[ref] = row.id
    _bodies(tx, cast, plan)


def _bodies(tx: Write, cast: Cast, plan: Plan) -> None:
    for kind, name, chair, deputy in (
        (BodyKind.improvement_group, "Improvement group", "carol", "edith"),
        (BodyKind.assurance_panel, "Assurance panel", "victor", "dennis"),
    ):
        body = Body(plan_id=plan.id, kind=kind, name=name, quorum=1)
        tx.add(body)
        tx.flush()
        for person, role in ((chair, BodyRole.chair), (deputy, BodyRole.deputy)):
            tx.add(BodyMember(plan_id=plan.id, body_id=body.id, account_id=cast.people[person], role=role))
    tx.flush()
