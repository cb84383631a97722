"""The same change to many actions: shown first, then done to all of them or to none."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from app.actions.commands.edit import put
from app.actions.commands.ground import begin, row_of
from app.actions.fields import FieldChange, changes, given_values, plain, values_of
from app.actions.queries.kept import standing
from app.actions.queries.plan import plan_view
from app.actions.schemas import ChangedAction, ChangedRow, EditMany, FieldChangeRead, HandOver, ManyRead
from app.actions.view import ActionView
from app.core.db import Write
from app.core.errors import Conflict, Invalid, Stale, TrackerError
from app.core.words import _
from app.people.queries import person_named
from app.plans.queries import PlanAccess

Done = dict[str, FieldChange]


@contextmanager
def rehearsed(tx: Write, *, keep: bool) -> Iterator[None]:
    """A savepoint that is undone at the end unless it is to be kept; an error undoes it too."""
    savepoint = tx.begin_nested()
    try:
        yield
    except BaseException:
        savepoint.rollback()
        raise
    if keep:
        savepoint.commit()
    else:
        savepoint.rollback()


def edit_many(tx: Write, *, access: PlanAccess, given: EditMany) -> ManyRead:
    """Change fields of many actions. With preview nothing stays; without it, one refusal refuses all (409)."""
    access = begin(tx, access)
    if given.revision is not None and standing(tx, access.id)[0] != given.revision:
        raise Stale(_("Somebody has changed this plan since you looked. Look at the preview again."))
    view = plan_view(tx, access)
    wanted = given_values(given.changes)
    sent = ChangedAction.model_validate(given.changes.model_dump(include=given.changes.model_fields_set))
    if not wanted:
        raise Invalid("changes", _("Choose at least one field to change."))
    targets = [_known(view.by_ref.get(ref), ref, place) for place, ref in enumerate(dict.fromkeys(given.refs))]
    tx.act("action.edited_many", why=given.changes.why)

    def change(each: ActionView) -> Done:
        changed = changes(values_of(each), wanted)
        put(tx, access, row_of(tx, access, each.ref), changed, sent.model_copy(update={"why": given.changes.why}))
        return changed

    return _all_or_none(tx, access, targets, change, preview=given.preview)


def hand_over(tx: Write, *, access: PlanAccess, given: HandOver) -> ManyRead:
    """Give all that a person owns or leads, and that is still in force, to somebody else."""
    access = begin(tx, access)
    here = {access.organisation_id, *access.participants}
    to = person_named(tx, "to_person", given.to_person, here).email
    leaver = str(plain("accountable_person", given.from_person))
    if leaver == to:
        raise Invalid("to_person", _("This is the same person. Choose somebody else."))
    view = plan_view(tx, access)
    fields = [n for n, on in (("accountable_person", given.as_owner), ("lead_executive", given.as_executive)) if on]
    held = {a.ref: [n for n in fields if values_of(a)[n] == leaver] for a in view.actions if a.stage.is_in_force}
    targets = [view.by_ref[ref] for ref, names in held.items() if names]
    if not targets:
        raise Invalid("from_person", _("{person} holds no action of this plan.", person=given.from_person))
    tx.act("action.handed_over", why=given.why)

    def change(each: ActionView) -> Done:
        changed = {name: FieldChange(name, leaver, to) for name in held[each.ref]}
        sent = ChangedAction.model_construct(why=given.why)
        put(tx, access, row_of(tx, access, each.ref), changed, sent)
        return changed

    return _all_or_none(tx, access, targets, change, preview=given.preview)


def _all_or_none(
    tx: Write,
    access: PlanAccess,
    targets: Iterable[ActionView],
    change: Callable[[ActionView], Done],
    *,
    preview: bool,
) -> ManyRead:
    rows = []
    with rehearsed(tx, keep=not preview):
        for each in targets:
            done, refused = _tried(tx, change, each)
            rows.append(_row(each, done, refused))
        if not preview and any(row.refused for row in rows):
            names = ", ".join(row.ref for row in rows if row.refused)
            raise Conflict(
                _("Nothing was changed, because these cannot be: {refs}. Look at the preview.", refs=names),
                "refused",
                details={"rows": [row.model_dump(mode="json") for row in rows if row.refused]},
            )
        tx.flush()
    return ManyRead(done=not preview, rows=rows, revision=standing(tx, access.id)[0])


def _tried(tx: Write, change: Callable[[ActionView], Done], each: ActionView) -> tuple[Done, list[str]]:
    try:
        with tx.begin_nested():
            return change(each), []
    except TrackerError as error:
        return {}, [f.message for f in error.fields] or [error.message]


def _known(found: ActionView | None, ref: str, place: int) -> ActionView:
    if found is None:
        raise Invalid(f"refs.{place}", _("There is no action “{ref}” in this plan.", ref=ref))
    return found


def _row(each: ActionView, done: Done, refused: list[str]) -> ChangedRow:
    return ChangedRow(
        ref=each.ref,
        title=each.title,
        changes=[FieldChangeRead(field=c.field, old=c.old, new=c.new) for c in done.values()],
        refused=refused,
    )
