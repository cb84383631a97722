"""Templates place: they parse, are used, speak through gettext, and carry nothing that the CSP forbids."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from tests.house.source import APP, TEMPLATES, modules, write
from tests.house.template_source import Element, Template, read, templates

# Not sentences: names of keys, and what a program reads or writes.
NOT_WORDS = {"kbd", "code", "samp", "script", "style"}
SAME_IN_EVERY_LANGUAGE = {"NHS", "CSV", "JSON", "PDF", "API", "XLSX", "ODS", "Ctrl", "Esc"}
SPOKEN = {
    "aria-label", "aria-description", "aria-roledescription", "placeholder", "title", "alt", "label",
    "summary", "hx-confirm", "hx-prompt",
}  # fmt: skip
GETTEXT = {"_", "gettext", "ngettext"}
SENTENCE = re.compile(r"^\W*[A-Z][a-z']* \S")
# template: why it may mark a value as safe
SAFE: dict[str, str] = {}
# template: why no policy is sent with it, so that it may carry its style
ON_ITS_OWN = {"coverage/pack.html": "a file that is read from a folder, with nothing beside it"}
# template: who asks for it, if no literal name does
NAMED_BY_CODE = {
    "parts/gallery.html": "the whole kit on one page, drawn by the browser tests and by whoever changes it"
}


def faults(folder: Path, app: Path) -> list[str]:
    found = templates(folder)
    every = [fault for template in found for fault in _template_faults(template)]
    return every + _reference_faults(found, _named_in_python(app))


def _template_faults(template: Template) -> Iterator[str]:
    yield from (template.at(line, fault) for line, fault in template.unclosed)
    yield from (template.at(line, f"bare text: {text}") for line, text in _bare(template))
    for e in template.elements:
        if not (e.tag == "style" and template.name in ON_ITS_OWN):
            yield from (template.at(e.line, fault) for fault in _forbidden(e))
    yield from _jinja_faults(template)
    if template.is_fragment:
        yield from _fragment_faults(template)


def _bare(template: Template) -> Iterator[tuple[int, str]]:
    for element in template.elements:
        if element.tag not in NOT_WORDS:
            yield from ((line, text) for line, text in element.text if _has_words(text))
        for name, value in element.attributes.items():
            if _is_spoken(element, name, value) and _has_words(value):
                yield element.line, f'{name}="{value}"'
    yield from ((line, text) for line, text in template.loose if _has_words(text))
    yield from _sentences_in_expressions(template)


def _is_spoken(element: Element, name: str, value: str) -> bool:
    if name == "value":
        return element.tag == "input" and element.attributes.get("type") in {"submit", "button", "reset"}
    return name in SPOKEN or (name.startswith("data-") and bool(SENTENCE.match(value)))


def _has_words(text: str) -> bool:
    # A macro may write attributes for its caller's tag.
    text = re.sub(r"""[\w-]+=("[^"]*"|'[^']*')""", "", text)
    return any(word not in SAME_IN_EVERY_LANGUAGE for word in re.findall(r"[^\W\d_]+", text))


def _sentences_in_expressions(template: Template) -> Iterator[tuple[int, str]]:
    # `button("Save and next")` says a sentence as well. A value that is also translated here is a value.
    calls = [c for c in template.tree.find_all(nodes.Call) if isinstance(c.node, nodes.Name) and c.node.name in GETTEXT]
    said = {constant.value for call in calls for constant in call.find_all(nodes.Const)}
    for constant in template.tree.find_all(nodes.Const):
        if isinstance(constant.value, str) and SENTENCE.match(constant.value) and constant.value not in said:
            yield constant.lineno, constant.value


def _forbidden(element: Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name == "style" or name.startswith(("on", "hx-on")):
            yield f"{name}= is refused by the policy"
        if re.match(r"\s*(js|javascript):", value):
            yield f"{name}= compiles code"
        if name.startswith("hx-trigger") and "[" in value:
            yield "a filter in hx-trigger compiles code"
    if element.tag == "style" or (element.tag == "script" and "src" not in element.attributes):
        yield f"<{element.tag}> inline is refused by the policy"


def _jinja_faults(template: Template) -> Iterator[str]:
    if template.name in SAFE:
        return
    for node in template.tree.find_all(nodes.Filter):
        if node.name == "safe":
            yield template.at(node.lineno, "|safe lets markup through: list it with its reason")
    for modifier in template.tree.find_all(nodes.EvalContextModifier):
        yield template.at(modifier.lineno, "autoescape is not switched in a template")


def _fragment_faults(template: Template) -> Iterator[str]:
    roots = [element for element in template.elements if element.depth == 0]
    if len(roots) != 1:
        yield template.at(1, f"a fragment is one element, not {len(roots)}")
    elif not roots[0].attributes.get("id"):
        yield template.at(roots[0].line, "a fragment's element has an id")
    yield from (template.at(line, "a fragment says nothing outside its element") for line, _ in template.loose)


def _reference_faults(found: list[Template], in_python: set[str]) -> list[str]:
    there = {template.name for template in found}
    referred = {name for template in found for name in template.refers_to() if name != template.name} | in_python
    return [f"{name}: nothing uses it" for name in sorted(there - referred - set(NAMED_BY_CODE))] + [
        f"{name}: named, but not there" for name in sorted(referred - there)
    ]


def _named_in_python(app: Path) -> set[str]:
    return {
        node.value
        for module in modules(app)
        for node in module.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w/-]+\.html", node.value)
    }


