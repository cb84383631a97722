"""Administration: open sessions, the rights table, the sign-in log."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.words import _
from app.people import commands, queries
from app.people.pages.parts import moment, tabs
from app.people.rights import RELATION_WORDS, RIGHTS, WHO_WORDS, Right, Who
from app.people.rules import EVENT_WORDS, ROLE_WORDS, AccessKind, Role
from app.web import render
from app.web.access import act, routes_of
from app.web.doors import Reader, Writer

router = APIRouter(prefix="/admin")
PER_PAGE = 50


@router.get("/sessions")
@act("admin.read")
def sessions(request: Request, read: Reader) -> Response:
    return render.page(
        request,
        "people/sessions.html",
        _("Sessions"),
        tabs=tabs("/admin/sessions"),
        sessions=queries.sessions(read),
        moment=moment,
    )


@router.post("/sessions/{session_id}/end")
@act("admin.change")
def end_session(request: Request, tx: Writer, session_id: UUID) -> Response:
    commands.end_session(tx, session_id=session_id)
    return render.see_other(request, "/admin/sessions")


@router.get("/rights")
@act("admin.read")
def rights(request: Request) -> Response:
    return render.page(
        request,
        "people/rights.html",
        _("Rights"),
        tabs=tabs("/admin/rights"),
        roles=[_(ROLE_WORDS[role]) for role in Role],
        rights=rights_table(routes_of(request.app)),
        relations=[{"key": _(short), "value": _(words)} for short, words in RELATION_WORDS.values()],
    )


@router.get("/log")
@act("admin.read")
def log(request: Request, read: Reader, kind: str = "", page: int = 1) -> Response:
    only = AccessKind(kind) if kind in set(AccessKind) else None
    page = min(max(page, 1), 10_000)
    events, total = queries.events(read, only, (page - 1) * PER_PAGE, PER_PAGE)
    kept = f"&kind={only.value}" if only else ""
    first = (page - 1) * PER_PAGE + 1
    return render.page(
        request,
        "people/log.html",
        _("Sign-in log"),
        tabs=tabs("/admin/log"),
        events=events,
        moment=moment,
        kinds=[{"value": k.value, "text": _(words)} for k, words in EVENT_WORDS.items()],
        kind=only.value if only else "",
        position=_("Entries {first} to {last} of {total}", first=first, last=first + len(events) - 1, total=total),
        previous=f"/admin/log?page={page - 1}{kept}" if page > 1 else "",
        next=f"/admin/log?page={page + 1}{kept}" if page * PER_PAGE < total else "",
    )


def rights_table(routes: Iterable[tuple[str, str, str | None]]) -> list[dict[str, Any]]:
    """Each line of the table: its words, what each role needs to be, and the addresses that name it.

    routes: (method, path, act) of each.
    """
    addresses: dict[str, list[str]] = {}
    for method, path, name in routes:
        if name:
            addresses.setdefault(name, []).append(f"{method} {path}")
    return [
        {
            "act": right.act,
            "words": _(right.words),
            "who": _(WHO_WORDS[right.who]) if right.who is not Who.table else "",
            "cells": [_cell(right, role) for role in Role],
            "people_only": right.people_only,
            "addresses": sorted(addresses.get(right.act, [])),
        }
        for right in RIGHTS.values()
    ]


def _cell(right: Right, role: Role) -> str:
    return ", ".join(
        _(short) for relation, (short, _words) in RELATION_WORDS.items() if (role, relation) in right.allows
    )
