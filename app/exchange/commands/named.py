"""Whom and what a plan from elsewhere names, found here or made: by code, e-mail address, key and number."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from pydantic import ValidationError
from sqlmodel import select

from app.core.columns import Tracked
from app.core.db import Write
from app.core.errors import Invalid
from app.core.words import _
from app.exchange.parcel import NAMED, Parcel, Row
from app.frameworks.models import Framework, Recommendation
from app.organisations.models import Organisation
from app.people.models import Account

Ids = dict[UUID, UUID]


def match(tx: Write, parcel: Parcel, made: dict[str, list[str]]) -> Ids:
    """What each id of the file is here. made: what had to be made, by kind, as people know it."""
    rows = {entity: list(parcel.rows(f"named/{entity}")) for entity in NAMED}
    ids: Ids = {}
    _organisations(tx, rows["organisation"], ids, made)
    _accounts(tx, rows["account"], ids, made)
    whole = _frameworks(tx, rows["framework"], ids, made)
    _recommendations(tx, rows["recommendation"], rows["framework"], ids, whole)
    tx.flush()
    return ids


def _organisations(tx: Write, rows: Iterable[Row], ids: Ids, made: dict[str, list[str]]) -> None:
    here = {o.code: o.id for o in tx.exec(select(Organisation)).all()}
    for row in rows:
        code = str(row.get("code", "")).upper()
        if code not in here:
            # Its place in a system is for the administrators here.
            here[code] = _add(tx, Organisation, row | {"code": code, "parent_id": None})
            made.setdefault("organisations", []).append(code)
        ids[_id(row)] = here[code]
    tx.flush()


def _accounts(tx: Write, rows: Iterable[Row], ids: Ids, made: dict[str, list[str]]) -> None:
    here = {a.email: a.id for a in tx.exec(select(Account)).all()}
    for row in rows:
        email = str(row.get("email", "")).strip().lower()
        if email not in here:
            # Without a credential or a role nobody signs in as them; they own what they owned.
            home = _here(row, "organisation_id", ids)
            here[email] = _add(tx, Account, row | {"email": email, "organisation_id": home})
            made.setdefault("people", []).append(email)
        ids[_id(row)] = here[email]
    tx.flush()


def _frameworks(tx: Write, rows: Iterable[Row], ids: Ids, made: dict[str, list[str]]) -> set[UUID]:
    """Those that were made, by their ids here: they are filled from the file."""
    here = {f.key: f for f in tx.exec(select(Framework)).all()}
    whole = set()
    for row in rows:
        key = str(row.get("key", ""))
        owner = _here(row, "organisation_id", ids)
        found = here.get(key)
        if found is None:
            if owner is None:
                raise Invalid("file", _("The publication {key} is not here. Load the library first.", key=key))
            ids[_id(row)] = _add(tx, Framework, row | {"organisation_id": owner})
            whole.add(ids[_id(row)])
            made.setdefault("publications", []).append(key)
        elif found.organisation_id != owner:
            raise Invalid("file", _("Another organisation has a publication with the key {key} here.", key=key))
        else:
            ids[_id(row)] = found.id
    tx.flush()
    return whole


def _recommendations(tx: Write, rows: list[Row], frameworks: list[Row], ids: Ids, whole: set[UUID]) -> None:
    keys = {_id(f): str(f.get("key")) for f in frameworks}
    here = {(r.framework_id, r.ref): r.id for r in tx.exec(select(Recommendation)).all()}
    # Parents before what stands beneath them.
    left = list(rows)
    while left:
        ready = [r for r in left if not _waits(r, left)]
        if not ready:
            raise broken()
        for row in ready:
            framework = _here(row, "framework_id", ids)
            place = (framework, str(row.get("ref")))
            if framework in whole:
                parent = _here(row, "parent_id", ids)
                ids[_id(row)] = _add(tx, Recommendation, row | {"framework_id": framework, "parent_id": parent})
            elif place in here:
                ids[_id(row)] = here[place]
            else:
                shown = f"{keys.get(_uuid(row.get('framework_id')), '')}:{row.get('ref')}"
                sentence = _("The recommendation {key} is not here. Bring the library up to date.", key=shown)
                raise Invalid("file", sentence)
        tx.flush()
        left = [r for r in left if _id(r) not in ids]


def _waits(row: Row, left: list[Row]) -> bool:
    return row.get("parent_id") is not None and any(r.get("id") == row["parent_id"] for r in left)


def _add(tx: Write, model: type[Tracked], row: Row) -> UUID:
    if set(row) - set(model.model_fields):
        raise broken()
    try:
        made: Any = model.model_validate({k: v for k, v in row.items() if k != "revision"} | {"id": uuid4()})
    except ValidationError as error:
        raise broken() from error
    tx.add(made)
    id: UUID = made.id
    return id


def _here(row: Row, column: str, ids: Ids) -> UUID | None:
    if row.get(column) is None:
        return None
    found = ids.get(_uuid(row[column]))
    if found is None:
        raise broken()
    return found


def _id(row: Row) -> UUID:
    return _uuid(row.get("id"))


def _uuid(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise broken() from error


def broken() -> Invalid:
    """What a file of a plan is told whose rows name rows that are not in it."""
    return Invalid("file", _("The rows of the file do not belong together. Take the plan away again."))
