"""Who acts, through which door: every session carries one, and the ledger writes it down."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Door(StrEnum):
    page = "page"
    api = "api"
    cli = "cli"
    system = "system"
    demo = "demo"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held at one organisation."""

    role: str
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, an API token, or the system. Names are kept as they were at the time of the act."""

    id: UUID | None
    name: str
    door: Door
    email: str = ""
    organisation_id: UUID | None = None
    grants: frozenset[Grant] = frozenset()
    # Organisations that this actor oversees through a system (an LMNS and its members) or as their parent.
    overseen: frozenset[UUID] = frozenset()
    token_id: UUID | None = None
    token_plan_id: UUID | None = None
    # Who made the token: what it asks for is that person's own, wherever somebody else has to decide.
    maker_id: UUID | None = None
    session_id: UUID | None = None
    request_id: str = ""

    @property
    def is_person(self) -> bool:
        """A signed-in person: no token, no command line. Decisions need one."""
        return self.id is not None and self.token_id is None

    @property
    def person_id(self) -> UUID | None:
        """Who answers for what this actor does: the person, or who made the token; nobody for the command line."""
        return self.id or self.maker_id

    @property
    def is_system(self) -> bool:
        return self.id is None and self.token_id is None and self.door in (Door.system, Door.cli, Door.demo)

    def roles_at(self, organisation_id: UUID) -> frozenset[str]:
        return frozenset(g.role for g in self.grants if g.organisation_id == organisation_id)

    def through(self, door: Door, request_id: str) -> "Actor":
        return replace(self, door=door, request_id=request_id)


def system(door: Door, name: str) -> Actor:
    return Actor(id=None, name=name, door=door)


NOBODY = Actor(id=None, name="", door=Door.page)


@dataclass(slots=True)
class Stamp:
    """What the ledger writes beside an image: who, and under which act and reason.

    `me` marks this transaction as the holder of the streams it has raised. `at_day` and `at_instant` are set by the
    demonstration's loader alone, which tells a year of history.
    """

    actor: Actor
    me: str
    act: str = ""
    why: str | None = None
    at_day: date | None = None
    at_instant: datetime | None = None
