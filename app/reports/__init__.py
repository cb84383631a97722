"""Reports: what a plan's facts add up to: the status, the dashboard, coverage, what changed since, flat tables.

Words: a status is the counts of one day; coverage says which recommendations have an action; a comparison is what
became of a plan between two days, each with who and why; a trend is delivered and assured against agreed dates;
a look is one of the six drawings of a rating. It keeps nothing and decides nothing: every number is derived from the
one `PlanView` or from the ledger's images, so that page, API, tables and a past day show the same.
"""
