"""Patient identifiers in free text: what is refused, what is let through, what warns."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.identifiers import Hint, is_nhs_number, nhs_numbers, warning_sentences, warnings


def with_check_digit(nine: str) -> str | None:
    left = 11 - sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True)) % 11
    return None if left == 10 else nine + str(left % 11)


nines = st.one_of(
    st.builds(lambda first, rest: first + rest, st.sampled_from("3467"), st.from_regex(r"[0-9]{8}", fullmatch=True)),
    st.from_regex(r"999[0-9]{6}", fullmatch=True),
)
numbers = nines.map(with_check_digit).filter(bool)
gaps = st.sampled_from([" ", "-", ".", "\u00a0", "\u2009", "\u202f", "\u2011", "\u2013", "  ", " - ", "\u200b", ". "])
zeros = st.sampled_from("0０٠०𝟎")  # ASCII, full-width, Arabic-Indic, Devanagari, mathematical


@given(numbers, gaps, gaps, zeros, st.booleans())
def test_it_finds_any_valid_number_in_any_spacing_and_script(
    number: str, first: str, second: str, zero: str, unbroken: bool
) -> None:
    parts = [number[:3], number[3:6], number[6:]]
    written = "".join([parts[0], "" if unbroken else first, parts[1], "" if unbroken else second, parts[2]])
    written = written.translate({ord(d): chr(ord(zero) + int(d)) for d in "0123456789"})
    text = f"Seen today, {written}, and sent home"

    (found,) = nhs_numbers(text)

    assert found.shown == " ".join(parts)
    assert found.digits == number
    assert text[found.start : found.end] == written


@given(nines, st.integers(0, 9))
def test_it_lets_a_wrong_check_digit_through(nine: str, last: int) -> None:
    number = nine + str(last)
    if number != with_check_digit(nine):
        assert nhs_numbers(f"{number} or {number[:3]} {number[3:6]} {number[6:]}") == []


@given(st.from_regex(r"[012589][0-9]{8}", fullmatch=True).filter(lambda nine: not nine.startswith("999")))
def test_it_lets_a_range_that_is_never_issued_through(nine: str) -> None:
    number = with_check_digit(nine)
    if number:
        assert nhs_numbers(number) == []


@given(numbers, st.sampled_from("0123456789٣"), st.booleans())
def test_it_lets_a_longer_run_of_digits_through(number: str, more: str, before: bool) -> None:
    assert nhs_numbers(more + number if before else number + more) == []
    assert nhs_numbers(more + "\u200b" + number if before else number + "\u200b" + more) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://example.nhs.uk/report/4505577104",
        "see (https://example.nhs.uk/report/450-557-7104?a=4505577104)",
        "HTTP://EXAMPLE.ORG/4505577104/end",
        "www.example.org/4505577104",
        "bbc.co.uk/news/4505577104",
        "Ring +44 4505577104",
        "Ring +44(0)4505577104",
        "Ring +44 (0) 450 557 7104",
        "Ring +444505577104",
        "Ring 0044 4505577104",
        "ISBN 4505577104",
        "ISBN: 4505577104",
        "ISBN-10: 4505577104",
        "isbn-10 450-557-7104",
        "ISBN 10 4505577104",
        "ISBN (10): 4505577104",
        "ISBN number 4505577104",
        "a share of 0.4505577104",
        "450 55 77104",
        "45 055 77104",
        "450 557 710 4",
        "450\n557\n7104",
        "450/557/7104",
        "450557710",
        "12/04/2026 and 31.10.2026",
        "",
    ],
)
def test_it_lets_other_numbers_through(text: str) -> None:
    assert nhs_numbers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "4505577104",
        "NHS4505577104",
        "NHS no. 450-557-7104.",
        "(450.557.7104)",
        "1 450 557 7104",
        "baby_4505577104.pdf",
        "J.Smith/4505577104",
        "https://example.nhs.uk/ 4505577104",
        "https://example.nhs.uk/450 557 7104",
        "<https://example.nhs.uk>4505577104",
        "4505577104@example.nhs.uk",
        "the ISBN is 0306406152 and she is 4505577104",
        "ext 44 4505577104",
        "４５０　５５７　７１０４",
        "450\u00a0557\u00a07104",
        "45\u00ad05\u200b577104",
    ],
)
def test_it_finds_a_number_beside_what_looks_like_an_excuse(text: str) -> None:
    assert [found.shown for found in nhs_numbers(text)] == ["450 557 7104"]


def test_it_finds_each_of_several_in_order() -> None:
    text = "4505577104, 999 000 0018 and 450-557-7104"
    assert [text[f.start : f.end] for f in nhs_numbers(text)] == [
        "4505577104",
        "999 000 0018",
        "450-557-7104",
    ]


def test_it_knows_the_check_digit_of_eleven_and_ten() -> None:
    assert is_nhs_number("4010232137")
    assert is_nhs_number(with_check_digit("400000009") or "") is True
    assert with_check_digit("400000001") == "4000000012"
    assert not is_nhs_number("9434765919"), "right check digit, but 943 is not an issued range"


@pytest.mark.parametrize(
    "line",
    ["45055 ", "4 5 0 5 5 7 7 1 0 4 ", "450 557 710 ", "\u200b", "a.", "0.4505577104", "www.a 4505577104 "],
)
def test_it_is_fast_on_long_text(line: str) -> None:
    text = line * (400_000 // len(line))
    began = time.perf_counter()
    nhs_numbers(text)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("text", "hint", "shown"),
    [
        ("Mother, DOB 1 May 1990", Hint.DATE_OF_BIRTH, "DOB"),
        ("d.o.b. known", Hint.DATE_OF_BIRTH, "d.o.b."),
        ("Date of birth checked", Hint.DATE_OF_BIRTH, "Date of birth"),
        ("Baby of Smith", Hint.BABY_OF, "Baby of"),
        ("Hospital number: 123456", Hint.HOSPITAL_NUMBER, "Hospital number: 123456"),
        ("Hosp no. A12345", Hint.HOSPITAL_NUMBER, "Hosp no. A12345"),
        ("MRN 7654321", Hint.HOSPITAL_NUMBER, "MRN 7654321"),
        ("MRN A123456", Hint.HOSPITAL_NUMBER, "MRN A123456"),
        ("reviewed A123456 today", Hint.HOSPITAL_NUMBER, "A123456"),
    ],
)
def test_it_warns_of_words_beside_patient_details(text: str, hint: Hint, shown: str) -> None:
    (suspicion,) = warnings(text)
    assert (suspicion.hint, suspicion.shown) == (hint, shown)
    assert text[suspicion.start : suspicion.end] == shown


@pytest.mark.parametrize(
    "text",
    [
        "Adobe form",
        "babies often",
        "hospital number plan",
        "C0734 guidance",
        "SA10 and R12",
        "INC-A123456",
        "mrn",
    ],
)
def test_it_warns_of_nothing_in_ordinary_words(text: str) -> None:
    assert warnings(text) == []


def test_it_says_once_for_each_kind_what_may_give_a_patient_away() -> None:
    sentences = warning_sentences("Baby of Smith, DOB 1/1/2020; baby of Jones")
    assert len(sentences) == 2
    assert all(sentence.endswith(".") for sentence in sentences)
    assert warning_sentences("Audit of fetal monitoring") == []
