"""Commands on people: accounts, and keys for programs."""

import sys
from typing import Annotated, Any

import typer

from app.cli import opening, organisations
from app.core.errors import NotFound
from app.core.words import _
from app.organisations.rules import OrganisationKind
from app.people import commands, queries, secrets
from app.people.rules import ROLE_WORDS, Role, TokenScope, check_password
from app.people.schemas import NewAccount, NewToken
from app.plans import commands as plan_acts
from app.plans import queries as plans
from app.settings import Settings

users = typer.Typer(name="user", help="Accounts.", no_args_is_help=True)
tokens = typer.Typer(name="token", help="Keys for programs.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def register(app: typer.Typer) -> None:
    app.add_typer(users)
    app.add_typer(tokens)


@users.command("add")
def add_user(
    email: str,
    name: Annotated[str, typer.Option(help="First and last name.")],
    organisation: Annotated[str, typer.Option(help="The organisation's code.")],
    role: Annotated[list[Role] | None, typer.Option(help="May be given several times.")] = None,
    post: Annotated[str, typer.Option(help="Job title.")] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    organisation_name: Annotated[str, typer.Option(help="Make the organisation, if there is none, by this name.")] = "",
    organisation_kind: Annotated[OrganisationKind, typer.Option(help="Its kind.")] = OrganisationKind.trust,
    as_json: Json = False,
) -> None:
    """Make an account. Without a password it prints a one-time code that lets the person choose one."""
    given = NewAccount.model_validate(
        {"email": email, "name": name, "post": post, "organisation": organisation, "roles": role or []}
    )
    password_hash = _password(given) if password_stdin else None
    with opening.writing("an account is made by the operator") as tx:
        organisations.found_or_made(tx, given.organisation, organisation_name, organisation_kind)
        account = commands.add_account(tx, given=given)
        code = None
        if password_hash:
            commands.change_password(tx, account_id=account.id, password_hash=password_hash)
        else:
            code = commands.new_code(tx, account_id=account.id)
    told = {
        "email": given.email,
        "name": given.name,
        "organisation": given.organisation,
        "roles": [r.value for r in given.roles],
        "code": code,
    }
    text = _("{name} has an account.", name=given.name)
    if code:
        address = f"{Settings().base_url}/sign-in/code"
        text += " " + _("One-time code, valid for 7 days, to be used at {address}: {code}", address=address, code=code)
    opening.answer(told, as_json=as_json, text=text)


def _password(given: NewAccount) -> str:
    """Hashed before the database is opened: a hash takes longer than an act."""
    typed = sys.stdin.readline().rstrip("\r\n")
    return secrets.hash_password(check_password(typed, personal=(given.email, given.name)))


@users.command("list")
def list_users(as_json: Json = False) -> None:
    """Accounts by name, with their roles."""
    with opening.reading("the operator lists accounts") as read:
        rows = queries.accounts(read)
    told: list[dict[str, Any]] = [
        {
            "email": a.email,
            "name": a.name,
            "post": a.post,
            "organisation": a.organisation,
            "active": a.active,
            "may_sign_in": a.may_sign_in,
            "roles": [{"role": r.role.value, "organisation": r.organisation} for r in a.roles],
        }
        for a in rows
    ]
    lines = [
        "\t".join([a.email, a.name, a.organisation, ", ".join(_(ROLE_WORDS[r.role]) for r in a.roles),
                   _("active") if a.active else _("deactivated")])
        for a in rows
    ]  # fmt: skip
    opening.answer(told, as_json=as_json, text="\n".join(lines) or _("There are no accounts yet."))


@users.command("deactivate")
def deactivate_user(email: str, as_json: Json = False) -> None:
    """End an account: its sessions end at once, and its actions show as having no owner."""
    with opening.writing("an account is deactivated by the operator") as tx:
        account = commands.deactivate(tx, account_id=queries.account_by_email(tx, email).id)
        told = {"email": account.email, "active": account.active}
        name = account.name
    opening.answer(told, as_json=as_json, text=_("{name} is deactivated.", name=name))


@users.command("confirm")
def confirm_user(email: str, as_json: Json = False) -> None:
    """Say that an account is in its person's hands: their seats in live plans decide again after a one-time code."""
    with opening.database().write(opening.operator()) as tx:
        account = queries.account_by_email(tx, email)
        done = plan_acts.confirm_everywhere(tx, account_id=account.id)
        told = {"email": account.email, "plans": done}
    if not done:
        raise NotFound(_("No seat of this person waits to be confirmed."))
    text = _("{name} decides again in: {plans}.", name=account.name, plans=", ".join(done))
    opening.answer(told, as_json=as_json, text=text)


@tokens.command("add")
def add_token(
    name: str,
    organisation: Annotated[str, typer.Option(help="The organisation's code.")],
    scope: Annotated[TokenScope, typer.Option(help="read acts as a viewer, write as the office.")],
    days: Annotated[int, typer.Option(help="Days until it ends, at most 366.")],
    plan: Annotated[str, typer.Option(help="Only this plan.")] = "",
    as_json: Json = False,
) -> None:
    """Make a token and print it, once: nobody can read it again."""
    given = NewToken.model_validate(
        {"name": name, "organisation": organisation, "scope": scope, "plan": plan or None, "days": days}
    )
    with opening.writing("a token is made by the operator") as tx:
        organisations.require(tx, given.organisation)
        plan_id = plans.plan_of_token(tx, given.plan, given.organisation)
        row, secret = commands.add_token(tx, given=given, plan_id=plan_id)
        told = {
            "token": secret,
            "name": row.name,
            "organisation": given.organisation,
            "scope": row.scope.value,
            "plan": given.plan,
            "expires_on": row.expires_on.isoformat(),
        }
    opening.answer(told, as_json=as_json, text=secret)
