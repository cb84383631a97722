"""What several acts on plans refuse in the same way."""

from app.core.errors import Conflict, FieldError


def taken(field: str, sentence: str, code: str = "taken") -> Conflict:
    """409 that names the field whose value is in use already."""
    error = Conflict(sentence, code)
    error.fields = [FieldError(field, sentence)]
    return error
