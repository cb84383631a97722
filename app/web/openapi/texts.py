"""The words of the OpenAPI document that no door says: marked for the catalogue, worded where a page shows them."""

from app.core.words import N_

TITLE = N_("Maternity improvement plan tracker: API")
SUMMARY = N_("Plans, actions, decisions and their history, for programs.")
ABOUT = N_(
    "Everything the pages show, for programs, under /api/v1. Send a token, or use the session of a signed-in person. "
    "Errors are problem documents (RFC 9457). A list answers with items, next, as_at and revision; next goes back as "
    "cursor. A POST may carry an Idempotency-Key, so that it can be sent again without acting twice. "
    "Unknown fields are refused. Days are YYYY-MM-DD; instants are UTC and end in Z."
)
SERVER = N_("This installation")
PAGE = N_("This document as a page")
TABLE_EXAMPLE = (
    "plan,as_at,revision,ref,title,rating\r\nsaltmarsh-mip,2026-09-30,412,1.01,Report staffing monthly,red\r\n"
)

TAGS = {
    "plans": N_("Plans and what they are made of: priorities, participants, bodies and meetings."),
    "actions": N_("Actions: read, added, changed, reported on, one by one or many at once."),
    "decisions": N_("What was asked for, who may decide it, and what was decided. No token ever decides."),
    "evidence": N_("What shows that an action was done and that it works: submitted, reviewed, with its files."),
    "coverage": N_("Which recommendations are answered, how far, what was decided of them, and declarations."),
    "reports": N_("Counts, coverage and comparison, and flat tables for Power BI and Excel."),
    "exchange": N_("A plan as a file: a workbook, comma-separated values or JSON."),
    "history": N_("What changed, in order, for a copy that keeps up."),
    "frameworks": N_("Publications with their recommendations, and the links between them."),
    "organisations": N_("Organisations by ODS code, and the systems they are members of."),
    "people": N_("The directory, and accounts, tokens and sessions for administrators."),
}

PARAMETERS = {
    "plan": N_("The plan's address, as in /plans/saltmarsh-mip."),
    "ref": N_("The reference people know it by, like 1.1; that of a priority is like 1."),
    "code": N_("The organisation's ODS code."),
    "key": N_("The publication's key, like ockenden_2022."),
    "slug": N_("The last part of the view's address."),
    "limit": N_("How many items a page holds."),
    "cursor": N_("`next` of the page before."),
    "as_at": N_("As it stood at the end of that day in London."),
    "since": N_("From this day on."),
    "until": N_("Up to this day."),
    "state": N_("Only those in this state."),
    "move": N_("Only decisions on this kind of move."),
    "outcome": N_("Only decisions with this outcome."),
    "body": N_("Only decisions of this body, by its name."),
    "If-Match": N_("The ETag, or the bare revision, of what was read. Without it: 428; stale: 412."),
    "If-None-Match": N_("The ETag of what is held already."),
    "Idempotency-Key": N_("The same key and body get the same answer for 24 hours; another body is refused."),
    "proposal_id": N_("The proposal's id."),
    "import_id": N_("The import's id."),
    "meeting_id": N_("The meeting's id."),
    "update_id": N_("The update's id."),
    "delegation_id": N_("The delegation's id."),
    "report_id": N_("The exception report's id."),
    "question_id": N_("The question's id."),
    "meeting": N_("Only decisions taken or ratified at this meeting, by its id."),
    "who": N_("Only decisions that somebody of this name took or recorded; a part of it is enough."),
    "open": N_("true: only those without an answer; false: only the answered ones."),
    "kind": N_("Only of this kind."),
    "show": N_("Only what needs this done about it."),
    "action": N_("Only for this action, by its reference."),
    "recommendation": N_("Only for this recommendation, or for this publication."),
    "entry_id": N_("The id of an entry on a meeting's list."),
    "body_id": N_("The body's id."),
    "row_id": N_("The strategic priority's id."),
    "account_id": N_("The account's id."),
    "role_id": N_("The id of a role held."),
    "member_id": N_("The id of a membership, as the organisation shows it."),
    "number": N_("The declaration's number in its plan."),
    "link_id": N_("The id of a link between recommendations."),
    "token_id": N_("The token's id."),
    "session_id": N_("The session's id."),
}

