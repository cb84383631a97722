"""Passwords, lockout keys and addresses to go back to."""

import pytest

from app.core.errors import Invalid
from app.people.rules import address_key, check_password, email_key, normalised


@pytest.mark.parametrize(
    "bad",
    [
        "short",
        "passwordpassword",
        "Password1234567!",
        "P a s s w o r d 1 2 3",
        "midwifemidwife99",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "123456789012",
        "qwertyuiopas",
        "alice@aaa.example",
        "AliceSmith2026",
        "Alpha Hospitals 1",
        "x" * 129,
        "seven\x00horses run",
        "seven\ud800horses run",
    ],
)
def test_it_refuses_a_password_that_is_easily_guessed(bad: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_password(bad, personal=("alice@aaa.example", "Alice Smith", "Alpha Hospitals"))
    assert [f.field for f in refused.value.fields] == ["password"]


@pytest.mark.parametrize(
    "good", ["seven lovely horses", "ceffyl glas hyfryd", "Ysbyty Gwynedd heulog", "correct-teapot-9"]
)
def test_it_asks_for_no_composition(good: str) -> None:
    assert check_password(good, personal=("alice@aaa.example", "Alice Smith")) == good


def test_it_takes_every_keyboards_spelling_of_a_password() -> None:
    assert normalised("caf\u00e9 caf\u00e9 caf\u00e9") == normalised("cafe\u0301 cafe\u0301 cafe\u0301")


def test_it_keeps_no_address_in_its_counters() -> None:
    assert "alice" not in email_key("alice@aaa.example")
    assert address_key("2001:db8:1:2::5") == address_key("2001:db8:1:2:ffff::9") != address_key("2001:db8:1:3::5")
    assert len(address_key("x" * 500)) <= 80
    assert len(email_key("x" * 500)) <= 80
