"""Acts on publications: loading the library, an organisation's own publications, and its word on links."""

from app.frameworks.commands.library import load_library
from app.frameworks.commands.links import add_link, remove_link, rule_on_link
from app.frameworks.commands.local import (
    add_publication,
    change_publication,
    keep_publication,
    put_item,
    withdraw_item,
)
from app.frameworks.commands.private import keep_wording, name_readers

__all__ = [
    "add_link",
    "add_publication",
    "change_publication",
    "keep_publication",
    "keep_wording",
    "load_library",
    "name_readers",
    "put_item",
    "remove_link",
    "rule_on_link",
    "withdraw_item",
]
