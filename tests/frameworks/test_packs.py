"""The packaged library: what it holds, and how an unsound file is refused."""

from collections import Counter
from datetime import date

import pytest
import yaml

from app.frameworks.packs import PackError, links, pack, packs, read_links, read_pack, read_registry, unitemised
from app.frameworks.rules import CrosswalkKind, LinkBasis, Provenance, children, leaves

SOUND = """
schema: maternity-library/1
key: sample_2026
title: A sample
short_title: Sample
short_ref: SMP
edition: First
scope: national
nation: England
publisher: Nobody
published: '2026-01-02'
published_precision: day
url: https://example.org/
status: current
item_label: Action
supersedes: []
superseded_by: []
related: []
counts: {items_in_file: 2}
disputed:
- {count: items_in_file, called: items, here: 2, elsewhere: 3, whose: a letter, at: 'https://example.org/', note: Open.}
confidence: High.
default_provenance: recalled
items:
- {ref: '1', title: One, applies_to: [trust]}
- {ref: '1.1', title: One one, parent: '1', provenance: verified}
"""


SAID = "kind: same, basis: local, provenance: editorial"


def test_it_holds_the_whole_library() -> None:
    assert len(packs()) == 20
    assert sum(len(p.items) for p in packs()) == 460
    assert Counter(item.provenance for p in packs() for item in p.items) == {"verified": 207, "recalled": 253}
    assert len(links()) == 82
    assert len(unitemised()) == 10


def test_it_has_the_final_report_whole() -> None:
    final = pack("ockenden_2022")
    assert [len(leaves(final.items, iea.ref)) for iea in children(final.items)] == [
        11, 10, 5, 7, 7, 3, 7, 5, 4, 6, 8, 4, 4, 8, 3,
    ]  # fmt: skip
    assert len(leaves(final.items)) == 92
    assert (final.published, final.published_precision) == (date(2022, 3, 30), "day")
    assert [item.ref for item in final.items[:12]][-2:] == ["1.10", "1.11"]
    assert final.superseded_by == ("three_year_delivery_plan_2023",)
    assert final.disputed_words.startswith("92 sub-actions here, 96 in a ministerial answer")


@pytest.mark.parametrize(
    ("key", "items", "tops", "short_ref"),
    [
        ("better_births_2016", 15, 7, "BB"),
        ("cqc_regulations", 14, 14, "Reg"),
        ("cqc_single_assessment_framework", 39, 5, "QS"),
        ("east_kent_2022", 13, 5, "EK"),
        ("equity_equality_2021", 29, 5, "EE"),
        ("local_james_paget_mip", 4, 4, "JP"),
        ("ltp_perinatal_mental_health", 9, 5, "PMH"),
        ("maternity_incentive_scheme", 10, 10, "MIS"),
        ("maternity_safety_support_programme", 6, 6, "MSSP"),
        ("matneo_ssp_wales", 14, 8, "MatNeo"),
        ("morecambe_bay_2015", 22, 2, "MB"),
        ("nmni_amos_2026", 11, 11, "NMNI"),
        ("ockenden_2020", 32, 7, "2020 IEA"),
        ("ockenden_2020_ucp", 12, 12, "UCP"),
        ("ockenden_2022", 107, 15, "IEA"),
        ("perinatal_quality_oversight_model", 16, 4, "PQOM"),
        ("safe_care_collaborative_wales", 10, 10, "SCC"),
        ("safer_maternity_care_2016", 10, 5, "SMC"),
        ("saving_babies_lives_v3", 6, 6, "SBL"),
        ("three_year_delivery_plan_2023", 81, 4, "3YDP"),
    ],
)
def test_it_has_each_publication_under_the_key_scripts_use(key: str, items: int, tops: int, short_ref: str) -> None:
    found = pack(key)
    assert (len(found.items), len(children(found.items)), found.short_ref) == (items, tops, short_ref)


@pytest.mark.parametrize(
    ("key", "ref", "title", "provenance", "applies_to"),
    [
        ("ockenden_2022", "4.3", "Patient safety specialist dedicated to maternity", "recalled", ("trust",)),
        ("ockenden_2022", "14.2", "Exception reporting of out-of-pathway care at least quarterly", "recalled",
         ("trust", "network", "lmns")),
        ("ockenden_2020", "3.2", "Twice-daily consultant-led labour ward rounds", "verified", ("trust",)),
        ("maternity_incentive_scheme", "SA9",
         "Clear oversight giving the board assurance on perinatal quality and safety", "recalled", ("trust",)),
        ("cqc_regulations", "R12", "Safe care and treatment", "verified", ()),
        ("east_kent_2022", "5", "East Kent: accept the findings and begin a restorative process with families",
         "verified", ("trust:East Kent",)),
        ("three_year_delivery_plan_2023", "R7.T5", "Access to speak-up training and a guardian", "recalled",
         ("trust",)),
        ("matneo_ssp_wales", "WP2", "Real-time safety monitoring systems", "verified", ("health board", "national")),
    ],
)  # fmt: skip
def test_it_keeps_the_facts_of_an_item(
    key: str, ref: str, title: str, provenance: str, applies_to: tuple[str, ...]
) -> None:
    (item,) = [item for item in pack(key).items if item.ref == ref]
    assert (item.title, item.provenance, item.applies_to) == (title, provenance, applies_to)


def test_it_says_of_every_publication_what_a_page_must_show() -> None:
    for found in packs():
        assert found.url.startswith("http"), found.key
        assert found.confidence
        assert found.published_precision in {"day", "month", "year"}
        assert found.nation in {"England", "Wales"}
        assert found.sources
        assert all(address.startswith("http") for source in found.sources for address in source.at)
        assert [item.position for item in found.items] == list(range(len(found.items)))
        assert all(item.provenance is not Provenance.editorial for item in found.items)


