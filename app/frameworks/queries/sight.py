"""Who sees which publications."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, true

from app.core.db import Read
from app.frameworks.models import Framework


def visible(read: Read, also: Collection[UUID] = ()) -> ColumnElement[bool]:
    """National publications are for all; an organisation's own for its people and those who oversee it.

    also: organisations whose plans the actor may read, as the rooms of plans know.
    """
    actor = read.actor
    if actor.is_system:
        return true()
    homes = {g.organisation_id for g in actor.grants} | actor.overseen | {*also}
    homes |= {actor.organisation_id} if actor.organisation_id else set()
    return or_(col(Framework.organisation_id).is_(None), col(Framework.organisation_id).in_(homes))
