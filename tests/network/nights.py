"""What happens on the simulated network from night to night.

Night 1 is the night after Friday, March 20, 2026: everything up to that day is listed. Each later night adds a day.

* `LATE`: a transcript of March 20 whose page stands empty on night 1 and is filled on night 2;
* `REVISED`: a transcript of March 20 in which, on night 2, one sentence is changed and a correction is appended;
* `GONE`: a story of March 20 whose pages answer 410 from night 2 on, though listings still name them;
* everything else keeps its bytes and its validators; feeds and sitemaps change only by what is new in them.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from tests.network.story import Line, Story

FIRST_NIGHT = date(2026, 3, 20)


@dataclass(frozen=True, slots=True)
class Revision:
    """One changed sentence and the correction that confesses it."""

    night: int
    old: str
    new: str
    correction: str
    revised_at: datetime


LATE = {"nx-s1-5750504": 2}
"""Story id -> the night from which its transcript is there."""
LATE_AT = datetime(2026, 3, 21, 14, 20, tzinfo=UTC)
GONE = {"nx-s1-5750505": 2}
"""Story id -> the night from which it answers 410."""
REVISED = {
    "nx-s1-5750503": Revision(
        night=2,
        old="That's where the water stood in 1997.",
        new="That's nearly where the water stood in 1997.",
        correction="[POST-BROADCAST CORRECTION: An earlier version of this story said the river stood at 41.5 feet in 1997. It stood at 41.9 feet.]",
        revised_at=datetime(2026, 3, 21, 18, 5, tzinfo=UTC),
    )
}


def last_day(night: int) -> date:
    """The newest day that is listed on this night."""
    return FIRST_NIGHT + timedelta(days=night - 1)


def is_late(story_id: str, night: int) -> bool:
    """Whether the transcript's page is still empty."""
    return night < LATE.get(story_id, 0)


def is_gone(story_id: str, night: int) -> bool:
    """Whether the story was taken down."""
    return story_id in GONE and night >= GONE[story_id]


def edition(story: Story, night: int) -> Story:
    """The story as npr.org prints it on this night."""
    revision = REVISED.get(story.story_id)
    if revision is None or night < revision.night:
        return story
    lines = tuple(Line(line.speaker, line.text.replace(revision.old, revision.new)) for line in story.lines)
    return replace(story, lines=lines, correction=revision.correction)


def modified_at(story: Story, night: int) -> datetime:
    """When the transcript's page last changed."""
    revision = REVISED.get(story.story_id)
    if revision is not None and night >= revision.night:
        return revision.revised_at
    if story.story_id in LATE and not is_late(story.story_id, night):
        return LATE_AT
    return story.published_at
