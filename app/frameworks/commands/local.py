"""An organisation's own publications: kept by form or from a file, changed while unused, followed by newer editions."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import select

from app.core import clock
from app.core.columns import SHARED
from app.core.db import Write
from app.core.errors import Conflict, Invalid, NotFound, Stale, Taken
from app.core.ledger import claim
from app.core.words import _
from app.frameworks import local, queries, rules
from app.frameworks.commands.links import carry_links
from app.frameworks.models import Framework, Recommendation
from app.frameworks.rules import Provenance
from app.frameworks.schemas import Facts, GivenItem, KeptRead, NewItem, NewPublication
from app.frameworks.schemas.given import words_of

# Which of these recommendations an action of any plan answers: the rooms of plans stand above this one and know.
Used = Callable[[Write, Collection[UUID]], frozenset[UUID]]
MOST_IN_FORCE = 500


def add_publication(tx: Write, *, given: NewPublication, used: Used) -> KeptRead:
    """A new one; 409 where the key is taken."""
    claim(tx, SHARED)
    organisation = queries.writing_organisation(tx, given.organisation)
    key = _key(given, organisation.code)
    if tx.exec(select(Framework.id).where(Framework.key == key)).first():
        raise Taken("key", _("There is a publication with the key {key} already.", key=key), "key_taken")
    return _kept(tx, None, key, organisation.id, given, used)


def keep_publication(tx: Write, *, given: NewPublication, used: Used) -> KeptRead:
    """As a file says it: made where it is new, else brought to the file; what is gone from it is withdrawn."""
    claim(tx, SHARED)
    organisation = queries.writing_organisation(tx, given.organisation)
    key = _key(given, organisation.code)
    row = tx.exec(select(Framework).where(Framework.key == key)).first()
    return _kept(tx, row, key, organisation.id, given, used)


def change_publication(tx: Write, *, key: str, given: Facts, revision: int | None = None) -> Framework:
    """What it says of itself; its recommendations stay."""
    claim(tx, SHARED)
    row = queries.own_publication(tx, key)
    _refuse_stale(row.revision, revision)
    tx.act("framework.changed")
    for name, value in _columns(given, row.facts).items():
        setattr(row, name, value)
    tx.flush()
    return row


def put_item(tx: Write, *, key: str, ref: str, given: GivenItem, used: Used, is_new: bool = False) -> Recommendation:
    """Add a recommendation, or change one that nothing answers yet."""
    claim(tx, SHARED)
    row = queries.own_publication(tx, key)
    known = _items(tx, row.id)
    if is_new and ref in known:
        raise Taken("ref", _("There is a recommendation {ref} in this publication already.", ref=ref), "ref_taken")
    if ref not in known and len(known) >= MOST_IN_FORCE:
        raise Conflict(_("A publication holds at most {n} recommendations.", n=MOST_IN_FORCE), "too_many")
    tx.act("framework.item_changed" if ref in known else "framework.item_added")
    wanted = {r: _as_given(i, known) for r, i in known.items() if i.withdrawn_on is None}
    wanted[ref] = NewItem(ref=ref, **given.model_dump())
    _bring(tx, row, list(wanted.values()), used)
    return _items(tx, row.id)[ref]


def withdraw_item(tx: Write, *, key: str, ref: str) -> None:
    """It stays, with what points to it; coverage asks for it no longer."""
    claim(tx, SHARED)
    row = queries.own_publication(tx, key)
    known = _items(tx, row.id)
    if ref not in known:
        raise NotFound(_("There is no recommendation {ref} in this publication.", ref=ref))
    if any(i.parent_id == known[ref].id and i.withdrawn_on is None for i in known.values()):
        raise Conflict(_("Other recommendations stand under this one. Withdraw them first."), "has_parts")
    tx.act("framework.item_withdrawn")
    known[ref].withdrawn_on = clock.today()
    tx.flush()
    _mark_leaves(tx, row.id)


def _kept(
    tx: Write, row: Framework | None, key: str, organisation_id: UUID, given: NewPublication, used: Used
) -> KeptRead:
    before = _superseded(tx, given, key, organisation_id)
    tx.act("framework.changed" if row else "framework.added")
    is_new = row is None
    row = row or Framework(key=key, title=given.title, short_title="", scope="local", organisation_id=organisation_id)
    facts = row.facts | ({"supersedes": [before.key]} if before else {})
    for name, value in _columns(given, facts).items():
        setattr(row, name, value)
    tx.add(row)
    tx.flush()
    told = _bring(tx, row, given.items, used)
    if before is not None and row.key not in before.facts.get("superseded_by", []):
        before.facts = before.facts | {"superseded_by": [*before.facts.get("superseded_by", []), row.key]}
        before.status = "superseded"
        tx.flush()
        carry_links(tx, before, row, organisation_id)
    return KeptRead(
        key=row.key, title=row.short_title, is_new=is_new,
        added=list(told.added), changed=list(told.changed), withdrawn=list(told.gone),
    )  # fmt: skip


def _superseded(tx: Write, given: NewPublication, key: str, organisation_id: UUID) -> Framework | None:
    if given.supersedes is None:
        return None
    row = queries.framework_named(tx, "supersedes", given.supersedes)
    if row.organisation_id != organisation_id:
        raise Invalid("supersedes", _("Only a publication of your organisation can be followed by this one."))
    if row.key == key:
        raise Invalid("supersedes", _("A publication cannot take its own place. Give the new edition another key."))
    return row


def _key(given: NewPublication, code: str) -> str:
    """The organisation's code stands before it: nobody learns which keys another organisation uses."""
    plain = given.key or re.sub(r"[^a-z0-9]+", "_", (given.short_title or given.title).lower()).strip("_")[:40]
    head = f"{code.lower()}_"
    return plain.strip("_") if plain.startswith(head) else head + plain.strip("_")


