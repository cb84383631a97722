"""Adding, editing, copying and moving one action."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.actions import commands, editing, own, queries
from app.actions.editing import ActionForm, OwnField
from app.actions.fields import EDIT_ACTS, OWN
from app.actions.pages.opening import Opened, opened
from app.actions.reporting import person_option
from app.actions.schemas import ChangedAction, CopyAction, MoveAction, NewAction
from app.actions.view import ActionView
from app.core.db import Read
from app.core.words import _
from app.frameworks.queries import recommendation_title
from app.organisations.queries import organisation
from app.people.permissions import refusal
from app.plans.queries import participants, plan_fields, plan_nav, priorities
from app.plans.rules import FieldKind
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/actions", include_in_schema=False)
Asked = Annotated[str, Query(max_length=120)]


@router.get("/new")
@act("action.create")
def new(request: Request, read: Reader, plan: str, priority: str = "", recommendation: Asked = "") -> Response:
    """recommendation: a gap that the action is to fill, like ockenden_2022:1.2: its title and link are filled in."""
    here = opened(read, plan, "action.create")
    first = {"priority": priority or next((p.ref for p in here.view.priorities), "")}
    if gap := recommendation_title(read, recommendation, (here.access.organisation_id,)):
        first |= {"title": gap, "recommendations": recommendation}
    return _page(request, read, here, None, editing.first_form(None, _drawn(here, None), **first))


@router.post("/new")
@act("action.create")
def add(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    here = opened(tx, plan, "action.create")
    drawn = _drawn(here, None)
    sent = editing.given(values, drawn)
    given = forms.read(NewAction, sent)
    form = given if isinstance(given, Form) else Form(values)
    with forms.attempt(tx, form):
        if isinstance(given, Form):
            commands.check_new(tx, access=here.access, sent=sent, refused=given.errors)
        else:
            made = commands.create_action(tx, access=here.access, given=given)
            again = f"{here.base}/new?priority={given.priority}" if values.get("go") == "next" else ""
            return render.see_other(request, again or f"{here.base}#{made.ref}")
    typed = editing.typed_form(values, drawn, form.errors, "")
    return _page(request, tx, here, None, typed, status=form.status)


@router.get("/{ref}/edit")
@act("action.edit_own")
def edit(request: Request, read: Reader, plan: str, ref: str) -> Response:
    here, action = _editable(read, plan, ref)
    return _page(request, read, here, action, editing.first_form(action, _drawn(here, action)))


@router.post("/{ref}/edit")
@act("action.edit_own")
def save(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    here, action = _editable(tx, plan, ref)
    drawn, base = _drawn(here, action), editing.base_read(values.get("base"))
    form = forms.settled(
        tx,
        ChangedAction,
        values,
        lambda given: commands.edit_action(tx, access=here.access, ref=ref, given=given, base=base),
        sent=editing.given(values, drawn),
    )
    if form is None:
        return render.see_other(request, f"{here.base}/{ref}")
    errors, kept = form.errors, str(values.get("base", ""))
    if isinstance(conflicts := form.details.get("conflicts"), dict):
        errors = form.errors | editing.conflict_texts(conflicts)
        kept = editing.rebased(base, conflicts, drawn)
    return _page(request, tx, here, action, editing.typed_form(values, drawn, errors, kept), status=form.status)


@router.get("/{ref}/copy")
@act("action.create")
def copy_form(request: Request, read: Reader, plan: str, ref: str) -> Response:
    return _copy(request, read, opened(read, plan, "action.create"), ref, Form())


@router.post("/{ref}/copy")
@act("action.create")
def copy(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    here = opened(tx, plan, "action.create")
    # An emptied title is refused, not replaced.
    made = forms.made(
        tx,
        CopyAction,
        values,
        lambda given: commands.copy_action(tx, access=here.access, ref=ref, given=given),
        sent={k: v for k, v in values.items() if v or k == "title"},
    )
    if isinstance(made, Form):
        return _copy(request, tx, here, ref, made)
    return render.see_other(request, f"{here.base}/{made.ref}/edit")


@router.post("/{ref}/move")
@act("action.edit")
def move(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    """One place up or down within its priority; or before another action."""
    here = opened(tx, plan, "action.edit")
    action = queries.action(tx, here.access, ref)
    before = values.get("before") or _beside(here, action, str(values.get("way", "")))
    commands.move_action(tx, access=here.access, ref=ref, given=MoveAction(before=before or None))
    return render.see_other(request, f"{here.base}/order#{ref}")


def _beside(here: Opened, action: ActionView, way: str) -> str | None:
    """The action that it shall stand before after one step; None puts it last."""
    order = [a.ref for a in here.view.actions if a.priority.id == action.priority.id]
    place = order.index(action.ref)
    if way == "up":
        return order[max(place - 1, 0)] if place else (order[1] if len(order) > 1 else None)
    return order[place + 2] if place + 2 < len(order) else None


@router.get("/order")
@act("action.edit")
def order(request: Request, read: Reader, plan: str) -> Response:
    here = opened(read, plan, "action.edit")
    groups = [(p, [a for a in here.view.actions if a.priority.id == p.id]) for p in here.view.priorities]
    return render.page(
        request,
        "actions/order.html",
        _("Order of the actions"),
        nav=plan_nav(here.access, "tracker"),
        base=here.base,
        plan=here.view,
        groups=[(p, actions) for p, actions in groups if actions],
        may=frozenset(a.ref for a in here.view.actions if here.may("action.edit", a)),
    )


def _editable(read: Read, slug: str, ref: str) -> tuple[Opened, ActionView]:
    here = opened(read, slug, "action.edit_own")
    action = queries.action(read, here.access, ref)
    if not any(here.may(name, action) for name in EDIT_ACTS[:3]):
        raise refusal(*EDIT_ACTS[:3])
    return here, action


def _drawn(here: Opened, action: ActionView | None) -> frozenset[str]:
    """Adding asks for one right alone; editing for each field's own."""
    may = (lambda _act: True) if action is None else (lambda name: here.may(name, action))
    return editing.drawn_fields(may, is_draft=here.access.is_draft, action=action)


