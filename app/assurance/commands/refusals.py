"""Acts on a list: each entry is tried, all that is refused is named, and one refusal refuses the whole."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from app.assurance import queries
from app.assurance.commands.ground import action_of
from app.core.db import Write
from app.core.errors import FieldError, NotFound, TrackerError
from app.core.words import _, ngettext
from app.plans.queries import PlanAccess


class Refusals:
    def __init__(self, tx: Write, access: PlanAccess) -> None:
        self._tx, self._access = tx, access
        self._found: list[tuple[TrackerError, list[FieldError]]] = []

    @contextmanager
    def noted(self, field: str, place: int, proposal_id: UUID, kept: Collection[str] = ()) -> Iterator[None]:
        """field: where this entry stands in what was sent; kept: fields that all entries share, named as they are."""
        try:
            yield
        except TrackerError as error:
            which = self._which(proposal_id, place)
            fields = error.fields or [FieldError("", error.message)]
            error.message = _("{which}: {said}", which=which, said=error.message)
            self._found.append((error, [_placed(f, field, which, kept) for f in fields]))

    def refuse(self) -> None:
        """Raises the first, with what is wrong with all; nothing of the list has effect."""
        if not self._found:
            return
        error = self._found[0][0]
        error.fields = list(dict.fromkeys(f for _error, fields in self._found for f in fields))
        if len(self._found) > 1:
            error.message = ngettext(
                "{n} of these cannot be done. Nothing was changed.",
                "{n} of these cannot be done. Nothing was changed.",
                len(self._found),
            )
        raise error

    def _which(self, proposal_id: UUID, place: int) -> str:
        try:
            row = queries.proposal_row(self._tx, self._access, proposal_id)
        except NotFound:
            return str(place + 1)
        action = action_of(self._tx, self._access, row)
        return action.ref if action else str(place + 1)


def _placed(error: FieldError, field: str, which: str, kept: Collection[str]) -> FieldError:
    if error.field.split(".")[0] in kept:
        return error
    place = f"{field}.{error.field}".rstrip(".") if not kept else field
    return FieldError(place, _("{which}: {said}", which=which, said=error.message))
