"""How good the proof of a recommendation is: the accepted evidence of what answers it; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.actions.rules import Stage
from app.coverage.covering import IN_SCOPE, ORDER, Item
from app.evidence.rules import Item as Evidence
from app.evidence.rules import Strength

# Accepted evidence by action. What is confidential or restricted is in it without its strength and days.
Proven = Mapping[UUID, tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class Proof:
    """stage: of the weakest delivered action that counts. accepted: items, each once, whatever they serve.

    strengths: as their reviewers judged them; to: the last day an item speaks for; without: delivered actions that
    no accepted item shows.
    """

    stage: Stage
    accepted: int
    strengths: Mapping[Strength, int]
    to: date | None
    without: tuple[str, ...]


def proof_of(item: Item, proven: Proven) -> Proof | None:
    """None where nothing that counts for it is delivered, or where others have to answer it."""
    said = [a for a in item.counting if a.stage is not Stage.not_delivered] if item.standing in IN_SCOPE else []
    if not said:
        return None
    found = {each.id: each for action in said for each in proven.get(action.id, ())}.values()
    judged = [each.strength for each in found]
    return Proof(
        stage=min((a.stage for a in said), key=ORDER.__getitem__),
        accepted=len(found),
        strengths={strength: n for strength in Strength if (n := judged.count(strength))},
        to=max((each.speaks_for for each in found if each.speaks_for), default=None),
        without=tuple(a.ref for a in said if a.id not in proven),
    )
