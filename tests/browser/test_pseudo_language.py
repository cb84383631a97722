"""In a language that marks every translated sentence, no page shows a bare one."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page
from sqlalchemy import select
from sqlmodel import SQLModel

from app.core.words import PSEUDO
from app.home import licences
from app.main import create_app
from app.people.rights import RIGHTS
from app.settings import Settings
from app.web.access import routes_of
from tests.browser.stops import Stop
from tests.browser.walk import STOPS
from tests.browser.world import World, served
from tests.support.browser import OpenPage

SEEN = """() => {
    const out = new Set();
    const hidden = (e) => ['SCRIPT', 'STYLE', 'TEXTAREA', 'CODE'].includes(e.tagName) || e.closest('code, kbd');
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (!hidden(walk.currentNode.parentElement)) out.add(walk.currentNode.data.trim());
    for (const e of document.querySelectorAll('[aria-label], [placeholder], [title], [alt], [data-label]'))
        for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'data-label'])
            if (e.getAttribute(name)) out.add(e.getAttribute(name).trim());
    return [...out].filter((text) => /[A-Za-z]{2}/.test(text));
}"""
# Names of things, the same in every language, and words of the tests' own browser.
NAMES = (
    "Chromium",
    "Chrome",
    "Headless",
    "Linux",
    "GitHub",
    "MIT",
    "ODS",
    "Ctrl",
    "Enter",
    "Esc",
    "Tab",
    "trk_",
    "SBAR",
)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with served(tmp_path_factory.mktemp("marked"), language=PSEUDO) as made:
        yield made


@pytest.fixture(scope="module")
def data(marked: World) -> frozenset[str]:
    """Every text of every table: what people wrote, and what the library holds."""
    # The record's own name of who furnished the world.
    found = {"the tests"}
    with marked.cast.database.readers.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                for value in row:
                    found.update(texts(value))
    for work in (*licences.SERVED, *licences.installed()):
        found.update({work.name, f"{work.version}, {work.licence}"})
    # The table of rights names acts and addresses as programs do.
    found.update(RIGHTS)
    found.update(f"{method} {path}" for method, path, _act in routes_of(application(marked)))
    return frozenset(found)


def application(world: World) -> FastAPI:
    app = create_app(Settings(database_url=world.cast.database.url, data_dir=world.server.data_dir))
    app.state.database.dispose()
    return app


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
        yield from (part.strip() for part in value.splitlines())
        # What the record seals, and what was signed, are kept as text.
        if value.startswith("{"):
            yield from texts(json.loads(value))
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def bare(text: str, data: frozenset[str]) -> str:
    """What is left of a text without its marked sentences and its data; empty where nothing is bare."""
    left = text
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", " ", left)) != left:
        left = less
    left = " ".join(left.split())
    if left in data or not re.search(r"[A-Za-z]{2}", left):
        return ""
    # Longest first: a short datum must not cut a long one.
    for word in sorted((d for d in data if len(d) > 2 and d in left), key=len, reverse=True):
        left = left.replace(word, " ")
    for word in NAMES:
        left = left.replace(word, " ")
    return left.strip() if re.search(r"[A-Za-z]{3}", left) else ""


# The page for programs tells the names of the API, which are English like its code.
# These two show the cells of a workbook, which are in no table as words.
OF_A_WORKBOOK = {"columns of an import", "check of an import"}
WALKED = [stop for stop in STOPS if not stop.deed and stop.route != "/api/docs" and stop.name not in OF_A_WORKBOOK]


@pytest.mark.parametrize("stop", WALKED, ids=lambda stop: stop.name)
def test_it_shows_no_bare_words(marked: World, open_page: OpenPage, data: frozenset[str], stop: Stop) -> None:
    page: Page = marked.open(open_page, stop.who, stop.path)
    wrong = {text: left for text in page.evaluate(SEEN) if (left := bare(text, data))}
    assert not wrong, wrong
