"""`tracker user` and `tracker token`."""

import json
from pathlib import Path

from sqlmodel import select

from app.people import commands
from app.people.models import ApiToken
from app.people.rules import TokenScope
from app.people.schemas import NewToken
from tests.people.signing import PASSWORD
from tests.support import server
from tests.support.cast import MAKER, Cast
from tests.support.inside import tracker

ALICE = ("user", "add", "alice@aaa.example", "--name", "Alice", "--organisation", "AAA")
MAKE = ("--organisation-name", "Alpha Hospitals")


def test_it_adds_lists_and_deactivates_accounts(sqlite_url: str, tmp_path: Path) -> None:
    def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        done = tracker(*arguments, database_url=sqlite_url, data_dir=tmp_path, stdin=stdin)
        return done.returncode, done.stdout, done.stderr

    code, out, err = run(
        *ALICE, *MAKE, "--role", "office", "--role", "owner", "--password-stdin", "--json", stdin="short\n"
    )
    assert (code, err.strip()) == (1, "Use at least 12 characters. Three random words work well.")
    code, out, err = run(*ALICE, *MAKE, "--role", "office", "--role", "owner", "--password-stdin", "--json",
                         stdin=f"{PASSWORD}\n")  # fmt: skip
    assert (code, err) == (0, "")
    assert json.loads(out) == {"email": "alice@aaa.example", "name": "Alice", "organisation": "AAA",
                               "roles": ["office", "owner"], "code": None}  # fmt: skip
    code, out, err = run(*ALICE[:-1], "BBB")
    assert (code, out) == (1, "")
    assert err.strip() == "There is no organisation with the code BBB. Add --organisation-name to make it."
    assert run(*ALICE)[2].strip() == "There is an account with the e-mail address alice@aaa.example already."
    assert run(*ALICE, "--role", "king")[0] == 2
    code, out, _err = run("user", "add", "bob@aaa.example", "--name", "Bob", "--organisation", "AAA", "--json")
    assert json.loads(out)["code"]
    assert run("user", "deactivate", "bob@aaa.example")[1].strip() == "Bob is deactivated."
    assert run("user", "deactivate", "bob@aaa.example")[0] == 1
    listed = {a["email"]: (a["active"], a["may_sign_in"]) for a in json.loads(run("user", "list", "--json")[1])}
    assert listed == {"alice@aaa.example": (True, True), "bob@aaa.example": (False, False)}


def test_a_password_comes_through_a_pipe_and_a_refusal_leaves_by_stderr(sqlite_url: str, tmp_path: Path) -> None:
    given = (*ALICE, *MAKE, "--password-stdin")
    made = server.tracker(*given, database_url=sqlite_url, data_dir=tmp_path, stdin=f"{PASSWORD}\n")
    assert (made.returncode, made.stdout, made.stderr) == (0, "Alice has an account.\n", "")
    again = server.tracker(*given, database_url=sqlite_url, data_dir=tmp_path, stdin=f"{PASSWORD}\n")
    told = "There is an account with the e-mail address alice@aaa.example already.\n"
    assert (again.returncode, again.stdout, again.stderr) == (1, "", told)


def test_it_prints_a_token_alone(sqlite_url: str, tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        done = tracker(*arguments, database_url=sqlite_url, data_dir=tmp_path)
        return done.returncode, done.stdout, done.stderr

    run(*ALICE, *MAKE)
    given = ("token", "add", "Power BI", "--organisation", "AAA", "--scope", "read", "--days", "30")
    code, out, err = run(*given)
    assert (code, err) == (0, "")
    assert out.startswith("trk_")
    assert len(out.split()) == 1
    told = json.loads(run(*given, "--json")[1])
    assert told["token"].startswith("trk_")
    assert told["scope"] == "read"
    unknown = run("token", "add", "x", "--organisation", "ZZ9", "--scope", "read", "--days", "3")
    assert unknown[:2] == (1, "")
    assert "tracker user add EMAIL --name NAME --organisation ZZ9 --organisation-name NAME" in unknown[2]
    assert run(*given[:-1], "-3")[2].strip() == "Days: Enter 1 or more."
    code, _out, err = run(*given[:-1], "soon")
    assert (code, "Enter a whole number." in err) == (2, True)
    code, out, err = run(*given, "--plan", "nowhere")
    assert (code, out) == (1, "")
    assert "takes part in no plan “nowhere”" in err
    assert run("plan", "create", "alpha", "--organisation", "AAA", "--title", "Our plan")[0] == 0
    code, out, err = run(*given, "--plan", "alpha", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["plan"] == "alpha"


def test_a_token_forgets_who_made_it_when_that_person_is_removed_from_the_record(cast: Cast, tmp_path: Path) -> None:
    given = NewToken(name="Power BI", organisation="AAA", scope=TokenScope.read, days=30)
    with cast.database.write(cast.actor("alice")) as tx:
        tx.act("token.made")
        made, _secret = commands.add_token(tx, given=given)
        assert made.made_by == "Alice"
    gone = tracker("user", "deactivate", cast.email("alice"), database_url=cast.database.url, data_dir=tmp_path)
    assert gone.returncode == 0
    asked = ("--person", cast.email("alice"), "--why", "Asked for it", "--decided-by", "Carol")
    assert tracker("redact", *asked, database_url=cast.database.url, data_dir=tmp_path).returncode == 0
    with cast.database.read(MAKER) as read:
        assert [(t.made_by, t.made_by_id) for t in read.exec(select(ApiToken)).all()] == [
            ("[removed]", cast.people["alice"])
        ]
