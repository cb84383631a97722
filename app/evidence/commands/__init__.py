"""The acts on evidence. Each writes the clocks of every action that it concerns, in its own transaction."""

from app.evidence.commands.changing import add_version, change
from app.evidence.commands.holding import remove_file, state_not_numbers
from app.evidence.commands.restricting import open_again, restrict
from app.evidence.commands.reviewing import review, withdraw
from app.evidence.commands.submitting import submit

__all__ = [
    "add_version",
    "change",
    "open_again",
    "remove_file",
    "restrict",
    "review",
    "state_not_numbers",
    "submit",
    "withdraw",
]
