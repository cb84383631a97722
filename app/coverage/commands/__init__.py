"""Acts on coverage: publications of a plan, standings, declarations."""

from app.coverage.commands.declarations import (
    begin_declaration,
    change_line,
    check_line,
    dissent,
    sign_declaration,
)
from app.coverage.commands.standings import (
    add_framework,
    decide_standings,
    note_chased,
    propose_standings,
    remove_framework,
)

__all__ = [
    "add_framework",
    "begin_declaration",
    "change_line",
    "check_line",
    "decide_standings",
    "dissent",
    "note_chased",
    "propose_standings",
    "remove_framework",
    "sign_declaration",
]
