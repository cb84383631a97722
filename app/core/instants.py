"""An instant as the record and every table spell it, and as a clock in London shows it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def instant_text(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def london(instant: datetime) -> datetime:
    return instant.astimezone(LONDON)
