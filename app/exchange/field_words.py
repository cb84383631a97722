"""What the fields of a workbook's columns are called: those of an action, and those that only a spreadsheet has."""

from app.core.inputs import label
from app.core.words import N_, _

WORDS = {
    "title": N_("The action itself"),
    "commentary": N_("Commentary"),
    "linked": N_("Linked plans or recommendations"),
    "period": N_("Status of one quarter or month"),
    "status": N_("Status: stage and progress together"),
    "stage": N_("Delivery status"),
    "evidence": N_("Location of evidence"),
    "accepted_on": N_("Date evidenced"),
    "binding": N_("Must do or should do"),
    "milestones": N_("Milestones"),
}


def field_word(field: str) -> str:
    """The field as a column is said to hold it; the field itself where there is no word for it."""
    return _(WORDS[field]) if field in WORDS else label(field) or field
