"""Views differ: where the owner reports better than the dates support."""

from app.actions.rules.codes import Code, Rating
from app.actions.rules.facts import SAYS, Facts, Stage

# The rules that rest on dates and on others, not on what the owner says or when.
VIEW_CODES = frozenset({Code.R1, Code.R7, Code.A1, Code.A2, Code.A4})


def views_differ(facts: Facts, rating: Rating) -> bool:
    """The latest update says better than the colour and was made while one of these rules was already firing.

    A rule fires from the beginning of its day, so an update of that day was made after it began. Shown to the
    owner, the lead executive, the office and the chair only.
    """
    update = facts.last_update_on
    if facts.stage != Stage.not_delivered or update is None:
        return False
    if SAYS[facts.progress] >= rating.colour.severity:
        return False
    return any(
        reason.code in VIEW_CODES and reason.since is not None and update >= reason.since for reason in rating.reasons
    )
