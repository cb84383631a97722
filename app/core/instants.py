"""An instant as the record and every table spell it."""

from datetime import UTC, datetime


def instant_text(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
