"""How Saltmarsh answers recommendations: links it accepted, standings, and its declarations on the incentive scheme.

Done through the commands by the people whose part it is, on the day that is loaded.
"""

from typing import Any
from uuid import UUID

from app.core.actor import Actor, Door
from app.core.db import Database, Write
from app.coverage import commands, queries
from app.coverage.rules import Verdict
from app.coverage.schemas import (
    AddedFramework,
    Checking,
    Dissenting,
    LineGiven,
    NewDeclaration,
    NewStandings,
    Signing,
    StandingDecision,
)
from app.demo.content import document
from app.frameworks import commands as frameworks
from app.frameworks import queries as library
from app.frameworks.rules import CrosswalkKind, LinkBasis
from app.frameworks.schemas import NewLink, Ruling
from app.people.models import Account
from app.people.queries import actor_of_account
from app.plans.queries import plan_for

SLUG, SCHEME = "saltmarsh-mip", "maternity_incentive_scheme"


def answer_recommendations(database: Database, accounts: dict[str, Account], cast: dict[str, str]) -> None:
    """cast: who plays which part, as the plan tells it."""
    told = document("answers")

    def actor(part: str) -> Actor:
        return _actor(database, accounts[cast[part]].id)

    # The library's acts and the plan's are of two streams, and so of two transactions.
    for part, act in (
        ("office", _link),
        ("executive", _accept),
        ("executive", _rule),
        ("office", _ask),
        ("executive", _decide),
    ):
        with database.write(actor(part)) as tx:
            act(tx, told)
    for number, signed in enumerate(told["declarations"], start=1):
        with database.write(actor("office")) as tx:
            _prepare(tx, number, signed)
        with database.write(actor("validator")) as tx:
            _check(tx, number, signed)
        if signed.get("signed"):
            with database.write(actor("chair")) as tx:
                _sign(tx, number)


def _actor(database: Database, account_id: UUID) -> Actor:
    with database.read(Actor(id=None, name="Demonstration", door=Door.demo)) as read:
        found = actor_of_account(read, account_id)
    if found is None:
        raise RuntimeError("somebody of the demonstration has no account")
    return found.through(Door.demo, "")


def _link(tx: Write, told: dict[str, Any]) -> None:
    for link in told["links"]:
        frameworks.add_link(tx, given=NewLink.model_validate(link))


def _accept(tx: Write, told: dict[str, Any]) -> None:
    """What the office linked waits for somebody else's word."""
    for key in {str(link["recommendation"]).partition(":")[0] for link in told["links"]}:
        for item in library.framework(tx, key).items:
            for link in item.links:
                if link.basis is LinkBasis.local and link.accepted is None:
                    frameworks.rule_on_link(tx, link_id=link.id, given=Ruling(accepted=True))


def _ask(tx: Write, told: dict[str, Any]) -> None:
    access = plan_for(tx, SLUG)
    for key in told["publications"]:
        commands.add_framework(tx, access=access, given=AddedFramework.model_validate({"framework": key}))
    for given in told["standings"]:
        wanted = {name: value for name, value in given.items() if name != "decided"}
        commands.propose_standings(tx, access=access, given=NewStandings.model_validate(wanted))


def _rule(tx: Write, told: dict[str, Any]) -> None:
    left = list(told["rulings"])
    for item in library.framework(tx, "ockenden_2022").items:
        for link in item.links:
            found = next((r for r in left if (item.ref, link.to) == (r["from"], r["to"])), None)
            if found is not None and link.basis is LinkBasis.editorial:
                left.remove(found)
                kind = CrosswalkKind(str(found["kind"])) if "kind" in found else None
                given = Ruling(accepted=bool(found["accepted"]), kind=kind, why=str(found["why"]))
                frameworks.rule_on_link(tx, link_id=link.id, given=given)
    if left:
        raise RuntimeError(f"the library suggests no such links: {left}")


def _decide(tx: Write, told: dict[str, Any]) -> None:
    access = plan_for(tx, SLUG)
    for given in told["standings"]:
        if given.get("decided"):
            asked = {"recommendations": given["recommendations"], "outcome": Verdict.accept}
            commands.decide_standings(tx, access=access, given=StandingDecision.model_validate(asked))


def _prepare(tx: Write, number: int, told: dict[str, Any]) -> None:
    access = plan_for(tx, SLUG)
    given = NewDeclaration.model_validate({"framework": SCHEME, "title": told["title"], "statement": told["statement"]})
    commands.begin_declaration(tx, access=access, given=given)
    for ref, words in told["lines"].items():
        commands.change_line(tx, access=access, number=number, ref=ref, given=LineGiven.model_validate(words))


def _check(tx: Write, number: int, told: dict[str, Any]) -> None:
    access = plan_for(tx, SLUG)
    for ref, words in told["checks"].items():
        commands.check_line(tx, access=access, number=number, ref=ref, given=Checking.model_validate(words))
    for ref, said in told.get("dissent", {}).items():
        commands.dissent(tx, access=access, number=number, ref=ref, given=Dissenting(said=said))


def _sign(tx: Write, number: int) -> None:
    access = plan_for(tx, SLUG)
    digest = queries.declaration(tx, access, number).digest
    commands.sign_declaration(tx, access=access, number=number, given=Signing(digest=digest))
