"""The year of the demonstration: when its bodies meet, as whole days from the day it is loaded."""

from dataclasses import dataclass
from datetime import date, timedelta

WEDNESDAY = 2
ROUNDS = 13
# The inspection's findings came into the plan on this day.
INSPECTED = -222


@dataclass(frozen=True, slots=True)
class Year:
    """Meetings every four weeks: the group on Wednesdays (the last 7 to 13 days ago), the panel two weeks apart."""

    today: date

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def offset(self, day: date) -> int:
        return (day - self.today).days

    def workday(self, offset: int) -> int:
        """The day itself, or the Friday before a weekend."""
        return offset - max(0, self.day(offset).weekday() - 4)

    @property
    def groups(self) -> list[int]:
        """The latest first; the plan was adopted at the first of them."""
        latest = -((self.today.weekday() - WEDNESDAY) % 7) - 7
        return [latest - 28 * k for k in range(ROUNDS + 1)]

    @property
    def panels(self) -> list[int]:
        """The latest first; an extra one in the last days, then every four weeks."""
        return [self.workday(-6), *(g - 13 for g in self.groups[:ROUNDS])]

    @property
    def adopted(self) -> int:
        return self.groups[-1]

    @property
    def drafted(self) -> int:
        return self.workday(self.adopted - 40)

    @property
    def inspected(self) -> int:
        return self.workday(INSPECTED)

    def panel_from(self, offset: int) -> int | None:
        """The first ordinary panel on or after the day."""
        return min((p for p in self.panels[1:] if p >= offset), default=None)

    def next_panel(self, offset: int) -> int:
        found = self.panel_from(offset)
        if found is None:
            raise RuntimeError(f"no panel meets on day {offset} or later")
        return found

    def group_from(self, offset: int) -> int:
        return min((g for g in self.groups if g >= offset), default=self.groups[0])

    def group_until(self, offset: int) -> int | None:
        return max((g for g in self.groups[:-1] if g <= offset), default=None)
