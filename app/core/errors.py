"""What can go wrong, each with a code for programs and a sentence for a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FieldError:
    """field: name of the input as the API spells it ("due_date", "rows.3.title"), "" for the whole."""

    field: str
    message: str


@dataclass
class TrackerError(Exception):
    message: str
    code: str = "error"
    status: int = 500
    fields: list[FieldError] = field(default_factory=list)
    details: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message


class NotFound(TrackerError):
    """Absent, or not to be seen: both answer the same."""

    def __init__(self, message: str, code: str = "not_found") -> None:
        super().__init__(message, code, 404)


class Unauthorised(TrackerError):
    def __init__(self, message: str, code: str = "unauthorised") -> None:
        super().__init__(message, code, 401)


class Forbidden(TrackerError):
    def __init__(self, message: str, code: str = "forbidden") -> None:
        super().__init__(message, code, 403)


class Conflict(TrackerError):
    """409 the thing is in another state; 412 it has changed since it was read (status given)."""

    def __init__(
        self, message: str, code: str = "conflict", status: int = 409, details: dict[str, object] | None = None
    ) -> None:
        super().__init__(message, code, status, details=details or {})


class Taken(Conflict):
    """409 that names the field whose value is in use already."""

    def __init__(self, field: str, message: str, code: str = "taken") -> None:
        super().__init__(message, code)
        self.fields = [FieldError(field, message)]


class Stale(Conflict):
    def __init__(self, message: str, details: dict[str, object] | None = None) -> None:
        super().__init__(message, "stale", 412, details)


class PreconditionRequired(TrackerError):
    def __init__(self, message: str) -> None:
        super().__init__(message, "precondition_required", 428)


class Invalid(TrackerError):
    """Input that cannot be taken: which field, and what to do."""

    def __init__(self, field: str, message: str, code: str = "invalid") -> None:
        super().__init__(message, code, 422, [FieldError(field, message)])

    @classmethod
    def several(cls, errors: list[FieldError]) -> "Invalid":
        made = cls(errors[0].field, errors[0].message)
        made.fields = list(errors)
        return made


class Problems:
    """All that is wrong with one input, so that it is refused once: each part is judged in `with problems.noted()`."""

    def __init__(self) -> None:
        self.found: list[FieldError] = []
        self.code = ""
        self.taken: Taken | None = None

    @contextmanager
    def noted(self) -> Iterator[None]:
        try:
            yield
        except Invalid as error:
            self.code = self.code or error.code
            self._find(error)
        except Taken as error:
            self.taken = self.taken or error
            self._find(error)

    def _find(self, error: TrackerError) -> None:
        self.found += [f for f in error.fields if f not in self.found]

    def note(self, field: str, sentence: str) -> None:
        with self.noted():
            raise Invalid(field, sentence)

    def refuse(self) -> None:
        """Raises Invalid where anything was noted, under the code of the first; Taken where that is all."""
        if self.taken is not None and self.found == self.taken.fields:
            raise self.taken
        if self.found:
            made = Invalid.several(self.found)
            made.code = self.code or made.code
            raise made


class TooMany(TrackerError):
    """429; `details["retry_after"]` in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message, "too_many_requests", 429, details={"retry_after": retry_after})


class Unavailable(TrackerError):
    """503: the database cannot be written or reached just now; `details["retry_after"]` in seconds."""

    def __init__(self, message: str, code: str = "unavailable", retry_after: int = 5) -> None:
        super().__init__(message, code, 503, details={"retry_after": retry_after})
