"""Choosing a file to take away: its kind, its columns, and for whom it is made."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request, Response

from app.actions.filters import apply
from app.actions.queries import plan_view
from app.core.words import _, ngettext
from app.exchange import queries
from app.exchange.asking import Format, Release
from app.exchange.columns import Layout
from app.plans.queries import plan_for, plan_nav
from app.web import render
from app.web.access import act
from app.web.doors import Reader

router = APIRouter(prefix="/plans/{plan}/export")


@router.get("")
@act("plan.read")
def choose(request: Request, read: Reader, plan: str, query: Annotated[str, Query(max_length=4000)] = "") -> Response:
    access = plan_for(read, plan)
    view = plan_view(read, access)
    filters, _errors = queries.filtered(read, access, parse_qsl(query))
    shown = len(apply(view, filters))
    return render.page(
        request,
        "exchange/export.html",
        _("Export"),
        nav=plan_nav(access, ""),
        plan=view,
        total=ngettext("{n} action", "{n} actions", len(view.actions)),
        query=query if filters.narrows else "",
        which=_which(shown, len(view.actions)),
        formats=_formats(),
        layouts=_layouts(),
        releases=_releases(),
        may_take=access.may("plan.take") and read.actor.is_person and view.as_at is None,
    )


def _which(shown: int, total: int) -> list[dict[str, str]]:
    return [
        {"value": "list", "text": ngettext("The {n} action of the list", "The {n} actions of the list", shown)},
        {"value": "all", "text": _("All {n} actions of the plan", n=total)},
    ]


def _formats() -> list[dict[str, str]]:
    return [
        {"value": Format.xlsx, "text": _("Excel workbook"),
         "hint": _("With colours, filters, drop-downs and a print set-up; sheets of updates, decisions and coverage.")},
        {"value": Format.csv, "text": _("Comma-separated values (csv)"), "hint": _("The actions alone, in one table.")},
        {"value": Format.json, "text": _("JSON"), "hint": _("For programs.")},
    ]  # fmt: skip


def _layouts() -> list[dict[str, str]]:
    return [
        {"value": Layout.ours, "text": _("All columns of this tracker")},
        {"value": Layout.classic, "text": _("The classic action plan"),
         "hint": _("Fourteen columns with delivery status and progress status, grouped by priority.")},
    ]  # fmt: skip


def _releases() -> list[dict[str, str]]:
    return [
        {"value": Release.colleagues, "text": _("Colleagues"), "hint": _("Everything that you may see.")},
        {"value": Release.request, "text": _("A freedom of information request"),
         "hint": _("What is restricted is left out and listed as withheld.")},
        {"value": Release.request_without_names,
         "text": _("A freedom of information request, without names of staff"),
         "hint": _("Names below executive level are left out of the columns of names as well.")},
    ]  # fmt: skip
