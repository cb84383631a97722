"""Imports as the doors show them: one with all it would do or did, the list, and the cells with their fates."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.actions.fields import shown
from app.core.db import Read
from app.core.errors import Conflict, NotFound
from app.core.words import _
from app.exchange.field_words import field_word
from app.exchange.imports.questions import ASKED, LISTED, STORED, Question
from app.exchange.imports.sheets import book_unpacked, unpacked
from app.exchange.models import Import
from app.exchange.queries.looking import Check, Looked, look
from app.exchange.rules import ImportState
from app.exchange.schemas import (
    ColumnRead,
    FieldChangeTold,
    ImportAnswers,
    ImportCounts,
    ImportLine,
    ImportQuestionRead,
    ImportRead,
    NoteRead,
    OptionRead,
    RowRead,
    SheetRead,
)
from app.plans.queries import PlanAccess


def import_row(read: Read, access: PlanAccess, import_id: UUID) -> Import:
    row = read.exec(select(Import).where(Import.plan_id == access.id, Import.id == import_id)).first()
    if row is None:
        raise NotFound(_("There is no such import in this plan."))
    return row


def open_row(read: Read, access: PlanAccess, import_id: UUID) -> Import:
    row = import_row(read, access, import_id)
    if row.state is not ImportState.open:
        raise Conflict(_("This workbook was brought in already."), "done_already")
    return row


def imports(read: Read, access: PlanAccess) -> list[ImportLine]:
    """The latest first."""
    wanted = select(Import).where(Import.plan_id == access.id).order_by(col(Import.made_at).desc())
    return [_line(access, row) for row in read.exec(wanted).all()]


def import_read(read: Read, access: PlanAccess, import_id: UUID) -> ImportRead:
    """What it would do as the plan stands now, or what it did."""
    row = import_row(read, access, import_id)
    if row.state is not ImportState.open:
        return _done(access, row)
    given = ImportAnswers.model_validate(row.answers)
    return told(access, row, look(read, access, book_unpacked(row.book), given), given)


# Questions whose answers hold for the plan's next workbook as well, by the first word of their keys.
_AGAIN = frozenset(
    {
        "legend",
        "complete",
        "person",
        "organisation",
        "reference",
        "day",
        "order of days",
        "steps",
        "more",
        "alone",
        "down",
        "merged",
        "priority",
        "beside",
        "ditto",
        "struck",
    }
)
# Of an action that is added, by the names of its fields.
_LOOKED_AT = ("lead_executive", "accountable_person", "start_date", "original_due_date", "due_date", "completion_date",
              "recommendations")  # fmt: skip


def told(access: PlanAccess, row: Import | None, check: Check, given: ImportAnswers, file: str = "", digest: str = ""
         ) -> ImportRead:  # fmt: skip
    """row: None for one that was only looked at and is not kept."""
    return ImportRead(
        id=row.id if row else None,
        plan=access.slug,
        file_name=row.file_name if row else file,
        sha256=row.sha256 if row else digest,
        state=row.state if row else ImportState.open,
        made_at=row.made_at if row else None,
        made_by=row.made_by_name if row else access.actor.name,
        first=check.around.shape.first,
        ready=check.ready,
        counts=counts_of(check),
        sheets=_sheets(check),
        columns=_columns(check),
        questions=[question_read(q) for q in check.questions],
        rows=[row_read(each) for each in check.looked],
        priorities=check.plan.added | check.plan.renamed,
        notes=[NoteRead(place=place, text=text) for place, text in check.notes],
        mapping=mapping_of(check, given),
        url=_url(access, row.id) if row else "",
    )


def mapping_of(check: Check, given: ImportAnswers) -> ImportAnswers:
    """The answers as they stand, complete with what was suggested: a file that brings the next workbook in alike."""
    open_keys = {q.key: None for q in check.questions if q.is_open and not q.several}
    return given.model_copy(
        update={
            "columns": check.fields,
            "answers": open_keys | given.answers,
            "sheets": given.sheets or (None if any(q.several and q.is_open for q in check.questions) else
                                       sorted(check.chosen)),
        }
    )  # fmt: skip


def counts_of(check: Check) -> ImportCounts:
    fates = [f.kind for f in check.fates.values()]
    states = [_becomes(each) for each in check.looked]
    return ImportCounts(
        created=states.count("created"),
        changed=states.count("changed"),
        unchanged=states.count("unchanged"),
        left_out=check.left_out,
        waiting=sum(each.settled.row.asked for each in check.looked),
        proposals=sum(len(each.proposals) for each in check.looked),
        cells=len(fates),
        stored=fates.count(STORED),
        asked=fates.count(ASKED),
        listed=fates.count(LISTED),
    )


def cells_told(check: Check) -> Iterator[list[Any]]:
    """One line a cell, in the order of the sheets; headed by `cells_file.CELLS`."""
    for (sheet, where), fate in check.fates.items():
        row = int("".join(c for c in where if c.isdigit()))
        field = fate.where.partition(":")[2] if ":" in fate.where else field_word(fate.where)
        yield [sheet, where, row, fate.kind, field, fate.ref, fate.why]


def cells_of(read: Read, access: PlanAccess, import_id: UUID) -> Iterable[Sequence[Any]]:
    row = import_row(read, access, import_id)
    if row.state is not ImportState.open:
        kept: list[list[Any]] = unpacked(row.fates)
        return kept
    given = ImportAnswers.model_validate(row.answers)
    return cells_told(look(read, access, book_unpacked(row.book), given))


def question_read(q: Question) -> ImportQuestionRead:
    return ImportQuestionRead(
        key=q.key, step=q.step.value, text=q.text, places=q.places[:200],
        options=[OptionRead(value=value, text=text) for value, text in q.options],
        suggested=q.suggested, typed=q.typed, hint=q.hint, answer=q.answer,
    )  # fmt: skip


def row_read(each: Looked) -> RowRead:
    changes = [FieldChangeTold(field=c.field, old=shown(c.old), new=shown(c.new)) for c in each.changes.values()]
    if each.action is None:
        changes += _given(each)
    else:
        changes += [FieldChangeTold(field=k, old=getattr(each.action.facts, k).value, new=v.value)
                    for k, v in each.facts.items()]  # fmt: skip
        changes += [FieldChangeTold(field=name, old="", new=value) for name, value in each.own.items()]
        if each.said:
            changes.append(FieldChangeTold(field="commentary", old="", new=each.said))
    return RowRead(
        place=each.settled.row.place,
        ref=each.action.ref if each.action else each.settled.ref,
        title=each.settled.values["title"],
        priority=each.settled.priority,
        becomes=_becomes(each),
        waiting=each.settled.row.asked,
        changes=changes,
        proposals=[p.text for p in each.proposals],
        problems=[*each.problems, *each.not_taken],
    )


def _given(each: Looked) -> list[FieldChangeTold]:
    """Who, when and how far of an action that is added: what a person looks at before it comes in."""
    values = {name: each.values.get(name) for name in _LOOKED_AT}
    values |= {"stage": each.settled.stage, "progress": each.settled.progress}
    return [FieldChangeTold(field=name, old="", new=shown(getattr(value, "value", value)))
            for name, value in values.items() if value not in (None, [])]  # fmt: skip


def _becomes(each: Looked) -> Any:
    if each.action is None:
        return "created"
    return "changed" if each.is_changed else "unchanged"


def _sheets(check: Check) -> list[SheetRead]:
    """Each sheet once, though two tables may stand side by side in it."""
    found: dict[str, SheetRead] = {}
    for t in check.tables:
        row = t.headings[-1] if t.headings else None
        known = found.setdefault(
            t.sheet,
            SheetRead(name=t.sheet, chosen=t.sheet in check.chosen, hidden=t.is_hidden, headings=row, actions=0),
        )
        known.actions += len(t.actions)
    return list(found.values())


def _columns(check: Check) -> list[ColumnRead]:
    found: dict[str, ColumnRead] = {}
    for table in check.tables:
        for c in table.columns if table.sheet in check.chosen else ():
            if c.name in found:
                found[c.name].sheets += [table.sheet] if table.sheet not in found[c.name].sheets else []
            else:
                found[c.name] = ColumnRead(
                    name=c.name, sheet=table.sheet, sheets=[table.sheet], field=check.fields.get(c.name, ""),
                    sureness=c.reading.sureness if c.reading.field == check.fields.get(c.name) else 0,
                    sample=[s[:120] for s in c.sample], filled=c.filled,
                )  # fmt: skip
    return list(found.values())


def _line(access: PlanAccess, row: Import) -> ImportLine:
    return ImportLine(
        id=row.id, file_name=row.file_name, sha256=row.sha256, state=row.state, made_at=row.made_at,
        made_by=row.made_by_name, done_at=row.done_at,
        counts=ImportCounts.model_validate(row.result.get("counts", {})), url=_url(access, row.id),
    )  # fmt: skip


def _done(access: PlanAccess, row: Import) -> ImportRead:
    return ImportRead(
        id=row.id, plan=access.slug, file_name=row.file_name, sha256=row.sha256, state=row.state, made_at=row.made_at,
        made_by=row.made_by_name, first=False, ready=False,
        counts=ImportCounts.model_validate(row.result.get("counts", {})), sheets=[], columns=[], questions=[], rows=[],
        priorities={}, notes=[NoteRead(place="", text=text) for text in row.result.get("not_taken", [])],
        mapping=ImportAnswers.model_validate(row.answers), url=_url(access, row.id),
    )  # fmt: skip


def _url(access: PlanAccess, import_id: UUID) -> str:
    return f"/plans/{access.slug}/import/{import_id}"


def answers_before(read: Read, access: PlanAccess) -> ImportAnswers:
    """What words, colours, people and days meant when a workbook last came into this plan: asked once, and shown."""
    wanted = select(Import).where(Import.plan_id == access.id, Import.state == ImportState.done)
    last = read.exec(wanted.order_by(col(Import.made_at).desc()).limit(1)).first()
    kept = ImportAnswers.model_validate(last.answers).answers if last else {}
    return ImportAnswers(answers={k: v for k, v in kept.items() if k.partition(":")[0] in _AGAIN})


def answers(read: Read, access: PlanAccess, import_id: UUID) -> ImportAnswers:
    """The answers that are kept of an import that was not brought in."""
    return ImportAnswers.model_validate(open_row(read, access, import_id).answers)
