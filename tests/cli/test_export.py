"""`tracker export`: the same file as at the doors, whole or not at all."""

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.exchange.made_exports import fill, sheet, table
from tests.support import inside
from tests.support.cast import Cast


def export(url: str, folder: Path, out: str, *more: str) -> CompletedProcess[str]:
    return inside.tracker("export", "--out", str(folder / out), *more, database_url=url, data_dir=folder)


@pytest.fixture
def url(sqlite_cast: Cast) -> str:
    fill(sqlite_cast)
    return sqlite_cast.database.url


def test_it_writes_each_format(url: str, tmp_path: Path) -> None:
    for name, extra in (("a.xlsx", ()), ("a.csv", ("--layout", "classic")), ("a.json", ("--query", "rating=red"))):
        kind = name.partition(".")[2]
        done = export(url, tmp_path, name, "--plan", "alpha", "--format", kind, "--json", *extra)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["actions"] == (1 if kind == "json" else 4)
    assert [r["Reference"] for r in table(sheet((tmp_path / "a.xlsx").read_bytes()))] == [
        "1.01",
        "1.02",
        "2.01",
        "2.02",
    ]
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("Reference,Action required,")
    assert [a["ref"] for a in json.loads((tmp_path / "a.json").read_text())["actions"]] == ["2.01"]
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--plan", "nowhere"), "There is no plan “nowhere”"),
        (("--plan", "alpha", "--as-at", "2050-01-01"), "This day is still to come"),
        (("--plan", "alpha", "--as-at", "2020-01-01"), "There is nothing yet on 1 January 2020"),
        (("--plan", "alpha", "--query", "rating=purple"), "“purple” is not known here"),
    ],
)
def test_it_says_what_is_wrong_and_writes_nothing(
    url: str, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    done = export(url, tmp_path, "x.xlsx", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert not (tmp_path / "x.xlsx").exists()


def test_it_leaves_the_file_before_in_place_where_it_cannot_write(url: str, tmp_path: Path) -> None:
    done = export(url, tmp_path, "absent/x.xlsx", "--plan", "alpha")
    assert done.returncode == 1
    assert "There is no folder" in done.stderr
