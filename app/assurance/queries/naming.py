"""What a history calls the rows and codes of a plan: ids by what people call them, codes as "progress:on_track"."""

from collections.abc import Sequence
from uuid import UUID

from app.actions.display import LOOKS, look_word
from app.actions.reasons import progress_word, stage_word
from app.actions.rules import Progress, Stage
from app.actions.view import PlanView
from app.assurance.models import Decision
from app.assurance.wording import MOVE_WORDS, move_words
from app.core.db import Read
from app.core.words import _, short_day
from app.frameworks.queries import recommendation_labels
from app.history.queries import rows
from app.history.schemas import Deed, in_order
from app.history.tails import meeting_of
from app.plans.queries import PlanAccess, meetings
from app.plans.queries.listing import CADENCE_WORDS
from app.plans.queries.thresholds import thresholds

Names = dict[str, str]


def names_of(read: Read, access: PlanAccess, view: PlanView, deeds: Sequence[Deed]) -> Names:
    """Of what these deeds speak of."""
    images = [row.image for deed in deeds for row in deed.changed]
    names = _of_view(view) | _of_settings(view)
    recommended = {UUID(str(id)) for image in images if (id := image.get("recommendation_id"))}
    for id, label in recommendation_labels(read, recommended).items():
        names[str(id)] = label.chip
    if any(deed.act.startswith("meeting.") for deed in deeds):
        names |= _of_meetings(read, access, names, {meeting_of(deed) for deed in deeds})
    return names


def _of_meetings(read: Read, access: PlanAccess, names: Names, ids: set[str]) -> Names:
    """Their names and days, and the references of what was decided at each."""
    held = [met for met in meetings(read, access.id) if str(met.id) in ids]
    decided: dict[UUID, set[str]] = {met.id: set() for met in held}
    for row in rows(read, Decision, access.id, meeting_id=list(decided)):
        if row.meeting_id and row.action_id:
            decided[row.meeting_id].add(names.get(str(row.action_id), ""))
    found = {str(met.id): _("{name}, {day}", name=met.name, day=short_day(met.held_on, year=True)) for met in held}
    return found | {f"decided:{id}": " ".join(sorted(refs, key=in_order)) for id, refs in decided.items()}


def _of_view(view: PlanView) -> Names:
    names = {str(p.id): p.shown for p in view.people.values()}
    names |= {str(p.id): f"{p.ref} {p.title}" for p in view.priorities}
    for action in view.actions:
        names[str(action.id)] = action.ref
        names[str(action.organisation_id)] = action.organisation_name
    names |= {f"progress:{p.value}": progress_word(p) for p in Progress}
    names |= {f"stage:{s.value}": stage_word(s) for s in Stage}
    return names | {f"move:{m.value}": move_words(m) for m in MOVE_WORDS}


def _of_settings(view: PlanView) -> Names:
    names = {f"legend:{look}": look_word(look, {}) for look in LOOKS} | {"settings:cadence": _("Owners report")}
    names |= {f"cadence:{cadence.value}": _(words) for cadence, words in CADENCE_WORDS.items()}
    for _title, lines in thresholds(view.settings):
        for line in lines:
            names |= {f"settings:{line.name}": line.words, f"unit:{line.name}": line.unit}
    return names
