"""What people's doors take and give."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr

from app.core.given import Given
from app.core.text import Writing, refused
from app.core.words import _
from app.organisations.rules import OrganisationKind
from app.organisations.schemas import Code
from app.people.rules import PASSWORD_MOST, TOKEN_MOST_DAYS, AccessKind, Role, TokenScope


def _email(value: str) -> str:
    local, at, host = value.partition("@")
    if not (local and at and "." in host) or any(c.isspace() for c in value) or len(value) > 254:
        raise refused("email", _("Enter an e-mail address, like name@trust.nhs.uk."))
    return value.lower()


def _several(value: object) -> object:
    """A form sends one ticked box as a text, several as a list, and none not at all."""
    return [value] if isinstance(value, str) and value else value or []


def _no_post(value: str | None) -> str:
    return value or ""


Email = Annotated[str, Writing(254, lines=False), AfterValidator(_email)]
Name = Annotated[str, Writing(120, lines=False)]
Post = Annotated[str | None, Writing(120, lines=False, optional=True), AfterValidator(_no_post)]
Roles = Annotated[list[Role], BeforeValidator(_several)]


def _password(value: SecretStr) -> SecretStr:
    # Judged before it is hashed: what is huge costs nothing. The rest is judged with the person's own words at hand.
    if not value.get_secret_value():
        raise refused("required", _("Enter a password."))
    if len(value.get_secret_value()) > PASSWORD_MOST:
        raise refused("text_too_long", _("Use at most {most} characters.", most=PASSWORD_MOST))
    return value


Password = Annotated[SecretStr, AfterValidator(_password)]


class SignIn(Given):
    email: Email
    password: Password
    next: str = ""


class NewPassword(Given):
    """A one-time code and the password chosen with it."""

    code: Name
    password: Password


class ChangedPassword(Given):
    current: Password
    password: Password


class Beginning(NewPassword):
    """The first administrator, and the organisation where there is none yet."""

    email: Email
    name: Name
    organisation: Code
    organisation_name: Annotated[str | None, Writing(200, lines=False, optional=True)] = None
    organisation_kind: OrganisationKind = OrganisationKind.trust
    office: bool = False


class NewAccount(Given):
    email: Email
    name: Name
    post: Post = ""
    organisation: Code
    roles: Roles = Field([])


class ChangedAccount(Given):
    email: Email
    name: Name
    post: Post = ""
    organisation: Code


class GivenRole(Given):
    """organisation: where the role is held; the account's own when left out."""

    role: Role
    organisation: Annotated[Code | None, BeforeValidator(lambda v: v or None)] = None


class NewToken(Given):
    name: Name
    organisation: Code
    scope: TokenScope
    plan: Annotated[str | None, Writing(64, lines=False, optional=True)] = None
    days: Annotated[int, Field(ge=1, le=TOKEN_MOST_DAYS)]


class PersonRead(BaseModel):
    """A person of the directory; organisation is its code."""

    id: UUID
    email: str
    name: str
    post: str
    organisation: str
    organisation_name: str
    active: bool


class DemonstrationRead(BaseModel):
    email: str
    name: str
    roles: str


class RoleRead(BaseModel):
    id: UUID
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
    organisation_name: str
    active: bool
    may_sign_in: bool
    code_until: datetime | None
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
    is_live: bool
    ends_soon: bool


class MadeToken(BaseModel):
    """secret: the token itself, in this one answer."""

    token: TokenRead
    secret: str


class CodeRead(BaseModel):
    """A one-time code, in this one answer, and the page to use it on."""

    code: str
    address: str


class EventRead(BaseModel):
    at: datetime
    kind: AccessKind
    words: str
    name: str
    detail: str
    address: str
