"""The one act of history: to forget what must be forgotten, and to leave in the record that it was."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update

from app.core import clock
from app.core.columns import Tracked
from app.core.db import Write
from app.core.errors import Conflict, Invalid, NotFound
from app.core.idempotency import forget_answers
from app.core.ledger import ACTOR, LEDGER, WHY, claim, tracked
from app.core.spelling import digest
from app.core.words import _
from app.history.models import Redaction

MARK = "[removed]"


@dataclass(slots=True)
class Forgotten:
    """redactions: what was written; erased: sealed values replaced; mentions: (entity, id, field) still to look at."""

    redactions: list[Redaction] = field(default_factory=list)
    erased: int = 0
    mentions: list[tuple[str, UUID, str]] = field(default_factory=list)


def redact(
    tx: Write, *, entity: str, entity_id: UUID, fields: Sequence[str], why: str, decided_by: str, id: UUID | None = None
) -> Forgotten:
    """Remove fields of one row from the row and from all its images; `@why` is the reason given for its acts.

    The chain still verifies: a digest stays where the value was. Never write the removed text into `why`.
    """
    made = tracked().get(entity)
    if made is None:
        raise Invalid("entity", _("There is no record of the kind “{kind}”.", kind=entity))
    allowed = {*made.sealed_fields, WHY}
    if not fields or set(fields) - allowed:
        raise Invalid("field", _("Name fields that can be removed: {list}.", list=", ".join(sorted(allowed))))
    mine = and_(LEDGER.c.entity == entity, LEDGER.c.entity_id == entity_id)
    stream = tx.connection().execute(select(LEDGER.c.stream).where(mine).limit(1)).scalar()
    if stream is None:
        raise NotFound(_("The record holds no {kind} with the id {id}.", kind=entity, id=entity_id))
    claim(tx, stream)
    out = Forgotten()
    tx.act("record.redacted", why=why)
    _forget(tx, out, stream, mine, made, entity, entity_id, fields, why, decided_by, id)
    return out


def redact_person(tx: Write, *, email: str, why: str, decided_by: str) -> Forgotten:
    """Remove a person's name, address and post everywhere: the account, who acted, and fields that are the name.

    Texts that merely mention the name come back as `mentions`, to be read and removed one by one.
    """
    account = _account(tx, email)
    names = _names(tx, account)
    hits = _hits(tx, names)
    acted = _streams(tx, LEDGER.c.actor_id == str(account.id))
    claim(tx, account.stream(), *acted, *(h.stream for h in hits))
    out = Forgotten()
    tx.act("record.redacted", why=why)
    targets: dict[tuple[str, str, UUID], set[str]] = {
        (account.stream(), "account", account.id): set(account.sealed_fields)
    }
    for hit in hits:
        whole, part = _fields_with(hit, names)
        if whole:
            targets.setdefault((hit.stream, hit.entity, hit.entity_id), set()).update(whole)
        out.mentions += [(hit.entity, hit.entity_id, f) for f in part]
    for (stream, entity, entity_id), fields in sorted(targets.items(), key=str):
        mine = and_(LEDGER.c.entity == entity, LEDGER.c.entity_id == entity_id)
        _forget(tx, out, stream, mine, tracked()[entity], entity, entity_id, sorted(fields), why, decided_by, None)
    for stream in acted:
        mine = and_(LEDGER.c.stream == stream, LEDGER.c.actor_id == str(account.id))
        _forget(tx, out, stream, mine, None, ACTOR, account.id, [ACTOR], why, decided_by, None)
    out.mentions = list(dict.fromkeys(out.mentions))
    return out


def reapply(tx: Write, record: Redaction) -> int:
    """Do again, in a database restored from an older backup, what was forgotten since; how many values went."""
    if tx.get(Redaction, record.id) is not None:
        return 0
    if record.entity == ACTOR:
        out = Forgotten()
        claim(tx, record.of_stream)
        tx.act("record.redacted", why=record.why)
        mine = and_(LEDGER.c.stream == record.of_stream, LEDGER.c.actor_id == str(record.entity_id))
        _forget(
            tx, out, record.of_stream, mine, None, ACTOR, record.entity_id, [ACTOR],
            record.why, record.decided_by, record.id,
        )  # fmt: skip
        return out.erased
    try:
        return redact(
            tx, entity=record.entity, entity_id=record.entity_id, fields=record.fields,
            why=record.why, decided_by=record.decided_by, id=record.id,
        ).erased  # fmt: skip
    except NotFound:
        # Made after the backup: it is not in this database at all.
        return 0


def _forget(
    tx: Write, out: Forgotten, stream: str, mine: ColumnElement[bool], made: type[Tracked] | None,
    entity: str, entity_id: UUID, fields: Sequence[str], why: str, decided_by: str, id: UUID | None,
) -> None:  # fmt: skip
    span = tx.connection().execute(
        select(func.min(LEDGER.c.revision), func.max(LEDGER.c.revision), func.max(LEDGER.c.seq)).where(mine)
    )
    first, last, seq = span.one()
    if seq is None:
        return
    if made is not None:
        _clean(tx, made, entity_id, fields)
    row = Redaction(
        of_stream=stream, entity=entity, entity_id=entity_id, fields=list(fields), revision_from=first,
        revision_to=last, done_on=clock.today(), decided_by=decided_by, why=why,
    )  # fmt: skip
    if id is not None:
        row.id = id
    tx.add(row)
    tx.flush()
    gone = _erase(tx, and_(mine, LEDGER.c.seq <= seq), fields)
    forget_answers(tx, {text for text in gone if len(text) > 3})
    out.redactions.append(row)
    out.erased += len(gone)


def _clean(tx: Write, made: type[Tracked], entity_id: UUID, fields: Iterable[str]) -> None:
    row = tx.get(made, entity_id)
    columns = made.__table__.c  # type: ignore[attr-defined]
    for name in set(fields) & set(made.sealed_fields):
        if row is not None and getattr(row, name):
            unique = columns[name].unique
            setattr(row, name, f"removed-{entity_id.hex[:12]}@removed.invalid" if unique else MARK)


def _erase(tx: Write, where: ColumnElement[bool], fields: Sequence[str]) -> list[str]:
    """Replace the pairs by their digests; the texts that went."""
    gone = []
    for entry in tx.connection().execute(select(LEDGER.c.seq, LEDGER.c.sealed).where(where)).all():
        seals: dict[str, Any] = json.loads(entry.sealed)
        pairs = {k: v for k, v in seals.items() if k in fields and not isinstance(v, str)}
        if not pairs:
            continue
        gone += [str(v[1]) for v in pairs.values()]
        seals |= {k: digest(*v) for k, v in pairs.items()}
        spelt = json.dumps(seals, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        tx.connection().execute(update(LEDGER).where(LEDGER.c.seq == entry.seq).values(sealed=spelt))
    return gone


def _account(tx: Write, email: str) -> Any:
    made: Any = tracked()["account"]
    table = made.__table__
    id = tx.connection().execute(select(table.c.id).where(table.c.email == email.strip().lower())).scalar()
    row = tx.get(made, id) if id else None
    if row is None:
        raise NotFound(_("There is no account with the e-mail address {email}.", email=email))
    if row.active:
        raise Conflict(_("Deactivate the account first: tracker user deactivate {email}", email=email), "still_active")
    return row


def _names(tx: Write, account: Any) -> set[str]:
    """Every name and address the account ever had."""
    mine = and_(LEDGER.c.entity == "account", LEDGER.c.entity_id == account.id)
    found = {account.name, account.email}
    for sealed in tx.connection().execute(select(LEDGER.c.sealed).where(mine)).scalars():
        seals = json.loads(sealed)
        found |= {seals[k][1] for k in ("name", "email") if isinstance(seals.get(k), list)}
    return {n for n in found if n and n != MARK}


def _hits(tx: Write, names: Iterable[str]) -> list[Any]:
    found: list[Any] = []
    for name in sorted(names):
        spelt = json.dumps(name, ensure_ascii=False)[1:-1]
        asked = select(LEDGER.c.stream, LEDGER.c.entity, LEDGER.c.entity_id, LEDGER.c.sealed)
        found += tx.connection().execute(asked.where(LEDGER.c.sealed.contains(spelt, autoescape=True))).all()
    return found


def _fields_with(hit: Any, names: set[str]) -> tuple[set[str], set[str]]:
    """(fields that are one of the names, fields that mention one)."""
    made = tracked()[hit.entity]
    values = {k: v[1] for k, v in json.loads(hit.sealed).items() if isinstance(v, list) and k != ACTOR}
    whole = {k for k, v in values.items() if v in names and k in made.sealed_fields}
    return whole, {k for k, v in values.items() if k not in whole and any(n in str(v) for n in names)}


def _streams(tx: Write, where: ColumnElement[bool]) -> list[str]:
    return sorted(tx.connection().execute(select(LEDGER.c.stream).where(where).distinct()).scalars())
