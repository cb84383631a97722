"""The long proofs run short in `make test` and in full in `make proof`; mark them `@pytest.mark.proof`."""

import os


def rounds(short: int, full: int) -> int:
    """How many rounds, attempts or examples this run has to do."""
    return full if os.environ.get("TRACKER_PROOF") == "full" else short
