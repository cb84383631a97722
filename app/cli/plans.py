"""Commands on plans: begin, adopt, list."""

from typing import Annotated, Any

import typer
from sqlmodel import col, select

from app.actions.commands import beginnings, life
from app.actions.queries.adoption import draft_counts
from app.cli import opening, organisations
from app.core.actor import Actor, Door
from app.core.db import Database
from app.core.errors import NotFound
from app.core.words import _
from app.frameworks import commands as frameworks
from app.frameworks.queries import library_is_current
from app.organisations.rules import OrganisationKind
from app.people.models import Account
from app.people.queries import actor_of_account
from app.plans import queries
from app.plans.schemas import Beginning, NewPlan

plans = typer.Typer(name="plan", help="Plans.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def register(app: typer.Typer) -> None:
    app.add_typer(plans)


@plans.command("create")
def create_plan(
    slug: Annotated[str, typer.Argument(help="The plan's address: small letters, digits, hyphens.")],
    organisation: Annotated[str, typer.Option(help="The code of the organisation that leads it.")],
    title: Annotated[str, typer.Option(help="Its title.")],
    from_framework: Annotated[str, typer.Option(help="A publication's key: its leaves become actions.")] = "",
    organisation_name: Annotated[str, typer.Option(help="Make the organisation, if there is none, by this name.")] = "",
    organisation_kind: Annotated[OrganisationKind, typer.Option(help="Its kind.")] = OrganisationKind.trust,
    as_json: Json = False,
) -> None:
    """Begin a plan as a draft, with an improvement group and an assurance panel."""
    given = NewPlan.model_validate(
        {
            "plan": slug,
            "title": title,
            "organisation": organisation,
            "begin": Beginning.framework if from_framework else Beginning.empty,
            "framework": from_framework or None,
        }
    )
    database = opening.database()
    if from_framework:
        _load_library(database)
    with database.write(opening.operator()) as tx:
        organisations.found_or_made(tx, given.organisation, organisation_name, organisation_kind)
    with database.write(opening.operator()) as tx:
        made = beginnings.begin_plan(tx, given=given)
        told: dict[str, Any] = {
            "plan": made.slug,
            "title": made.title,
            "organisation": organisation.upper(),
            "state": made.state.value,
            "priorities": len(queries.priorities(tx, made.id)),
            "actions": draft_counts(tx, made.id).actions,
        }
    text = _("The plan {plan} is a draft. Priorities: {p}. Actions: {a}.", plan=slug, p=told["priorities"],
             a=told["actions"])  # fmt: skip
    opening.answer(told, as_json=as_json, text=text)


def _load_library(database: Database) -> None:
    """In an act of its own: the library is everybody's."""
    with database.read(opening.operator()) as read:
        is_current = library_is_current(read)
    if not is_current:
        with database.write(opening.operator()) as tx:
            frameworks.load_library(tx)


@plans.command("adopt")
def adopt_plan(
    slug: Annotated[str, typer.Argument(help="The plan's address.")],
    by: Annotated[str, typer.Option(help="The e-mail address of the chair who adopts it.")],
    as_json: Json = False,
) -> None:
    """Make a draft live, by a chair of its organisation: due dates are fixed and the clocks start."""
    database = opening.database()
    actor = _person(database, by)
    with database.write(actor) as tx:
        made = life.adopt_plan(tx, slug=slug)
        told = {"plan": made.slug, "state": made.state.value, "adopted_on": made.adopted_on, "by": actor.email}
    opening.answer(told, as_json=as_json, text=_("The plan {plan} is live.", plan=slug))


def _person(database: Database, email: str) -> Actor:
    with database.read(opening.operator()) as read:
        found = read.exec(select(Account.id).where(col(Account.email) == email.strip().lower())).first()
        actor = actor_of_account(read, found) if found else None
    if actor is None:
        raise NotFound(_("There is no active account with the e-mail address {email}.", email=email))
    return actor.through(Door.cli, "")


@plans.command("list")
def list_plans(as_json: Json = False) -> None:
    """All plans by title, with their organisation and state."""
    with opening.database().read(opening.operator()) as read:
        rows = queries.plan_reads(read)
    told = [
        {
            "plan": p.plan,
            "title": p.title,
            "organisation": p.organisation,
            "state": p.state.value,
            "adopted_on": p.adopted_on,
        }
        for p in rows
    ]
    lines = ["\t".join([p.plan, p.organisation, p.state_words, p.title]) for p in rows]
    opening.answer(told, as_json=as_json, text="\n".join(lines) or _("There are no plans yet."))
