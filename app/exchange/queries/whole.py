"""A whole plan as it leaves: its newest images, what they name, the hashes of its record, and its files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID

from sqlmodel import col, select

from app.core import clock
from app.core.columns import Tracked
from app.core.db import Read
from app.core.errors import Forbidden, Invalid
from app.core.instants import instant_text
from app.core.migrate import head
from app.core.shapes import shapes_of_plans
from app.core.storage import Storage
from app.core.words import _
from app.exchange import parcel
from app.exchange.parcel import Manifest, Row
from app.frameworks.models import Framework, Recommendation
from app.history.queries import images_at, record_of
from app.organisations.models import Organisation
from app.people.models import Account
from app.plans.queries import PlanAccess

OWN_FILES = "evidence_version"


@dataclass(frozen=True, slots=True)
class Leaving:
    """manifest: to be filled while it is packed; rows: by entity."""

    manifest: Manifest
    rows: dict[str, list[Row]]
    named: dict[str, list[Row]]
    record: list[Row]

    @property
    def file_name(self) -> str:
        return f"{self.manifest.plan}-{self.manifest.made_at[:10]}.plan.zip"

    def pack(self, storage: Storage) -> Callable[[IO[bytes]], None]:
        """Writes the whole into an open file."""
        parts: dict[str, Iterable[Row]] = {f"rows/{entity}": rows for entity, rows in self.rows.items()}
        parts |= {f"named/{entity}": rows for entity, rows in self.named.items()}
        parts[parcel.RECORD] = self.record
        return lambda out: parcel.pack(out, self.manifest, parts, self._files(storage))

    def _files(self, storage: Storage) -> Iterator[tuple[str, IO[bytes]]]:
        kept = {row["sha256"]: row["stored_as"] for row in self.rows[OWN_FILES] if row["removed_on"] is None}
        for digest, name in sorted(kept.items()):
            yield digest, storage.open(name)


def leaving(read: Read, access: PlanAccess) -> Leaving:
    """As it stands. Refused to somebody from whom a part of it is hidden: a whole has no holes."""
    if access.as_at is not None:
        raise Invalid("as_at", _("The whole leaves as it stands. Go back to today."))
    if access.hidden:
        raise Forbidden(
            _("Some of this plan is restricted to others. Ask one of them, or the operator, to take the whole away."),
            "restricted",
        )
    record = record_of(read, access.stream)
    last = record[-1]
    found = images_at(read, access.stream, last.revision, [s.entity for s in shapes_of_plans()])
    rows = {entity: [dict(image) for image in images.values()] for entity, images in found.items()}
    manifest = Manifest(
        schema=head(), made_at=instant_text(clock.now()), plan=access.slug, title=access.title,
        revision=last.revision, head=last.hash,
    )  # fmt: skip
    told = [{"revision": e.revision, "day": e.day, "act": e.act, "entity": e.entity, "id": e.entity_id,
             "hash": e.hash} for e in record]  # fmt: skip
    return Leaving(manifest, rows, _named(read, rows), told)


def _named(read: Read, rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The rows of other streams that the plan's point at, and those these point at themselves."""
    ids: dict[str, set[UUID]] = {entity: set() for entity in parcel.NAMED}
    for shape in shapes_of_plans():
        for row in rows[shape.entity]:
            for column, entity in shape.points.items():
                if entity in ids and row[column] is not None:
                    ids[entity].add(row[column])
            # Who said and decided things is nobody's key, and some of those ids are people's.
            ids["account"] |= {row[column] for column in shape.loose if row[column] is not None}
    restricted = {UUID(person) for row in rows["restriction"] for person in row["named"]}
    people = _of(read, Account, ids["account"] | restricted)
    items = _of(read, Recommendation, ids["recommendation"])
    shelves = _of(read, Framework, ids["framework"] | {i["framework_id"] for i in items})
    local = {f["id"] for f in shelves if f["organisation_id"] is not None}
    # An organisation's own publication is nowhere else: it goes whole.
    items += [r for r in _every(read, local) if r["id"] not in {i["id"] for i in items}]
    homes = ids["organisation"] | {p["organisation_id"] for p in people} | {f["organisation_id"] for f in shelves}
    return {
        "organisation": _of(read, Organisation, homes),
        "account": people,
        "framework": shelves,
        "recommendation": sorted(items, key=lambda i: (str(i["framework_id"]), i["position"])),
    }


def _of(read: Read, model: Any, ids: Iterable[UUID | None]) -> list[Row]:
    wanted = sorted(i for i in ids if i is not None)
    return [_told(row) for row in read.exec(select(model).where(model.id.in_(wanted)).order_by(model.id)).all()]


def _every(read: Read, frameworks: Iterable[UUID]) -> list[Row]:
    wanted = select(Recommendation).where(col(Recommendation.framework_id).in_(sorted(frameworks)))
    return [_told(row) for row in read.exec(wanted).all()]


def _told(row: Tracked) -> Row:
    return {name: getattr(row, name) for name in type(row).model_fields}
