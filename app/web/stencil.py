"""What a macro draws of one record, drawn of hundreds: the macro once for each shape, the values put in between.

A shape is which fields of a record are empty, and how many items its lists have. A macro drawn so may write a field out
and ask whether there is something in it; whatever else it did would be done to a mark that stands in its place.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, count, islice
from operator import add, itemgetter
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

    def draw(self, record: Mapping[str, Any]) -> Markup:
        """record: its fields by their names."""
        [drawn] = self.draw_all({name: (value,) for name, value in record.items()})
        return Markup(drawn)  # noqa: S704 - the macro's, and escaped text

    def draw_all(self, columns: Mapping[str, Sequence[Any]]) -> list[str]:
        """Markup of each record. columns: of each field, by its name, the values of all records."""
        lists = [columns[name] for name in self.lists]
        filled = (map(bool, columns[name]) for name in self.names)
        shapes = zip(*filled, *(map(len, column) for column in lists), strict=True)
        placed: Iterable[tuple[str, ...]] = zip(*(_escaped(columns[name]) for name in self.texts), strict=True)
        for column in lists:
            items = iter(_escaped(list(chain.from_iterable(column))))
            placed = map(add, placed, [tuple(islice(items, len(each))) for each in column])
        cuts = _Cuts(self)
        return [form % pick(these) for (form, pick), these in zip(map(cuts.__getitem__, shapes), placed, strict=True)]


def _escaped(texts: Sequence[str]) -> Sequence[str]:
    """All at once: to escape is quick, to be asked is not. No text of ours holds the sign that parts them."""
    joined = "\0".join(texts)
    escaped = escape(joined)
    if len(escaped) == len(joined):
        # What stands for a sign is longer than it.
        return texts
    found = str.split(escaped, "\0")
    return found if len(found) == len(texts) else [str(escape(text)) for text in texts]


# Which fields of a record there are, then how many items its lists have.
Shape = tuple[int, ...]
Cut = tuple[str, Callable[[Sequence[str]], Any]]


class _Cuts(dict[Shape, Cut]):
    """Those of one drawing: to ask for a cut with all that it depends on takes longer than to draw by it."""

    def __init__(self, stencil: Stencil) -> None:
        super().__init__()
        self.stencil, self.language = stencil, words.language()

    def __missing__(self, shape: Shape) -> Cut:
        found = self[shape] = _cut(self.stencil, shape, self.language)
        return found


@cache
def _cut(stencil: Stencil, shape: Shape, _language: str) -> Cut:
    """The macro's text with a %s for each value, and what picks from all texts those that stand there."""
    filled, sizes = shape[: len(stencil.names)], shape[len(stencil.names) :]
    marks = (f"{_MARK}{place}z" for place in count())
    record: dict[str, Any] = dict(zip(stencil.names, filled, strict=True))
    record |= {name: mark if record[name] else "" for name, mark in zip(stencil.texts, marks, strict=False)}
    record |= {name: tuple(islice(marks, size)) for name, size in zip(stencil.lists, sizes, strict=True)}
    drawn = str(stencil.make(SimpleNamespace(**record)))
    return _MARKS.sub("%s", drawn.replace("%", "%%")), itemgetter(*map(int, _MARKS.findall(drawn)))
