"""The demonstration: two invented plans with a year of history, told in days relative to the day they are loaded.

The words are data (`content/*.yaml`); what happens when is worked out from each action's case (`life`), and written
through ordinary sessions whose ledger day lies in the past (`loader`).
"""
