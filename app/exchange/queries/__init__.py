"""What leaves a plan, read once: as sheets for a spreadsheet, or whole."""

from app.exchange.queries.exports import book, filtered

__all__ = ["book", "filtered"]
