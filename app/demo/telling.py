"""What people write: the theme's ordinary sentences, never the same one twice running."""

from random import Random
from typing import Any

from app.actions.rules import Progress
from app.demo.content import Told, document

_PHASES = {Progress.at_risk: "risk", Progress.off_track: "behind"}
_WORSE = {
    "cause": [
        "Two people were away at once.",
        "Winter pressure took the time set aside.",
        "A partner's answer is late.",
    ],
    "mitigation": ["The lead checks each Monday.", "Done by hand until then.", "The riskiest cases come first."],
    "help_needed": ["Half a day of analyst time", "A word with the partner's executive", "Release of one shift a week"],
}


class Teller:
    """One for a whole plan, so that rows beside each other never say the same."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.last: dict[str, str] = {}
        self.recent: list[str] = []

    def any(self, *path: str) -> str:
        """A sentence of `reasons.yaml`."""
        found: Any = document("reasons")
        for part in path:
            found = found[part]
        return self._fill(self._fresh(found, "/".join(path)))

    def words(self, told: Told, phase: str, progress: Progress) -> dict[str, str]:
        phase = _PHASES.get(progress, phase)
        text = self._fill(self._fresh(document("commentary")[told.theme][phase], told.ref))
        found = {"commentary": text}
        if progress in _PHASES:
            wanted = ("cause", "mitigation", "help_needed")[: 3 if progress is Progress.off_track else 2]
            found |= {name: self.dice.choice(_WORSE[name]) for name in wanted}
        return found

    def own(self, told: Told) -> dict[str, str]:
        """The words written for this very action."""
        found = {"commentary": told.said, "cause": told.cause, "mitigation": told.mitigation, "help_needed": told.help}
        return {name: text for name, text in found.items() if text}

    def _fresh(self, choices: list[str], ref: str) -> str:
        left = [c for c in choices if c != self.last.get(ref) and c not in self.recent] or [
            c for c in choices if c != self.last.get(ref)
        ]
        chosen = self.dice.choice(left or choices)
        self.last[ref] = chosen
        self.recent = [*self.recent[-5:], chosen]
        return chosen

    def _fill(self, text: str) -> str:
        return (
            text.replace("{n}", str(self.dice.randint(3, 24)))
            .replace("{m}", f"{self.dice.randint(4, 20)}th")
            .replace("{pct}", str(self.dice.randint(71, 97)))
        )
