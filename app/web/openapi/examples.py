"""Examples for the document: by shape where one is written down, else from the fields' names and types."""

from typing import Any

Part = dict[str, Any]
ID = "0f8c2f2e-6a55-5d0b-9f1e-3a8d7c51b204"

# How a field of this name looks; the first part of a table is what most shapes share.
FIELDS: Part = {
    "ref": "1.1", "plan": "saltmarsh-mip", "title": "Report midwifery staffing to the board each month",
    "organisation": "ZZA", "organisation_name": "Saltmarsh Coast University Hospitals", "code": "ZZA",
    "priority": "1", "priority_title": "Workforce", "name": "Improvement group", "nation": "England",
    "email": "owner@saltmarsh.example", "person": "owner@saltmarsh.example", "post": "Head of midwifery",
    "lead_executive": "executive@saltmarsh.example", "accountable_person": "owner@saltmarsh.example",
    "from_person": "owner@saltmarsh.example", "to_person": "contributor@saltmarsh.example",
    "due_date": "2027-03-31", "original_due_date": "2026-12-31", "completion_date": "2026-09-18",
    "as_at": "2026-09-30", "day": "2026-09-30", "held_on": "2026-09-24", "date": "2026-09-24",
    "why": "The post was vacant until October.", "impact": "Two reports come later.",
    "commentary": "First report went to the board on 12 September.", "forecast": "2027-02-28",
    "rating": "red", "label": "Overdue", "revision": 412, "next": "MTAw", "hash": "9b1c…",
    "at": "2026-09-30T09:30:00Z", "updated_at": "2026-09-30T09:30:00Z",
    "url": "https://tracker.example/plans/saltmarsh-mip", "door": "page", "act": "action.updated",
    "entity": "action", "actor": "Alex Owner", "recommendations": ["ockenden_2022:1.2"],
    "contributes_to": ["ockenden_2020:1.1"], "depends_on": ["1.4"], "key": "ockenden_2022",
    "by_rating": {"red": 14, "amber": 31, "green": 68, "blue": 84, "grey": 23},
    "by_stage": {"not_delivered": 100, "delivered": 25, "assured": 74, "embedded": 13, "superseded": 3, "descoped": 3,
                 "not_applicable": 2},
    "by_label": {"overdue": 3, "on_track": 52, "assured": 71},
    "changes": {"due_date": {"old": "2026-12-31", "new": "2027-03-31"}}, "headings": ["Ref", "Title"],
    "columns": ["ref", "title"], "scope": "read", "days": 90, "role": "owner", "refs": ["1.1", "1.2"],
    "text": "Due 31 October, not delivered.", "secret": "trk_…", "address": "https://tracker.example/sign-in/code",
    "address_of": "/plans/saltmarsh-mip", "settings": {"due_soon_days": 28}, "values": {"title": "Report staffing"},
    "own_fields": {"cost": "12,500"}, "errors": {}, "old": "2026-12-31", "new": "2027-03-31",
}  # fmt: skip

# Where a field of this shape says something else than its name does elsewhere.
OF_SHAPE: Part = {
    "ReasonRead": {"code": "R1", "text": "Due 31 August 2026, 30 days ago"},
    "HeadlineReasonRead": {"code": "regulatory_red", "text": "2 regulatory actions are red: 1.04, 1.49", "number": 2,
                           "of": 212, "refs": ["1.04", "1.49"]},
    "ActionsRead": {"total": 220, "in_force": 212, "exited": 8, "open": 125, "overdue": 3, "stale": 4, "unowned": 4,
                    "evidence_overdue": 2, "awaiting_decision": 16, "external": 7, "slipped": 26, "regulatory": 16},
    "PriorityStatusRead": {"ref": "1", "title": "Workforce",
                           "by_rating": {"red": 7, "amber": 9, "green": 19, "blue": 30, "grey": 5},
                           "by_stage": {"not_delivered": 29, "delivered": 7, "assured": 26, "embedded": 6,
                                        "superseded": 1, "descoped": 0, "not_applicable": 1}},
    "FrameworkStatusRead": {"title": "Ockenden review 2022", "in_scope": 92, "covered": 84, "partly": 3,
                            "without_action": 5,
                            "by_rating": {"red": 9, "amber": 11, "green": 22, "blue": 38, "grey": 4},
                            "by_stage": {"not_delivered": 36, "delivered": 10, "assured": 31, "embedded": 7}},
    "StatusRead": {"title": "Maternity improvement plan", "state": "live"},
    "CodeRead": {"code": "7K4M-Q2TD-9XWB-H3RF-C6NP"},
}  # fmt: skip

