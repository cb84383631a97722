"""Views of the tracker under a name: saved, changed, taken away. Outside the ledger: they say nothing of the plan."""

from uuid import UUID

from pydantic_core import PydanticCustomError
from sqlmodel import select

from app.actions.models import DefaultView, SavedView
from app.actions.queries import plan_view
from app.actions.saved import pairs_of, slug_of, spelled
from app.actions.schemas import ChangeView, SaveView, filters_asked
from app.core.db import Write
from app.core.errors import Conflict, FieldError, Invalid, NotFound, Taken
from app.core.ledger import claim
from app.core.moment import now_of
from app.core.text import refuse_nhs_numbers
from app.core.words import _
from app.frameworks.queries import framework_keys
from app.people.permissions import require_person
from app.plans.queries import PlanAccess

MOST_VIEWS = 50


def save_view(tx: Write, *, access: PlanAccess, given: SaveView) -> SavedView:
    """Under a new address, or (replace) in place of one's own view of that name."""
    claim(tx, access.stream)
    me = require_person(tx.actor, "view.save")
    access.require("view.share" if given.shared else "view.save")
    query = _query(tx, access, given.query)
    every = tx.exec(select(SavedView).where(SavedView.plan_id == access.id)).all()
    own = [v for v in every if v.account_id == me]
    row = next((v for v in own if v.name.casefold() == given.name.casefold()), None)
    if row is not None and not given.replace:
        raise Taken("name", _("You have a view “{name}” already. Replace it, or choose another name.", name=row.name))
    if row is None and len(own) >= MOST_VIEWS:
        raise Conflict(_("You have {n} views in this plan. Delete one first.", n=MOST_VIEWS))
    if row is None:
        slug = slug_of(given.name, {v.slug for v in every})
        row = SavedView(plan_id=access.id, account_id=me, slug=slug, name=given.name, query=query, saved_at=now_of(tx))
        tx.add(row)
    row.query, row.shared, row.saved_at = query, given.shared or row.shared, now_of(tx)
    tx.flush()
    if given.is_default:
        _set_default(tx, access, me, row.id)
    return row


def change_view(tx: Write, *, access: PlanAccess, slug: str, given: ChangeView) -> SavedView:
    """Name, state, who sees it, whether one's tracker opens with it; its address stays."""
    claim(tx, access.stream)
    me, row = require_person(tx.actor, "view.save"), _visible(tx, access, slug)
    if given.name is not None or given.query is not None or given.shared is not None:
        _require_change(access, row, me)
    if given.shared is not None and given.shared != row.shared:
        access.require("view.share")
        row.shared = given.shared
        if not row.shared:
            _forget_defaults(tx, access, row, keep=row.account_id)
    if given.name is not None:
        row.name = given.name
    if given.query is not None:
        row.query, row.saved_at = _query(tx, access, given.query), now_of(tx)
    if given.is_default:
        _set_default(tx, access, me, row.id)
    elif given.is_default is False:
        _forget_defaults(tx, access, row, only=me)
    tx.flush()
    return row


def remove_view(tx: Write, *, access: PlanAccess, slug: str) -> None:
    claim(tx, access.stream)
    me, row = require_person(tx.actor, "view.save"), _visible(tx, access, slug)
    _require_change(access, row, me)
    _forget_defaults(tx, access, row)
    tx.flush()
    tx.delete(row)
    tx.flush()


def _visible(tx: Write, access: PlanAccess, slug: str) -> SavedView:
    access.require("view.save")
    row = tx.exec(select(SavedView).where(SavedView.plan_id == access.id, SavedView.slug == slug)).first()
    if row is None or not (row.shared or row.account_id == tx.actor.id):
        raise NotFound(_("There is no view “{view}” in this plan.", view=slug))
    return row


def _require_change(access: PlanAccess, row: SavedView, me: UUID) -> None:
    if row.account_id != me:
        access.require("view.share")


def _query(tx: Write, access: PlanAccess, given: str) -> str:
    """The state in one spelling; what is unknown in it, or an NHS number, is refused."""
    pairs = pairs_of(given)
    email = access.actor.email
    _filters, errors = filters_asked(pairs, plan_view(tx, access), email, lambda: framework_keys(tx))
    if errors:
        raise Invalid.several([FieldError("query", e.message) for e in errors])
    try:
        return spelled([(name, refuse_nhs_numbers(value)) for name, value in pairs])
    except PydanticCustomError as error:
        raise Invalid("query", error.message()) from error


def _set_default(tx: Write, access: PlanAccess, me: UUID, view_id: UUID) -> None:
    wanted = select(DefaultView).where(DefaultView.plan_id == access.id, DefaultView.account_id == me)
    row = tx.exec(wanted).first()
    if row is None:
        tx.add(DefaultView(plan_id=access.id, account_id=me, view_id=view_id))
    else:
        row.view_id = view_id
    tx.flush()


def _forget_defaults(
    tx: Write, access: PlanAccess, view: SavedView, *, only: UUID | None = None, keep: UUID | None = None
) -> None:
    for row in tx.exec(select(DefaultView).where(DefaultView.plan_id == access.id, DefaultView.view_id == view.id)):
        if row.account_id != keep and only in (None, row.account_id):
            tx.delete(row)
