"""What status words stand for. Only words that say it themselves are known; letters and colours are always asked."""

import re
from enum import StrEnum

from app.actions.rules import Progress, Stage
from app.core.words import N_, _
from app.exchange.imports.headings import simple
from app.exchange.imports.sheets import Cell


class Meaning(StrEnum):
    """What a word, letter or colour of a status column says of an action."""

    not_started = "not_started"
    on_track = "on_track"
    at_risk = "at_risk"
    off_track = "off_track"
    not_delivered = "not_delivered"
    delivered = "delivered"
    assured = "assured"
    embedded = "embedded"
    # It says nothing of the action's state: kept as words.
    nothing = "nothing"
    # Rows with it stay out of the plan.
    out = "out"


WORDS: dict[Meaning, str] = {
    Meaning.not_started: N_("Not started"),
    Meaning.on_track: N_("On track"),
    Meaning.at_risk: N_("At risk"),
    Meaning.off_track: N_("Off track"),
    Meaning.not_delivered: N_("Not delivered"),
    Meaning.delivered: N_("Delivered, not yet evidenced"),
    Meaning.assured: N_("Evidenced and assured"),
    Meaning.embedded: N_("Embedded"),
    Meaning.nothing: N_("Nothing: keep the word in the commentary"),
    Meaning.out: N_("Leave these rows out"),
}
_PROGRESS = {
    "not started": Progress.not_started, "not yet started": Progress.not_started, "yet to start": Progress.not_started,
    "not commenced": Progress.not_started, "not begun": Progress.not_started,
    "on track": Progress.on_track, "on target": Progress.on_track, "on schedule": Progress.on_track,
    "on plan": Progress.on_track, "on track to deliver": Progress.on_track,
    "at risk": Progress.at_risk, "at risk of delay": Progress.at_risk, "at risk of slipping": Progress.at_risk,
    "off track": Progress.off_track, "not on track": Progress.off_track, "off target": Progress.off_track,
    "not on track to deliver": Progress.off_track, "behind schedule": Progress.off_track,
    "off plan": Progress.off_track,
}  # fmt: skip
_STAGES = {
    "not yet delivered": Stage.not_delivered, "not delivered": Stage.not_delivered,
    "delivered not yet evidenced": Stage.delivered, "delivered not evidenced": Stage.delivered,
    "delivered evidence awaited": Stage.delivered, "complete not yet evidenced": Stage.delivered,
    "evidenced and assured": Stage.assured, "evidenced assured": Stage.assured,
    "delivered evidenced and assured": Stage.assured, "complete evidenced and assured": Stage.assured,
    "embedded": Stage.embedded, "embedded and sustained": Stage.embedded,
}  # fmt: skip
_OF_STAGE = {s: Meaning(s.value) for s in (Stage.not_delivered, Stage.delivered, Stage.assured, Stage.embedded)}
_COLOUR_WORD = re.compile(
    r"(?:r|a|g|b|y|w|red|amber|yellow|green|blue|grey|gray|white|black|purple|orange|light green|dark green|"
    r"light blue|dark blue)(?: ?/ ?(?:red|amber|green|blue))?"
)
COMPLETE = frozenset({"complete", "completed"})
_BLANK = frozenset({"", "-", "n/a", "na", "none", "tbc"})


def is_blank(cell: Cell) -> bool:
    return cell.text.casefold().strip(" .") in _BLANK and not cell.fill


def key_of(cell: Cell) -> str:
    """Under what a legend keeps the cell's status: its word, or its ground where it has no word."""
    # Ticks, crosses and coloured discs are words as well.
    words = simple(cell.text).strip("# ") or cell.text.strip()
    return words or (f"#{cell.fill}" if cell.fill else "")


def is_colour(key: str) -> bool:
    return key.startswith("#") or _COLOUR_WORD.fullmatch(key) is not None


def known(key: str, field: str) -> Meaning | None:
    """What the word says by itself in such a column; None where only the plan's own people can tell.

    "Complete" beside a column of delivery stages follows that column; alone it may be delivered or assured.
    """
    if is_colour(key):
        return None
    if field in ("progress", "status", "period") and key in _PROGRESS:
        return Meaning(_PROGRESS[key].value)
    if field in ("stage", "status", "period") and key in _STAGES:
        return _OF_STAGE[_STAGES[key]]
    return None


def meaning_word(meaning: Meaning) -> str:
    return _(WORDS[meaning])


def stage_of(meaning: Meaning) -> Stage | None:
    if meaning in (Meaning.delivered, Meaning.assured, Meaning.embedded, Meaning.not_delivered):
        return Stage(meaning.value)
    return Stage.not_delivered if progress_of(meaning) else None


def progress_of(meaning: Meaning) -> Progress | None:
    names = (Meaning.not_started, Meaning.on_track, Meaning.at_risk, Meaning.off_track)
    return Progress(meaning.value) if meaning in names else None
