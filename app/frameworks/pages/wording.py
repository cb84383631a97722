"""The words of an organisation's own publications."""

from app.core.words import N_, _, day
from app.frameworks.local import Demand, KeyQuestion, LocalKind, Notice
from app.frameworks.rules import CrosswalkKind
from app.frameworks.schemas import FrameworkRead

KINDS = {
    LocalKind.inspection: N_("Inspection"),
    LocalKind.peer_review: N_("Peer review"),
    LocalKind.survey: N_("Survey"),
    LocalKind.coroner: N_("Coroner’s report"),
    LocalKind.investigation: N_("National investigation"),
    LocalKind.other: N_("Another publication"),
}
QUESTIONS = {
    KeyQuestion.safe: N_("Safe"),
    KeyQuestion.effective: N_("Effective"),
    KeyQuestion.caring: N_("Caring"),
    KeyQuestion.responsive: N_("Responsive"),
    KeyQuestion.well_led: N_("Well led"),
}
NOTICES = {
    Notice.s29a: N_("Warning notice (section 29A)"),
    Notice.s31: N_("Conditions (section 31)"),
    Notice.s64: N_("Request for information (section 64)"),
}
DEMANDS = {Demand.must: N_("Must do"), Demand.should: N_("Should do")}
LINK_KINDS = {
    CrosswalkKind.same: N_("The same"),
    CrosswalkKind.contributes: N_("Contributes"),
    CrosswalkKind.contradicts: N_("Contradicts"),
}


def local_facts(found: FrameworkRead) -> list[tuple[str, str]]:
    """What the page says of an own publication, as terms and what they are; nothing of a national one."""
    local = found.local
    if local is None:
        return []
    told = [
        (_("Kind"), _(KINDS[local.kind])),
        (_("Service"), local.service),
        (_("Inspected on"), day(local.inspected_on) if local.inspected_on else ""),
        (_("Key questions"), ", ".join(_(QUESTIONS[q]) for q in local.key_questions)),
        (_("Notices"), ", ".join(_(NOTICES[n]) for n in local.notices)),
    ]
    return [(term, words) for term, words in told if words]
