"""A plan's evidence: what there is, what it proves, and what needs doing about it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.core.words import _
from app.evidence import queries
from app.evidence.filters import SHOW_WORDS, EvidenceFilters, Show, apply, count
from app.evidence.rules import EvidenceKind, EvidenceState
from app.evidence.schemas import EvidenceRead
from app.evidence.wording import KIND_WORDS, STATE_WORDS
from app.plans.queries import plan_for, plan_nav
from app.web import render
from app.web.access import act
from app.web.doors import Reader

router = APIRouter(prefix="/plans/{plan}/evidence")
ON_A_PAGE = 50


@router.get("")
@act("plan.read")
def evidence(
    request: Request,
    read: Reader,
    plan: str,
    page: Annotated[int, Query(ge=1, le=10**6)] = 1,
    q: str = "",
    state: str = "",
    kind: str = "",
    show: str = "",
    action: str = "",
    recommendation: str = "",
) -> Response:
    access = plan_for(read, plan)
    asked = EvidenceFilters(
        q=q[:200],
        state=EvidenceState(state) if state in set(EvidenceState) else None,
        kind=EvidenceKind(kind) if kind in set(EvidenceKind) else None,
        show=Show(show) if show in set(Show) else None,
        action=action,
        recommendation=recommendation,
    )
    every = queries.evidence(read, access)
    found = apply(every, asked)
    base = f"/plans/{access.slug}/evidence"
    return render.page(
        request,
        "evidence/list.html",
        _("Evidence"),
        nav=plan_nav(access, "evidence"),
        caption=access.title,
        base=base,
        items=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        found=len(found),
        total=len(every),
        asked=asked,
        chips=_chips(every, asked, base),
        states=[{"value": s.value, "text": _(STATE_WORDS[s])} for s in EvidenceState],
        kinds=[{"value": k.value, "text": _(KIND_WORDS[k])} for k in EvidenceKind],
        may_add=queries.may_submit(read, access),
        **_around(request, page, len(found)),
    )


def _chips(every: list[EvidenceRead], asked: EvidenceFilters, base: str) -> list[dict[str, object]]:
    """What needs doing, with how many; a chip that is on leads back to all."""
    return [
        {
            "count": count(every, show),
            "text": _(SHOW_WORDS[show]),
            "href": asked.address(base, show=None if asked.show is show else show),
            "current": asked.show is show,
        }
        for show in Show
        if count(every, show) or asked.show is show
    ]


def _around(request: Request, page: int, many: int) -> dict[str, Any]:
    first, last = (page - 1) * ON_A_PAGE + 1, min(page * ON_A_PAGE, many)
    return {
        "position": _("{first} to {last} of {many}", first=first, last=last, many=many),
        "previous": str(request.url.include_query_params(page=page - 1)) if page > 1 else "",
        "following": str(request.url.include_query_params(page=page + 1)) if last < many else "",
    }
