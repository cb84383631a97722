"""What the input models of every door share."""

from pydantic import BaseModel, ConfigDict


class Given(BaseModel):
    """An input: unknown and read-only fields are refused."""

    model_config = ConfigDict(extra="forbid")


def none_if_empty(value: object) -> object:
    """A form sends an empty field as an empty text."""
    return None if isinstance(value, str) and not value.strip() else value


def ticked(value: object) -> object:
    """A list of what was ticked: a form sends one box as a text, and none as nothing."""
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str) else value
