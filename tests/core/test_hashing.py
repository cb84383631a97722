"""What an entry's hash covers: the canonical spelling of its fields, its image and the digests of what is sealed."""

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.spelling import canon, hash_of

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.lists(st.one_of(ANY_TEXT, st.integers(), st.booleans(), st.dates(), st.uuids()), max_size=14),
    ANY_TEXT,
    st.dictionaries(ANY_TEXT, st.one_of(ANY_TEXT, st.lists(ANY_TEXT, min_size=2, max_size=2)), max_size=4),
)
def test_it_hashes_what_the_canonical_spelling_says(fields: list[object], image: str, sealed: dict[str, Any]) -> None:
    """Put together by hand for speed, and never otherwise than the encoder would."""
    digests = {k: v if isinstance(v, str) else sha256(canon(v).encode()).hexdigest() for k, v in sealed.items()}
    spelt = canon([fields, image, digests])
    assert hash_of(fields, image, json.dumps(sealed)) == sha256(spelt.encode()).hexdigest()


@pytest.mark.parametrize(
    "sealed", ["", "[]", "{", '{"a": 5}', '{"a": [5, "x"]}', '{"a": ["n"]}', '{"a": null}', "{} x"]
)
def test_it_refuses_to_hash_what_is_no_seal_of_ours(sealed: str) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError)):
        hash_of(["x"], "{}", sealed)
