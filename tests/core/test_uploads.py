"""What is taken and what is refused, by content as well as by name; and the process apart."""

import asyncio
from io import BytesIO
from pathlib import Path

import pytest

from app.core.uploads.kinds import Code, Found, Kind, Refused, kind_of
from app.core.uploads.reading import check, look
from app.core.uploads.searching import search
from app.core.uploads.sentences import told
from tests.evidence.hostile import files
from tests.support.uploads import GOOD, docx, jpeg, pdf, png, pptx, relations, xlsx

NUMBER = "450 557 7104"
HOSTILE = files()


@pytest.mark.parametrize("name", GOOD)
def test_it_takes_each_kind(name: str) -> None:
    check(BytesIO(GOOD[name]), kind_of(name))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_refuses_what_is_hostile(name: str) -> None:
    content, code = HOSTILE[name]
    with pytest.raises(Refused) as refused:
        check(BytesIO(content), kind_of(name))
    assert refused.value.code is code
    assert name in told(refused.value, name)


def test_it_knows_more_than_sixty_hostile_files() -> None:
    assert len(HOSTILE) >= 60
    assert {code for _content, code in HOSTILE.values()} >= set(Code) - {Code.too_large, Code.unreadable}


LINK = relations(("rId5", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
                  "https://www.england.nhs.uk/", True))  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("linked.docx", docx(parts={"word/_rels/document.xml.rels": LINK})),
        ("chart.docx", docx(parts={"word/embeddings/Microsoft_Excel_Sheet.xlsx": xlsx()})),
        ("drawn.pptx", pptx(parts={"ppt/media/image1.svg": "<svg><path d='M0 0'/></svg>"})),
        ("printed.xlsx", xlsx(parts={"xl/printerSettings/printerSettings1.bin": b"\1\0\2\0"})),
        ("phone.jpg", jpeg() + jpeg() + b"SEFT"),
        ("described.png", png()),
        ("quote.txt", b"Women and birthing people said: a + b = good; < 5 minutes; 3 > 2; e-mail a@b.example\n"),
        ("minus.csv", b"change,when\n-2,2026-10\n+3,2026-11\n@home,x\n- none,y\n"),
        ("link.pdf", pdf(objects=("<</Type/Action/S/URI/URI(https://www.cqc.org.uk)>>",))),
        ("latin.csv", "ward,café\n1,2\n".encode("cp1252")),
    ],
)
def test_it_takes_what_people_really_have(name: str, content: bytes) -> None:
    check(BytesIO(content), kind_of(name))


@pytest.mark.parametrize(
    ("name", "content", "places"),
    [
        ("a.docx", docx("Handover", f"Case {NUMBER}"), {"page": [1]}),
        ("b.docx", docx("Handover", parts={"word/comments.xml": f"<c><p><t>{NUMBER}</t></p></c>"}), {"margin": [1]}),
        ("c.docx", docx("x", parts={"docProps/core.xml": f"<c><title>{NUMBER}</title></c>"}), {"properties": [1]}),
        ("a.xlsx", xlsx("Cases", NUMBER), {"sheet": [1]}),
        ("b.xlsx", xlsx(parts={
            "xl/sharedStrings.xml": "<sst><si><t>ok</t></si><si><r><t>450 557</t></r><r><t> 7104</t></r></si></sst>",
            "xl/worksheets/sheet3.xml": '<w><c t="s"><v>0</v></c><c t="s"><v>1</v></c></w>',
        }), {"sheet": [3]}),
        ("c.xlsx", xlsx(parts={"xl/worksheets/sheet2.xml": "<w><c><v>4505577104</v></c></w>"}), {"sheet": [2]}),
        ("a.pptx", pptx("Feedback", NUMBER), {"slide": [1]}),
        ("a.pdf", pdf("Audit", "of handover", f"Case {NUMBER}"), {"page": [3]}),
        ("a.csv", f"case\n1\n{NUMBER}\n".encode(), {"line": [3]}),
        ("a.txt", f"Seen.\n{NUMBER}".encode(), {"line": [2]}),
        ("d.docx", docx("Handover"), {}),
        ("d.pdf", pdf("Cases 450 557 7105"), {}),
    ],
)  # fmt: skip
def test_it_names_where_an_nhs_number_stands_and_keeps_no_digit(
    name: str, content: bytes, places: dict[str, list[int]]
) -> None:
    file, kind = BytesIO(content), kind_of(name)
    check(file, kind)
    found = search(file, kind, Found())
    assert (found.searched, found.places) == ("whole", places)


def test_it_counts_the_pages_of_a_word_file_by_its_breaks() -> None:
    body = f"<d><p><t>one</t></p><p><r><lastRenderedPageBreak/><t>{NUMBER}</t></r></p><p><br type='page'/></p></d>"
    made = docx(parts={"word/document.xml": body})
    assert search(BytesIO(made), Kind.docx, Found()).places == {"page": [2]}


def test_it_says_that_a_search_was_broken_off() -> None:
    ticks = iter([0.0, 1.0, 99.0, 99.0])
    content = f"a\nb\n{NUMBER}\n".encode()
    found = search(BytesIO(content), Kind.txt, Found(), lambda: next(ticks))
    assert (found.searched, found.places) == ("part", {})


def test_there_is_nothing_to_search_in_a_picture() -> None:
    assert search(BytesIO(png()), Kind.png, Found()).searched == "none"


def _looked(folder: Path, name: str, content: bytes) -> object:
    path = folder / "file"
    path.write_bytes(content)
    with path.open("rb") as file:
        return asyncio.run(look(file, kind_of(name)))


def test_a_process_of_its_own_says_the_same(tmp_path: Path) -> None:
    looked = _looked(tmp_path, "a.pdf", pdf("Audit", f"Case {NUMBER}"))
    assert (looked.media_type, looked.searched, looked.places) == ("application/pdf", "whole", {"page": [2]})  # type: ignore[attr-defined]
    with pytest.raises(Refused) as refused:
        _looked(tmp_path, "command.csv", HOSTILE["command.csv"][0])
    assert (refused.value.code, refused.value.detail) == (Code.formula, "4")


def test_what_takes_the_process_down_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.uploads.reading.WALL_SECONDS", 0.001)
    with pytest.raises(Refused) as refused:
        _looked(tmp_path, "a.txt", b"a")
    assert refused.value.code is Code.unreadable
