"""The recipes of docs/api: curl is run against a live server; M code names only what there is."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.people.rules import TokenScope
from tests.actions import made_plan as made
from tests.api.test_openapi import SNAPSHOT
from tests.support.cast import Cast
from tests.support.databases import ROOT
from tests.support.doors import Doors
from tests.support.inside import serve

RECIPES = ROOT / "docs/api"
CODE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
ADDRESS = re.compile(r'/api/v1/plans/(?:" & Plan & "|\{plan\}|\$PLAN|saltmarsh-mip)/([a-z-]+(?:\.csv)?)')


def blocks(name: str, language: str) -> Iterator[str]:
    yield from (code for told, code in CODE.findall((RECIPES / name).read_text()) if told == language)


def test_every_curl_of_the_recipe_works(sqlite_cast: Cast, tmp_path: Path) -> None:
    made.add(sqlite_cast, ref="1.01")
    doors = Doors(sqlite_cast, tmp_path)
    secret = doors.token(TokenScope.write).headers["authorization"].removeprefix("Bearer ")
    doors.app.state.database.dispose()
    with serve(sqlite_cast.database.url, tmp_path, rate_limits="off") as server:
        for code in blocks("curl.md", "sh"):
            script = "set -euo pipefail\n" + code
            known = {"BASE": server.url, "TOKEN": secret, "PLAN": "alpha", "no_proxy": "127.0.0.1"}
            done = subprocess.run(
                ["bash", "-c", script], env=os.environ | known, capture_output=True, text=True, timeout=60, check=False
            )
            assert done.returncode == 0, f"{code}\n{done.stderr}\n{server.log[-1500:]}"
            assert done.stdout.strip(), code


@pytest.mark.parametrize("name", ["power-bi.md", "excel.md", "curl.md"])
def test_every_address_of_a_recipe_is_there(name: str) -> None:
    paths = json.loads(SNAPSHOT.read_text())["paths"]
    found = set(ADDRESS.findall((RECIPES / name).read_text()))
    assert found
    missing = [part for part in found if f"/api/v1/plans/{{plan}}/{part}" not in paths]
    assert not missing, missing


@pytest.mark.parametrize("name", ["power-bi.md", "excel.md"])
def test_every_parameter_of_a_query_is_there(name: str) -> None:
    paths = json.loads(SNAPSHOT.read_text())["paths"]
    for code in blocks(name, "m"):
        told = paths[f"/api/v1/plans/{{plan}}/{ADDRESS.findall(code)[0]}"]["get"]
        known = {p["name"] for p in told["parameters"]}
        for query in re.findall(r"Query = \[([^\]]*)\]", code):
            assert set(re.findall(r"(\w+) =", query)) <= known, code
        for a, b in ("()", "[]", "{}"):
            assert code.count(a) == code.count(b), code


def test_every_column_of_a_query_is_there(sqlite_doors: Doors) -> None:
    """With Basic sign-in: any name, the token as the password, as Power Query sends them."""
    secret = sqlite_doors.token(TokenScope.read).headers["authorization"].removeprefix("Bearer ")
    client = sqlite_doors.anybody()
    for name in ("power-bi.md", "excel.md"):
        for code in blocks(name, "m"):
            table = ADDRESS.findall(code)[0]
            answer = client.get(f"/api/v1/plans/alpha/{table}", auth=("any", secret))
            assert answer.status_code == 200, table
            columns = set(re.findall(r'\{"(\w+)", (?:type|Int64)', code))
            held = answer.text.splitlines()[0].split(",") if table.endswith(".csv") else answer.json()["items"][0]
            assert columns <= set(held), f"{table}: {columns - set(held)}"
