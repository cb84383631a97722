"""How the house tests read a template: its HTML with Jinja taken out, and what it refers to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

# Stand for what an expression, or an included part, will say. Neither is a letter.
SAID = "\ue000"
PART = "\ue001"
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip

_jinja = Environment(autoescape=True)


@dataclass
class Element:
    """depth 0 is a root; text: each piece with its line, as written directly inside."""

    tag: str
    line: int
    depth: int
    attributes: dict[str, str]
    text: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Template:
    """loose: what stands outside every element; unclosed: tags left open, or closed that were not open."""

    name: str
    tree: nodes.Template
    elements: list[Element]
    loose: list[tuple[int, str]]
    unclosed: list[tuple[int, str]]

    @property
    def is_fragment(self) -> bool:
        return self.name.rpartition("/")[2].startswith("_")

    def at(self, line: int, fault: str) -> str:
        return f"{self.name}:{line}: {fault}"

    def refers_to(self) -> set[str]:
        kinds = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
        referring: Iterator[Any] = self.tree.find_all(kinds)
        return {name for node in referring for name in _names(node.template)}


def templates(folder: Path) -> list[Template]:
    return [read(path.relative_to(folder).as_posix(), path.read_text()) for path in sorted(folder.rglob("*.html"))]


def read(name: str, source: str) -> Template:
    """Raises jinja2.TemplateSyntaxError for what Jinja cannot read."""
    parser = _Parser()
    parser.feed(flat(source))
    parser.close()
    left_open = [(element.line, f"<{element.tag}> is not closed") for element in parser.open]
    return Template(name, _jinja.parse(source), parser.elements, parser.loose, parser.unclosed + left_open)


def flat(source: str) -> str:
    """The HTML: expressions and parts as one placeholder each, other statements and comments gone, lines kept."""
    written = ""
    line = 1
    block: list[str] | None = None
    hidden = False
    for number, token, value in _jinja.lex(source):
        written += "\n" * (number - line)
        line = max(line, number)
        if token == "block_begin":
            block = []
        elif token == "block_end":
            written += PART if block and block[0] in {"include", "call"} else ""
            block = None
        elif token in {"variable_begin", "comment_begin"}:
            written += SAID if token == "variable_begin" else ""
            hidden = True
        elif token in {"variable_end", "comment_end"}:
            hidden = False
        elif block is not None:
            block += [value] if token == "name" else []
        elif token == "data" and not hidden:
            written += value
            line += value.count("\n")
    return written


def _names(node: nodes.Expr) -> Iterator[str]:
    for constant in [node, *node.find_all(nodes.Const)]:
        if isinstance(constant, nodes.Const):
            found = constant.value if isinstance(constant.value, list | tuple) else [constant.value]
            yield from (name for name in found if isinstance(name, str) and name.endswith(".html"))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.loose: list[tuple[int, str]] = []
        self.unclosed: list[tuple[int, str]] = []

    @property
    def line(self) -> int:
        return self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, self.line, len(self.open), {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, self.line, len(self.open), {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].tag == tag:
            self.open.pop()
        elif tag in [element.tag for element in self.open]:
            while self.open[-1].tag != tag:
                left = self.open.pop()
                self.unclosed.append((left.line, f"<{left.tag}> is not closed"))
            self.open.pop()
        else:
            self.unclosed.append((self.line, f"</{tag}> closes nothing"))

    def handle_data(self, data: str) -> None:
        text = data.lstrip()
        if text:
            line = self.line + data[: len(data) - len(text)].count("\n")
            (self.open[-1].text if self.open else self.loose).append((line, text.rstrip()))
