"""An entry of a menu: rooms say which there are, the frame shows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    text: str
    current: bool = False
