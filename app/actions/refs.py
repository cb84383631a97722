"""References of actions: their natural order (1.2 before 1.10), the next free one, and what may be one."""

import re
from collections.abc import Iterable

from app.core.errors import Invalid
from app.core.words import _

MOST = 32
_FORM = re.compile(r"[^\W_](?:[\w.\-]*\w)?")
_PARTS = re.compile(r"\d+|\D+")


def natural(ref: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which numbers count as numbers and come before words."""
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in _PARTS.findall(ref))


def next_ref(priority: str, taken: Iterable[str]) -> str:
    """`<priority>.<n>`, one above the highest number taken below this priority."""
    lead = f"{priority}.".casefold()
    numbers = [ref[len(lead) :] for ref in taken if ref.casefold().startswith(lead)]
    return f"{priority}.{max((int(n) for n in numbers if n.isdecimal()), default=0) + 1}"


def checked(ref: str) -> str:
    """The reference, if it can stand in an address: letters and digits with . - _ between, and at least one digit.

    The digit keeps references apart from the words that addresses use (new, many).
    """
    if len(ref) > MOST or not _FORM.fullmatch(ref) or not any(c.isdecimal() for c in ref):
        raise Invalid(
            "ref",
            _("Enter a reference like 1.4 or MD3: letters, numbers, dots and dashes, at least one number, no spaces."),
        )
    return ref


def fits(ref: str) -> bool:
    """Whether it could be the reference of anything; what cannot must not reach the database."""
    return 0 < len(ref) <= MOST and ref.isprintable()
