"""The sentences for reasons, forecasts, headlines and shares: a code with its parameters, put into words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.actions.reasons.words import COLOURS, label, remedy_text
from app.actions.rules import (
    Change,
    Code,
    HeadlineCode,
    HeadlineReason,
    Reason,
    remedy,
)
from app.core.words import N_, _, day, ngettext, weekday


def _when(left: int) -> str:
    """How far ahead a day is, or behind if left is below 0."""
    if left < 0:
        return ngettext("{n} day ago", "{n} days ago", -left)
    if left < 2:
        return _("tomorrow") if left else _("today")
    return ngettext("in {n} day", "in {n} days", left)


def _no_update(p: dict[str, Any]) -> str:
    if "rounds" in p:
        return ngettext("{n} update round missed", "{n} update rounds missed", p["rounds"])
    return ngettext("No update for {n} day", "No update for {n} days", p["idle"])


def _due_soon(p: dict[str, Any]) -> str:
    if p["idle"] is None:
        return _("Due {date}, {when}, and not started", date=day(p["due"]), when=_when(p["left"]))
    return ngettext(
        "Due {date}, {when}, and no update for {n} day",
        "Due {date}, {when}, and no update for {n} days",
        p["idle"],
        date=day(p["due"]),
        when=_when(p["left"]),
    )


def _held_up(p: dict[str, Any]) -> str:
    parts = []
    if p["red"]:
        many = len(p["red"])
        parts.append(
            ngettext(
                "Waits for {refs}, which is red",
                "Waits for {refs}, which are red",
                many,
                refs=_refs(p["red"]),
            )
        )
    if p["later"]:
        many = len(p["later"])
        one, more = N_("Waits for {refs}, which is due later"), N_("Waits for {refs}, which are due later")
        parts.append(ngettext(one, more, many, refs=_refs(p["later"])))
    return "; ".join(parts)


def _refs(keys: tuple[str, ...]) -> str:
    return ", ".join(keys)


def _slipped(p: dict[str, Any]) -> str:
    times = ngettext("Date moved {n} time", "Date moved {n} times", p["slips"])
    return ngettext("{times}, {n} day in all", "{times}, {n} days in all", p["days"], times=times)


REASONS: Mapping[Code, Callable[[dict[str, Any]], str]] = {
    Code.R1: lambda p: _("Due {date}, {when}", date=day(p["due"]), when=_when(-p["days"])),
    Code.R2: lambda p: _("Proof was due {date}, {when}", date=day(p["by"]), when=_when(-p["days"])),
    Code.R3: _no_update,
    Code.R4: lambda p: _(
        "Proof returned {date}, {when}, nothing new submitted",
        date=day(p["returned"]),
        when=_when(-p["days"]),
    ),
    Code.R5: lambda p: _("Re-opened {date}, no recovery plan accepted yet", date=day(p["reopened"])),
    Code.R6: lambda _p: _("The owner says off track"),
    Code.R7: lambda p: (
        _("The regulator's date was {date}, {when}", date=day(p["date"]), when=_when(p["left"]))
        if p["left"] < 0
        else _(
            "The regulator's date is {date}, {when}, and it is not on track",
            date=day(p["date"]),
            when=_when(p["left"]),
        )
    ),
    Code.A1: lambda p: _("Should have started {date}, {when}", date=day(p["start"]), when=_when(-p["days"])),
    Code.A2: _due_soon,
    Code.A3: _no_update,
    Code.A4: _held_up,
    Code.A5: lambda p: (
        _("No named contact at the leading organisation") if p["external"] else _("No active accountable person")
    ),
    Code.A6: _slipped,
    Code.A7: lambda p: (
        _("Proof was due {date}, {when}; the last was returned", date=day(p["by"]), when=_when(p["left"]))
        if p["left"] < 0
        else _("Proof due {date}, {when}", date=day(p["by"]), when=_when(p["left"]))
    ),
    Code.A8: lambda p: _("A linked measure shows concern since {date}", date=day(p["since"])),
    Code.A9: lambda p: _("Re-test was due {date}, {when}", date=day(p["retest"]), when=_when(-p["days"])),
    Code.A10: lambda _p: _("No due date"),
    Code.A11: lambda p: (
        _("Proof accepted {date}, not yet assured", date=day(p["accepted"]))
        if p["accepted"]
        else _("Proof is with the panel; it was due {date}", date=day(p["by"]))
    ),
    Code.A13: lambda _p: _("The owner says at risk"),
    Code.A14: lambda p: _("The regulator's date is {date}, {when}", date=day(p["date"]), when=_when(p["left"])),
    Code.A15: lambda p: _("Delivery claimed {date}, not yet validated", date=day(p["claimed"])),
    Code.A16: lambda p: _("Re-opened {date}, to be assured again", date=day(p["reopened"])),
}


def reason_text(reason: Reason) -> str:
    """Why a rule fired, short and without a full stop: "Due 31 October 2026, 21 days ago"."""
    return REASONS[reason.code](dict(reason.params))


def change_text(change: Change, today: date) -> str:
    """ "Turns red on Friday 26 June 2026 unless an update is given"; the weekday within a week."""
    when = day(change.day)
    if (change.day - today).days <= 7:
        when = f"{weekday(change.day)} {when}"
    colour = _(COLOURS[change.after.colour]).lower()
    if change.after.colour == change.before.colour:
        text = _("Becomes “{label}” on {day}", label=label(change.after.label), day=when)
    else:
        text = _("Turns {colour} on {day}", colour=colour, day=when)
    if not change.reasons:
        return text
    return _("{change} unless {remedy}", change=text, remedy=remedy_text(remedy(change.reasons[0])))


HEADLINES: Mapping[HeadlineCode, tuple[str, str]] = {
    HeadlineCode.regulatory_red: (
        N_("{n} regulatory action is red: {refs}"),
        N_("{n} regulatory actions are red: {refs}"),
    ),
    HeadlineCode.red_share: (N_("{n} of {of} is red: {refs}"), N_("{n} of {of} are red: {refs}")),
    HeadlineCode.some_red: (N_("{n} of {of} is red: {refs}"), N_("{n} of {of} are red: {refs}")),
    HeadlineCode.amber_share: (N_("{n} of {of} is amber: {refs}"), N_("{n} of {of} are amber: {refs}")),
    HeadlineCode.all_assured: (
        N_("The one action in force is assured"),
        N_("All {n} actions in force are assured"),
    ),
    HeadlineCode.none_in_force: (N_("No action in force"), N_("No action in force")),
    HeadlineCode.none_started: (N_("No action has started"), N_("No action has started")),
    HeadlineCode.nothing_drives: (
        N_("Few or no actions need attention"),
        N_("Few or no actions need attention"),
    ),
}


def headline_reason_text(reason: HeadlineReason, *, most: int = 5) -> str:
    """Why the headline has its colour; names the first `most` actions that drive it."""
    refs = _refs(reason.keys[:most])
    if len(reason.keys) > most:
        refs = ngettext("{refs} and {n} more", "{refs} and {n} more", len(reason.keys) - most, refs=refs)
    one, many = HEADLINES[reason.code]
    return ngettext(one, many, reason.number, of=reason.of, refs=refs)
