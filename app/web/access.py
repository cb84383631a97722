"""Deny by default: every route names its act, and the guard in front of all of them finds out who asks.

What the act allows is the rights table's business (people.rights); main hands the guard its three questions.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.concurrency import run_in_threadpool
from starlette.routing import compile_path

from app.core.actor import NOBODY, Actor, Door
from app.core.errors import Forbidden, Invalid, NotFound, Unauthorised
from app.core.words import _
from app.web.refusals import unknown_parameters

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
log = logging.getLogger("tracker")


def act(name: str) -> Callable[[Endpoint], Endpoint]:
    """Declare which act of the rights table a route is."""

    def mark(endpoint: Endpoint) -> Endpoint:
        endpoint.__dict__["act"] = name
        return endpoint

    return mark


def act_of(route: object) -> str | None:
    endpoint = getattr(route, "endpoint", None)
    return getattr(endpoint, "__dict__", {}).get("act")


@dataclass(frozen=True, slots=True)
class Gatekeeper:
    """who: finds the actor of a request (or NOBODY); known: the same at once and without a thread, where that can be;
    may_enter: refuses an act before anything is looked up.
    """

    known: Callable[[Request], Actor | None]
    who: Callable[[Request], Actor]
    may_enter: Callable[[Actor, str], None]
    is_public: Callable[[str], bool]


async def guard(request: Request) -> None:
    """The dependency of the whole application."""
    name = act_of(request.scope.get("route"))
    keeper: Gatekeeper = request.app.state.gatekeeper
    if name is None:
        raise Forbidden(_("This address is not open to anybody."))
    _refuse_nul(request)
    actor = keeper.known(request)
    if actor is None:
        actor = await run_in_threadpool(keeper.who, request)
    door = Door.api if is_api(request) else Door.page
    request.state.actor = actor.through(door, request.state.request_id)
    if actor is NOBODY and not keeper.is_public(name):
        raise Unauthorised(_who_are_you(request))
    keeper.may_enter(actor, name)
    if request.scope["query_string"] and is_api(request) and (errors := unknown_parameters(request)):
        raise Invalid.several(errors)


def _who_are_you(request: Request) -> str:
    if is_api(request):
        return _("Send a token: “Authorization: Bearer trk_...”. An administrator makes one at /admin/tokens.")
    return _("Sign in to see this page.")


def _refuse_nul(request: Request) -> None:
    # No reference, no id and no text holds one, and PostgreSQL refuses to look.
    if "\0" in request.url.path:
        raise NotFound(_("There is nothing at this address."))
    if b"%00" in request.scope["query_string"]:
        held = [name for name, value in request.query_params.multi_items() if "\0" in value]
        raise Invalid(held[0] if held else "", _("An address cannot hold the character U+0000. Leave it out."))


def is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/v1")


def routes_of(app: FastAPI) -> list[tuple[str, str, str | None]]:
    """(method, path, act) of every route that a door declares. `app.routes` alone holds routers, not their routes."""
    return [
        (method, found.path or "", act_of(found))
        for found in iter_route_contexts(app.routes)
        if isinstance(found.original_route, APIRoute)
        for method in sorted(set(found.methods or ()) - {"HEAD"})
    ]


def methods_at(app: FastAPI, path: str) -> list[str]:
    """Every method of the address that this path is of, for an Allow header that leaves none out."""
    routes = [r for r in iter_route_contexts(app.routes) if isinstance(r.original_route, APIRoute)]
    # The first is the one that routing means: /actions/many before /actions/{ref}.
    meant = next((r.path for r in routes if compile_path(r.path or "")[0].match(path)), None)
    found = {method for r in routes if r.path == meant for method in r.methods or ()}
    return sorted(found | {"HEAD"} if "GET" in found else found)


def routes_without_act(app: FastAPI) -> list[str]:
    return [f"{method} {path}" for method, path, act in routes_of(app) if act is None]
