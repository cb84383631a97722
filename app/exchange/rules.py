"""The life of an import."""

from enum import StrEnum


class ImportState(StrEnum):
    """open: looked at and not brought in; done: brought in; undone: taken back."""

    open = "open"
    done = "done"
    undone = "undone"
