"""One cell as the value of one field: days, people, references, statuses, words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.core.words import _
from app.exchange.columns import CONTRIBUTES
from app.exchange.imports import colours, days, meanings, own
from app.exchange.imports.names import named, parts_of
from app.exchange.imports.questions import AS_WORDS, LISTED, STORED, Question, Step, slug
from app.exchange.imports.sheets import Cell, Kind
from app.frameworks.references import Reference, parse_references

if TYPE_CHECKING:
    from app.exchange.imports.rows import Reader, Row
    from app.exchange.imports.tables import Column

DAYS = ("start_date", "original_due_date", "due_date", "completion_date", "evidence_by_date", "accepted_on",
        "retest_date", "regulator_date", "last_chased_on", "forecast")  # fmt: skip
STATUSES = ("stage", "progress", "status")
PEOPLE = ("lead_executive", "accountable_person")
LINKS = ("recommendations", "contributes_to", "linked")
# limit of each text field; a title is one line
TEXTS = {"title": 300, "intended_outcome": 4000, "success_measure": 4000, "commentary": 4000, "help_needed": 2000,
         "external_contact": 200}  # fmt: skip
SWITCHES = ("regulatory", "external_lead")
YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
NO = frozenset({"no", "n", "false", "0", "-"})
MOST_WORDS = 32_000


@dataclass(slots=True)
class Told:
    """What became of a cell; asked: the key of the question it waits for."""

    kind: str = STORED
    where: str = ""
    why: str = ""
    asked: str = ""


def read(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Told:
    row.cells.setdefault(name, cell)
    if name in DAYS:
        return _day(reader, row, column, name, cell, place)
    if name in STATUSES:
        return _status(reader, row, column, name, cell, place)
    if name == "period":
        return _period(row, column, cell)
    if name in PEOPLE:
        return _person(reader, row, column, name, cell, place)
    if name == "contributors":
        return _contributors(reader, row, column, cell)
    if name in LINKS:
        return _links(reader, row, column, name, cell, place)
    if name == "organisation":
        return _organisation(reader, row, column, cell, place)
    if name in SWITCHES:
        return _switch(reader, row, column, name, cell)
    if name in TEXTS:
        return _text(reader, row, column, name, cell)
    if name in ("ref", "priority"):
        row.values[name] = " ".join(cell.text.split())
        return Told()
    if name == "depends_on":
        row.values[name] = [p.strip() for p in cell.text.replace("\n", ";").replace(",", ";").split(";") if p.strip()]
        return Told()
    if name == "said":
        row.said.append(f"{column.name}: {cell.text}")
        return Told(where="commentary")
    return as_own(reader, row, column, cell)


def as_own(reader: "Reader", row: "Row", column: "Column", cell: Cell, suffix: str = "") -> Told:
    """Kept in a field of the plan's own, under the column's heading."""
    name = f"{column.name} {suffix}".strip()[:120]
    if name not in reader.own:
        cells = [line.cells[column.place] for line in reader.table.actions if column.place in line.cells]
        kind = own.OwnKind.text if suffix else own.kind_of(cells)
        reader.own[name] = own.OwnField(own.key_of(name), name, kind)
    row.own[name] = own.value_of(cell)[:MOST_WORDS]
    return Told(where=f"own:{name}")


def _as_words(reader: "Reader", row: "Row", column: "Column", cell: Cell, why: str = "") -> Told:
    told = as_own(reader, row, column, cell, _("(as written)"))
    told.why = why
    return told


def _day(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Told:
    found = days.read_day(cell, reader.ground.today, since_1904=reader.since_1904)
    if found.day is not None:
        row.values[name] = found.day
        if found.loose:
            reader.notes.append((place, found.loose))
        return Told()
    if not found.asked:
        return Told(LISTED, why=_("Says that there is no day"))
    sentence = f"{column.name}: {found.asked}"
    question = Question(f"day:{column.name}:{slug(cell.text)}", Step.values, sentence, typed="day")
    answer = reader.asked.ask(question, place)
    if answer is None:
        return Told(asked=question.key, why=found.asked)
    if answer == AS_WORDS:
        return _as_words(reader, row, column, cell)
    given = days.of_text(str(answer), reader.ground.today)
    if given.day is None:
        known = reader.asked.found[question.key]
        known.answer, known.hint = None, given.asked
        return Told(asked=question.key, why=given.asked)
    row.values[name] = given.day
    return Told()


def status_words(key: str, cell: Cell) -> str:
    if key.startswith("#"):
        return _("the colour {name} ({rgb})", name=colours.colour_name(key[1:]), rgb=key)
    return f"“{' '.join(cell.text.split())[:60]}”"


def _status(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Told:
    if meanings.is_blank(cell):
        return Told(LISTED, why=_("Says nothing"))
    if str(row.values.get("ref", "")).casefold() in reader.ground.exited:
        return Told(LISTED, why=_("The action has left the plan, so it no longer changes."))
    meaning, key = reader.meaning(column, name, cell, place)
    if meaning is None:
        # "Complete" beside a column of stages follows that column.
        return Told(asked=key) if key else Told()
    row.meanings[name] = meaning
    if meaning is meanings.Meaning.out:
        row.out = True
    if meaning is meanings.Meaning.nothing:
        words = Cell(cell.row, cell.column, Kind.text, "", cell.text or status_words(meanings.key_of(cell), cell))
        return as_own(reader, row, column, words) if cell.text else _as_words(reader, row, column, words)
    return Told()


def _period(row: "Row", column: "Column", cell: Cell) -> Told:
    words = cell.text or status_words(meanings.key_of(cell), cell)
    if words:
        row.said.append(f"{column.name}: {words}")
    return Told(where="commentary")


def _person(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Told:
    found = named(cell.text, reader.ground.people)
    if found.email:
        row.values[name] = found.email
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
        return _as_words(reader, row, column, cell)
    row.values[name] = answer
    if len(found.parts) > 1:
        _as_words(reader, row, column, cell)
    return Told()


def _shown(person: Any) -> str:
    return f"{person.name}, {person.post}" if person.post else str(person.name)


def _contributors(reader: "Reader", row: "Row", column: "Column", cell: Cell) -> Told:
    people, known = reader.ground.people, list[str]()
    for written in cell.text.replace("\n", ";").split(";"):
        # Whole first: an e-mail address in brackets says which of two of one name.
        whole = named(written, people).email
        known += [whole] if whole else [named(part, people).email for part in parts_of(written)]
    row.values["contributors"] = sorted({*row.values.get("contributors", []), *(k for k in known if k)})
    return Told() if all(known) else _as_words(reader, row, column, cell)


def _links(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Told:
    """What can be told is linked; where a part is not a recommendation that is known, the words are kept too."""
    met: list[str] = list(row.values.get("recommendations", []))
    also: list[str] = list(row.values.get("contributes_to", []))
    whole, told = True, Told()
    for part in (p.strip() for p in cell.text.replace("\n", ";").split(";") if p.strip()):
        lesser = name == "contributes_to" or part.lower().startswith(CONTRIBUTES)
        text = part[len(CONTRIBUTES) :] if part.lower().startswith(CONTRIBUTES) else part
        found = parse_references(text)
        whole = whole and bool(found) and len(found) >= text.count(",") + 1
        for reference in found:
            key, asked = _recommendation(reader, column, reference, place)
            told.asked = told.asked or asked
            (also if lesser else met).append(key) if key else None
            whole = whole and bool(key)
    row.values["recommendations"] = list(dict.fromkeys(met))
    row.values["contributes_to"] = [k for k in dict.fromkeys(also) if k not in met]
    if not whole and not told.asked:
        kept = as_own(reader, row, column, cell)
        kept.why = _("Not every part is a recommendation in the library: the words are kept")
        return kept
    return told


def _recommendation(reader: "Reader", column: "Column", reference: Reference, place: str) -> tuple[str, str]:
    """The key of what a reference means, and the question where it may be several."""
    ground = reader.ground
    if not reference.frameworks:
        frameworks: tuple[str, ...] = tuple(sorted(ground.local))
    else:
        frameworks = reference.frameworks
    ref = reference.ref.casefold()
    found = [key for f in frameworks if (key := ground.recommendations.get((f, ref)))]
    if len(found) <= 1:
        return (found[0] if found else ""), ""
    # One question for all that the same publications share.
    among = [key.partition(":")[0] for key in found]
    question = Question(
        f"reference:{column.name}:{'/'.join(among)}",
        Step.values,
        _("{column}: “{text}” and others are in several publications. Which one is meant?",
          column=column.name, text=reference.written[:80]),
        options=tuple((f, ground.publications.get(f, f)) for f in among),
    )  # fmt: skip
    answer = reader.asked.ask(question, place)
    key = next((k for k in found if k.partition(":")[0] == answer), "")
    return key, question.key if answer is None else ""


def _organisation(reader: "Reader", row: "Row", column: "Column", cell: Cell, place: str) -> Told:
    known = reader.ground.organisations
    code = known.get(cell.text.casefold().strip())
    if code is None:
        question = Question(
            f"organisation:{column.name}:{slug(cell.text)}",
            Step.values,
            _("{column}: which organisation of the plan is “{name}”?", column=column.name, name=cell.text[:120]),
            options=tuple((c, n.title() if n.islower() else n) for n, c in sorted(known.items()) if n != c.casefold()),
            hint=_("An organisation takes part in the plan once the office adds it in the settings."),
        )
        answer = reader.asked.ask(question, place)
        if answer is None:
            return Told(asked=question.key)
        if answer == AS_WORDS:
            return _as_words(reader, row, column, cell)
        code = str(answer)
    row.values["organisation"] = code
    return Told()


def _switch(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell) -> Told:
    said = cell.text.casefold().strip()
    if said in YES or said in NO:
        row.values[name] = said in YES
        return Told()
    return as_own(reader, row, column, cell)


def _text(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell) -> Told:
    """Words beyond what a field holds are kept whole in a field of the plan's own."""
    limit, text = TEXTS[name], cell.text
    if name == "title":
        text = " ".join(text.split())
    if name in row.values:
        text = f"{row.values[name]}\n\n{column.name}: {text}"
    if len(text) > limit:
        as_own(reader, row, column, cell, _("(in full)"))
        text = text[: limit - 1].rstrip() + "…"
    row.values[name] = text
    return Told()