# What a person would send: a whole body by shape.
BODIES: Part = {
    "NewAction": {
        "title": "Report midwifery staffing to the board each month", "priority": "1",
        "accountable_person": "owner@saltmarsh.example", "due_date": "2027-03-31",
        "success_measure": "A report in the papers of each public board meeting.",
        "recommendations": ["ockenden_2022:1.2"],
    },
    "ChangedAction": {"title": "Report midwifery staffing monthly", "why": "The board asked for it."},
    "UpdateAction": {"progress": "at_risk", "commentary": "First audit done, 54 of 60 records.",
                     "forecast": "2027-02-28"},
    "NewProposal": {"move": "due_date", "due_date": "2027-03-31", "why": "The post was vacant until October.",
                    "impact": "Two reports come later.", "mitigation": "The deputy reports by hand."},
    "StepBack": {"to": "delivered", "why": "The repeated audit found 31 of 60 records."},
    "NewDecision": {"outcome": "accept", "body": "Assurance panel",
                    "meeting": {"name": "Assurance panel", "date": "2026-09-24"}, "why": "Evidence seen."},
    "ManyDecisions": {"proposals": [ID], "outcome": "accept", "why": "Evidence seen."},
    "NewRecord": {"body": "Assurance panel", "meeting": {"name": "Assurance panel", "date": "2026-09-24"},
                  "items": [{"proposal": ID, "outcome": "accept", "why": "Evidence seen."}]},
    "NewEvidence": {"kind": "effect", "form": "link", "sort": "audit", "shows": "Handover is complete in case notes.",
                    "actions": ["1.1"], "period_from": "2026-08-01", "period_to": "2026-10-31",
                    "method": "Every tenth record, read by two people.", "sample_size": 40, "result": "38 of 40.",
                    "url": "https://files.example/handover-audit"},
    "ChangedEvidence": {"actions": ["1.1", "1.4"], "why": "It shows the same for both wards."},
    "NewVersion": {"why": "October is in it."},
    "NewReview": {"outcome": "accept", "strength": "strong", "why": "Sample and method are sound."},
    "EvidenceWithdrawal": {"why": "It shows the year before."},
    "NewStatement": {"why": "These are invoice numbers."},
    "NewSettingsProposal": {"settings": {"due_soon_days": 28}, "why": "The group meets each four weeks."},
    "ImportAnswers": {"sheets": ["Plan"], "columns": {"Ref": "ref", "Action required": "title", "Cost": "own"},
                      "answers": {"legend:BRAG:amber": "on_track", "day:Due date:end Nov": "2026-11-30"},
                      "unclear": "ask"},
    "NewWithdrawal": {"why": "Asked for by mistake."},
    "Bringing": {"body": "Assurance panel"},
    "Declaration": {"why": "My sister leads the supplier."},
    "NewDelegation": {"body": "Improvement group", "person": "executive@saltmarsh.example", "starts_on": "2026-12-01",
                      "ends_on": "2026-12-14", "why": "Annual leave."},
    "NewEdition": {"dates": [{"ref": "1.1", "due_date": "2027-03-31"}], "why": "The new funding starts in April."},
    "NewException": {"cause": "The supplier cannot train the night teams before March.",
                     "interim_control": "The day team covers the first hour of each night.",
                     "recovery_plan": "A second trainer from January; all teams by the end of March.",
                     "new_due_date": "2027-03-31", "ask": "Agree the cost of a second trainer."},
    "NewQuestion": {"question": "Which wards are not yet covered at night?", "answer_by": "2026-12-10"},
    "NewAnswer": {"answer": "Two of five wards; both are covered from 1 December."},
    "Confirming": {"refs": ["1.1", "1.2"], "why": "The audits of 2025 were seen."},
    "Confirmation": {"ratify": []},
    "ChangedLegend": {"amber": "At risk"},
    "ChangedSettings": {"due_soon_days": 28},
    "NewPlan": {"plan": "saltmarsh-mip", "title": "Maternity improvement plan", "organisation": "ZZA",
                "begin": "template"},
    "ChangedPlan": {"title": "Maternity and neonatal improvement plan"},
    "ChangedPriority": {"title": "Workforce and training"},
    "ChangedBody": {"quorum": 3},
    "ChangedMeeting": {"held_on": "2026-12-10"},
    "NewPriority": {"title": "Workforce", "aim": "Enough midwives on every shift."},
    "NewBody": {"kind": "committee", "name": "Quality committee", "quorum": 3},
    "NewMeeting": {"body": "Improvement group", "name": "December", "held_on": "2026-09-24"},
    "GivenMember": {"person": "chair@saltmarsh.example", "role": "chair"},
    "EditMany": {"refs": ["1.1", "1.2"], "changes": {"due_date": "2027-03-31"}, "preview": True},
    "PasteActions": {"text": "Title\tDue\nReport staffing monthly\t31/03/2027", "priority": "1", "preview": True},
    "HandOver": {"from_person": "owner@saltmarsh.example", "to_person": "contributor@saltmarsh.example",
                 "why": "Moved to another post.", "preview": True},
    "CopyAction": {"title": "Report medical staffing monthly"},
    "MoveAction": {"before": "1.3"},
    "ChangedOwner": {"accountable_person": "contributor@saltmarsh.example", "why": "Moved to another post."},
    "NewAccount": {"email": "owner@saltmarsh.example", "name": "Alex Owner", "post": "Head of midwifery",
                   "organisation": "ZZA", "roles": ["owner"]},
    "ChangedAccount": {"email": "owner@saltmarsh.example", "name": "Alex Owner", "organisation": "ZZA"},
    "GivenRole": {"role": "owner"},
    "NewToken": {"name": "Power BI", "organisation": "ZZA", "scope": "read", "days": 90},
    "NewOrganisation": {"code": "ZZC", "name": "Larkrise Hospitals", "kind": "trust"},
    "ChangedOrganisation": {"name": "Larkrise Hospitals", "kind": "trust"},
    "NewMember": {"member": "ZZA", "kind": "member"},
    "AddedFramework": {"framework": "maternity_incentive_scheme"},
    "NewStandings": {"recommendations": ["three_year_delivery_plan_2023:R4.I1"], "answer": "external",
                     "why": "The integrated care board has to act.", "contact": "ICB, head of maternity"},
    "StandingDecision": {"recommendations": ["three_year_delivery_plan_2023:R4.I1"], "outcome": "accept"},
    "Chased": {"recommendations": ["three_year_delivery_plan_2023:R4.I1"], "on": "2026-11-20"},
    "NewDeclaration": {"framework": "maternity_incentive_scheme", "title": "Maternity Incentive Scheme, year 6"},
    "LineGiven": {"required": "The audit of all reviews of the year.", "hole_why": "The audit is due in March."},
    "Checking": {"is_met": True, "why": "The audit and the minutes were read."},
    "Dissenting": {"said": "The audit left out the night shifts."},
    "Signing": {"digest": "9b1c"},
    "NewPublication": {"title": "Inspection report 2026", "key": "cqc_2026", "kind": "inspection",
                       "service": "Maternity", "inspected_on": "2026-03-03", "notices": ["s29a"],
                       "items": [{"ref": "MD1", "title": "Assess in triage within 15 minutes", "demand": "must",
                                  "regulation": "Regulation 12(2)(a)"}]},
    "GivenText": {"text": "title: Inspection report 2026\nkind: inspection\nkey: cqc_2026"},
    "GivenItem": {"title": "Assess in triage within 15 minutes", "demand": "must"},
    "NewLink": {"recommendation": "ockenden_2022:1.2", "other": "maternity_incentive_scheme:SA4", "kind": "contributes",
                "why": "One staffing review serves both."},
    "Ruling": {"accepted": True, "kind": "same", "why": "One training day serves both."},
}  # fmt: skip

