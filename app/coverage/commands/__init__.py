"""Acts on coverage: publications of a plan, standings, declarations."""

from app.coverage.commands.standings import (
    add_framework,
    decide_standings,
    note_chased,
    propose_standings,
    remove_framework,
)

__all__ = ["add_framework", "decide_standings", "note_chased", "propose_standings", "remove_framework"]
