"""A cell that names recommendations or an organisation: what it links to, or the question what is meant."""

from typing import TYPE_CHECKING

from app.core.words import _
from app.exchange.columns import CONTRIBUTES
from app.exchange.imports.keeping import Told, as_own, as_words
from app.exchange.imports.questions import AS_WORDS, Question, Step, slug
from app.exchange.imports.sheets import Cell
from app.frameworks.references import Reference, parse_references

if TYPE_CHECKING:
    from app.exchange.imports.row import Row
    from app.exchange.imports.rows import Reader
    from app.exchange.imports.tables import Column


def links(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Told:
    """What can be told is linked; where a part is not a recommendation that is known, the words are kept too."""
    met: list[str] = list(row.values.get("recommendations", []))
    also: list[str] = list(row.values.get("contributes_to", []))
    whole, told = True, Told()
    for part in (p.strip() for p in cell.text.replace("\n", ";").split(";") if p.strip()):
        lesser = name == "contributes_to" or part.lower().startswith(CONTRIBUTES)
        text = part[len(CONTRIBUTES) :] if part.lower().startswith(CONTRIBUTES) else part
        found = parse_references(text)
        if not found and text[0].isdigit():
            # "18" below "Regulation".
            found = parse_references(f"{column.name} {text}")
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
    if not found:
        # "Ockenden 4.54" is an action for one trust, which its own publication may hold.
        found = [key for f in sorted(ground.local) if (key := ground.recommendations.get((f, ref)))]
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


def organisation(reader: "Reader", row: "Row", column: "Column", cell: Cell, place: str) -> Told:
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
            return as_words(reader, row, column, cell)
        code = str(answer)
    row.values["organisation"] = code
    return Told()
