"""Search in the tracker: what finds what, and what does not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.search import SYNONYMS, matcher, prepare


def finds(query: str, *texts: str | None) -> bool:
    return matcher(query)(prepare(*texts))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("monitoring", "Fetal monitoring lead"),
        ("monit FETAL", "Fetal monitoring lead"),
        ("foetal", "Fetal monitoring lead"),
        ("fet", "Foetal monitoring lead"),
        ("haemorrhage", "Postpartum hemorrhage drill"),
        ("PPH", "Postpartum haemorrhage drill"),
        ("midwife", "Two midwives"),
        ("midwives", "Midwifery staffing"),
        ("baby", "Saving Babies’ Lives"),
        ("babies", "Each baby"),
        ("women", "A woman’s choice"),
        ("woman's", "Women’s voices"),
        ("audits", "An audit of births"),
        ("audit", "Audits, monthly"),
        ("policy", "Two policies"),
        ("births", "Place of birth"),
        ("MNVP", "Work with the voices partnership"),
        ("cnst", "Incentive scheme year 6"),
        ("CTGs", "Cardiotocography training"),
        ("ty", "Tŷ Gwynedd"),
        ("tŷ", "TY GWYNEDD"),
        ("w\u0302y", "ŵy"),
        ("multidisciplinary", "Multi-disciplinary training"),
        ("multi", "Multi-disciplinary training"),
        ("mdt", "Multi-professional training"),
        ("1.1", "IEA 1.1 and more"),
        ("iea 1", "IEA 1.10"),
        ("sa8", "MIS SA8"),
        ("jo@trust.example", "Jo@Trust.example"),
        ('"labour ward"', "The Labour  Ward, daily"),
        ("“labour ward” round", "Rounds on the labour-ward"),
        ('unclosed "ward', "ward with an unclosed door"),
    ],
)
def test_it_finds(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("audit plan", "Audit of births"),
        ("tal", "Fetal monitoring"),
        ("1.1", "IEA 1.10, 1.11 and 11.1"),
        ("1", "IEA 10.1"),
        ("sa1", "MIS SA10"),
        ("consultant", "Obstetrician on call"),
        ("access", "Acces"),
        ('"ward labour"', "Labour ward"),
        ('"labour war"', "Labour ward"),
        ('"fetal monitoring"', "Monitoring of fetal growth"),
        ("midwife", ""),
    ],
)
def test_it_does_not_find(query: str, text: str) -> None:
    assert not finds(query, text)


def test_it_looks_through_all_texts_of_a_row_but_a_phrase_stays_in_one() -> None:
    assert finds("audit rota", "Audit", None, "Rota")
    assert not finds('"audit rota"', "Audit", None, "Rota")
    assert not finds('"audit rota"', "Audit", "Rota", "on-call")


@pytest.mark.parametrize("query", ["", "  ", "!?", '""', '"'])
def test_it_finds_everything_when_no_word_is_asked_for(query: str) -> None:
    assert finds(query, "Anything")
    assert finds(query, "")


def test_it_finds_each_synonym_by_each_other() -> None:
    for group in SYNONYMS:
        for one in group:
            if " " not in one:
                assert all(finds(one, other) for other in group), one


def test_it_knows_its_synonyms_as_it_folds_words() -> None:
    assert all(prepare(name) == f" {name} " for group in SYNONYMS for name in group)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1, max_size=5))
def test_it_finds_every_text_by_its_own_words(words: list[str]) -> None:
    assert finds(" ".join(words), " ".join(words))


@given(st.text(), st.text())
def test_it_never_fails_on_odd_input(query: str, text: str) -> None:
    assert finds(query, text) in {True, False}


def test_it_is_fast_over_a_large_plan() -> None:
    rows = [prepare(f"1.{n}", "Multi-disciplinary training for midwives on the labour ward " * 10) for n in range(5000)]
    began = time.perf_counter()
    found = matcher('training midwife 1.4999 "labour ward"')
    assert sum(found(row) for row in rows) == 1
    assert time.perf_counter() - began < 0.5
