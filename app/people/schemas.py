"""What people's doors take and give."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict

from app.core.text import Line
from app.core.words import _
from app.people.rules import Role, TokenScope


def _email(value: str) -> str:
    local, at, host = value.partition("@")
    if not (local and at and "." in host) or any(c.isspace() for c in value) or len(value) > 254:
        raise ValueError(_("Enter an e-mail address, like name@trust.nhs.uk."))
    return value.lower()


Email = Annotated[Line, AfterValidator(_email)]


class Input(BaseModel):
    """An input model: unknown and read-only fields are refused."""

    model_config = ConfigDict(extra="forbid")


class NewAccount(Input):
    email: Email
    name: Line
    post: str = ""
    organisation: str
    roles: list[Role] = []


class RoleRead(BaseModel):
    role: Role
    words: str
    organisation: str
    organisation_name: str


class AccountRead(BaseModel):
    id: UUID
    email: str
    name: str
    post: str
    organisation: str
    active: bool
    may_sign_in: bool
    roles: list[RoleRead]
    revision: int


class SessionRead(BaseModel):
    id: UUID
    account_id: UUID
    name: str
    began_at: datetime
    last_seen_at: datetime
    ends_at: datetime
    device: str
    is_this: bool


class TokenRead(BaseModel):
    id: UUID
    name: str
    hint: str
    organisation: str
    plan: str | None
    scope: TokenScope
    made_at: datetime
    made_by: str
    expires_on: date
    last_used_at: datetime | None
    revoked_at: datetime | None