PARAMETERS: Part = {
    "plan": "saltmarsh-mip", "ref": "1.1", "code": "ZZA", "key": "ockenden_2022", "limit": 100, "as_at": "2026-09-30",
    "from": "2026-09-01", "to": "2026-09-30", "until": "2026-09-30", "framework": "ockenden_2022",
    "Idempotency-Key": "4f2c7a1e-2026-09-30", "If-Match": '"412.0f3a9c51d7b2e684"',
    "If-None-Match": '"0f3a9c51d7b2e684"',
}  # fmt: skip


def parameter(name: str, path: str) -> Any:
    """The example of a parameter, None where its schema says enough."""
    if name == "ref" and "/priorities/" in path:
        return "1"
    if name == "ref" and "/evidence/" in path:
        return "E12"
    if name == "framework" and not path.endswith("/coverage"):
        return None
    return ID if name.endswith("_id") else PARAMETERS.get(name)


def describe(name: str, schema: Part) -> None:
    """Put the example of a body that is written down beside its shape."""
    if name in BODIES:
        schema["examples"] = [BODIES[name]]


def body(schema: Part, schemas: Part) -> Any:
    """What is sent: the body written down for this shape, or its required fields."""
    name = schema.get("$ref", "").rpartition("/")[2]
    return BODIES[name] if name in BODIES else of(schema, schemas, sent=True)


