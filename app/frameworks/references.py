"""Reads the references people write in plans ("IEA 1.1", "SA8", "Regulation 12(2)(a)") as publication and ref."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A recommendation as someone wrote it.

    `frameworks` are the keys it may mean, likeliest first; none for a must or should do of a local inspection report,
    which the plan's own frameworks hold. `ref` is as the library writes it; compare without regard to case. `detail`
    is what is finer than a recommendation, such as the paragraph "(2)(a)" of a regulation.
    """

    written: str
    frameworks: tuple[str, ...]
    ref: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    """How people name a publication; `lead` goes before a bare number ("element 3" is E3)."""

    pattern: re.Pattern[str]
    frameworks: tuple[str, ...]
    lead: str = ""


def _name(pattern: str, *frameworks: str, lead: str = "") -> _Name:
    more = r"(?:\s+(?:recommendation|rec|item|number|no|ref)s?\b\.?)?[\s:#.]*(?:[-–]\s+)?"
    return _Name(re.compile(rf"(?:{pattern})(?![a-z]{{2}}){more}", re.IGNORECASE), frameworks, lead)


_2022, _2020, _REGULATIONS = "ockenden_2022", "ockenden_2020", "cqc_regulations"
_PLAN, _QS, _SBL = "three_year_delivery_plan_2023", "cqc_single_assessment_framework", "saving_babies_lives_v3"
_EK, _NMNI, _CYMRU, _SCC = "east_kent_2022", "nmni_amos_2026", "matneo_ssp_wales", "safe_care_collaborative_wales"
_3YDP = r"(?:3|three)[\s-]*(?:YDP|year\s+(?:maternity\s+|single\s+)?delivery\s+plan)"
_IEA = r"(?:IEAs?|immediate\s+(?:and|&)\s+essential\s+actions?)"
_REPORT = r"(?:\s+(?:report|review))?"

# The first that matches counts, so the narrower stands before the wider.
_NAMES = (
    _name(r"(?:12\s+)?(?:UCPs?|urgent\s+clinical\s+priorit(?:y|ies))", "ockenden_2020_ucp", lead="UCP"),
    _name(rf"(?:ockenden\s*)?\(?2020\)?\s*(?:ockenden\s*)?{_IEA}|{_IEA}\s*\(?2020\)?(?=[\s:])", _2020),
    _name(rf"ockenden{_REPORT}\s*\(?(?:2020|interim|first)\)?{_REPORT}(?:\s*{_IEA})?|ockenden\s*1\s+{_IEA}", _2020),
    _name(rf"(?:first|interim)\s+ockenden{_REPORT}(?:\s*{_IEA})?", _2020),
    _name(rf"(?:ockenden\s*)?\(?2022\)?\s*(?:ockenden\s*)?{_IEA}|{_IEA}\s*\(?2022\)?(?=[\s:])", _2022),
    _name(rf"ockenden{_REPORT}\s*\(?(?:2022|final|second)\)?{_REPORT}(?:\s*{_IEA})?|ockenden\s*2\s+{_IEA}", _2022),
    _name(rf"(?:final|second)\s+ockenden{_REPORT}(?:\s*{_IEA})?", _2022),
    _name(rf"ockenden{_REPORT}(?:\s*{_IEA})?|{_IEA}", _2022, _2020),
    _name(
        r"(?:CNST|MIS|CNST\s+MIS|(?:maternity|perinatal)\s+incentive\s+scheme)(?:\s*(?:year|yr|y)\s*\d+)?"
        r"(?:\s*safety\s+actions?|\s*SA)?|safety\s+actions?|SA",
        "maternity_incentive_scheme",
        lead="SA",
    ),
    _name(
        r"(?:SBL(?:CB)?|saving\s+babies['’]?\s*lives(?:\s+care\s+bundle)?)(?:\s*v(?:ersion)?\s*\d(?:\.\d)?)?"
        r"(?:\s*elements?)?|elements?",
        _SBL,
        lead="E",
    ),
    _name(rf"(?:{_3YDP}\s*)?themes?", _PLAN, lead="T"),
    _name(rf"{_3YDP}(?:\s*objectives?)?|objectives?", _PLAN, lead="O"),
    _name(r"(?:HSCA\s+)?reg(?:ulation)?s?\.?", _REGULATIONS, lead="R"),
    _name(r"QS|SAF|quality\s+statements?", _QS),
    _name(r"(?:EK|east\s+kent|reading\s+the\s+signals)(?:\s*\(?2022\)?)?", _EK),
    _name(r"(?:MB|morecambe\s+bay|kirkup)(?:\s*\(?2015\)?)?", "morecambe_bay_2015"),
    _name(r"(?:BB|better\s+births)(?:\s*\(?2016\)?)?", "better_births_2016"),
    _name(r"EE|E&E|equity(?:\s+(?:and|&)\s+equality)?", "equity_equality_2021", lead="P"),
    _name(r"JP(?:UH)?|james\s+paget", "local_james_paget_mip", lead="P"),
    _name(r"(?:NMNI|amos)(?:\s*\(?2026\)?)?", _NMNI, lead="R"),
    _name(
        r"PQ[OS]M|perinatal\s+quality\s+(?:oversight|surveillance)\s+model",
        "perinatal_quality_oversight_model",
        lead="M",
    ),
    _name(r"MSSP|maternity\s+safety\s+support\s+programme", "maternity_safety_support_programme"),
    _name(r"MatNeo(?:\s*SSP)?", _CYMRU, lead="WP"),
    _name(r"SMC|safer\s+maternity\s+care(?:\s*\(?2016\)?)?", "safer_maternity_care_2016", lead="D"),
    _name(r"SCC|safe\s+care\s+(?:collaborative|partnership)", _SCC, lead="WS"),
    _name(r"PMH|perinatal\s+mental\s+health", "ltp_perinatal_mental_health", lead="PMH"),
    _name(r"MD|must[\s-]*dos?", lead="MD"),
    _name(r"SD|should[\s-]*dos?", lead="SD"),
)

