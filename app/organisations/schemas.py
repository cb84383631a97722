"""What organisations' doors take and give."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from app.core.text import Line, refused
from app.core.words import _
from app.organisations.rules import MembershipKind, OrganisationKind, is_code


def _code(value: str) -> str:
    code = value.upper()
    if not is_code(code):
        raise refused("code", _("Enter an ODS code: 3 to 10 capital letters and digits, like RXW."))
    return code


def _none_if_empty(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Code = Annotated[Line, AfterValidator(_code)]
OptionalCode = Annotated[Code | None, BeforeValidator(_none_if_empty)]


class NewOrganisation(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: Code
    name: Line
    kind: OrganisationKind
    nation: Line = "England"
    parent: OptionalCode = None


class ChangedOrganisation(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Line
    kind: OrganisationKind
    nation: Line = "England"
    parent: OptionalCode = None


class NewMember(BaseModel):
    model_config = ConfigDict(extra="forbid")
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
