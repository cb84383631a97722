"""The demonstration on PostgreSQL: loaded by the command, and its record holds there as well."""

from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from tests.support import databases
from tests.support.inside import tracker

pytestmark = pytest.mark.proof


def test_it_loads_on_postgresql_and_its_record_holds(tmp_path: Path) -> None:
    with databases.empty("postgresql", tmp_path) as url:
        for _again in range(2):
            done = tracker("demo", "--load-only", database_url=url, data_dir=tmp_path, demo_password="saltmarsh words")
            assert done.returncode == 0, done.stderr
        proved = tracker("verify", database_url=url, data_dir=tmp_path)
        assert (proved.returncode, "The record holds" in proved.stdout) == (0, True), proved.stderr
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            counted = connection.execute(text("SELECT slug, count(*) FROM plan JOIN action ON plan_id = plan.id "
                                              "GROUP BY slug ORDER BY slug")).all()  # fmt: skip
        engine.dispose()
        assert [tuple(row) for row in counted] == [("fellside-mip", 40), ("saltmarsh-mip", 220)]
