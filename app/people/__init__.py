"""People: the directory of accounts, apart from their credentials; roles, sign-in, sessions, tokens and rights.

A person holds *roles*, each at one organisation; a *relation* (own action, the plan's organisation, participant,
overseen) comes from what is asked for. The rights table joins both, and the doors, the tests and `/admin` read that
one table. Passwords, sessions and tokens are never in the ledger.
"""
