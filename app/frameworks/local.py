"""What an organisation's own publications are: their kinds, what an inspection says, and how two editions differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class LocalKind(StrEnum):
    """What an organisation's own publication is."""

    inspection = "inspection"
    peer_review = "peer_review"
    survey = "survey"
    coroner = "coroner"
    investigation = "investigation"
    other = "other"


class KeyQuestion(StrEnum):
    safe = "safe"
    effective = "effective"
    caring = "caring"
    responsive = "responsive"
    well_led = "well_led"


class Notice(StrEnum):
    """s29A: a warning notice; s31: conditions at once; s64: a request for information (Health and Social Care Act)."""

    s29a = "s29a"
    s31 = "s31"
    s64 = "s64"


class Demand(StrEnum):
    """How an inspection's finding binds."""

    must = "must"
    should = "should"


@dataclass(frozen=True, slots=True)
class Differences:
    """What a newer text of a publication does to an older one, by reference."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def differences(old: Mapping[str, object], new: Mapping[str, object]) -> Differences:
    """old, new: what each recommendation says, by reference."""
    return Differences(
        added=tuple(ref for ref in new if ref not in old),
        changed=tuple(ref for ref in new if ref in old and old[ref] != new[ref]),
        gone=tuple(ref for ref in old if ref not in new),
    )
