"""All stories of the simulated network: `STORIES` on npr.org, `LOCAL_STORIES` on the stations' own pages."""

from tests.network.scripts import friday, monday
from tests.network.story import Story

STORIES: tuple[Story, ...] = (*monday.STORIES, *friday.STORIES)
LOCAL_STORIES: tuple[Story, ...] = ()