def test_it_finds_every_template_in_order() -> None:
    found = faults(TEMPLATES, APP)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p>Save</p>", "bare text: Save"),
        ("<p>{{ x }} actions</p>", "actions"),
        ("{% if x %}late{% endif %}", "bare text: late"),
        ("<p>{% if x %}a{% else %}{{ _('b') }}{% endif %}</p>", "bare text: a"),
        ('<input placeholder="Search">', "placeholder"),
        ('<a aria-label="Open {{ x }}"></a>', "aria-label"),
        ('<input type="submit" value="Save">', "value="),
        ('<p data-said="No connection now"></p>', "data-said"),
        ('{{ button("Save and next") }}', "Save and next"),
        ('<p style="color: red"></p>', "style="),
        ('<p onclick="x()"></p>', "onclick="),
        ('<p hx-on:click="x()"></p>', "hx-on:click="),
        ('<p hx-vals="js:{x: 1}"></p>', "compiles code"),
        ('<p hx-trigger="keyup[ctrlKey]"></p>', "compiles code"),
        ("<script>x()</script>", "inline"),
        ("<style>p {}</style>", "inline"),
        ("{{ x|safe }}", "|safe"),
        ("{% autoescape false %}{{ x }}{% endautoescape %}", "autoescape"),
        ("<div><p></div>", "<p> is not closed"),
        ("<div></p></div>", "</p> closes nothing"),
    ],
)
def test_it_catches_a_bad_template(source: str, fault: str) -> None:
    found = "\n".join(_template_faults(read("plans/show.html", "<!doctype html>\n" + source)))
    assert fault in found
    assert "plans/show.html:2" in found


@pytest.mark.parametrize(
    "source",
    [
        "{# a comment for us #}<p>{{ _('Save') }} · {{ n }}&nbsp;%</p>",
        '<a{% if x %} class="late"{% endif %} title="{{ _(\'Late\') }}" href="/plans">{{ x }}</a>',
        "{%- for x in y -%}\n<kbd>Enter</kbd>\n{%- endfor -%}",
        '<form><input type="hidden" value="next"><button value="next">{{ _("Next") }}</button></form>',
        '{{ choice([{"value": "Northern Ireland", "text": _("Northern Ireland")}]) }}',
        "<svg><path d='M 1 2'/></svg><br>",
    ],
)
def test_it_lets_a_good_template_pass(source: str) -> None:
    assert list(_template_faults(read("plans/show.html", source))) == []


@pytest.mark.parametrize(
    ("source", "is_fault"),
    [
        ('{# a row #}\n{% from "x.html" import y %}\n<tr id="a-{{ a.id }}"><td>{{ y(a) }}</td></tr>\n', False),
        ('<tr id="a"></tr><tr id="b"></tr>', True),
        ('{% if x %}<p id="a"></p>{% else %}<p id="b"></p>{% endif %}', True),
        ("<p></p>", True),
        ("{{ x }}", True),
        ('<p id="a"></p>{{ x }}', True),
        ('<p id="a"></p>{% include "x.html" %}', True),
    ],
)
def test_it_wants_one_element_in_a_fragment(source: str, is_fault: bool) -> None:
    assert bool(list(_fragment_faults(read("plans/_row.html", source)))) is is_fault


def test_it_finds_templates_that_nothing_uses_or_that_are_not_there(tmp_path: Path) -> None:
    app = write(tmp_path / "app", {"plans/pages.py": "render.page('plans/show.html')\nrender.page('plans/gone.html')"})
    folder = write(
        tmp_path / "templates",
        {
            "plans/show.html": '{% extends "base.html" %}{% include ["plans/_a.html", "plans/_lost.html"] %}',
            "plans/_a.html": '<p id="a"></p>',
            "plans/_left.html": '{% include "plans/_left.html" %}',
            "base.html": "",
        },
    )
    found = _reference_faults(templates(folder), _named_in_python(app))
    assert found == [
        "plans/_left.html: nothing uses it",
        "plans/_lost.html: named, but not there",
        "plans/gone.html: named, but not there",
    ]
