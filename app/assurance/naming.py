"""What a history calls the rows and codes of a plan: ids by what people call them, codes as "progress:on_track"."""

from app.actions.reasons import progress_word, stage_word
from app.actions.rules import Progress, Stage
from app.actions.view import PlanView
from app.assurance.wording import MOVE_WORDS, move_words


def names_of(view: PlanView) -> dict[str, str]:
    names = {str(p.id): p.shown for p in view.people.values()}
    names |= {str(p.id): f"{p.ref} {p.title}" for p in view.priorities}
    for action in view.actions:
        names[str(action.id)] = action.ref
        names[str(action.organisation_id)] = action.organisation_name
    names |= {f"progress:{p.value}": progress_word(p) for p in Progress}
    names |= {f"stage:{s.value}": stage_word(s) for s in Stage}
    return names | {f"move:{m.value}": move_words(m) for m in MOVE_WORDS}
