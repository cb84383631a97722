"""The shelf of publications, and one of them with its recommendations."""

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.core.db import Read
from app.core.words import N_, _, short_day
from app.coverage import queries as coverage
from app.frameworks import commands, queries
from app.frameworks.pages.wording import DEMANDS, LINK_KINDS, local_facts
from app.frameworks.rules import CrosswalkKind, LinkBasis
from app.frameworks.schemas import FrameworkRead, LinkRead
from app.people.gatekeeping import holds_anywhere
from app.web import render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form

router = APIRouter(prefix="/frameworks")
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
    every = queries.frameworks(read, coverage.organisations_read(read))
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
        may_add=bool(queries.writing_organisations(read)),
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
    return shown(request, read, key, Form())


def shown(request: Request, read: Read, key: str, form: Form) -> Response:
    """The page of one publication, with what a form there was refused for."""
    found = queries.framework(read, key, coverage.organisations_read(read))
    names = {f.key: f.short_title for f in queries.frameworks(read, coverage.organisations_read(read))}
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
        may_change=_may_change(read, found),
        private=_private(read, found),
        told=local_facts(found),
        demands=DEMANDS,
        link_kinds=[{"value": k.value, "text": _(LINK_KINDS[k])} for k in CrosswalkKind],
        undecided=sum(
            link.accepted is None and not link.counts and not link.is_mine
            for item in found.items
            for link in item.links
        ),
    )


def _fits(found: FrameworkRead, nation: str, scope: str, kind: str) -> bool:
    is_historic = found.status.startswith("historic")
    kinds = {"named": found.is_empty, "historic": is_historic, "current": not (is_historic or found.is_empty)}
    local = "national" if found.scope == "national" else "local"
    return nation in ("", found.nation) and scope in ("", local) and kinds.get(kind, True)


def _may_change(read: Read, found: FrameworkRead) -> bool:
    return found.organisation in {o.code for o in queries.writing_organisations(read)}


def _private(read: Read, found: FrameworkRead) -> dict[str, str]:
    """The private wording by number, for who may read it."""
    if found.organisation is None:
        return {}
    told = queries.private_wording(read, queries.framework_row(read, found.key, coverage.organisations_read(read)))
    return told.wordings if told else {}


def _link_words(link: LinkRead) -> str:
    return _(LINK_WORDS[link.kind, link.outgoing])


def _basis_words(link: LinkRead) -> str:
    return _(BASIS_WORDS[link.basis])


def _standing(link: LinkRead) -> str:
    """What the link counts for in the viewer's organisation, in words, and who made it."""
    made = _("Made by {name}: {why}", name=link.made_by, why=link.made_why) if link.made_by else ""
    return " · ".join(filter(None, (_ruled(link), made)))


def _ruled(link: LinkRead) -> str:
    by = _("{name}, {day}", name=link.ruled_by, day=short_day(link.ruled_on)) if link.ruled_on else ""
    if link.accepted is True:
        return " ".join(filter(None, (_("Accepted: it counts for your organisation."), by, link.why)))
    if link.accepted is False:
        return " ".join(filter(None, (_("Refused: it counts for nothing."), by, link.why)))
    if link.counts:
        return _("It counts.")
    if link.is_mine:
        return _("It waits for somebody else’s word, and counts for nothing until then.")
    return _("It counts for nothing until your trust accepts it.")


def _options(words: dict[str, str]) -> Sequence[dict[str, str]]:
    return [{"value": value, "text": _(text)} for value, text in words.items()]
