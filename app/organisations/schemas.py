"""What organisations' doors take and give."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator

from app.core.given import Given, none_if_empty
from app.core.text import Line, refused
from app.core.words import _
from app.organisations.rules import MembershipKind, OrganisationKind, is_code


def _code(value: str) -> str:
    code = value.upper()
    if not is_code(code):
        raise refused("code", _("Enter an ODS code: 3 to 10 capital letters and digits, like RXW."))
    return code


Code = Annotated[Line, AfterValidator(_code)]
OptionalCode = Annotated[Code | None, BeforeValidator(none_if_empty)]


class NewOrganisation(Given):
    code: Code
    name: Line
    kind: OrganisationKind
    nation: Line = "England"
    parent: OptionalCode = None


class ChangedOrganisation(Given):
    name: Line
    kind: OrganisationKind
    nation: Line = "England"
    parent: OptionalCode = None


class NewMember(Given):
    member: Code
    kind: MembershipKind = MembershipKind.member


class MemberRead(BaseModel):
    """An organisation as a system's member or partner; `member_id` goes back to remove it."""

    id: UUID
    code: str
    name: str
    kind: MembershipKind


class OrganisationRead(BaseModel):
    id: UUID
    code: str
    name: str
    kind: OrganisationKind
    kind_words: str
    nation: str
    parent: str | None
    is_system: bool
    members: list[MemberRead]
    revision: int
