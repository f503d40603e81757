"""How fresh a source is, by its newest air date and by its own habit, never by how runs ended. Pure.

A source's habit is the longest silence between two of its days of broadcast in the four weeks up to the newest one. Of
eight silences or more the longest is left out, so that one outage is no habit; a station's weekends, of which four
weeks have four, are one. Transcripts appear up to 48 hours after the broadcast, so a source is stale when it has been
silent for two days more than is its habit. A source with fewer than four such days has none, and is never called stale.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

HABIT = timedelta(days=28)
GRACE_DAYS = 2
LEAST_DAYS = 4
_MANY_SILENCES = 8


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh a source is on a day. Days without a habit or without any story are None."""

    source_id: str
    newest_air_date: date | None
    silent_days: int | None
    """Days of broadcast since the newest story's."""
    habit_days: int | None
    """The longest silence that is usual: 1 where there is a story every day."""

    @property
    def is_stale(self) -> bool:
        """Whether nothing new came for longer than the source's habit."""
        if self.silent_days is None or self.habit_days is None:
            return False
        return self.silent_days > self.habit_days + GRACE_DAYS


def freshness(source_id: str, story_days: Collection[date], today: date) -> Freshness:
    """How fresh a source is that has published stories of these days; `today` is the last day that is over.

    Days later than tomorrow are a page's mistake and do not count.
    """
    days = sorted({day for day in story_days if day <= today + timedelta(days=1)})
    if not days:
        return Freshness(source_id, None, None, None)
    newest = days[-1]
    lately = [day for day in days if day > newest - HABIT]
    silences = sorted((later - earlier).days for earlier, later in pairwise(lately))
    usual = silences[:-1] if len(silences) >= _MANY_SILENCES else silences
    habit = usual[-1] if len(lately) >= LEAST_DAYS else None
    return Freshness(source_id, newest, max((today - newest).days, 0), habit)
