"""Whole plans packed for another installation, and hostile ones made from them."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.core import clock
from app.core.db import Database
from app.core.storage import FolderStorage, storage_in
from app.evidence.models import Evidence, EvidenceAction, EvidenceVersion
from app.evidence.rules import EvidenceForm, EvidenceKind, EvidenceSort, Searched
from app.exchange import queries
from app.exchange.commands.whole import Brought, bring_plan
from app.exchange.parcel import Parcel
from app.plans.queries import plan_for
from tests.assurance.made import add, day, decide, plan_id, propose
from tests.exchange.made_exports import fill, library, restrict
from tests.support.cast import MAKER, Cast

AUDIT = b"n,compliant\n40,38\n"
Files = dict[str, bytes]


def furnish(cast: Cast) -> None:
    """Beside actions and updates: a decision, an open proposal, a restricted action, an item of evidence."""
    fill(cast)
    decide(cast, "edith", propose(cast, "alice", "1.01"))
    propose(cast, "alice", "2.01", why="Nights are short of staff.")
    proven(cast)
    restrict(cast, "2.01", "A restricted action")


def proven(cast: Cast, **fields: Any) -> None:
    """An item of evidence with its file, about action 1.02."""
    kept = store(cast).save(io.BytesIO(AUDIT), 1000)
    with cast.database.read(cast.actor("alice")) as read:
        from app.actions.queries import action

        action_id = action(read, plan_for(read, "alpha"), "1.02").id
    item = Evidence(
        plan_id=plan_id(cast),
        ref="E1",
        kind=EvidenceKind.effect,
        form=EvidenceForm.file,
        sort=next(iter(EvidenceSort)),
        shows="38 of 40 records",
        submitted_on=day(-5),
        submitted_at=clock.now(),
        submitted_by_name="Owen",
        submitted_by_id=cast.people["owen"],
        version=1,
        **fields,
    )
    add(cast, item)
    version = EvidenceVersion(
        plan_id=plan_id(cast), evidence_id=item.id, number=1, file_name="audit.csv", media_type="text/csv",
        size=kept.size, sha256=kept.sha256, stored_as=kept.name, added_on=day(-5), added_at=clock.now(),
        added_by_name="Owen", searched=next(iter(Searched)),
    )  # fmt: skip
    add(cast, version)
    link = EvidenceAction(plan_id=plan_id(cast), action_id=action_id, evidence_id=item.id, linked_on=day(-5))
    add(cast, link)


def store(cast: Cast) -> FolderStorage:
    return storage_in(cast.database.data_dir)


def packed(cast: Cast) -> bytes:
    out = io.BytesIO()
    with cast.database.read(MAKER) as read:
        queries.leaving(read, plan_for(read, "alpha")).pack(store(cast))(out)
    return out.getvalue()


def bring(database: Database, body: bytes, slug: str = "", **more: Any) -> Brought:
    storage = storage_in(database.data_dir)
    with database.write(MAKER) as tx:
        return bring_plan(tx, parcel=Parcel(io.BytesIO(body)), storage=storage, slug=slug, **more)


def with_library(url: str, folder: Path) -> Database:
    """Another installation: it has the national publication, and nothing and nobody else of the plan."""
    database = Database(url, folder)
    with database.write(MAKER) as tx:
        tx.act("tests.begun")
        library(tx)
    return database


def files_of(body: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def sealed(files: Files) -> bytes:
    """With the sums and counts of what it holds now: whoever forges rows forges those as well."""
    manifest = json.loads(files["manifest.json"])
    parts = {name.removesuffix(".jsonl"): text for name, text in files.items() if name.endswith(".jsonl")}
    manifest["sums"] = {part: hashlib.sha256(text).hexdigest() for part, text in parts.items()}
    manifest["counts"] = {part: text.count(b"\n") for part, text in parts.items()}
    return zipped(files | {"manifest.json": json.dumps(manifest).encode()})


def rows(files: Files, part: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files[f"{part}.jsonl"].splitlines()]


def with_rows(files: Files, part: str, change: Callable[[list[dict[str, Any]]], object]) -> bytes:
    made = rows(files, part)
    change(made)
    text = "".join(f"{json.dumps(row)}\n" for row in made).encode()
    return sealed(files | {f"{part}.jsonl": text})


def set_first(part: str, **fields: Any) -> Callable[[Files], bytes]:
    return lambda files: with_rows(files, part, lambda found: found[0].update(fields))


def _manifest(**fields: Any) -> Callable[[Files], bytes]:
    def change(files: Files) -> bytes:
        return zipped(files | {"manifest.json": json.dumps(json.loads(files["manifest.json"]) | fields).encode()})

    return change


def _ring(files: Files) -> bytes:
    def change(found: list[dict[str, Any]]) -> None:
        found[0]["replaced_by_id"], found[1]["replaced_by_id"] = found[1]["id"], found[0]["id"]

    return with_rows(files, "rows/action", change)


def _bomb(files: Files) -> bytes:
    """300 MiB of nothing in a file of 300 kB."""
    out = io.BytesIO(zipped(files))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("rows/bomb.jsonl", "w") as part:
        for _ in range(300):
            part.write(b" " * 1024 * 1024)
    return out.getvalue()


def _encrypted(files: Files) -> bytes:
    made = bytearray(zipped(files))
    at = made.rfind(b"PK\x01\x02")
    made[at + 8] |= 1
    return bytes(made)


def _twice(files: Files) -> bytes:
    import warnings

    out = io.BytesIO(zipped(files))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("manifest.json", files["manifest.json"])
    return out.getvalue()


def _other_file(files: Files) -> bytes:
    [name] = [n for n in files if n.startswith("files/")]
    return zipped(files | {name: b"n,compliant\n40,40\n"})


def _body_for_priority(files: Files) -> bytes:
    return set_first("rows/action", priority_id=rows(files, "rows/body")[0]["id"])(files)


STRAY = str(uuid4())
NO_PLAN, DAMAGED, APART, RELEASE, WRONG = (
    "holds no plan that left", "is damaged at", "do not belong together", "made by another release", "is wrong at",
)  # fmt: skip
HOSTILE: dict[str, tuple[Callable[[Files], bytes], str]] = {
    "nothing": (lambda _files: b"", NO_PLAN),
    "a text": (lambda _files: b"Reference,Action\n1,2\n", NO_PLAN),
    "cut": (lambda files: zipped(files)[:-200], NO_PLAN),
    "no manifest": (lambda files: zipped({n: c for n, c in files.items() if n != "manifest.json"}), NO_PLAN),
    "a manifest that is a list": (lambda files: zipped(files | {"manifest.json": b"[]"}), NO_PLAN),
    "a manifest of other fields": (_manifest(colour="red"), NO_PLAN),
    "a manifest nested without end": (lambda files: zipped(files | {"manifest.json": b"[" * 100_000}), NO_PLAN),
    "a way out of the folder": (lambda files: zipped(files | {"../../etc/passwd": b"x"}), NO_PLAN),
    "a part that is not named": (lambda files: zipped(files | {"rows/extra.jsonl": b"{}\n"}), NO_PLAN),
    "one name twice": (_twice, NO_PLAN),
    "a bomb": (_bomb, "unpacks to more than a plan can hold"),
    "encrypted": (_encrypted, "is encrypted"),
    "another format": (_manifest(format="tracker-plan-9"), RELEASE),
    "another schema": (_manifest(schema="20990101"), RELEASE),
    "rows changed": (lambda files: zipped(files | {"rows/body.jsonl": b"{}\n"}), DAMAGED),
    "another file of evidence": (_other_file, DAMAGED),
    "rows that are no objects": (lambda files: sealed(files | {"rows/body.jsonl": b"[1]\n"}), NO_PLAN),
    "no plan": (lambda files: sealed(files | {"rows/plan.jsonl": b""}), "must hold one plan"),
    "an unknown table": (lambda files: sealed(files | {"rows/account.jsonl": b"{}\n"}), "does not know"),
    "an unknown column": (set_first("rows/action", admin=True), "action.admin"),
    "a key to nothing": (set_first("rows/action", priority_id=STRAY), APART),
    "a key to another kind": (_body_for_priority, APART),
    "a key into another plan": (set_first("rows/action", plan_id=STRAY), APART),
    "rows that wait for each other": (_ring, APART),
    "one id twice": (lambda files: with_rows(files, "rows/priority", lambda r: r[1].update(id=r[0]["id"])), APART),
    "an id that is none": (set_first("rows/action", id="1; drop table action"), APART),
    "a day that is none": (set_first("rows/action", due_date="soon"), WRONG),
    "a stage that is none": (set_first("rows/action", stage="finished"), WRONG),
    "a number that is none": (set_first("rows/action", slips="many"), WRONG),
    "a title too long": (set_first("rows/action", title="x" * 301), WRONG),
    "an NHS number": (set_first("rows/action", title="Call 401 023 2137"), "looks like an NHS number"),
    "a control character": (set_first("rows/action", title="a\x00b"), "cannot be kept"),
    "an unknown publication": (set_first("named/framework", key="bleak_house"), "Load the library first"),
    "an unknown recommendation": (set_first("named/recommendation", ref="99.9"), "Bring the library up to date"),
    "another's publication": (set_first("rows/plan", organisation_id=STRAY), APART),
    "an address that is none": (_manifest(plan="../admin"), "small letters"),
    "an organisation of another shape": (set_first("named/organisation", code="x" * 60), APART),
    "a person of no organisation": (set_first("named/account", email="new@x.example", organisation_id=None), APART),
}  # fmt: skip
