"""Text that a spreadsheet would take for a formula: marked on its way into a csv file, and read back as it was.

In a workbook such text is a string cell and needs no mark; a csv file knows no kinds, so an apostrophe goes before it.
"""

import re

# What already begins with apostrophes is marked once more, so that each text has one spelling.
_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def guarded(text: str) -> str:
    """As it is written into a csv file."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
