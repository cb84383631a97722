"""Home: the first page, what is open to all (help, about, accessibility, health), and the way into each plan.

It has doors and nothing of its own: no table, no rule.
"""
