"""Tests mirror `app/`; `support/` holds the harness, `house/` the rules of the house as tests."""
