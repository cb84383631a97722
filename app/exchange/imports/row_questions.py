"""Questions about rows and columns of a table, each asked once for all of its sheet or its column."""

from app.core.words import _, ngettext
from app.exchange.imports.questions import Question, Step
from app.exchange.imports.tables import Column

IN, OUT = "in", "out"
EACH, FIRST = "each", "first"
JOIN, STEPS, ACTIONS, GROUP = "join", "milestones", "actions", "group"
ABOVE, NONE, WORDS = "above", "none", "words"


def hidden_rows(sheet: str) -> Question:
    return Question(
        f"hidden:{sheet}", Step.rows, _("“{sheet}” has hidden rows. Bring them in?", sheet=sheet),
        options=((IN, _("Bring them in")), (OUT, _("Leave them out"))),
    )  # fmt: skip


def hidden_column(column: Column) -> Question:
    return Question(
        f"hidden column:{column.name}",
        Step.rows,
        _("The column “{column}” is hidden. Bring it in?", column=column.name),
        options=((IN, _("Bring it in")), (OUT, _("Leave it out"))),
    )


def merged(sheet: str) -> Question:
    return Question(
        f"merged:{sheet}",
        Step.rows,
        _("In “{sheet}” merged cells hold one value for several rows. Does it count for each of them?", sheet=sheet),
        options=((EACH, _("For each row")), (FIRST, _("For the first row only"))),
        suggested=EACH,
    )


def without_action(sheet: str) -> Question:
    return Question(
        f"more:{sheet}",
        Step.rows,
        _("Some rows of “{sheet}” name no action. Do they go on with the action above?", sheet=sheet),
        options=(
            (JOIN, _("Add their words to the action above")),
            (STEPS, _("Make each a milestone of the action above")),
            (OUT, _("Leave them out")),
        ),
        suggested=JOIN,
    )


def steps(sheet: str, step: str, action: str) -> Question:
    """step: the reference or the words of the first such row; action: of the action it stands under."""
    return Question(
        f"steps:{sheet}",
        Step.rows,
        _("In “{sheet}” some rows are steps of the action above, like {step} below {action}. What do they become?",
          sheet=sheet, step=step, action=action),
        options=(
            (ACTIONS, _("Actions of their own")),
            (STEPS, _("Milestones of the action above")),
            (JOIN, _("Words for the action above")),
        ),
        suggested=ACTIONS,
    )  # fmt: skip


def alone(sheet: str, text: str) -> Question:
    return Question(
        f"alone:{sheet}",
        Step.rows,
        _("Some rows of “{sheet}” hold one text alone, like “{text}”. What are they?", sheet=sheet, text=text[:80]),
        options=((ACTIONS, _("Actions without a date or an owner")), (GROUP, _("Names of the groups below them"))),
        suggested=ACTIONS,
    )


def another_table(sheet: str, row: int, headings: str) -> Question:
    return Question(
        f"other:{sheet}!{row}",
        Step.rows,
        _("From row {row} of “{sheet}” stands another table, and no heading of it is an action: {headings}. "
          "Does each of its rows become an action?", row=row, sheet=sheet, headings=headings[:200]),
        options=((IN, _("Yes, each row becomes an action")), (OUT, _("No, leave this table out"))),
        suggested=OUT,
    )  # fmt: skip


def as_above(column: Column) -> Question:
    return Question(
        f"down:{column.name}",
        Step.rows,
        _("“{column}” is empty in some rows. Does what stands above count for them?", column=column.name),
        options=((ABOVE, _("Yes: it counts until the next one")), (NONE, _("No: those rows name none"))),
        suggested=ABOVE,
    )


def ditto(written: str) -> Question:
    return Question(
        f"ditto:{written}",
        Step.rows,
        _("Some cells say “{written}”. Do they mean what stands above them?", written=written),
        options=((ABOVE, _("Yes: the same as above")), (WORDS, _("No: keep it as it is written"))),
        suggested=ABOVE,
    )


def struck(sheet: str) -> Question:
    return Question(
        f"struck:{sheet}",
        Step.rows,
        _("In “{sheet}” some whole rows are struck through. Bring them in?", sheet=sheet),
        options=((IN, _("Bring them in")), (OUT, _("Leave them out"))),
    )


def without_result(column: Column, count: int) -> Question:
    return Question(
        f"formula:{column.name}",
        Step.rows,
        ngettext(
            "{n} formula of “{column}” has no result in this file. What is to become of it?",
            "{n} formulas of “{column}” have no result in this file. What is to become of them?",
            count,
            column=column.name,
        ),
        options=(
            (OUT, _("Leave the cells empty")),
            (WORDS, _("Keep the formulas as words")),
            (EACH, _("I enter each value")),
        ),
        hint=_("Save the workbook in a spreadsheet program and send it again: the results then come with it."),
        suggested=WORDS,
    )
