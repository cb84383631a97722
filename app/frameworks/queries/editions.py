"""How an edition of an organisation's own publication differs from the one before."""

from sqlmodel import col, select

from app.core.db import Read
from app.frameworks.local import differences
from app.frameworks.models import Framework, Recommendation
from app.frameworks.schemas import DifferencesRead


def differences_read(read: Read, row: Framework) -> DifferencesRead | None:
    """Against the edition whose place this one takes; None where there was none that may be seen."""
    keys = [k for k in row.facts.get("supersedes", []) if row.organisation_id is not None]
    before = read.exec(
        select(Framework).where(col(Framework.key).in_(keys), Framework.organisation_id == row.organisation_id)
    ).first() if keys else None  # fmt: skip
    if before is None:
        return None
    told = differences(_worded(read, before), _worded(read, row))
    return DifferencesRead(
        since=before.key, added=list(told.added), changed=list(told.changed), gone=list(told.gone)
    )  # fmt: skip


def _worded(read: Read, row: Framework) -> dict[str, object]:
    found = read.exec(
        select(Recommendation)
        .where(Recommendation.framework_id == row.id, col(Recommendation.withdrawn_on).is_(None))
        .order_by(col(Recommendation.position))
    ).all()
    return {r.ref: (r.title, r.summary, r.demand, r.regulation) for r in found}