def _page(
    request: Request, read: Read, here: Opened, action: ActionView | None, form: ActionForm, *, status: int = 200
) -> Response:
    title = _("Edit {ref}", ref=action.ref) if action else _("Add an action")
    if form.has(OWN):
        form.own = _own_fields(read, here)
    return render.page(
        request,
        "actions/form.html",
        title,
        status=status,
        nav=plan_nav(here.access, "tracker"),
        base=here.base,
        plan=here.view,
        action=action,
        form=form,
        **choices(read, here, form.values),
    )


def _own_fields(read: Read, here: Opened) -> dict[str, OwnField]:
    """The plan's own fields by their inputs' names, each choice with the words that the plan's actions hold."""
    fields = plan_fields(read, here.access.id)
    held = [own.read(a.own) for a in here.view.actions] if fields else []
    used = {f.key: sorted({h[f.key] for h in held if f.key in h}) for f in fields if f.kind is FieldKind.choice}
    return {f"{OWN}.{f.key}": OwnField(f.name, f.kind.value, used.get(f.key, ())) for f in fields}


def choices(read: Read, here: Opened, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the selects offer: people who are here, those of the action even if they have left, and the rest."""
    named = {values.get("accountable_person"), values.get("lead_executive")}
    people = sorted(here.view.people.values(), key=lambda p: p.shown.casefold())
    own = organisation(read, here.view.organisation)
    organisations = [{"value": own.code, "text": own.name}]
    organisations += [{"value": p.organisation, "text": p.name} for p in participants(read, here.access.id)]
    return {
        "people": [person_option(p) for p in people if p.active or p.email in named],
        "priorities": [{"value": p.ref, "text": f"{p.ref} {p.title}"} for p in priorities(read, here.access.id)],
        "organisations": organisations,
    }


def _copy(request: Request, read: Read, here: Opened, ref: str, form: Form) -> Response:
    action = queries.action(read, here.access, ref)
    return render.page(
        request,
        "actions/copy.html",
        _("Copy {ref}", ref=ref),
        status=form.status,
        nav=plan_nav(here.access, "tracker"),
        base=here.base,
        action=action,
        form=form,
    )