_REGULATION = re.compile(r"R(?:9|1\d|20)A?", re.IGNORECASE)

# Refs that say by their shape alone where they belong.
_SHAPES = (
    (re.compile(r"R\d+\.[TI]\d+", re.IGNORECASE), (_PLAN,)),
    (_REGULATION, (_REGULATIONS,)),
    (re.compile(r"R[1-8]", re.IGNORECASE), (_QS, _NMNI)),
    (re.compile(r"[OT]\d+", re.IGNORECASE), (_PLAN,)),
    (re.compile(r"[SW]\d", re.IGNORECASE), (_QS,)),
    (re.compile(r"E\d", re.IGNORECASE), (_QS, _SBL)),
    (re.compile(r"C\d+", re.IGNORECASE), (_QS, _PLAN)),
    (re.compile(r"KA\d", re.IGNORECASE), (_EK,)),
    (re.compile(r"WP\d|AR-[a-z]", re.IGNORECASE), (_CYMRU,)),
    (re.compile(r"[WL]S\d", re.IGNORECASE), (_SCC,)),
)

_KEYED = re.compile(r"([a-z0-9]+(?:_[a-z0-9]+)+):(\S+)")
_REF = re.compile(
    r"(?P<head>[A-Z]{0,4}-?)(?P<number>\d{0,3})(?P<tail>[A-Z]?(?:\.[A-Z]?\d{1,3})*)"
    r"(?P<detail>(?:\s*\(\w{1,4}\))*)(?P<title>(?:[\s:,–-]\s*.*)?)",
    re.IGNORECASE,
)
# Whose finding it is, not which publication: "CQC MD3", "CQC S3" and "CQC Reg 12" differ by what follows.
_INSPECTOR = re.compile(r"CQC\s+", re.IGNORECASE)
_NUMBER = re.compile(r"0*(\d+)")
_APART = re.compile(r"[;,|\n/+]|\s(?:and|&)\s", re.IGNORECASE)


