"""Which plan a program's key is narrowed to."""

from uuid import UUID

from app.core.db import Read
from app.core.errors import Invalid, NotFound
from app.core.words import _
from app.organisations.queries import named
from app.plans.queries.access import plan_for


def plan_of_token(read: Read, slug: str | None, organisation: str) -> UUID | None:
    """The plan that a token of this organisation (a code) is narrowed to; None where it is to none.

    422 naming the field: a plan that is absent, that its maker may not see, and in which the organisation takes no
    part all answer alike.
    """
    if slug is None:
        return None
    owner = named(read, "organisation", organisation)
    try:
        access = plan_for(read, slug)
    except NotFound:
        access = None
    if access is None or owner.id not in (access.organisation_id, *access.participants):
        sentence = _(
            "{name} takes part in no plan “{plan}” that you may see. Choose another plan or organisation.",
            name=owner.name,
            plan=slug,
        )
        raise Invalid("plan", sentence)
    return access.id
