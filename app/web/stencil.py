"""What a macro draws of one record, drawn of hundreds: the macro once for each shape, the values put in between.

A shape is which fields of a record are empty, and how many items its lists have. A macro drawn so may write a field out
and ask whether there is something in it; whatever else it did would be done to a mark that stands in its place.
"""

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache
from itertools import count, islice
from operator import itemgetter
from secrets import token_hex
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup, escape

from app.core import words

# Nobody can type a mark: they are others in each process.
_MARK = f"m{token_hex(12)}n"
_MARKS = re.compile(rf"{_MARK}(\d+)z")


class Stencil:
    """make: draws one record. Fields are texts; those in `lists` tuples of texts, and `flags` are never written out."""

    def __init__(
        self, names: Sequence[str], make: Callable[[Any], str], *, flags: Collection[str], lists: Collection[str]
    ) -> None:
        self.names, self.make = names, make
        self.texts = tuple(name for name in names if name not in flags and name not in lists)
        self.lists = tuple(name for name in names if name in lists)
        self._of_texts = itemgetter(*map(names.index, self.texts))
        self._of_lists = tuple(map(names.index, self.lists))

    def draw(self, values: Sequence[Any]) -> Markup:
        """values: of one record, in the order of the names."""
        texts, sizes = self._of_texts(values), []
        for place in self._of_lists:
            texts += values[place]
            sizes.append(len(values[place]))
        form, placed = _cut(self, tuple(map(bool, values)), tuple(sizes), words.language())
        return Markup(form % placed(_escaped(texts)))  # noqa: S704 - the macro's, and escaped text


def _escaped(texts: Sequence[str]) -> Sequence[str]:
    """All at once: to escape is quick, to be asked is not. No text of ours holds the sign that parts them."""
    found = str.split(escape("\0".join(texts)), "\0")
    return found if len(found) == len(texts) else [str(escape(text)) for text in texts]


@cache
def _cut(
    stencil: Stencil, filled: tuple[bool, ...], sizes: tuple[int, ...], _language: str
) -> tuple[str, Callable[[Sequence[str]], Any]]:
    """The macro's text with a %s for each value, and what picks from all texts those that stand there."""
    marks = (f"{_MARK}{place}z" for place in count())
    record: dict[str, Any] = dict(zip(stencil.names, filled, strict=True))
    record |= {name: mark if record[name] else "" for name, mark in zip(stencil.texts, marks, strict=False)}
    record |= {name: tuple(islice(marks, size)) for name, size in zip(stencil.lists, sizes, strict=True)}
    drawn = str(stencil.make(SimpleNamespace(**record)))
    return _MARKS.sub("%s", drawn.replace("%", "%%")), itemgetter(*map(int, _MARKS.findall(drawn)))
