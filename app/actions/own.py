"""Values of a plan's own fields, as an action keeps them: one text, read where it is shown."""

import json
from collections.abc import Mapping


def read(kept: str) -> dict[str, str]:
    """By the field's key; nothing of a text that was removed from the record."""
    if not kept.startswith("{"):
        return {}
    found: dict[str, str] = json.loads(kept)
    return found


def spelled(values: Mapping[str, str]) -> str:
    """Empty ones are left out; the same values are always the same text."""
    filled = {key: value for key, value in values.items() if value}
    return json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if filled else ""
