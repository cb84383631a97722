"""Small real files for the demonstration's evidence, made in code."""

from random import Random

from app.core.uploads.kinds import Kind


def paper(form: str, title: str, words: str) -> tuple[bytes, str]:
    """(bytes, media type) of a pdf, csv or txt with these words in it."""
    kind = Kind(form)
    if kind is Kind.pdf:
        return _pdf([title, words, "Everything here is invented."]), kind.media_type
    if kind is Kind.csv:
        return _readings(title).encode(), kind.media_type
    return f"{title}\n\n{words}\n\nEverything here is invented.\n".encode(), kind.media_type


def _readings(title: str) -> str:
    dice = Random(title)  # noqa: S311 - dice of a story
    cases = [dice.randint(35, 50) for _month in range(10)]
    lines = [f"2026-{month:02},{n},{n - dice.randint(0, 3)}" for month, n in enumerate(cases, start=1)]
    return "\n".join([f"{title},cases,met", *lines, ""])


def _pdf(lines: list[str]) -> bytes:
    text = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    content = f"BT /F1 12 Tf 16 TL 60 780 Td {text} ET".encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n".encode() + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    return (
        bytes(out) + f"{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    )


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
