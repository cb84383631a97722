"""No Docker engine runs where the tests run: what can be told from the file alone is told here."""

import re

from tests.support.databases import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COPIED = [word for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.M) for word in line.split()]


def test_it_copies_only_what_is_there_and_not_ignored() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert [name for name in COPIED if not (ROOT / name).exists()] == []
    assert set(COPIED) == allowed


def test_it_runs_as_an_ordinary_person_with_a_health_check_and_a_volume() -> None:
    for line in ("USER tracker", "HEALTHCHECK ", "VOLUME /data", "CMD "):
        assert f"\n{line}" in DOCKERFILE


def test_it_installs_the_same_uv_as_make() -> None:
    pinned = re.compile(r"""['"](uv>=[^'"]+)['"]""")
    found = {
        pinned.findall((ROOT / name).read_text())[0] for name in ("Dockerfile", "tools/ensure_venv.sh")
    }  # fmt: skip
    assert len(found) == 1
