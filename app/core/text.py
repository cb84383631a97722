"""What free text passes before it is kept: no control characters, one spelling, a length, no NHS number."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from app.core.identifiers import nhs_numbers
from app.core.words import _

LINE = 200
TEXT = 4000
STATED = "not_nhs_numbers"
"""Key of pydantic's validation context: ten-digit strings that the office has stated are not NHS numbers.
Pages and the import pass it; the API never does."""

_LINE_BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
# U+FFFE and U+FFFF as well: like the controls, no spreadsheet (an XML file) can hold them.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAK_IN_LINE = re.compile("[ \u00a0]*[\t\n][ \u00a0\t\n]*")
_UNSEEN_ENDS = "\u200b\ufeff"


def clean_text(value: str) -> str:
    """`value` in NFC, lines ended by LF, outer white space gone; emoji and accents exactly as typed.

    Raises PydanticCustomError (a ValueError, type "unfit_character") for NUL and other controls except tab
    and new line, and for half of a surrogate pair.
    """
    text = _LINE_BREAKS.sub("\n", value)
    if unfit := _UNFIT.search(text):
        code = f"U+{ord(unfit.group()):04X}"
        raise refused(
            "unfit_character",
            _(
                "This text holds a character that cannot be kept ({code}). Delete it or type the text again.",
                code=code,
            ),
        )
    return _strip(unicodedata.normalize("NFC", text))


def refuse_nhs_numbers(text: str, stated: Collection[str] = ()) -> str:
    """`text` unchanged; PydanticCustomError (type "nhs_number") at the first NHS number not in `stated`."""
    for found in nhs_numbers(text):
        if found.digits not in stated:
            raise refused(
                "nhs_number",
                _(
                    "This looks like an NHS number: {number}. Remove it. Do not enter patient details.",
                    number=found.shown,
                ),
            )
    return text


def refused(code: str, sentence: str) -> PydanticCustomError:
    """An error whose type is `code` and whose message is `sentence` as it stands, braces included."""
    return PydanticCustomError(code, "{sentence}", {"sentence": sentence})


@dataclass(frozen=True, slots=True)
class Writing:
    """The rule of one free-text field, used as `Annotated[str, Writing(...)]`.

    `limit` counts code points after cleaning. One line turns line breaks and tabs into a space, so that a
    wrapped spreadsheet cell is still a title. An optional field reads white space as None; any other refuses
    it. Errors are PydanticCustomError of type required, too_long, unfit_character or nhs_number.
    """

    limit: int
    lines: bool = True
    optional: bool = False

    def check(self, value: str | None, stated: Collection[str] = ()) -> str | None:
        """The text to keep, or None for an optional one left empty."""
        text = clean_text(value or "")
        if not self.lines:
            text = _BREAK_IN_LINE.sub(" ", text)
        if not text and self.optional:
            return None
        if not text:
            raise refused("required", _("This cannot be left empty."))
        if len(text) > self.limit:
            raise refused(
                "text_too_long",
                _(
                    "This has {length} characters. Shorten it to {limit} or fewer.",
                    length=len(text),
                    limit=self.limit,
                ),
            )
        return refuse_nhs_numbers(text, stated)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def check(value: str | None, info: ValidationInfo) -> str | None:
            return self.check(value, (info.context or {}).get(STATED, ()))

        return core_schema.with_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        told = handler(schema)
        for part in [told, *told.get("anyOf", [])]:
            if part.get("type") == "string":
                part["maxLength"] = self.limit
                if not self.optional:
                    part["minLength"] = 1
        return told


Line = Annotated[str, Writing(LINE, lines=False)]
Text = Annotated[str, Writing(TEXT)]
OptionalLine = Annotated[str | None, Writing(LINE, lines=False, optional=True)]
OptionalText = Annotated[str | None, Writing(TEXT, optional=True)]


def _strip(text: str) -> str:
    """Outer white space gone, and the marks without width that would make an empty field look filled."""
    before = None
    while before != text:
        before, text = text, text.strip().strip(_UNSEEN_ENDS)
    return text
