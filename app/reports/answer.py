"""The answer in words, made by rule: what needs action and why, what is proven and what is not, what has no action.

A sentence is a row of pieces, so that each number in it opens its rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.actions.rules import Colour, Counts, Label, Share
from app.actions.view import PlanView
from app.core.words import _, ngettext, short_day
from app.reports.addresses import ASSURED, EXITED, Addresses
from app.reports.compare import Comparison
from app.reports.past import Then


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence; href: the rows behind the number in them, "" where there is none; lead: says the most.

    counts: False where href explains the words and has not as many rows: a difference, a name.
    """

    text: str
    href: str = ""
    lead: bool = False
    counts: bool = True


Phrase = Callable[[int], str]
# Causes as they stand behind "14 actions need action: ".
CAUSES: Mapping[Label, Phrase] = {
    Label.overdue: lambda n: ngettext("{n} overdue", "{n} overdue", n),
    Label.proof_overdue: lambda n: ngettext("{n} with proof overdue", "{n} with proof overdue", n),
    Label.position_unknown: lambda n: ngettext("{n} whose position is unknown", "{n} whose position is unknown", n),
    Label.proof_returned: lambda n: ngettext("{n} with proof returned", "{n} with proof returned", n),
    Label.relapsed: lambda n: ngettext("{n} relapsed", "{n} relapsed", n),
    Label.off_track: lambda n: ngettext("{n} off track", "{n} off track", n),
    Label.regulator_date: lambda n: ngettext("{n} against a regulator's date", "{n} against a regulator's date", n),
    Label.should_have_started: lambda n: ngettext("{n} that should have started", "{n} that should have started", n),
    Label.due_soon: lambda n: ngettext("{n} due soon", "{n} due soon", n),
    Label.no_recent_update: lambda n: ngettext("{n} without a recent update", "{n} without a recent update", n),
    Label.held_up: lambda n: ngettext("{n} held up", "{n} held up", n),
    Label.no_owner: lambda n: ngettext("{n} without an owner", "{n} without an owner", n),
    Label.slipped: lambda n: ngettext("{n} that slipped", "{n} that slipped", n),
    Label.proof_due_soon: lambda n: ngettext("{n} with proof due soon", "{n} with proof due soon", n),
    Label.measure_of_concern: lambda n: ngettext("{n} with a measure of concern", "{n} with a measure of concern", n),
    Label.retest_due: lambda n: ngettext("{n} due a re-test", "{n} due a re-test", n),
    Label.no_date: lambda n: ngettext("{n} without a date", "{n} without a date", n),
    Label.waiting_for_panel: lambda n: ngettext("{n} waiting for the panel", "{n} waiting for the panel", n),
    Label.at_risk: lambda n: ngettext("{n} at risk", "{n} at risk", n),
    Label.regulator_date_near: lambda n: ngettext("{n} near a regulator's date", "{n} near a regulator's date", n),
    Label.waiting_for_validation: lambda n: ngettext("{n} waiting for validation", "{n} waiting for validation", n),
    Label.reopened: lambda n: ngettext("{n} re-opened", "{n} re-opened", n),
}


def answer(
    plan: PlanView, without_action: int, since: Comparison | None, was: Then | None, to: Addresses
) -> list[list[Piece]]:
    """Two or three sentences. since, was: the comparison and the earlier day, where there is one."""
    counts = plan.counts
    if not counts.in_force:
        return [[Piece(_("No action is in force yet."))]]
    sentences = [_worst(plan, was, since, to), _proven(plan, to)]
    if without_action:
        text = ngettext("{n} recommendation has no action", "{n} recommendations have no action", without_action)
        sentences.append([Piece(text, to.recommendations(standing="without_action"), lead=True), Piece(".")])
    if counts.exited:
        # The tracker's total has these too: said here, so that the two numbers explain each other.
        text = ngettext("{n} more was closed another way", "{n} more were closed another way", counts.exited)
        sentences.append([Piece(text, to.rows(stage=EXITED)), Piece(".")])
    return sentences


