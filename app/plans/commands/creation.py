"""How a plan comes to be, with the two bodies that every plan has."""

from uuid import uuid4

from sqlmodel import select

from app.core.columns import SHARED
from app.core.db import Write
from app.core.errors import Forbidden, Taken
from app.core.ledger import claim
from app.core.words import N_, _
from app.organisations import queries as organisations
from app.organisations.models import Organisation
from app.people.queries import holders
from app.people.rights import Relation, allows
from app.plans.commands.life import PRESIDES
from app.plans.models import Body, BodyMember, Plan, Priority
from app.plans.queries.structure import BODY_WORDS
from app.plans.rules import BodyRole
from app.plans.schemas import NewPlan

ALWAYS = tuple(PRESIDES)
TEMPLATE = (
    (
        N_("Safe, personalised and equitable care"),
        N_("Every woman and birthing person gets care that is safe and fits what matters to them."),
    ),
    (
        N_("Listening to women, birthing people and families"),
        N_("What they tell us changes what we do, with the voices partnership beside us."),
    ),
    (
        N_("A workforce that is supported and has room to learn"),
        N_("Enough of the right people, trained together, who can speak up and are heard."),
    ),
    (
        N_("Leadership that knows, learns and acts"),
        N_("The board sees early where care falls short, and shows that what was promised has been done and works."),
    ),
)


def create_plan(tx: Write, *, given: NewPlan) -> Plan:
    """The plan as a draft with its bodies, and no priorities yet."""
    plan_id = uuid4()
    # Beginnings queue at the shared stream, so that two of one name cannot both pass the look below.
    claim(tx, SHARED, f"plan:{plan_id}")
    organisation = organisations.named(tx, "organisation", given.organisation)
    _may_begin(tx, organisation)
    if tx.exec(select(Plan.id).where(Plan.slug == given.plan)).first():
        raise Taken(
            "plan",
            _("There is a plan with the address {plan} already. Choose another.", plan=given.plan),
            "slug_taken",
        )
    row = Plan(id=plan_id, slug=given.plan, title=given.title, organisation_id=organisation.id)
    tx.act("plan.created")
    tx.add(row)
    tx.flush()
    tx.scope_to(row.id)
    _add_bodies(tx, row)
    return row


def begin_empty(tx: Write, plan: Plan) -> None:
    """One priority, named after the plan, so that the first action has a place."""
    tx.add(Priority(plan_id=plan.id, ref="1", title=plan.title, position=1))
    tx.flush()


def begin_from_template(tx: Write, plan: Plan) -> None:
    for place, (title, aim) in enumerate(TEMPLATE, start=1):
        tx.add(Priority(plan_id=plan.id, ref=str(place), title=_(title), aim=_(aim), position=place))
    tx.flush()


def _may_begin(tx: Write, organisation: Organisation) -> None:
    actor = tx.actor
    held = [(role, Relation.organisation) for role in actor.roles_at(organisation.id)]
    if actor.token_plan_id is not None:
        raise Forbidden(_("This token is for one plan. It cannot begin another."))
    if not actor.is_system and not allows("plan.create", held):
        raise Forbidden(_("Only the programme office of {name} may begin a plan there.", name=organisation.name))


def _add_bodies(tx: Write, plan: Plan) -> None:
    """Under those who may preside: on proof no seat counts without the panel's own role."""
    for kind in ALWAYS:
        body = Body(plan_id=plan.id, kind=kind, name=_(BODY_WORDS[kind]))
        tx.add(body)
        tx.flush()
        for account_id in holders(tx, PRESIDES[kind], plan.organisation_id):
            tx.add(BodyMember(plan_id=plan.id, body_id=body.id, account_id=account_id, role=BodyRole.chair))
    tx.flush()
