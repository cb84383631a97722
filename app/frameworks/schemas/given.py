"""What people and programs give: an organisation's own publications, and its word on links."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from app.core.dates import OptionalDay
from app.core.given import Given, none_if_empty, ticked
from app.core.text import OptionalLine, Writing, refused
from app.core.words import _
from app.frameworks.local import Demand, KeyQuestion, LocalKind, Notice
from app.frameworks.rules import CrosswalkKind

MOST_ITEMS = 500
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9.()\-]*", re.ASCII)
_KEY = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*", re.ASCII)


def _as_ref(value: str) -> str:
    if not _REF.fullmatch(value):
        raise refused("ref", _("Write the number with letters, digits, dots and hyphens, like MD1 or 4.2."))
    return value


def _as_key(value: str) -> str:
    if not _KEY.fullmatch(value):
        raise refused("key", _("Write the key with small letters, digits and underscores, like cqc_2026."))
    return value


def _as_address(value: str | None) -> str | None:
    if value and not value.startswith(("https://", "http://")):
        raise refused("url", _("Enter an address that begins with https://, like https://www.cqc.org.uk."))
    return value


Ref = Annotated[Annotated[str, Writing(32, lines=False)], AfterValidator(_as_ref)]
OptionalRef = Annotated[Ref | None, BeforeValidator(none_if_empty)]
Key = Annotated[Annotated[str, Writing(40, lines=False)], AfterValidator(_as_key)]
OptionalKey = Annotated[Key | None, BeforeValidator(none_if_empty)]
Why = Annotated[Annotated[str, Writing(1000)] | None, BeforeValidator(none_if_empty)]


class Ruling(Given):
    """An organisation's word on a suggested link: accepted, it counts; refused, it counts for nothing.

    kind: what the link is to the organisation, where it differs from what is suggested; it needs a reason.
    """

    accepted: bool
    kind: Annotated[CrosswalkKind | None, BeforeValidator(none_if_empty)] = None
    why: Why = None


class NewLink(Given):
    """An organisation's own link: what `recommendation` is to the `other`, each named like ockenden_2022:1.2."""

    recommendation: Annotated[str, Writing(100, lines=False)]
    other: Annotated[str, Writing(100, lines=False)]
    kind: CrosswalkKind
    why: Annotated[str, Writing(1000)]


class GivenItem(Given):
    """What a recommendation says. parent: the number of the one above it."""

    title: Annotated[str, Writing(400, lines=False)]
    summary: Annotated[str | None, Writing(2000, optional=True)] = None
    parent: OptionalRef = None
    demand: Annotated[Demand | None, BeforeValidator(none_if_empty)] = None
    regulation: Annotated[str | None, Writing(160, lines=False, optional=True)] = None


class NewItem(GivenItem):
    ref: Ref


class Facts(Given):
    """What a publication of one's own says of itself; service, key questions and notices are an inspection's."""

    title: Annotated[str, Writing(300, lines=False)]
    short_title: Annotated[str | None, Writing(120, lines=False, optional=True)] = None
    prefix: Annotated[str | None, Writing(16, lines=False, optional=True)] = None
    kind: LocalKind
    publisher: OptionalLine = None
    published: OptionalDay = None
    url: Annotated[Annotated[str | None, Writing(400, lines=False, optional=True)], AfterValidator(_as_address)] = None
    edition: Annotated[str | None, Writing(32, lines=False, optional=True)] = None
    service: OptionalLine = None
    inspected_on: OptionalDay = None
    key_questions: Annotated[list[KeyQuestion], BeforeValidator(ticked)] = Field([])
    notices: Annotated[list[Notice], BeforeValidator(ticked)] = Field([])


class NewPublication(Facts):
    """organisation: its code; by default one's own. key: by default made of the title; the code goes before it.

    supersedes: the key of the edition whose place this one takes: its links stay, and what is unchanged answers alike.
    """

    organisation: Annotated[Annotated[str, Writing(10, lines=False)] | None, BeforeValidator(none_if_empty)] = None
    key: OptionalKey = None
    supersedes: OptionalKey = None
    items: Annotated[list[NewItem], Field(max_length=MOST_ITEMS)] = Field([])


class GivenText(Given):
    """The text of a YAML file; organisation: by default one's own."""

    text: Annotated[str, Writing(500_000)]
    organisation: Annotated[Annotated[str, Writing(10, lines=False)] | None, BeforeValidator(none_if_empty)] = None


def words_of(item: GivenItem) -> dict[str, Any]:
    """The columns that hold what the item says."""
    return {
        "title": item.title,
        "summary": item.summary or "",
        "demand": item.demand,
        "regulation": item.regulation or "",
    }


class NamedReaders(Given):
    """E-mail addresses of all who may read the private wording of a publication; nobody: it is taken away."""

    named: Annotated[list[Annotated[str, Writing(254, lines=False)]], BeforeValidator(ticked), Field(max_length=200)]
    why: Annotated[str, Writing(1000)]


class GivenWording(Given):
    """An empty one is taken away."""

    wording: Annotated[str | None, Writing(4000, optional=True)] = None
