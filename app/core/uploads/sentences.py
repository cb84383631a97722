"""What is said of a file that is refused: which file, why, and what to do."""

from collections.abc import Callable

from app.core.uploads.kinds import MIB, MOST_BYTES, MOST_UNPACKED, Code, Refused
from app.core.words import _

_SENTENCES: dict[Code, Callable[[str, str], str]] = {
    Code.empty: lambda name, _d: _("“{name}” is empty. Choose another file.", name=name),
    Code.too_large: lambda name, _d: _(
        "“{name}” is larger than {most} MB. Make it smaller, or split it.", name=name, most=MOST_BYTES // MIB
    ),
    Code.ending: lambda name, _d: _(
        "“{name}” is not a kind of file that can be added. Save it as PDF, Word (.docx), Excel (.xlsx), PowerPoint "
        "(.pptx), PNG, JPEG, CSV or text.",
        name=name,
    ),
    Code.content: lambda name, _d: _(
        "“{name}” is not what its name says. Open it and save it again in the format you need.", name=name
    ),
    Code.damaged: lambda name, _d: _("“{name}” is damaged. Open it, save it again and add that copy.", name=name),
    Code.protected: lambda name, _d: _(
        "“{name}” is protected by a password or in an old format. Save it without a password as .docx, .xlsx, .pptx "
        "or PDF.",
        name=name,
    ),
    Code.macros: lambda name, _d: _("“{name}” holds macros. Save it without macros, or as PDF.", name=name),
    Code.embedded: lambda name, _d: _(
        "“{name}” holds another file or a program inside. Take it out, or save the document as PDF.", name=name
    ),
    Code.external: lambda name, _d: _(
        "“{name}” loads something from elsewhere when it is opened. Break its links, or save it as PDF.", name=name
    ),
    Code.entities: lambda name, _d: _(
        "“{name}” holds instructions that documents do not need. Save it as PDF and add that.", name=name
    ),
    Code.unpacked: lambda name, _d: _(
        "“{name}” is packed so tightly that it would unpack to more than {most} MB or unusually much. Save it as PDF "
        "and add that.",
        name=name,
        most=MOST_UNPACKED // MIB,
    ),
    Code.script: lambda name, _d: _(
        "“{name}” holds a script or a form that acts. Print it to PDF and add that copy.", name=name
    ),
    Code.attachment: lambda name, _d: _(
        "“{name}” has other files attached inside. Take them out and add them one by one.", name=name
    ),
    Code.hidden: lambda name, _d: _(
        "“{name}” holds something beside its own content. Open it, save it again and add that copy.", name=name
    ),
    Code.markup: lambda name, _d: _(
        "“{name}” holds a web page or a script. Save the text alone, or print the page to PDF.", name=name
    ),
    Code.not_text: lambda name, _d: _("“{name}” is not plain text. Save it as CSV or text in UTF-8.", name=name),
    Code.formula: lambda name, detail: _(
        "“{name}” has a formula in line {line}, which a spreadsheet would run. Save the values alone.",
        name=name,
        line=detail,
    ),
    Code.pixels: lambda name, _d: _("“{name}” has too many pixels. Make the picture smaller.", name=name),
    Code.unreadable: lambda name, _d: _(
        "“{name}” could not be read in the time there is. Print it to PDF, or split it.", name=name
    ),
}


def told(refused: Refused, name: str) -> str:
    return _SENTENCES[refused.code](name, refused.detail)
