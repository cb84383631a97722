"""What a macro draws of one record, drawn of hundreds: the macro once for each shape, the values put in between.

A shape is which fields of a record are empty, and how many items its lists have. A macro drawn so may write a field out
and ask whether there is something in it; whatever else it did would be done to a mark that stands in its place.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import cache
from secrets import token_hex
from typing import Any

from markupsafe import Markup, escape

from app.core import words

# Nobody can type a mark: they are others in each process.
_MARK = f"m{token_hex(12)}n"
_MARKS = re.compile(rf"{_MARK}(\d+)z")


class Stencil:
    """names: the fields of a record, each a text, a flag (never written out) or a tuple of texts; make: draws one."""

    def __init__(self, names: Sequence[str], make: Callable[[Any], str]) -> None:
        self.names, self.make = names, make

    def draw(self, values: Sequence[Any]) -> Markup:
        """values: of one record, in the order of the names."""
        shape = tuple([len(v) if type(v) is tuple else bool(v) for v in values])
        form, places = _cut(self, shape, words.language())
        texts: list[str] = []
        for value in values:
            if type(value) is tuple:
                texts += value
            else:
                texts.append(value if type(value) is str else "")
        escaped = _escaped(texts)
        return Markup(form % tuple([escaped[place] for place in places]))  # noqa: S704 - the macro's, and escaped text


def _escaped(texts: Sequence[str]) -> Sequence[str]:
    """All at once: to escape is quick, to be asked is not. No text of ours holds the sign that parts them."""
    found = str.split(escape("\0".join(texts)), "\0")
    return found if len(found) == len(texts) else [str(escape(text)) for text in texts]


@cache
def _cut(stencil: Stencil, shape: tuple[int, ...], _language: str) -> tuple[str, tuple[int, ...]]:
    """The macro's text with a %s for each value, and which value stands there."""
    marks: list[Any] = []
    at = 0
    for size in shape:
        if isinstance(size, bool):
            marks.append(f"{_MARK}{at}z" if size else "")
            at += 1
        else:
            marks.append(tuple(f"{_MARK}{n}z" for n in range(at, at + size)))
            at += size
    drawn = str(stencil.make(namedtuple("Record", stencil.names)(*marks)))
    return _MARKS.sub("%s", drawn.replace("%", "%%")), tuple(int(n) for n in _MARKS.findall(drawn))
