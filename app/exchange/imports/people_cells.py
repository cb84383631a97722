"""A cell that names people: who they are in the directory, or the question who they are."""

from typing import TYPE_CHECKING, Any

from app.core.words import _
from app.exchange.imports.keeping import Told, as_words
from app.exchange.imports.names import named, parts_of, says_more
from app.exchange.imports.questions import AS_WORDS, LISTED, Question, Step, slug
from app.exchange.imports.sheets import Cell

if TYPE_CHECKING:
    from app.exchange.imports.row import Row
    from app.exchange.imports.rows import Reader
    from app.exchange.imports.tables import Column


def person(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Told:
    found = named(cell.text, reader.ground.people)
    if found.email:
        row.values[name] = found.email
        if says_more(cell.text, found.email, reader.ground.people):
            # "Owen (from 1 May)": who it is, and what else is said.
            as_words(reader, row, column, cell)
        return Told()
    if found.nobody:
        return Told(LISTED, why=_("Names nobody"))
    everybody = reader.ground.people
    first = [(p.email, _shown(p)) for p in found.offered]
    rest = [(p.email, _shown(p)) for p in everybody if p not in found.offered]
    question = Question(
        f"person:{column.name}:{slug(cell.text)}",
        Step.values,
        _("{column}: who is “{name}”?", column=column.name, name=" ".join(cell.text.split())[:120]),
        options=(*first, *rest),
        hint=_("May be: {names}.", names=", ".join(p.name for p in found.offered)) if found.offered else "",
    )
    answer = reader.asked.ask(question, place)
    if answer is None:
        return Told(asked=question.key)
    if answer == AS_WORDS:
        return as_words(reader, row, column, cell)
    row.values[name] = answer
    if len(found.parts) > 1:
        as_words(reader, row, column, cell)
    return Told()


def _shown(person: Any) -> str:
    return f"{person.name}, {person.post}" if person.post else str(person.name)


def contributors(reader: "Reader", row: "Row", column: "Column", cell: Cell) -> Told:
    people, known = reader.ground.people, list[str]()
    for written in cell.text.replace("\n", ";").split(";"):
        # Whole first: an e-mail address in brackets says which of two of one name.
        whole = named(written, people).email
        known += [whole] if whole else [named(part, people).email for part in parts_of(written)]
    row.values["contributors"] = sorted({*row.values.get("contributors", []), *(k for k in known if k)})
    return Told() if all(known) else as_words(reader, row, column, cell)
