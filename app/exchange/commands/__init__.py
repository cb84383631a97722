"""Acts of imports: a workbook is taken in and looked at, answered, carried out whole, and taken back."""

from app.exchange.commands.answering import answer_import, begin_import, drop_import
from app.exchange.commands.bringing import bring_in, carry_out
from app.exchange.commands.undoing import undo_import

__all__ = ["answer_import", "begin_import", "bring_in", "carry_out", "drop_import", "undo_import"]
