"""`tracker plan ...`, as somebody at a terminal runs it."""

import json
from pathlib import Path
from subprocess import CompletedProcess

from tests.support import inside, server
from tests.support.cast import Cast


def tracker(cast: Cast, folder: Path, *words: str) -> CompletedProcess[str]:
    return inside.tracker(*words, database_url=cast.database.url, data_dir=folder)


def test_a_plan_from_the_published_report_has_92_actions_under_15_priorities(cast: Cast, tmp_path: Path) -> None:
    made = tracker(cast, tmp_path, "plan", "create", "ockenden", "--organisation", "AAA", "--title",
                   "Ockenden final report", "--from-framework", "ockenden_2022", "--json")  # fmt: skip
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert (told["plan"], told["priorities"], told["actions"], told["state"]) == ("ockenden", 15, 92, "draft")
    refused = tracker(cast, tmp_path, "plan", "adopt", "ockenden", "--by", cast.email("alice"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "Only the chair of the plan’s own organisation may do this.\n"
    adopted = tracker(cast, tmp_path, "plan", "adopt", "ockenden", "--by", cast.email("carol"), "--json")
    assert json.loads(adopted.stdout)["state"] == "live"
    listed = tracker(cast, tmp_path, "plan", "list", "--json")
    assert [(p["plan"], p["state"]) for p in json.loads(listed.stdout)] == [("alpha", "live"), ("ockenden", "live")]


def test_it_refuses_in_one_sentence(sqlite_cast: Cast, tmp_path: Path) -> None:
    words = ("plan", "create", "alpha", "--organisation", "AAA", "--title", "Again")
    answer = tracker(sqlite_cast, tmp_path, *words)
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "alpha already" in answer.stderr
    assert tracker(sqlite_cast, tmp_path, "plan", "create").returncode == 2
    nobody = tracker(sqlite_cast, tmp_path, "plan", "adopt", "alpha", "--by", "nobody@aaa.example")
    assert (nobody.returncode, "no active account" in nobody.stderr) == (1, True)


def test_the_first_plan_of_a_new_database_needs_nothing_made_before(sqlite_url: str, tmp_path: Path) -> None:
    def run(*words: str) -> CompletedProcess[str]:
        return inside.tracker(*words, database_url=sqlite_url, data_dir=tmp_path)

    made = run("plan", "create", "ockenden", "--organisation", "ZZA", "--title", "Ockenden final report",
               "--from-framework", "ockenden_2022", "--json")  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert (json.loads(made.stdout)["actions"], json.loads(made.stdout)["organisation"]) == (92, "ZZA")
    assert "Change its name at /organisations/ZZA." in made.stderr
    second = ("plan", "create", "beta", "--organisation", "ZZB", "--title", "Beta")
    refused = run(*second)
    assert (refused.returncode, refused.stderr) == (
        1, "There is no organisation with the code ZZB. Add --organisation-name to make it.\n",
    )  # fmt: skip
    assert run(*second, "--organisation-name", "Beta Hospitals").returncode == 0
    listed = server.tracker("plan", "list", database_url=sqlite_url, data_dir=tmp_path)
    assert [line.split("\t")[0] for line in listed.stdout.splitlines()] == ["beta", "ockenden"]
