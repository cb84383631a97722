"""References as people write them."""

import pytest

from app.frameworks.packs import packs
from app.frameworks.references import Reference, parse_reference, parse_references
from app.frameworks.rules import chip

BOTH = ("ockenden_2022", "ockenden_2020")
FIRST, FINAL = ("ockenden_2020",), ("ockenden_2022",)
MIS, SBL, REG = ("maternity_incentive_scheme",), ("saving_babies_lives_v3",), ("cqc_regulations",)
PLAN = ("three_year_delivery_plan_2023",)


@pytest.mark.parametrize(
    ("written", "frameworks", "ref"),
    [
        ("IEA 1.1", BOTH, "1.1"),
        ("iea1.10", BOTH, "1.10"),
        ("Ockenden 1.1", BOTH, "1.1"),
        ("Ockenden IEA 7", BOTH, "7"),
        ("Immediate and essential action 3", BOTH, "3"),
        ("Ockenden 4.54", ("ockenden_2020", "ockenden_2022"), "4.54"),
        ("2020 IEA 1.1", FIRST, "1.1"),
        ("IEA 2020 1.1", FIRST, "1.1"),
        ("Ockenden (2020) 2.1", FIRST, "2.1"),
        ("first Ockenden report IEA 2.1", FIRST, "2.1"),
        ("Ockenden 2022 IEA 1.1", FINAL, "1.1"),
        ("Final Ockenden report 14.3", FINAL, "14.3"),
        ("SA8", MIS, "SA8"),
        ("sa 08", MIS, "SA8"),
        ("CNST safety action 10", MIS, "SA10"),
        ("MIS year 6 SA8: training", MIS, "SA8"),
        ("SBLCBv3.2 element 4", SBL, "E4"),
        ("Saving Babies’ Lives E2", SBL, "E2"),
        ("R12", REG, "R12"),
        ("R12 - Safe care and treatment", REG, "R12"),
        ("Reg 12", REG, "R12"),
        ("reg. 9a", REG, "R9A"),
        ("CQC Regulation 20A", REG, "R20A"),
        ("R1.t1", PLAN, "R1.T1"),
        ("3YDP objective 4", PLAN, "O4"),
        ("Three-year delivery plan theme 2", PLAN, "T2"),
        ("UCP 1A", ("ockenden_2020_ucp",), "UCP1a"),
        ("East Kent recommendation 4b", ("east_kent_2022",), "4b"),
        ("Kirkup 17", ("morecambe_bay_2015",), "17"),
        ("CQC S3", ("cqc_single_assessment_framework",), "S3"),
        ("R3", ("cqc_single_assessment_framework", "nmni_amos_2026"), "R3"),
        ("ockenden_2022:1.2", FINAL, "1.2"),
        ("MD3", (), "MD3"),
        ("CQC must do 03", (), "MD3"),
        ("should-do 12", (), "SD12"),
        ("  IEA\n 1.1 ", BOTH, "1.1"),
    ],
)
def test_it_reads_what_people_write(written: str, frameworks: tuple[str, ...], ref: str) -> None:
    found = parse_reference(written)
    assert found is not None
    assert (found.frameworks, found.ref, found.detail) == (frameworks, ref, "")


@pytest.mark.parametrize("written", ["Regulation 12(2)(a)", "R12(2)(a)", "Reg 12 (2) (a) safe care"])
def test_it_keeps_the_paragraph_of_a_regulation_apart(written: str) -> None:
    assert parse_reference(written) == Reference(written, REG, "R12", "(2)(a)")


@pytest.mark.parametrize(
    "written",
    ["", " ", "1.1", "n/a", "tbc",
     "Ockenden", "SA", "Sarah", "Register 4", "Regulation 28", "Element of surprise", "misc 4",
     "Z9",
     "Themed review", "IEA one", "equity", "1" * 50],
)  # fmt: skip
def test_it_reads_nothing_into_other_words(written: str) -> None:
    assert parse_reference(written) is None


def test_it_reads_a_bare_ref_within_the_publications_it_is_told() -> None:
    assert parse_reference("1.1", within=FINAL) == Reference("1.1", FINAL, "1.1")
    assert parse_reference("C1", within=PLAN) == Reference("C1", (*PLAN, "cqc_single_assessment_framework"), "C1")
    found = parse_reference("SA8", within=FINAL)
    assert found is not None
    assert found.frameworks == MIS, "a name outweighs where we are"


def test_it_reads_each_reference_of_a_cell_once_and_lets_bare_numbers_follow_on() -> None:
    cell = "IEA 1.1, 1.2; SA8 / 9 and Reg 12, 17(1)\nR12 / Regulation 12(2)(b); see minutes"
    assert [(found.frameworks[0], found.ref) for found in parse_references(cell)] == [
        ("ockenden_2022", "1.1"),
        ("ockenden_2022", "1.2"),
        ("maternity_incentive_scheme", "SA8"),
        ("maternity_incentive_scheme", "SA9"),
        ("cqc_regulations", "R12"),
        ("cqc_regulations", "R17"),
    ]


def test_it_reads_back_every_chip_of_the_library() -> None:
    for pack in packs():
        for item in pack.items:
            found = parse_reference(chip(pack.short_ref, item.ref))
            assert found is not None, chip(pack.short_ref, item.ref)
            assert (found.frameworks[0], found.ref) == (pack.key, item.ref)
