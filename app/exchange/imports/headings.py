"""What a heading means: the words trusts write above their columns, and how sure the reading is."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.exchange.columns import CLASSIC, OURS

# Fields of an action that a column may hold. status: one word or colour for stage and progress together; period: the
# status at a named time, where each time has a column; evidence, accepted_on: kept, though the tracker keeps them
# elsewhere once it runs.
FIELDS = (
    "ref", "title", "priority", "intended_outcome", "success_measure", "lead_executive", "accountable_person",
    "contributors", "organisation", "external_contact", "start_date", "original_due_date", "due_date",
    "completion_date", "evidence_by_date", "accepted_on", "retest_date", "regulator_date", "last_chased_on",
    "stage", "progress", "status", "period", "commentary", "forecast", "help_needed", "recommendations",
    "contributes_to", "linked", "depends_on", "binding", "regulatory", "external_lead", "evidence", "milestones",
)  # fmt: skip
DAYS = ("start_date", "original_due_date", "due_date", "completion_date", "evidence_by_date", "accepted_on",
        "retest_date", "regulator_date", "last_chased_on", "forecast")  # fmt: skip
SURE, LIKELY, POSSIBLE = 3, 2, 1
# What an export says of the plan and nobody types: such a column is listed, not brought in.
TOLD = frozenset(c.key for c in OURS if c.told) - {"evidence", "accepted_on"}

_WORDS: Mapping[str, str] = {
    "ref": "ref; #; reference; ref no; ref number; reference no; reference number; no; number; id; action ref; "
    "action no; "
    "action number; action id; action reference; lafl ref; laf ref; iea ref; item; item no; item number; "
    "unique id; "
    "unique ref; s no; sr no; sl no; serial no; line no; row; site no; plan ref; recommendation no; rec no; "
    "mip ref; cyf",
    "title": "action; actions; action required; actions required; required action; action title; title; what; "
    "action description; description of action; action to be taken; actions to be taken; what needs to be done; "
    "what will we do; what are we going to do; task; tasks; deliverable; agreed action; proposed action; "
    "improvement action; action summary; action needed; key action; key actions; activity; step; "
    "trust action; our action; local action; smart action; action plan; hub; site; site name; name of site; "
    "hub name; "
    "improvement; change idea; work package; project; what we will do; what we are going to do; "
    "what we plan to do; thing to do; things to do; "
    "what will be done; what needs to happen; how we will do it; our response; trust response; cam gweithredu; "
    "camau gweithredu",
    "priority": "priority; priority area; theme; themes; workstream; work stream; domain; pillar; programme; "
    "driver; "
    "primary driver; section; category; wave; phase; group; strand; key line of enquiry; area; objective; goal",
    "intended_outcome": "intended outcome; outcome; outcomes; expected outcome; desired outcome; aim; purpose; "
    "impact; expected impact; benefit; benefits; intended impact; what difference will it make; outcome required; "
    "what will success look like; what does good look like; why",
    "success_measure": "success measure; measure; measures; measure of success; measures of success; "
    "success criteria; "
    "kpi; kpis; metric; metrics; how will we know; how will we measure; how measured; outcome measure; "
    "evidence of success; exit criteria; performance measure; how will it be monitored; monitoring",
    "lead_executive": "lead executive; exec; leads executive; executive lead; exec lead; executive sponsor; "
    "exec sponsor; executive; "
    "sro; senior responsible owner; senior responsible officer; lead director; director lead; director; sponsor; "
    "responsible executive; executive owner; exec owner; executive director; accountable executive; board lead; "
    "responsible director; accountable director; accountable officer",
    "accountable_person": "accountable person; operational; leads operational; lead operational; accountable; "
    "owner; action owner; lead; action lead; operational lead; "
    "ops lead; op lead; responsible; responsible person; person responsible; responsible lead; who; by whom; "
    "lead name; "
    "named lead; clinical lead; lead officer; project lead; assigned to; responsibility; delivery lead; "
    "accountable lead; lead person; staff member responsible; local lead; site lead; lead manager; "
    "responsible owner; "
    "responsible officer; workstream lead; arweinydd; person; named person",
    "contributors": "contributors; supporting leads; supported by; support; other leads; team; deputy; "
    "working with",
    "organisation": "organisation; lead organisation; partner organisation; partner; trust; provider; "
    "owning organisation; responsible organisation; lead provider; organisation code; ods code",
    "external_contact": "outside contact; external contact; external lead name; partner contact",
    "start_date": "start date; start; date started; date opened; commencement date; planned start; date raised; "
    "date added; from; start by; date commenced; raised on; date of entry; planned start date",
    "original_due_date": "original due date; original date; original target date; baseline date; "
    "original deadline; "
    "initial due date; first due date; original completion date; baseline due date",
    "due_date": "due date; due; deadline; target date; by when; when; completion due; due date action in place; "
    "date due; target completion date; target completion; timescale; timescales; timeframe; time scale; "
    "to be completed by; "
    "planned completion; planned completion date; expected completion date; completion target; "
    "date for completion; "
    "due by; end date; finish date; planned end; planned finish; revised due date; revised date; "
    "revised target date; "
    "review date; agreed date; current due date; planned opening; planned opening date; go live date; "
    "delivery date; "
    "expected date; target; target delivery date; date to be completed; date to be completed by; "
    "implementation date; finish; end; complete by; to be done by; dyddiad cau",
    "completion_date": "completion date; actual completion date; date completed; completed; date complete; "
    "completed on; "
    "actual date; date closed; closed date; closed on; actual completion; actual end date; date delivered; "
    "delivered on; actual opening; actual opening date; date achieved; opened; date action completed; opened on; "
    "date of completion; actual finish",
    "evidence_by_date": "evidence by date; date to be evidenced by; evidence due; evidence due date; "
    "to be evidenced by; "
    "evidence by; evidence deadline; proof due",
    "accepted_on": "proof accepted on; date evidenced; evidenced on; date assured; assured on; "
    "date evidence accepted; "
    "date signed off; signed off on; sign off date; date validated",
    "retest_date": "re test date; retest date; re audit date; reaudit date; re audit due; next audit; next test; "
    "audit date; date of re audit",
    "regulator_date": "regulators date; regulator date; cqc date; cqc deadline; regulatory deadline; "
    "date set by cqc",
    "last_chased_on": "last chased on; last chased; date chased",
    "stage": "delivery status; delivery stage; stage; evidence status; assurance status; delivery; "
    "status of delivery; "
    "assurance; evidenced; implementation status; delivered; closure status",
    "progress": "progress status; progress; progress rating; status of progress; current progress; action status",
    "status": "status; b r a g; r a g; brag; rag; brag rating; rag rating; rag status; brag status; "
    "current status; "
    "overall status; "
    "colour; rating; brag rag; current rag; current brag; state; bragrating; overall rag; rag brag; "
    "this month rag; "
    "bragg; action rag; status rag; status brag; open closed; open or closed; statws",
    "commentary": "commentary; status update; status updates; status comment; status comments; "
    "commentary this period; status commentary; status commentary this period; comment; "
    "comments; progress update; progress updates; update; updates; latest update; latest commentary; notes; "
    "narrative; "
    "progress notes; progress to date; current position; position; update this month; monthly update; "
    "progress commentary; progress against action; progress comments; highlight; highlights; progress narrative; "
    "latest position; sylwadau; action taken; actions taken; action taken to date; latest comments; progress made",
    "forecast": "forecast; forecast date; forecast completion; forecast completion date; "
    "anticipated completion date; "
    "expected to complete; predicted completion; estimated completion; estimated completion date",
    "help_needed": "help needed; support needed; support required; ask; escalation; escalations; barriers; "
    "issues; blockers; help required",
    "recommendations": "recommendation; recommendations; recommendations met; iea; ieas; recommendation ref; "
    "ockenden; ockenden ref; ockenden reference; ockenden recommendation; source; source ref; source reference; "
    "requirement; must do should do ref; framework; framework ref; cqc ref; cqc finding; cqc findings; finding; "
    "related recommendation; linked recommendations; ockenden iea; recommendation reference; "
    "national recommendation; "
    "cnst; mis; safety action; cnst safety action; regulation; regulations; cqc regulation; regulation breached; "
    "what cqc found; what was found; what we found; what they found; concern; concerns; area of concern; "
    "reg; linked to; maps to; links to ockenden; ockenden link; three year delivery plan; 3ydp",
    "contributes_to": "recommendations contributed to; contributes to; also contributes to",
    "linked": "linked plans; linked to associated plans; linked to associated plans eg mip mtp; associated plans; "
    "linked plan; links to other plans; cross reference; links; linked actions; related plans; other plans; "
    "linked to other plans",
    "depends_on": "depends on; dependencies; dependency; dependent on; predecessor; predecessors; depends upon",
    "binding": "must should; must do should do; must or should; must do or should do; must should do; "
    "must do; should do; cqc must should; type of finding; requirement type",
    "regulatory": "regulatory; regulatory action; cqc; statutory; regulator; regulatory requirement; "
    "warning notice",
    "external_lead": "led from outside; external lead; external; externally led; external dependency; "
    "led externally",
    "evidence": "location of evidence; evidence location; evidence; evidence link; link to evidence; "
    "where is evidence; "
    "where evidence is kept; evidence file; evidence folder; evidence required; supporting evidence; "
    "evidence of completion; source of evidence; evidence stored; embedded evidence; evidence of delivery",
    "milestones": "milestones; key milestones; steps; sub actions; milestone; sub action; key steps; "
    "sub tasks; sub task",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """field: one of FIELDS, "told" for what an export says and nobody types, "" where nothing is known."""

    field: str
    sureness: int


UNKNOWN = Reading("", 0)
_PERIOD = re.compile(
    r"(?:q(?:uarter)? ?[1-4]\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b.*\d{2}|\b20\d\d\b|"
    r"month ?\d+|week ?\d+)"
)
_ABOUT_STATUS = re.compile(r"\b(?:status|rag|brag|rating|position|progress|update|commentary|comments?|actual)\b")
_RATING = re.compile(r"\b(?:b?rag{1,2}|rating)(?: (?:status|rating))?$")
_ACCENTS = re.compile("[\u0300-\u036f]")
# Alone they are headings; "What CQC found" and "When raised" begin with them and mean something else.
_ALONE = frozenset({"what", "why", "who", "when", "from", "no", "row", "id", "end", "finish", "aim", "ask"})
_AS_NOISE = re.compile(
    r"\b(?:the|of|a|please|insert|enter|see|key|dropdown|drop down|select|dd mm yy(?:yy)?|eg|ie|yn|yes no|if|any|"
    r"applicable|mandatory|optional|where)\b"
)


def _known() -> dict[str, str]:
    found = {simple(words): name for name, listed in _WORDS.items() for words in listed.split(";")}
    for layout in (OURS, CLASSIC):
        for column in layout:
            found[simple(column.heading)] = "told" if column.key in TOLD else column.key
    return found


@lru_cache(4096)
def simple(heading: str) -> str:
    """In small letters, without marks: "Lead\\nExecutive (name)" is "lead executive name"."""
    text = unicodedata.normalize("NFKD", heading).casefold().replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^\w#]+|_", " ", _ACCENTS.sub("", text)).split())


KNOWN = _known()
_LONGEST_FIRST = sorted(KNOWN, key=lambda words: (-len(words.split()), -len(words)))


@lru_cache(2048)
def reading_of(heading: str) -> Reading:
    """What the heading means, by itself, without what is in brackets, or by the words it begins or ends with."""
    whole = simple(heading)
    if not whole:
        return UNKNOWN
    if whole in KNOWN:
        return Reading(KNOWN[whole], SURE)
    bare = simple(re.sub(r"[(\[].*?[)\]]", " ", heading))
    if period := _period(bare or whole):
        return period
    for text in dict.fromkeys((bare, " ".join(_AS_NOISE.sub(" ", bare or whole).split()))):
        if text in KNOWN:
            return Reading(KNOWN[text], SURE)
    if "title" in {KNOWN.get(simple(part)) for part in re.split(r"[/&]|\band\b", heading)}:
        return Reading("title", LIKELY)
    if _RATING.search(bare or whole):
        return Reading("status", POSSIBLE)
    return _within(bare or whole) if len(whole.split()) <= 12 else UNKNOWN


def _period(text: str) -> Reading | None:
    if not _PERIOD.search(text):
        return None
    if _ABOUT_STATUS.search(text):
        is_words = re.search(r"\b(?:update|commentary|comments?)\b", text)
        return Reading("commentary" if is_words else "period", LIKELY)
    return Reading("period", POSSIBLE) if re.fullmatch(r"(?:q(?:uarter)? ?[1-4])(?: \d{2,4}){0,2}", text) else None


def _within(text: str) -> Reading:
    padded = f" {text} "
    for words in _LONGEST_FIRST:
        if len(words) > 2 and words not in _ALONE and (text.startswith(f"{words} ") or text.endswith(f" {words}")):
            return Reading(KNOWN[words], LIKELY if " " in words else POSSIBLE)
    for words in _LONGEST_FIRST:
        if " " in words and f" {words} " in padded:
            return Reading(KNOWN[words], POSSIBLE)
    return UNKNOWN
