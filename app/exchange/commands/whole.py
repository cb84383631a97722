"""A whole plan from another installation: everything is mapped and checked, then written in one act or not at all."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError
from sqlmodel import select

from app.core.columns import SHARED, Tracked
from app.core.db import Write
from app.core.errors import Invalid, Taken
from app.core.ledger import claim
from app.core.migrate import head
from app.core.sentences import field_errors
from app.core.shapes import Shape, shapes_of_plans
from app.core.storage import Storage, TooLarge
from app.core.text import clean_text, refuse_nhs_numbers
from app.core.words import _
from app.exchange.commands.named import broken, match
from app.exchange.parcel import MOST_FILE, Parcel, Row
from app.plans.models import Plan
from app.plans.rules import is_slug

OWN_FILES = "evidence_version"
ID = TypeAdapter(UUID)


@dataclass
class Brought:
    """What came: rows by entity, and whom and what had to be made for it."""

    plan: str
    title: str
    counts: dict[str, int] = field(default_factory=dict)
    made: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


def bring_plan(tx: Write, *, parcel: Parcel, storage: Storage, slug: str = "", stated: Collection[str] = ()) -> Brought:
    """Make the plan of the parcel here, under another address where one is given.

    stated: ten-digit numbers that the operator has stated are no NHS numbers. People are matched by e-mail address,
    organisations by code, publications by key; who is missing is made without a way to sign in. Files are kept before
    their rows: those of a bringing that fails are taken away again.
    """
    new_id = uuid4()
    claim(tx, SHARED, f"plan:{new_id}")
    if parcel.manifest.schema != head():
        raise Invalid("file", _("The file was made by another release. Bring both installations to the same one."))
    out = Brought(_free(tx, slug or parcel.manifest.plan), parcel.manifest.title)
    source = f"{parcel.manifest.plan}, revision {parcel.manifest.revision}, {parcel.manifest.head[:16]}"
    tx.act("plan.brought", why=source)
    ids = match(tx, parcel, out.made)
    try:
        _rows(tx, _Bringing(parcel, storage, ids, out, new_id, stated))
    except BaseException:
        for name in out.files:
            storage.delete(name)
        raise
    return out


def _free(tx: Write, slug: str) -> str:
    if not is_slug(slug) or len(slug) > 64:
        raise Invalid("slug", _("An address has 3 to 64 small letters, digits and hyphens."))
    if tx.exec(select(Plan.id).where(Plan.slug == slug)).first():
        sentence = _("There is a plan with the address {plan} already. Choose another.", plan=slug)
        raise Taken("slug", sentence, "slug_taken")
    return slug


@dataclass
class _Bringing:
    """ids: what each id of the file is here; filled as rows come."""

    parcel: Parcel
    storage: Storage
    ids: dict[UUID, UUID]
    out: Brought
    plan_id: UUID
    stated: Collection[str]
    # The ids that the file gives to the rows of each table.
    held: dict[str, set[UUID]] = field(default_factory=dict)


def _rows(tx: Write, b: _Bringing) -> None:
    shapes = shapes_of_plans()
    known = {f"rows/{s.entity}" for s in shapes} | {p for p in b.parcel.manifest.sums if not p.startswith("rows/")}
    if unknown := sorted(set(b.parcel.manifest.sums) - known):
        raise Invalid("file", _("The file holds “{part}”, which this release does not know.", part=unknown[0]))
    read = {shape.entity: list(b.parcel.rows(f"rows/{shape.entity}")) for shape in shapes}
    if len(read["plan"]) != 1:
        raise Invalid("file", _("The file must hold one plan."))
    old_plan = _id(read["plan"][0].get("id"))
    for entity, rows in read.items():
        b.held[entity] = {_id(row.get("id")) for row in rows}
        if len(b.held[entity]) < len(rows):
            raise broken()
    _give_ids(b, old_plan)
    tx.scope_to(b.plan_id)
    for shape in shapes:
        for row in _in_order(shape, read[shape.entity], b.held[shape.entity]):
            tx.add(_made(shape, row, b))
        tx.flush()
        if read[shape.entity]:
            b.out.counts[shape.entity] = len(read[shape.entity])


def _give_ids(b: _Bringing, old_plan: UUID) -> None:
    """New ids in the order of the old ones: what was done in one moment is listed by them."""
    old = [each for ids in b.held.values() for each in ids]
    if len(set(old)) < len(old) or not b.ids.keys().isdisjoint(old):
        raise broken()
    b.ids |= zip(sorted(old), sorted(uuid4() for _ in old), strict=True)
    b.ids[old_plan] = b.plan_id


def _in_order(shape: Shape, rows: list[Row], held: Collection[UUID]) -> Iterator[Row]:
    """Rows that point at rows of their own table after those."""
    upward = [column for column, entity in shape.points.items() if entity == shape.entity]
    placed: set[UUID] = set()
    left = rows
    while left:
        ready = [r for r in left if not any(_waits(r.get(c), held, placed) for c in upward)]
        if not ready:
            raise broken()
        yield from ready
        placed |= {_id(r["id"]) for r in ready}
        left = [r for r in left if _id(r["id"]) not in placed]


def _waits(value: Any, held: Collection[UUID], placed: Collection[UUID]) -> bool:
    return value is not None and _id(value) in held and _id(value) not in placed


def _made(shape: Shape, row: Row, b: _Bringing) -> Tracked:
    """The row as it shall be here, each value of its kind and each id one of here."""
    if unknown := sorted(set(row) - set(shape.model.model_fields)):
        raise Invalid("file", _("The file holds “{part}”, which this release does not know.",
                                part=f"{shape.entity}.{unknown[0]}"))  # fmt: skip
    told = {name: _mapped(value, b.ids) for name, value in row.items() if name != "revision"}
    told["id"] = b.ids[_id(row["id"])]
    for column, entity in shape.points.items():
        if row.get(column) is not None:
            told[column] = _pointed(row[column], entity, b)
    for column in shape.loose:
        if row.get(column) is not None:
            told[column] = b.ids.get(_id(row[column]))
    if shape.entity == "plan":
        told["slug"] = b.out.plan
    if shape.entity == OWN_FILES and row.get("removed_on") is None:
        told["stored_as"] = _kept(row, b)
    elif shape.entity == OWN_FILES:
        told["stored_as"] = uuid4().hex
    _check_texts(shape, told, b.stated)
    try:
        return shape.model.model_validate(told)
    except ValidationError as error:
        first = field_errors(list(error.errors()))[0]
        raise Invalid("file", _("The file is wrong at {table}, {field}: {said}", table=shape.entity,
                                field=first.field, said=first.message)) from error  # fmt: skip


def _pointed(value: Any, entity: str, b: _Bringing) -> UUID:
    """The row here that a key of the file names; a key to nothing, or to a row of another kind, is refused."""
    old = _id(value)
    if old not in b.ids or (entity in b.held and old not in b.held[entity]):
        raise broken()
    return b.ids[old]


def _mapped(value: Any, ids: Mapping[UUID, UUID]) -> Any:
    """Ids inside documents are those of here; all else stays."""
    if isinstance(value, dict):
        return {_mapped(k, ids): _mapped(v, ids) for k, v in value.items()}
    if isinstance(value, list):
        return [_mapped(v, ids) for v in value]
    if isinstance(value, str) and len(value) == 36 and value.count("-") == 4:
        try:
            return str(ids.get(UUID(value), value))
        except ValueError:
            return value
    return value


def _kept(row: Row, b: _Bringing) -> str:
    """The name of the file in the store here."""
    digest = row.get("sha256")
    if digest not in b.parcel.manifest.files or b.parcel.manifest.files[digest] != row.get("size"):
        raise broken()
    try:
        with b.parcel.file(digest) as file:
            kept = b.storage.save(file, MOST_FILE)  # type: ignore[arg-type]
    except TooLarge:
        raise broken() from None
    b.out.files.append(kept.name)
    if kept.sha256 != digest:
        raise broken()
    return kept.name


def _check_texts(shape: Shape, row: Row, stated: Collection[str]) -> None:
    for name in {*shape.model.sealed_fields, "title", "name", "ref"} & set(row):
        value = row[name]
        if not isinstance(value, str):
            continue
        try:
            clean_text(value)
            refuse_nhs_numbers(value, stated)
        except PydanticCustomError as error:
            raise Invalid("file", _("The file is wrong at {table}, {field}: {said}", table=shape.entity, field=name,
                                    said=error.message())) from error  # fmt: skip


def _id(value: Any) -> UUID:
    try:
        return UUID(value) if isinstance(value, str) else ID.validate_python(value)
    except (ValueError, ValidationError) as error:
        raise broken() from error
