"""Commands are found where they are, and are imported one at a time."""

import importlib
import subprocess
import sys
from importlib import metadata

import pytest
import typer
from typer.testing import CliRunner

from app.cli import WHERE, app, refusal
from app.core.errors import Invalid
from app.main import version


@pytest.mark.parametrize("module", sorted(set(WHERE.values())))
def test_each_module_has_just_the_commands_that_are_looked_for_there(module: str) -> None:
    made = typer.Typer()
    importlib.import_module(f"app.cli.{module}").register(made)
    assert set(typer.main.get_group(made).commands) == {name for name, where in WHERE.items() if where == module}


def test_the_help_lists_them_all_and_another_name_is_wrong_usage() -> None:
    told = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"})
    assert [name for name in WHERE if name not in told.output] == []
    assert CliRunner().invoke(app, ["burn"]).exit_code == 2


def test_it_tells_its_version_without_what_a_command_needs() -> None:
    code = (
        "import sys\nfrom app.cli import main\n"
        "try: main()\nexcept SystemExit: print({m for m in ('sqlalchemy', 'fastapi', 'pydantic') if m in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"tracker {version()}\nset()\n"
    assert version() == metadata.version("maternity-improvement-plan-tracker")


def test_a_fault_of_ours_is_no_refusal() -> None:
    assert refusal(Invalid("days", "Enter 1 or more.")) == "Enter 1 or more."
    assert refusal(KeyError("x")) is None
