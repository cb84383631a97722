"""The private wording of an organisation's own publication: for named people, beside the public-safe titles."""

from sqlmodel import col, select

from app.core.db import Read
from app.frameworks.models import Framework, PrivateReader, PrivateWording, Recommendation
from app.frameworks.schemas import PrivateRead, ReaderRead
from app.people.models import Account


def private_wording(read: Read, row: Framework) -> PrivateRead | None:
    """None for who is not named, a program among them, exactly as where there is none."""
    readers = readers_of(read, row)
    if not reads_private(read, readers):
        return None
    kept = (
        select(Recommendation.ref, PrivateWording.wording)
        .join(Recommendation, col(PrivateWording.recommendation_id) == col(Recommendation.id))
        .where(PrivateWording.framework_id == row.id)
    )
    return PrivateRead(
        framework=row.key,
        named=[ReaderRead(email=a.email, name=a.name) for a in readers],
        wordings=dict(read.exec(kept).all()),
    )


def readers_of(read: Read, row: Framework) -> list[Account]:
    named = select(Account).join(PrivateReader, col(PrivateReader.account_id) == col(Account.id))
    return list(read.exec(named.where(PrivateReader.framework_id == row.id).order_by(Account.name)).all())


def reads_private(read: Read, readers: list[Account]) -> bool:
    return read.actor.is_person and any(a.id == read.actor.id for a in readers)
