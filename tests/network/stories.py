"""The stories of npr.org; the stations' own are with their pages."""

from tests.network.scripts import friday, monday, thursday, tuesday, wednesday, weekend
from tests.network.story import Story

STORIES: tuple[Story, ...] = (
    *monday.STORIES,
    *tuesday.STORIES,
    *wednesday.STORIES,
    *thursday.STORIES,
    *friday.STORIES,
    *weekend.STORIES,
)