def of(schema: Part, schemas: Part, name: str = "", depth: int = 0, *, sent: bool = False) -> Any:
    """An example that the schema allows."""
    if ref := schema.get("$ref"):
        shape = ref.rpartition("/")[2]
        made = of(schemas.get(shape, {}), schemas, name, depth + 1, sent=sent)
        return made | OF_SHAPE[shape] if shape in OF_SHAPE else made
    if several := schema.get("anyOf"):
        return of(several[0], schemas, name, depth, sent=sent)
    if "enum" in schema:
        return FIELDS[name] if FIELDS.get(name) in schema["enum"] else schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if schema.get("type") == "object":
        return _object(schema, schemas, name, depth, sent)
    if schema.get("type") == "array":
        # A name may stand for words in one shape and for shapes in another.
        if isinstance(FIELDS.get(name), list) and "$ref" not in schema.get("items", {}):
            return FIELDS[name]
        return [of(schema.get("items", {}), schemas, name, depth + 1, sent=sent)] if depth < 6 else []
    return _plain(schema, name)


def _object(schema: Part, schemas: Part, name: str, depth: int, sent: bool) -> Any:
    properties = schema.get("properties")
    if properties is None:
        if isinstance(FIELDS.get(name), dict):
            return FIELDS[name]
        inner = schema.get("additionalProperties")
        return {"name": of(inner, schemas, "", depth + 1)} if isinstance(inner, dict) and inner else {}
    wanted = schema.get("required", []) if sent else list(properties)
    return {field: of(properties[field], schemas, field, depth + 1, sent=sent) for field in wanted}


def _plain(schema: Part, name: str) -> Any:
    kind, form, shown = schema.get("type"), schema.get("format"), FIELDS.get(name)
    if "example" in schema:
        return schema["example"]
    if kind == "integer":
        return shown if isinstance(shown, int) else max(1, schema.get("minimum", 1))
    if kind == "number":
        return 1.0
    if kind == "boolean":
        return False
    if kind == "null":
        return None
    if form == "uuid":
        return ID
    if form == "date":
        return shown if isinstance(shown, str) and len(shown) == 10 else "2026-09-30"
    if form == "date-time":
        return "2026-09-30T09:30:00Z"
    return shown if isinstance(shown, str) else name.replace("_", " ") or "text"
