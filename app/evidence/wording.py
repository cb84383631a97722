"""What evidence is called, and where in a file something was found."""

from collections.abc import Mapping
from typing import Any

from app.core.words import N_, _, ngettext
from app.evidence.rules import EvidenceKind, EvidenceSort, EvidenceState, Strength

KIND_WORDS: Mapping[EvidenceKind, str] = {
    EvidenceKind.implementation: N_("Shows it was done"),
    EvidenceKind.effect: N_("Shows it works"),
}
SORT_WORDS: Mapping[EvidenceSort, str] = {
    EvidenceSort.guideline: N_("Guideline"),
    EvidenceSort.rota: N_("Rota"),
    EvidenceSort.minutes: N_("Minutes"),
    EvidenceSort.audit: N_("Audit"),
    EvidenceSort.measure: N_("Measure"),
    EvidenceSort.observation: N_("Observation"),
    EvidenceSort.feedback: N_("Feedback"),
    EvidenceSort.training_record: N_("Training record"),
    EvidenceSort.other: N_("Other"),
}
STATE_WORDS: Mapping[EvidenceState, str] = {
    EvidenceState.submitted: N_("Submitted"),
    EvidenceState.accepted: N_("Accepted"),
    EvidenceState.returned: N_("Returned"),
    EvidenceState.withdrawn: N_("Withdrawn"),
}
STRENGTH_WORDS: Mapping[Strength, str] = {
    Strength.strong: N_("Strong"),
    Strength.moderate: N_("Moderate"),
    Strength.limited: N_("Limited"),
}


def places(found: Mapping[str, Any]) -> str:
    """ "pages 3 and 4; sheet 1" of the places that the search noted; "" where it found nothing."""
    return "; ".join(_of_unit(unit, [int(n) for n in numbers]) for unit, numbers in found.items())


def _of_unit(unit: str, numbers: list[int]) -> str:
    listed = _and([str(n) for n in numbers])
    many = len(numbers)
    if unit == "page":
        return ngettext("page {numbers}", "pages {numbers}", many, numbers=listed)
    if unit == "sheet":
        return ngettext("sheet {numbers}", "sheets {numbers}", many, numbers=listed)
    if unit == "slide":
        return ngettext("slide {numbers}", "slides {numbers}", many, numbers=listed)
    if unit == "line":
        return ngettext("line {numbers}", "lines {numbers}", many, numbers=listed)
    if unit == "properties":
        return _("the file’s properties")
    return _("a comment, header, footer or text box")


def _and(parts: list[str]) -> str:
    *first, last = parts
    return _("{names} and {last}", names=", ".join(first), last=last) if first else last


def size_words(size: int) -> str:
    if size < 1024 * 1024:
        return _("{n} kB", n=max(1, round(size / 1024)))
    return _("{n} MB", n=f"{size / 1024 / 1024:.1f}")