ANSWERS = {
    "200": N_("Done, or found."),
    "201": N_("Made."),
    "204": N_("Done; there is nothing to say."),
    "304": N_("What is held is what stands."),
}

# status: the name of the shared answer, what it means, and the code that a program most often meets
REFUSALS = {
    "400": ("Unreadable", N_("The request could not be read."), "http_400"),
    "401": ("Unauthorised", N_("No token or session, or one that is unknown, has ended or was revoked."), "bad_token"),
    "403": ("Forbidden", N_("This person or token may not do this, or the request is from another site."), "forbidden"),
    "404": ("NotFound", N_("It does not exist, or may not be seen; both answer the same."), "not_found"),
    "409": ("Conflict", N_("It is in a state that does not allow this, or there is one already."), "conflict"),
    "412": ("Stale", N_("It has changed since the revision in If-Match. Read it again."), "stale"),
    "413": ("TooLarge", N_("The body is larger than 1 MiB."), "http_413"),
    "422": ("Invalid", N_("Something sent cannot be taken; errors say which field, and what to do."), "invalid"),
    "428": ("PreconditionRequired", N_("If-Match is missing."), "precondition_required"),
    "503": ("Unavailable", N_("The database is busy or cannot be reached. Nothing was saved. Try again."), "busy"),
}  # fmt: skip
REFUSAL_TITLES = {
    "400": "Something went wrong",
    "401": "Sign in",
    "403": "You may not do this",
    "404": "Page not found",
    "409": "This has changed already",
    "412": "Somebody else has changed this",
    "413": "Too large",
    "422": "There is a problem",
    "428": "Say which version you have read",
    "503": "Not available just now",
}
REFUSAL_HEADERS = {
    "401": ("WWW-Authenticate", N_("The ways to sign in.")),
    "503": ("Retry-After", N_("In how many seconds to try again.")),
}
POINTED = N_("Enter a date like 31 October 2026 or 31/10/2026.")

HEADERS = {
    "ETag": N_("What the answer depends on, in short. It goes back as If-None-Match, or as If-Match with a change."),
    "Location": N_("The address of what was made."),
    "Link": N_('The next page, as RFC 8288 has it: <address>; rel="next". Absent on the last page.'),
    "Idempotency-Replayed": N_("true where the answer is the one kept for this Idempotency-Key."),
}

SECURITY = {
    "token": N_("A token that an administrator made, as a bearer token. read acts as a viewer, write as the office."),
    "password": N_(
        "The same token as the password of Basic sign-in, with any user name. Power Query and Excel use it."
    ),
    "session": N_("The session of a person signed in here, same origin. Decisions need it: no token ever decides."),
}

PROBLEM = N_("How every error is told (RFC 9457).")
PROBLEM_FIELDS = {
    "type": N_("about:blank: the status says the kind."),
    "title": N_("The kind in words."),
    "status": N_("The HTTP status."),
    "detail": N_("What is wrong, and what to do."),
    "code": N_("The kind for programs; it does not change with the language."),
    "errors": N_("One entry for each field that cannot be taken."),
    "pointer": N_("The field, like /due_date or /milestones/0/title; empty for the whole."),
    "message": N_("What is wrong with it."),
    "request_id": N_("Name it when you ask for help; it is in the log."),
}

SHAPES = {
    "OrganisationRead": N_("An organisation; members where it is a system."),
    "NewOrganisation": N_("A new organisation by its ODS code."),
    "ChangedOrganisation": N_("The organisation as it shall be."),
    "NewMember": N_("An organisation to join a system, by its code."),
    "StrategicPriorityRead": N_("A strategic priority of the organisation."),
    "NewStrategicPriority": N_("The title of a strategic priority."),
    "NewParticipant": N_("An organisation that shall take part, by its code."),
    "HeadlineRead": N_("The colour of a whole, with its reasons."),
    "CoverageRead": N_("Every recommendation of a publication with how it is answered."),
    "Stage": N_("How far an action has come: each step is asked for by one person and decided by another."),
    "Progress": N_("What the owner reports. It can lower a colour, never raise it."),
    "Asked": N_("What may be asked for."),
    "Role": N_("What a person may be at an organisation."),
}
