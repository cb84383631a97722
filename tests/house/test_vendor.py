"""Files of others are exact copies, and what we derive from them follows from them alone."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor", ROOT / "tools/vendor.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


vendor = _tool()


@pytest.mark.parametrize("folder", [vendor.SERVED, vendor.FOR_TESTS], ids=["served", "for tests"])
def test_it_matches_every_checksum(folder: Path) -> None:
    assert (folder / "checksums.txt").read_text() == vendor.checksums(folder)


def test_it_derives_the_same_bytes_again() -> None:
    assert vendor.derive(vendor.DERIVED_FROM.read_text()).encode() == vendor.DERIVED.read_bytes()


def test_it_keeps_each_licence_beside_its_copies() -> None:
    for folder, _digest, _names in vendor.PACKAGES.values():
        assert (folder / "LICENSE").read_text().strip()


def test_it_serves_no_style_sheet_that_leaves_the_house() -> None:
    for sheet in [vendor.DERIVED, ROOT / "app/static/site.css"]:
        css = sheet.read_text()
        assert not re.search(r"https?://|@import|@font-face", css), sheet
        for address in re.findall(r"url\(([^)]*)\)", css):
            assert (sheet.parent / address).is_file(), f"{sheet.name} names {address}, which is not there"


def test_it_refuses_a_style_sheet_that_still_points_elsewhere() -> None:
    with pytest.raises(SystemExit):
        vendor.derive("a{background:url(https://example.org/x.svg)}")
