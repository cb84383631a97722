"""What answers a recommendation, and what was decided of it, in sentences."""

from app.actions.reasons import stage_word
from app.actions.rules import Stage, percent
from app.actions.view import ActionView
from app.core.words import N_, _, ngettext, short_day
from app.coverage.around import Edge, Through
from app.coverage.covering import IN_SCOPE, Item
from app.coverage.proof import Proof
from app.coverage.rules import Answer
from app.evidence.wording import STRENGTH_WORDS
from app.frameworks.rules import CrosswalkKind

ANSWERS: dict[Answer, str] = {
    Answer.accepted: N_("Accepted"),
    Answer.in_part: N_("Accepted in part"),
    Answer.not_accepted: N_("Not accepted"),
    Answer.not_applicable: N_("Not applicable"),
    Answer.external: N_("External"),
}
KINDS: dict[CrosswalkKind, str] = {
    CrosswalkKind.same: N_("the same"),
    CrosswalkKind.contributes: N_("contributes"),
    CrosswalkKind.contradicts: N_("contradicts"),
}


def chain(item: Item) -> list[str]:
    """What answers it, each as a sentence; nothing where nothing does, or where others have to."""
    if item.standing not in IN_SCOPE:
        return []
    direct = [
        _("Met by {action}.", action=_action(a.action))
        if a.meets
        else _("{action} contributes.", action=_action(a.action))
        for a in item.answers
    ]
    return direct + [through_words(t) for t in item.through]


def through_words(through: Through) -> str:
    """ "Answered by 1.4 Evidenced and assured through Ockenden final report 1.2, the same, accepted by Edith ..."

    Of a chain each link is told, from the recommendation to what the actions answer.
    """
    steps = [
        _("through {other}, {kind}, {by}", other=f"{e.publication} {e.ref}", kind=_(KINDS[e.kind]), by=_accepted(e))
        for e in through.path
    ]
    named = {"actions": ", ".join(_action(a.action) for a in through.answers), "steps": _(", and that ").join(steps)}
    if through.carries:
        return _("Answered by {actions} {steps}.", **named)
    return _("Answered in part by {actions} {steps}.", **named)


def conflict_words(edge: Edge) -> str:
    return _("It contradicts {other} ({title}), which is answered too: {by}.",
             other=f"{edge.publication} {edge.ref}", title=edge.title, by=_accepted(edge))  # fmt: skip


def told_of(item: Item) -> str:
    """What the organisation has decided, and what waits."""
    stood = item.stood
    if stood is None:
        return ""
    words = []
    if stood.answer is not None and stood.decided_on is not None:
        words.append(_("{answer}, decided by {name} on {day}.", answer=_(ANSWERS[stood.answer]),
                       name=stood.decided_by, day=short_day(stood.decided_on)))  # fmt: skip
        words.append(stood.why)
    if stood.answer is Answer.external:
        words.append(_("With {contact}.", contact=stood.contact))
        words.append(
            _("Last chased on {day}.", day=short_day(stood.last_chased_on))
            if stood.last_chased_on
            else _("Never chased.")
        )
    if stood.asked is not None:
        words.append(_("Asked for: {answer}. The lead executive decides.", answer=_(ANSWERS[stood.asked]).lower()))
    return " ".join(word for word in words if word)


def proof_words(proof: Proof | None) -> str:
    """ "2 accepted, strong, up to 31 May 2026"; nothing where nothing is delivered."""
    if proof is None:
        return ""
    if not proof.accepted:
        if proof.stage is Stage.delivered:
            return _("Delivered, none accepted")
        return _("Assured without accepted evidence")
    words = [ngettext("{n} accepted", "{n} accepted", proof.accepted)]
    for strength, n in proof.strengths.items():
        word = _(STRENGTH_WORDS[strength]).lower()
        words.append(word if n == proof.accepted else _("{n} {strength}", n=n, strength=word))
    if proof.to is not None:
        words.append(_("up to {day}", day=short_day(proof.to, year=True)))
    told = ", ".join(words)
    if proof.without:
        return _("{told}; none accepted for {refs}", told=told, refs=", ".join(proof.without))
    return told


def flag_word(flag: str) -> str:
    return {
        "unproven": _("No accepted proof"),
        "overlap": _("Met more than once"),
        "conflict": _("In conflict"),
        "waiting": _("Waiting for the lead executive"),
    }[flag]


def share(part: int, whole: int, *, is_open: bool) -> str:
    """ "60% (6 of 10)"; never a hundred while anything is open, and never less than what is there."""
    if not whole:
        return _("none of 0")
    if is_open and part >= whole:
        return _("all {whole}, not yet all assured", whole=whole)
    return _("{percent}% ({part} of {whole})", percent=percent(part, whole, int(is_open)), part=part, whole=whole)


def _action(action: ActionView) -> str:
    return f"{action.ref} {stage_word(action.stage)}"


def _accepted(edge: Edge) -> str:
    if edge.by and edge.on:
        return _("accepted by {name} on {day}", name=edge.by, day=short_day(edge.on))
    return _("published as a cross-reference")
