"""The organisation that a command names: found, or made where that is meant."""

import typer
from sqlmodel import select

from app.core.db import Read, Write
from app.core.errors import Invalid
from app.core.words import _
from app.organisations import commands
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind
from app.organisations.schemas import NewOrganisation


def found_or_made(tx: Write, code: str, name: str, kind: OrganisationKind) -> None:
    """Make it where it has been given a name, or where there is no organisation at all yet: the first needs none.

    It is an act of its own, and stays where the command that needs it is refused.
    """
    if _exists(tx, code):
        return
    is_first = tx.exec(select(Organisation.id)).first() is None
    if not name and not is_first:
        raise Invalid(
            "organisation",
            _("There is no organisation with the code {code}. Add --organisation-name to make it.", code=code),
        )
    given = NewOrganisation.model_validate({"code": code, "name": name or code, "kind": kind})
    commands.add_organisation(tx, given=given)
    if not name:
        sentence = _("The first organisation was made, named {code} like its code. Change its name at {address}.",
                     code=given.code, address=f"/organisations/{given.code}")  # fmt: skip
        typer.echo(sentence, err=True)


def require(read: Read, code: str) -> None:
    if not _exists(read, code):
        raise Invalid(
            "organisation",
            _(
                "There is no organisation with the code {code}. Make it first: "
                "tracker user add EMAIL --name NAME --organisation {code} --organisation-name NAME",
                code=code,
            ),
        )


def _exists(read: Read, code: str) -> bool:
    return read.exec(select(Organisation.id).where(Organisation.code == code.upper())).first() is not None
