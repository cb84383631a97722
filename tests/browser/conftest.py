"""The furnished world, served once for each module of browser tests."""

from collections.abc import Iterator

import pytest

from tests.browser.world import World, served


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Shared by a module's tests: they mind what they change."""
    with served(tmp_path_factory.mktemp("world")) as made:
        yield made
