"""Mechanics without domain and without HTTP: database sessions, the ledger, errors, the clock, words and text.

A *stream* is a counter with its chain of ledger entries (one per plan, one called `shared`); a *revision* is one
writing transaction of a stream. It is not a place for rules of maternity plans, nor for anything a browser sees.
"""
