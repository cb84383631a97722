"""The demonstration's evidence: what was submitted for an action and when, and what the panel said of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from random import Random
from typing import Any

from app.core.storage import Stored
from app.demo.content import document
from app.demo.hand import Hand
from app.demo.life import Life
from app.demo.papers import paper
from app.evidence.models import Evidence, EvidenceAction, EvidenceVersion
from app.evidence.rules import EvidenceForm, EvidenceKind, EvidenceSort, EvidenceState, Searched, Strength

IMPLEMENTATION, EFFECT = EvidenceKind.implementation, EvidenceKind.effect
MOST_BYTES = 1024 * 1024
# A number out of the range that is never issued, so that a file can be shown as held.
HELD_FILE = b"reference,seen\n1,yes\n9990000123,yes\n2,yes\n"


@dataclass(frozen=True, slots=True)
class Told:
    """One item as it is submitted. name: how what is said of it finds it; ends: the day that it speaks for."""

    name: str
    ref: str
    kind: EvidenceKind
    words: dict[str, Any]
    begins: int
    ends: int
    expires: int | None = None
    confidential: bool = False
    held: bool = False


def implemented(life: Life, at: int, accepted: int | None = None, by: str = "") -> None:
    """What shows that it was done, submitted with the claim and accepted when it is decided."""
    told = _told(life, IMPLEMENTATION, at, life.completed if life.completed is not None else at - 7)
    life.add(at, life.who_does(), "evidence.submitted", lambda hand: submit(hand, told))
    if accepted is not None:
        accept(life, told.name, accepted, by)


def shown(life: Life, at: int) -> str:
    """What shows that it works, submitted on a day; the name to speak of it by."""
    told = _told(life, EFFECT, at, at - 3)
    dice = Random(f"{life.plan.slug} {life.ref} {at} care")  # noqa: S311 - dice of a story
    luck = dice.random()
    if life.case.stage == "assured" and life.case.reopened is None:
        expires = -9 if luck < 0.04 else dice.randint(12, 50) if luck < 0.12 else at + 730
        told = replace(told, expires=expires, confidential=0.12 <= luck < 0.2)
    life.add(at, life.who_does(), "evidence.submitted", lambda hand: submit(hand, told))
    return told.name


def accept(life: Life, name: str, at: int, by: str) -> None:
    life.add(at, by, "evidence.accepted", lambda hand: _review(hand, name, EvidenceState.accepted, "Seen and read."))


def send_back(life: Life, name: str, at: int, by: str, why: str) -> None:
    life.add(at, by, "evidence.returned", lambda hand: _review(hand, name, EvidenceState.returned, why))


def beside(found: Iterable[Life]) -> None:
    """The other states: a file that is held, one that was withdrawn, and one of an action that was closed."""
    open_ones = [life for life in found if life.case.stage == "not_delivered" and life.completed is None]
    quiet = [life for life in open_ones if life.created < -60 and life.case.claimed is None]
    closed = [life for life in found if life.case.exited is not None and life.created < -60]
    if len(quiet) < 12 or not closed:
        return
    held = replace(_told(quiet[5], IMPLEMENTATION, -6, -8, form="csv"), held=True)
    quiet[5].add(-6, quiet[5].who_does(), "evidence.submitted", lambda hand: submit(hand, held))
    wrong = _told(quiet[9], IMPLEMENTATION, -34, -40)
    quiet[9].add(-34, quiet[9].who_does(), "evidence.submitted", lambda hand: submit(hand, wrong))
    quiet[9].add(-27, quiet[9].who_does(), "evidence.withdrawn", lambda hand: _withdraw(hand, wrong.name))
    late = closed[0]
    unused = _told(late, IMPLEMENTATION, late.created + 20, late.created + 15)
    late.add(late.created + 20, late.who_does(), "evidence.submitted", lambda hand: submit(hand, unused))


def _told(life: Life, kind: EvidenceKind, at: int, ends: int, form: str = "") -> Told:
    dice = Random(f"{life.plan.slug} {life.ref} {kind.value} {at}")  # noqa: S311
    choices = [w for w in document("evidence")[kind.value] if not form or w["form"] == form]
    words = dict(dice.choice(choices))
    numbers = {"{pct}": str(dice.randint(86, 98)), "{n}": str(dice.randint(5, 24))}
    for mark, number in numbers.items():
        words = {name: text.replace(mark, number) if isinstance(text, str) else text for name, text in words.items()}
    begins = max(life.completed or ends - 60, ends - 90)
    return Told(f"{life.ref} {kind.value} {at}", life.ref, kind, words, min(begins + 1, ends), ends)


def submit(hand: Hand, told: Told) -> None:
    words, ground = told.words, hand.ground
    is_file = words["form"] not in ("link", "seen")
    row = Evidence(
        id=ground.new_id(),
        plan_id=ground.plan.id,
        ref=f"E{len(ground.evidence) + 1}",
        kind=told.kind,
        form=EvidenceForm.file if is_file else EvidenceForm(words["form"]),
        sort=EvidenceSort(words["sort"]),
        shows=words["shows"],
        confidential=told.confidential,
        public_summary="Checked by somebody outside the team; the detail is confidential." if told.confidential else "",
        expires_on=ground.year.day(told.expires) if told.expires is not None else None,
        submitted_on=hand.day,
        submitted_at=hand.at,
        submitted_by_id=hand.who.id,
        submitted_by_name=hand.who.name,
        **_details(hand, told, is_file),
    )
    hand.tx.add(row)
    ground.evidence[told.name] = row
    hand.tx.flush()
    if is_file:
        hand.tx.add(_version(hand, row, told))
    link = EvidenceAction(
        id=ground.new_id(), plan_id=row.plan_id, action_id=ground.actions[told.ref].id, evidence_id=row.id,
        linked_on=hand.day,
    )  # fmt: skip
    hand.tx.add(link)
    ground.proofs[told.name] = link, told.ref
    hand.change(told.ref, **({"submitted_on": hand.day} if told.kind is EFFECT and not told.held else {}))


def _details(hand: Hand, told: Told, is_file: bool) -> dict[str, Any]:
    words, year = told.words, hand.ground.year
    found: dict[str, Any] = {"method": words.get("method", ""), "kept_at": words.get("kept", ""), "held": told.held}
    if words["form"] == "seen":
        found["dated_on"] = year.day(told.ends)
    else:
        found |= {"period_from": year.day(told.begins), "period_to": year.day(told.ends)}
    if words["form"] == "link":
        found["url"] = f"https://files.saltmarsh.example/{words['sort']}"
    if "n" in words:
        found |= {"sample_size": words["n"], "result": f"{words['n'] - 2} of {words['n']} met the standard."}
    return found | ({"version": 1} if is_file else {})


def _version(hand: Hand, row: Evidence, told: Told) -> EvidenceVersion:
    content, media_type = paper(told.words["form"], f"{row.ref} on action {told.ref}", row.shows)
    content = HELD_FILE if told.held else content
    stored: Stored = hand.ground.storage.save(BytesIO(content), MOST_BYTES)
    return EvidenceVersion(
        id=hand.ground.new_id(),
        plan_id=row.plan_id,
        evidence_id=row.id,
        number=1,
        file_name=told.words["file"],
        media_type=media_type,
        size=stored.size,
        sha256=stored.sha256,
        stored_as=stored.name,
        added_on=hand.day,
        added_at=hand.at,
        added_by_id=hand.who.id,
        added_by_name=hand.who.name,
        searched=Searched.whole,
        found={"line": [3]} if told.held else {},
        held=told.held,
    )


def _review(hand: Hand, name: str, state: EvidenceState, why: str) -> None:
    row = _row(hand, name)
    is_accepted = state is EvidenceState.accepted
    row.state = state
    row.reviewed_on, row.reviewed_by_id, row.reviewed_by_name, row.review_why = (
        hand.day,
        hand.who.id,
        hand.who.name,
        why,
    )
    row.accepted_on = hand.day if is_accepted else None
    row.returned_on = row.returned_on if is_accepted else hand.day
    if is_accepted:
        row.strength = Random(name).choice([Strength.strong, Strength.strong, Strength.moderate])  # noqa: S311
    link, ref = hand.ground.proofs[name]
    hand.tx.add(link)
    link.covered = is_accepted
    facts: dict[str, date] = {("accepted_on" if is_accepted else "returned_on"): hand.day}
    hand.change(ref, **(facts if row.kind is EFFECT else {}))


def _withdraw(hand: Hand, name: str) -> None:
    row = _row(hand, name)
    row.state = EvidenceState.withdrawn
    row.withdrawn_on, row.withdrawn_by_name = hand.day, hand.who.name
    row.withdrawn_why = "It shows the year before; the new one follows."
    hand.change(hand.ground.proofs[name][1])


def _row(hand: Hand, name: str) -> Evidence:
    row = hand.ground.evidence[name]
    hand.tx.add(row)
    return row
