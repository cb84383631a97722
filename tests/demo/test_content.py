"""What the demonstration says, before it is loaded: counts, references that exist, no text that is a stranger's."""

import re
from collections import Counter

import pytest

from app.core.identifiers import nhs_numbers
from app.demo.content import asked, document, people, plans
from app.demo.days import INSPECTED
from app.frameworks import packs, rules


def test_it_tells_220_actions_under_four_priorities_and_40_more() -> None:
    saltmarsh, fellside = plans()
    assert len(saltmarsh.actions) == 220
    assert len(saltmarsh.priorities) == 4
    assert len(fellside.actions) == 40
    for plan in plans():
        assert len({a.ref for a in plan.actions}) == len(plan.actions)
        assert len({a.title for a in plan.actions}) == len(plan.actions)


def test_it_names_only_recommendations_that_are_leaves() -> None:
    known = {
        f"{pack.key}:{item.ref}"
        for pack in packs.packs()
        for item in pack.items
        if item.ref not in {i.parent for i in pack.items}
    }
    own = document("cqc")
    known |= {f"{own['key']}:{i['ref']}" for i in own["items"]}
    for plan in plans():
        for action in plan.actions:
            assert {*action.meets, *action.contributes} <= known, action.ref


@pytest.mark.parametrize(
    ("key", "answered", "of"), [("ockenden_2022", 84, 92), ("ockenden_2020", 25, 25)]
)  # fmt: skip
def test_it_answers_as_many_recommendations_as_it_should(key: str, answered: int, of: int) -> None:
    actions = plans()[0].actions
    refs = {k for a in actions for k in (*a.meets, *a.contributes) if k.startswith(f"{key}:")}
    assert len(refs) == answered
    assert len(rules.leaves(packs.pack(key).items)) == of


def test_it_leaves_one_finding_of_the_inspection_and_five_of_ockenden_unanswered() -> None:
    actions = plans()[0].actions
    answered = {k for a in actions for k in (*a.meets, *a.contributes)}
    own = document("cqc")
    assert len(own["items"]) == 21
    assert [i["ref"] for i in own["items"] if f"{own['key']}:{i['ref']}" not in answered] == ["SD12"]
    pack = packs.pack("ockenden_2022")
    left = [i for i in rules.leaves(pack.items) if f"ockenden_2022:{i.ref}" not in answered]
    assert sum(rules.addressed_to(i.applies_to, "trust") for i in left) == 5
    assert INSPECTED < 0


def test_it_gives_the_accounts_of_the_contract_one_role_each() -> None:
    signing = {p.email: p.role for p in people().values() if p.signs_in}
    names = ("office", "owner", "contributor", "executive", "validator", "chair", "viewer", "voices", "administrator")
    expected = {f"{name}@saltmarsh.example": name for name in names}
    assert signing == expected | {"office@fellside.example": "office", "overseer@lmns.example": "overseer"}
    owned = Counter(a.owner for a in plans()[0].actions)
    assert 10 <= owned["owner"] <= 14


def test_it_holds_nothing_that_looks_like_a_person_in_care() -> None:
    texts = [t for p in plans() for a in p.actions for t in (a.title, a.outcome, a.measure, a.said, a.cause, a.help)]
    texts += [t for a in asked() for t in (a.why, a.impact, a.mitigation, a.answer)]
    for text in texts:
        assert not nhs_numbers(text)
        assert not re.search(r"\b(mrs|ms|miss) [A-Z]", text)
        assert len(text) <= 300
