"""The one place where the codes of the rules become words and sentences, through gettext.

Words: a label names the cause of a rating; a reason's text says why one rule fired; a remedy is what would
stop it. It decides nothing: codes and parameters come from `app.actions.rules`.
"""

from app.actions.reasons.sentences import (
    change_text,
    headline_reason_text,
    reason_text,
)
from app.actions.reasons.words import (
    colour_word,
    flag_word,
    label,
    progress_word,
    remedy_text,
    stage_word,
    step_text,
)

__all__ = [
    "change_text",
    "colour_word",
    "flag_word",
    "headline_reason_text",
    "label",
    "progress_word",
    "reason_text",
    "remedy_text",
    "stage_word",
    "step_text",
]
