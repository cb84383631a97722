"""Values of a plan's own fields, judged by what each field holds."""

from collections.abc import Mapping, Sequence

from app.core.dates import parse_day
from app.core.errors import FieldError, Invalid
from app.core.words import _
from app.plans.models import PlanField
from app.plans.rules import FieldKind

MOST_CHOICE = 200


def judged(fields: Sequence[PlanField], before: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """The values to keep, days as 2026-10-31. What stood before is not judged again: a workbook may have said "tbc".

    Raises Invalid of the fields `own_fields.KEY`.
    """
    kinds = {field.key: field.kind for field in fields}
    kept, wrong = dict(wanted), list[FieldError]()
    for key, text in wanted.items():
        if not text or text == before.get(key):
            continue
        if key not in kinds:
            wrong.append(_wrong(key, _("This plan has no field of its own with the key “{key}”.", key=key)))
        elif kinds[key] is FieldKind.date:
            try:
                kept[key] = parse_day(text).isoformat()
            except ValueError as error:
                wrong.append(_wrong(key, str(error)))
        elif kinds[key] is FieldKind.choice and (len(text) > MOST_CHOICE or "\n" in text):
            wrong.append(_wrong(key, _("Enter one word or phrase of up to {most} characters.", most=MOST_CHOICE)))
    if wrong:
        raise Invalid.several(wrong)
    return kept


def _wrong(key: str, sentence: str) -> FieldError:
    return FieldError(f"own_fields.{key}", sentence)
