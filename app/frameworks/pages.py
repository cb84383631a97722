"""The people's door to publications."""

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.core.db import Read
from app.core.words import N_, _
from app.frameworks import commands, queries
from app.frameworks.rules import CrosswalkKind, LinkBasis
from app.frameworks.schemas import FrameworkRead, LinkRead, Ruling
from app.people.gatekeeping import holds_anywhere
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, form_values

router = APIRouter(prefix="/frameworks", include_in_schema=False)
Typed = Annotated[dict[str, Any], Depends(form_values)]
Text = Annotated[str, Query(max_length=200)]

KINDS = {
    "current": N_("In use"),
    "historic": N_("Historic"),
    "named": N_("Known by name only"),
}
SCOPES = {"national": N_("National"), "local": N_("Local")}
LINK_WORDS = {
    (CrosswalkKind.same, True): N_("The same as"),
    (CrosswalkKind.same, False): N_("The same as"),
    (CrosswalkKind.contributes, True): N_("Contributes to"),
    (CrosswalkKind.contributes, False): N_("Helped by"),
    (CrosswalkKind.contradicts, True): N_("Contradicts"),
    (CrosswalkKind.contradicts, False): N_("Contradicts"),
}
BASIS_WORDS = {
    LinkBasis.official: N_("published as a cross-reference"),
    LinkBasis.editorial: N_("our suggestion"),
    LinkBasis.local: N_("your organisation's own"),
}


@router.get("")
@act("library.read")
def listing(
    request: Request, read: Reader, q: Text = "", nation: Text = "", scope: Text = "", kind: Text = ""
) -> Response:
    every = queries.frameworks(read)
    shown = [f for f in every if _fits(f, nation, scope, kind)]
    found = queries.search(read, q, [f.key for f in shown]) if q.strip() else []
    return render.page(
        request,
        "frameworks/list.html",
        _("Library"),
        frameworks=shown,
        total=len(every),
        found=[(title, list(hits)) for title, hits in groupby(found, key=lambda f: (f.framework, f.framework_title))],
        hits=len(found),
        asked={"q": q, "nation": nation, "scope": scope, "kind": kind},
        nations=[{"value": n, "text": n} for n in sorted({f.nation for f in every if f.nation})],
        scopes=_options(SCOPES),
        kinds=_options(KINDS),
        may_load=holds_anywhere(read.actor, "library.manage") and not queries.library_is_current(read),
    )


@router.post("/load")
@act("library.manage")
def load(request: Request, tx: Writer) -> Response:
    commands.load_library(tx)
    return render.see_other(request, "/frameworks")


@router.get("/{key}")
@act("library.read")
def show(request: Request, read: Reader, key: str) -> Response:
    return _show(request, read, key, Form())


@router.post("/{key}/links/{link_id}")
@act("library.rule")
def rule(request: Request, tx: Writer, key: str, link_id: UUID, values: Typed) -> Response:
    found = queries.framework_row(tx, key)
    given = forms.read(Ruling, values)
    form = given if isinstance(given, Form) else Form(values)
    if not isinstance(given, Form):
        with forms.attempt(tx, form):
            commands.rule_on_link(tx, link_id=link_id, given=given)
            return render.see_other(request, f"/frameworks/{found.key}#link-{link_id}")
    return _show(request, tx, key, form)


def _show(request: Request, read: Read, key: str, form: Form) -> Response:
    found = queries.framework(read, key)
    names = {f.key: f.short_title for f in queries.frameworks(read)}
    return render.page(
        request,
        "frameworks/show.html",
        found.short_title,
        status=form.status,
        framework=found,
        form=form,
        links_to=lambda keys: [(k, names.get(k, k)) for k in keys],
        names=names,
        link_words=_link_words,
        basis_words=_basis_words,
        standing=_standing,
        may_rule=queries.ruling_organisation(read) is not None,
        undecided=sum(link.accepted is None and not link.counts for item in found.items for link in item.links),
    )


def _fits(found: FrameworkRead, nation: str, scope: str, kind: str) -> bool:
    is_historic = found.status.startswith("historic")
    kinds = {"named": found.is_empty, "historic": is_historic, "current": not (is_historic or found.is_empty)}
    local = "national" if found.scope == "national" else "local"
    return nation in ("", found.nation) and scope in ("", local) and kinds.get(kind, True)


def _link_words(link: LinkRead) -> str:
    return _(LINK_WORDS[link.kind, link.outgoing])


def _basis_words(link: LinkRead) -> str:
    return _(BASIS_WORDS[link.basis])


def _standing(link: LinkRead) -> str:
    """What the link counts for in the viewer's organisation, in words."""
    if link.accepted is True:
        return _("Accepted: it counts for your organisation.")
    if link.accepted is False:
        return _("Refused: it counts for nothing.")
    if link.counts:
        return _("It counts.")
    return _("It counts for nothing until your trust accepts it.")


def _options(words: dict[str, str]) -> Sequence[dict[str, str]]:
    return [{"value": value, "text": _(text)} for value, text in words.items()]