def _worst(plan: PlanView, was: Then | None, since: Comparison | None, to: Addresses) -> list[Piece]:
    counts = plan.counts
    red, amber = counts.by_rating[Colour.red], counts.by_rating[Colour.amber]
    if red:
        text = ngettext("{n} of {whole} actions in force needs action now",
                        "{n} of {whole} actions in force need action now", red, whole=counts.in_force)  # fmt: skip
        colour, number = Colour.red, red
    elif amber:
        text = ngettext("{n} of {whole} actions in force needs attention, none is red",
                        "{n} of {whole} actions in force need attention, none is red",
                        amber, whole=counts.in_force)  # fmt: skip
        colour, number = Colour.amber, amber
    else:
        return [Piece(ngettext("The one action in force needs no attention now.",
                               "None of {n} actions in force needs attention now.", counts.in_force))]  # fmt: skip
    pieces = [Piece(text, to.rows(rating=(colour.value,)), lead=True)]
    if was is not None and since is not None:
        part = "worse" if number > was.by_rating[colour] else "better"
        pieces += [
            Piece(", "),
            Piece(_changed(number - was.by_rating[colour], since), to.since(since.since, part), counts=False),
        ]
    return [*pieces, Piece(": "), *causes(counts, colour, to), Piece(".")]


def _changed(more: int, since: Comparison) -> str:
    then = short_day(since.since, year=since.since.year != since.until.year)
    if more > 0:
        return ngettext("{n} more than on {day}", "{n} more than on {day}", more, day=then)
    if more < 0:
        return ngettext("{n} fewer than on {day}", "{n} fewer than on {day}", -more, day=then)
    return _("as many as on {day}", day=then)


def causes(counts: Counts, colour: Colour, to: Addresses) -> list[Piece]:
    """Every cause of the colour with its count, the most frequent first."""
    found = [(n, label) for label, n in counts.by_label.items() if label in CAUSES and _colour_of(label) is colour]
    found.sort(key=lambda each: -each[0])
    return _joined([Piece(CAUSES[label](n), to.label(label)) for n, label in found])


REDS = frozenset(
    {
        Label.overdue, Label.proof_overdue, Label.position_unknown, Label.proof_returned, Label.relapsed,
        Label.off_track, Label.regulator_date,
    }
)  # fmt: skip


def _colour_of(label: Label) -> Colour:
    return Colour.red if label in REDS else Colour.amber


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        out += [Piece(", "), piece] if out else [piece]
    return out


def _proven(plan: PlanView, to: Addresses) -> list[Piece]:
    counts = plan.counts
    unproven = counts.delivered_share.part - counts.assured
    assured = Piece(
        ngettext("{n} is assured", "{n} are assured", counts.assured) if counts.assured else _("None is assured yet"),
        to.rows(stage=ASSURED) if counts.assured else "",
        lead=True,
    )
    again = _again(plan, to)
    if not unproven:
        return [assured, *again, Piece("; "), Piece(_("none is delivered and unproven."))]
    text = ngettext("{n} more is delivered and unproven", "{n} more are delivered and unproven", unproven)
    return [assured, *again, Piece("; "), Piece(text, to.rows(stage=("delivered",))), Piece(".")]


def _again(plan: PlanView, to: Addresses) -> list[Piece]:
    """Assured and yet red or amber: why the colour counts fewer than the stage."""
    n = sum(a.stage.is_assured and a.rating.colour in (Colour.red, Colour.amber) for a in plan.actions)
    if not n:
        return []
    text = ngettext("{n} of them needs attention again", "{n} of them need attention again", n)
    return [Piece(", "), Piece(text, to.rows(stage=ASSURED, rating=(Colour.red.value, Colour.amber.value)))]


def with_links(text: str, refs: Sequence[str], to: Addresses) -> list[Piece]:
    """A sentence that names some of these actions, one after the other, with a link on each."""
    named = next((n for n in range(len(refs), 0, -1) if ", ".join(refs[:n]) in text), 0)
    if not named:
        return [Piece(text)]
    before, _names, after = text.rpartition(", ".join(refs[:named]))
    return [Piece(before), *_joined([Piece(ref, to.action(ref), counts=False) for ref in refs[:named]]), Piece(after)]


def share_text(share: Share) -> str:
    """ "40% (84 of 212)": never a bare percentage."""
    return _("{percent}% ({part} of {whole})", percent=share.percent, part=share.part, whole=share.whole)