def parse_reference(text: str, within: Sequence[str] = ()) -> Reference | None:
    """The one reference that `text` is, a title after it allowed ("R12 - Safe care"); None where it is none.

    A bare ref ("1.1") is read only as one of the publications `within`, which also come before what a shape suggests.
    Nothing is looked up: a candidate may not hold the ref.
    """
    written = " ".join(text.split())
    if keyed := _KEYED.fullmatch(written):
        return Reference(written, (keyed[1],), keyed[2])
    name, rest = _named(written)
    return _read(written, name, rest) if name else _bare(written, rest, tuple(within))


def parse_references(text: str, within: Sequence[str] = ()) -> list[Reference]:
    """Each reference of a cell such as "IEA 1.1, 1.2; SA8 / Reg 12", in order and once; bare numbers follow on."""
    return list(dict.fromkeys(_each(text, within)))


def _each(text: str, within: Sequence[str]) -> Iterator[Reference]:
    last: _Name | None = None
    seen: set[tuple[tuple[str, ...], str]] = set()
    for part in _APART.split(text):
        written = " ".join(part.split())
        name, _ = _named(written)
        follows_on = last is not None and written[:1].isdigit() and name is None
        found = _read(written, last, written) if follows_on and last else parse_reference(written, within)
        last = name or last
        if found and (found.frameworks, found.ref) not in seen:
            seen.add((found.frameworks, found.ref))
            yield found


def _named(written: str) -> tuple[_Name | None, str]:
    written = _INSPECTOR.sub("", written, count=1) if _INSPECTOR.match(written) else written
    for name in _NAMES:
        match = name.pattern.match(written)
        if match and match.end() < len(written):
            return name, written[match.end() :]
    return None, written


def _read(written: str, name: _Name, rest: str) -> Reference | None:
    match = _REF.fullmatch(rest)
    if not match or not _is_ref(match):
        return None
    ref = _spelt(match)
    if name.lead and not match["head"]:
        ref = name.lead + ref
    frameworks = name.frameworks
    if frameworks == (_REGULATIONS,):
        ref = ref.upper()
        if not _REGULATION.fullmatch(ref):
            return None
    if frameworks == (_2022, _2020) and _is_paragraph(ref):
        frameworks = (_2020, _2022)
    return Reference(written, frameworks, ref, _detail(match))


def _bare(written: str, rest: str, within: tuple[str, ...]) -> Reference | None:
    match = _REF.fullmatch(rest)
    if not match or not (match["number"] or match["head"].endswith("-")):
        return None
    ref = _spelt(match)
    suggested = next((frameworks for shape, frameworks in _SHAPES if shape.fullmatch(ref)), ())
    frameworks = tuple(dict.fromkeys((*within, *suggested)))
    return Reference(written, frameworks, ref, _detail(match)) if frameworks else None


def _is_ref(match: re.Match[str]) -> bool:
    """A ref has a number, or is one or two letters with nothing after them ("W", "AR"), or "AR-a"."""
    letters = match["head"] + match["tail"]
    return bool(match["number"]) or ((0 < len(letters) <= 2 or "-" in letters) and not match["title"])


def _is_paragraph(ref: str) -> bool:
    """4.54 is a paragraph of the 2020 report, a local action: no national action has more than eleven parts."""
    _, _, part = ref.partition(".")
    return part.isdecimal() and int(part) > 20


def _spelt(match: re.Match[str]) -> str:
    """As the library writes it: capitals before the number, small letters after it, no leading zeros."""
    if not match["number"]:
        return match["head"] + match["tail"]
    tail = match["tail"]
    letter, dot, parts = tail.partition(".")
    return match["head"].upper() + _plain(match["number"]) + letter.lower() + dot + _plain(parts.upper())


def _plain(written: str) -> str:
    return _NUMBER.sub(r"\1", written)


def _detail(match: re.Match[str]) -> str:
    return match["detail"].replace(" ", "")
