"""History: reading the ledger. The trail of a thing, the changes feed, the images of a day, verify and redact.

An *entry* is one row's after-image under a *revision* of a stream. The ledger table is read in this room alone, and
no rule reads it. History tells what was; it changes nothing but what must be forgotten.
"""