def test_it_fits_the_columns_of_the_database() -> None:
    for found in packs():
        assert len(found.edition) <= 32, found.key
        assert len(found.short_ref) <= 16
        assert len(found.title) <= 300
        assert max(len(found.publisher), len(found.short_title)) <= 120
        assert len(found.status) <= 400
        assert len(found.disputed_words) <= 1000
        assert all(len(item.ref) <= 32 and len(",".join(item.applies_to)) <= 120 for item in found.items)
    assert len({found.short_ref for found in packs()}) == 20
    assert len({found.digest for found in packs()}) == 20


def test_it_never_shows_an_editorial_link_as_an_official_one() -> None:
    assert Counter((link.basis, link.provenance) for link in links()) == {
        (LinkBasis.official, Provenance.recalled): 13,
        (LinkBasis.official, Provenance.verified): 6,
        (LinkBasis.editorial, Provenance.editorial): 63,
    }
    assert {link.kind for link in links()} == {CrosswalkKind.contributes}


def test_it_keeps_names_without_items_apart_from_the_packs() -> None:
    assert not {entry.key for entry in unitemised()} & {found.key for found in packs()}
    assert all(entry.missing for entry in unitemised())


def test_it_reads_a_sound_file_and_tells_the_same_content_by_its_digest() -> None:
    found = read_pack(SOUND, "sample_2026.yaml")
    assert [(i.ref, i.parent, i.provenance, i.applies_to) for i in found.items] == [
        ("1", None, "recalled", ("trust",)),
        ("1.1", "1", "verified", ()),
    ]
    laid_out_anew = yaml.safe_dump(yaml.safe_load(SOUND), sort_keys=True)
    assert read_pack(laid_out_anew, "x").digest == found.digest
    assert read_pack(SOUND.replace("One one", "One two"), "x").digest != found.digest


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("title: One one, ", "", "s.yaml, item 1.1: title is missing"),
        ("title: One,", "title: '',", "s.yaml, item 1: title is missing"),
        ("ref: '1.1'", "ref: '1'", "s.yaml, item 1: this ref is used twice"),
        ("ref: '1.1'", "ref: 1.1", "s.yaml, item 1.1: ref must be text in quotes"),
        ("ref: '1.1', ", "", "s.yaml, item number 2: ref is missing"),
        ("parent: '1'", "parent: '9'", "s.yaml, item 1.1: its parent 9 is not in the file"),
        ("title: One,", "title: One, parent: '1.1',", "s.yaml, item 1: it is its own ancestor"),
        ("provenance: verified", "provenance: sure", "s.yaml, item 1.1: provenance must be one of verified, recalled"),
        ("provenance: verified", "sumary: x", "s.yaml, item 1.1: unknown field sumary"),
        ("[trust]", "trust", "s.yaml, item 1: applies_to must be a list of words"),
        ("items_in_file: 2", "items_in_file: 3", "s.yaml: counts say 3 items, and it has 2"),
        ("here: 2", "here: 4", "s.yaml: disputed: items_in_file is 2 in counts"),
        ("published: '2026-01-02'", "published: '2026'", "s.yaml: published must be a date like 2022-03-30, not 2026"),
        ("published: '2026-01-02'", "published: 2026-01-02", "s.yaml: published must be text in quotes"),
        ("edition: First", "edition:", "s.yaml: edition is missing"),
        ("edition: First", "colour: red", "s.yaml: unknown field colour"),
        ("related: []", "related: none", "s.yaml: related must be a list"),
        ("maternity-library/1", "maternity-library/2", "s.yaml: its schema must be maternity-library/1"),
        ("items:", "items: [", "s.yaml: it is not YAML"),
    ],
)
def test_it_refuses_an_unsound_file_naming_the_item(was: str, becomes: str, told: str) -> None:
    assert SOUND.count(was) == 1
    with pytest.raises(PackError) as caught:
        read_pack(SOUND.replace(was, becomes), "s.yaml")
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("{from: 'sample_2026:9', to: 'cqc_regulations:R12'}", "sample_2026:9 is in no pack"),
        ("{from: 'sample_2026:1', to: 'cqc_regulations'}", "cqc_regulations is in no pack"),
        ("{from: 'sample_2026:1', to: 'sample_2026:1.1'}", "a link joins two publications, once"),
        ("{from: 'sample_2026:1', to: 'cqc_regulations:R12', kind: alike}",
         "kind must be one of same, contributes, contradicts"),
        ("{from: 'sample_2026:1'}", "to is missing"),
        (", ".join([f"{{from: 'sample_2026:1', to: 'cqc_regulations:R12', {SAID}}}"] * 2), "two publications, once"),
    ],
)  # fmt: skip
def test_it_refuses_a_link_that_leads_nowhere(link: str, told: str) -> None:
    text = f"schema: maternity-crosswalk/1\nlinks: [{link}]"
    with pytest.raises(PackError, match=told):
        read_links(text, "c.yaml", (read_pack(SOUND, "s.yaml"), pack("cqc_regulations")))


def test_it_refuses_a_registry_that_names_a_publication_twice() -> None:
    entry = "{key: a, title: A, publisher: B, published: '2026', nation: Wales, verified_at: [], missing: all}"
    assert read_registry(f"schema: maternity-registry/1\nentries: [{entry}]", "r.yaml")[0].title == "A"
    with pytest.raises(PackError, match=r"r\.yaml, item a: this key is used twice"):
        read_registry(f"schema: maternity-registry/1\nentries: [{entry}, {entry}]", "r.yaml")


def test_it_raises_for_a_key_it_does_not_have() -> None:
    with pytest.raises(KeyError):
        pack("mis_year_7_and_later")
