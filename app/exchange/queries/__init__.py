"""What leaves a plan, read once: as sheets for a spreadsheet, or whole."""

from app.exchange.queries.exports import book, filtered
from app.exchange.queries.imports import answers, answers_before, cells_of, import_read, imports
from app.exchange.queries.whole import leaving

__all__ = ["answers", "answers_before", "book", "cells_of", "filtered", "import_read", "imports", "leaving"]
