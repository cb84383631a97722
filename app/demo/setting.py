"""Who and what there is before the first plan: the library, organisations, people, and later the inspection."""

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlmodel import select

from app.core import clock
from app.core.db import Write
from app.demo.content import document, people
from app.demo.days import Year
from app.frameworks.commands import load_library
from app.frameworks.local import Demand
from app.frameworks.models import Framework, Recommendation
from app.frameworks.rules import Provenance
from app.organisations.models import Membership, Organisation
from app.organisations.rules import MembershipKind, OrganisationKind
from app.people.models import Account, Credential, RoleHeld
from app.people.rules import Role


def ident(*parts: str) -> UUID:
    """The same id for the same thing in every demonstration."""
    return uuid5(NAMESPACE_URL, "tracker-demonstration:" + ":".join(parts))


def found_organisations(tx: Write) -> dict[str, UUID]:
    ids: dict[str, UUID] = {}
    for given in document("people")["organisations"]:
        parent = ids.get(given.get("parent", ""))
        row = Organisation(
            id=ident("organisation", given["code"]),
            code=given["code"],
            name=given["name"],
            kind=OrganisationKind(given["kind"]),
            parent_id=parent,
        )
        tx.add(row)
        tx.flush()
        ids[row.code] = row.id
    for system, members in document("people")["members"].items():
        for code, kind in members.items():
            tx.add(Membership(system_id=ids[system], member_id=ids[code], kind=MembershipKind(kind)))
    tx.flush()
    return ids


def found_people(tx: Write, organisations: dict[str, UUID], password_hash: str) -> dict[str, Account]:
    """Everybody of the directory; who signs in has the one password."""
    rows = {
        key: Account(
            id=ident("account", person.email),
            email=person.email,
            name=person.name,
            post=person.post,
            organisation_id=organisations[person.at],
        )
        for key, person in people().items()
    }
    tx.add_all(rows.values())
    tx.flush()
    for key, person in people().items():
        account = rows[key]
        tx.add(RoleHeld(account_id=account.id, role=Role(person.role), organisation_id=account.organisation_id))
        if person.signs_in:
            tx.add(
                Credential(account_id=account.id, password_hash=password_hash, password_changed_at=clock.now())
            )  # fmt: skip
    tx.flush()
    return rows


def load_publications(tx: Write) -> None:
    load_library(tx)


def recommendations(tx: Write) -> dict[str, UUID]:
    """By "ockenden_2022:1.2"; those of the inspection are promised before they are there."""
    rows = tx.exec(
        select(Framework.key, Recommendation.ref, Recommendation.id).where(
            Recommendation.framework_id == Framework.id
        )
    ).all()  # fmt: skip
    own = document("cqc")
    found = {f"{key}:{ref}": found for key, ref, found in rows}
    return found | {f"{own['key']}:{i['ref']}": ident("recommendation", i["ref"]) for i in own["items"]}


def found_inspection(tx: Write, organisation_id: UUID) -> None:
    given = document("cqc")
    row = Framework(
        id=ident("framework", given["key"]),
        key=given["key"],
        title=given["title"],
        short_title=given["short_title"],
        prefix=given["prefix"],
        scope="local",
        organisation_id=organisation_id,
        publisher="Invented for the demonstration",
        published=given["published"] if isinstance(given["published"], date) else None,
        nation="England",
        item_label="finding",
        status="open",
        facts={
            "local": {
                "kind": "inspection",
                "service": "Maternity",
                "inspected_on": given["published"].isoformat(),
                "key_questions": ["safe", "well_led"],
                "notices": ["s29a"],
            }
        },
    )
    tx.add(row)
    tx.flush()
    for position, item in enumerate(given["items"]):
        tx.add(
            Recommendation(
                id=ident("recommendation", item["ref"]),
                framework_id=row.id,
                ref=item["ref"],
                title=item["title"],
                demand=Demand.must if "regulation" in item else Demand.should,
                regulation=item.get("regulation", ""),
                applies_to="trust",
                provenance=Provenance.verified,
                position=position,
            )
        )
    tx.flush()


def say_goodbye(tx: Write, year: Year, accounts: dict[str, Account], key: str) -> None:
    left = people()[key].left
    account = accounts[key]
    tx.add(account)
    account.active, account.deactivated_on = False, year.day(left or 0)
    tx.flush()
