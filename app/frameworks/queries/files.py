"""Reads an organisation's own publication from a YAML file: the fields of the form, and the recommendations."""

from typing import Any

from pydantic import ValidationError

from app.core.errors import FieldError, Invalid
from app.core.sentences import field_errors
from app.core.words import _
from app.frameworks.schemas import NewPublication

EXAMPLE = """\
title: Inspection report, maternity services
kind: inspection        # or peer_review, survey, coroner, investigation, other
key: cqc_2026
publisher: Care Quality Commission
service: Maternity
inspected_on: 2026-03-03
key_questions: [safe, well_led]
notices: [s29a]
items:
  - ref: MD1
    title: Complete the triage assessment within fifteen minutes
    demand: must
    regulation: Regulation 12(2)(a)
  - ref: SD1
    title: Display staffing levels on each ward
    demand: should
"""


def read_publication(text: str, organisation: str | None = None) -> NewPublication:
    """The publication that the text tells; Invalid with a sentence for each thing that is wrong."""
    found = _document(text)
    if organisation and not found.get("organisation"):
        found["organisation"] = organisation
    try:
        return NewPublication.model_validate(found)
    except ValidationError as error:
        said = [_placed(e, found) for e in field_errors(list(error.errors()))]
        raise Invalid.several(said) from None


def _document(text: str) -> dict[str, Any]:
    # Asked for when a file is read, not by a server that only serves.
    import yaml

    try:
        # An alias may stand for itself many times over: no file of ours needs one.
        if any(isinstance(event, yaml.events.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise Invalid("text", _("Write each value out: names with & and * cannot be used here."))
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise Invalid("text", _("This is not YAML: look at line {line}.", line=line)) from None
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise Invalid("text", _("Begin with lines like “title: Inspection report”."))
    return found


def _placed(error: FieldError, found: dict[str, Any]) -> FieldError:
    """The number of the recommendation before the sentence, since nobody counts places in a file."""
    parts = error.field.split(".")
    if parts[0] != "items" or len(parts) < 2 or not parts[1].isdigit():
        return FieldError("text", _("{field}: {sentence}", field=parts[0], sentence=error.message))
    items = found.get("items")
    item = items[int(parts[1])] if isinstance(items, list) and int(parts[1]) < len(items) else None
    named = item.get("ref", "") if isinstance(item, dict) else ""
    return FieldError(
        "text",
        _("recommendation {ref}, {field}: {sentence}",
          ref=named or int(parts[1]) + 1, field=parts[-1], sentence=error.message),
    )  # fmt: skip
