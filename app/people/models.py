"""Tables of people. Credentials, sessions, tokens and the access log stand outside the ledger."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint, Uuid
from sqlmodel import Field

from app.core.columns import Row, Tracked, choice
from app.people.rules import AccessKind, Role, TokenScope


class Account(Tracked, table=True):
    """A person in the directory; one without a credential can own actions and cannot sign in."""

    sealed_fields: ClassVar[tuple[str, ...]] = ("name", "email", "post")
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=120)
    post: str = Field(default="", max_length=120)
    organisation_id: UUID = Field(foreign_key="organisation.id", sa_type=Uuid, index=True)
    active: bool = True
    deactivated_on: date | None = None


class RoleHeld(Tracked, table=True):
    __tablename__ = "role_held"
    __table_args__: ClassVar = (UniqueConstraint("account_id", "role", "organisation_id"),)
    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid)
    role: Role = Field(sa_type=choice(Role))
    organisation_id: UUID = Field(foreign_key="organisation.id", sa_type=Uuid, index=True)


class Credential(Row, table=True):
    """The password hash of an account, or the hash of a one-time code that lets the person choose one."""

    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid, unique=True)
    password_hash: str | None = Field(default=None, max_length=255)
    password_changed_at: datetime | None = None
    code_hash: str | None = Field(default=None, max_length=64)
    code_expires_at: datetime | None = None


class SignInSession(Row, table=True):
    __tablename__ = "sign_in_session"
    secret_hash: str = Field(max_length=64, unique=True)
    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid, index=True)
    began_at: datetime
    last_seen_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None
    device: str = Field(default="", max_length=120)


class ApiToken(Row, table=True):
    """A key for a program: acts as viewer (read) or office (write) of its organisation, and never decides."""

    __tablename__ = "api_token"
    name: str = Field(max_length=120)
    secret_hash: str = Field(max_length=64, unique=True)
    hint: str = Field(max_length=12)
    organisation_id: UUID = Field(foreign_key="organisation.id", sa_type=Uuid, index=True)
    plan_id: UUID | None = Field(default=None, sa_type=Uuid)
    scope: TokenScope = Field(sa_type=choice(TokenScope))
    made_at: datetime
    made_by: str = Field(max_length=120)
    # None where the operator made it at the command line.
    made_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    expires_on: date
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


class Lockout(Row, table=True):
    """Failed sign-ins of one e-mail address or one network address; in the database, so a restart forgets nothing."""

    key: str = Field(max_length=80, unique=True)
    failures: int = 0
    first_at: datetime
    until: datetime | None = None


class AccessEvent(Row, table=True):
    """Sign-ins, sign-outs, refusals, tokens made and revoked. Kept 12 months, then pruned."""

    __tablename__ = "access_event"
    at: datetime = Field(index=True)
    kind: AccessKind = Field(sa_type=choice(AccessKind))
    account_id: UUID | None = Field(default=None, sa_type=Uuid)
    organisation_id: UUID | None = Field(default=None, sa_type=Uuid, index=True)
    detail: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=64)
    request_id: str = Field(default="", max_length=64)