def _columns(given: Facts, facts: Mapping[str, Any]) -> dict[str, Any]:
    about = {
        "kind": given.kind.value,
        "service": given.service or "",
        "inspected_on": given.inspected_on.isoformat() if given.inspected_on else None,
        "key_questions": [q.value for q in given.key_questions],
        "notices": [n.value for n in given.notices],
    }
    return {
        "title": given.title,
        "short_title": given.short_title or given.title[:120],
        "prefix": given.prefix or "",
        "edition": given.edition or "",
        "publisher": given.publisher or "",
        "published": given.published or given.inspected_on,
        "url": given.url or "",
        "item_label": "finding" if given.kind == "inspection" else "recommendation",
        "facts": dict(facts) | {"local": about},
    }


def _bring(tx: Write, row: Framework, wanted: list[NewItem], used: Used) -> local.Differences:
    """The publication's recommendations become these; refused whole where one that is answered would change."""
    _refuse_unsound(wanted)
    known = _items(tx, row.id)
    refs = {i.id: i.ref for i in known.values()}
    old = {
        r: (words_of(_as_given(i, known)), refs.get(i.parent_id) if i.parent_id else None)
        for r, i in known.items()
        if i.withdrawn_on is None
    }
    told = local.differences(old, {i.ref: (words_of(i), i.parent) for i in wanted})
    taken = used(tx, [known[r].id for r in told.changed])
    if stuck := [r for r in told.changed if known[r].id in taken]:
        raise Conflict(
            _("Actions answer {refs} as worded now. Add the new wording as a new edition, which takes the place of "
              "this one.", refs=", ".join(stuck)), "in_use")  # fmt: skip
    _write_items(tx, row, wanted, known)
    for ref in told.gone:
        known[ref].withdrawn_on = clock.today()
    tx.flush()
    _mark_leaves(tx, row.id)
    return told


def _write_items(tx: Write, row: Framework, wanted: list[NewItem], known: dict[str, Recommendation]) -> None:
    given = {item.ref: item for item in wanted}
    places = {item.ref: place for place, item in enumerate(wanted)}
    ids: dict[str | None, UUID | None] = {None: None}
    for _depth, item in rules.walk(wanted):
        found = known.get(item.ref)
        if found is None:
            found = Recommendation(
                framework_id=row.id, ref=item.ref, title=item.title, provenance=Provenance.verified, is_leaf=True
            )
        told = words_of(given[item.ref]) | {"parent_id": ids[item.parent], "position": places[item.ref]}
        for name, value in (told | {"withdrawn_on": None}).items():
            if getattr(found, name) != value:
                setattr(found, name, value)
        tx.add(found)
        tx.flush()
        ids[item.ref] = found.id


def _refuse_unsound(wanted: list[NewItem]) -> None:
    if problem := rules.tree_problem(wanted):
        ref, _what = problem
        if sum(i.ref == ref for i in wanted) > 1:
            raise Invalid("ref", _("The number {ref} is used twice.", ref=ref))
        raise Invalid("parent", _("The number above {ref} is not in this publication, or stands under it.", ref=ref))


def _items(tx: Write, framework_id: UUID) -> dict[str, Recommendation]:
    rows = tx.exec(select(Recommendation).where(Recommendation.framework_id == framework_id)).all()
    return {r.ref: r for r in sorted(rows, key=lambda r: (r.position, r.ref))}


def _as_given(item: Recommendation, known: Mapping[str, Recommendation]) -> NewItem:
    parent = next((r for r, i in known.items() if i.id == item.parent_id), None)
    return NewItem.model_construct(
        ref=item.ref, title=item.title, summary=item.summary or None, parent=parent, demand=item.demand,
        regulation=item.regulation or None,
    )  # fmt: skip


def _mark_leaves(tx: Write, framework_id: UUID) -> None:
    rows = [i for i in _items(tx, framework_id).values() if i.withdrawn_on is None]
    above = {i.parent_id for i in rows}
    for row in rows:
        if row.is_leaf is not (row.id not in above):
            row.is_leaf = row.id not in above
    tx.flush()


def _refuse_stale(now: int, revision: int | None) -> None:
    if revision is not None and revision != now:
        raise Stale(_("Somebody else has changed this publication. Look at it, then save again."))
