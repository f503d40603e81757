"""What stories are called: readable ids that stay.

A story is called after the id that NPR gave it, else after the page that was its primary when it was founded. It keeps
that id when a better primary comes. So ids, and they alone, have a memory; what is kept for it is told (`own_id`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from pipeline.identify.stories.prints import Print

InUse = Callable[[Collection[str]], Collection[str]]
"""Which of these ids belong to stories other than those at hand."""


@dataclass(frozen=True, slots=True)
class Name:
    """The id of a story."""

    story_id: str
    own_id: str
    """What it would be called if it were met today, whole."""
    merged: tuple[str, ...]
    """Older ids of its pages that were given up for it."""


def names(groups: Sequence[Sequence[Print]], in_use: InUse) -> list[Name]:
    """The ids of stories, given by their pages, each story's primary first.

    An id that was in use stays with the pages that it is called after, else with those that were seen first. Who has
    several keeps the oldest and gives up the others.
    """
    owned = _owned(groups)
    own = [_own_id(pages) for pages in groups]
    before = {page.story_id for pages in groups for page in pages}
    founded = {own_id for own_id, ids in zip(own, owned, strict=True) if not ids} - before
    taken = {ids[0] for ids in owned if ids} | set(in_use(sorted(founded)))
    found = []
    for own_id, ids in zip(own, owned, strict=True):
        story_id = ids[0] if ids else _free(own_id, taken)
        taken.add(story_id)
        found.append(Name(story_id, own_id, tuple(ids[1:])))
    return found


def _owned(groups: Sequence[Sequence[Print]]) -> list[list[str]]:
    """The ids from before that each group may go on with, the oldest first."""
    holders: dict[str, list[tuple[int, Print]]] = defaultdict(list)
    for number, pages in enumerate(groups):
        for page in pages:
            if page.story_id is not None:
                holders[page.story_id].append((number, page))
    owned: list[list[tuple[datetime, str]]] = [[] for _ in groups]
    for story_id, held in holders.items():
        owner = min((not _is_called(story_id, page), page.age, number) for number, page in held)[2]
        owned[owner].append((min(page.first_seen_at for _, page in held), story_id))
    return [[story_id for _, story_id in sorted(ids)] for ids in owned]


def _own_id(pages: Sequence[Print]) -> str:
    known = [page.npr_id for page in pages if page.npr_id]
    return pages[0].npr_id or min(known, default=pages[0].transcript_id)


def _free(wanted: str, taken: Collection[str]) -> str:
    """This id, or, where a page came back after others had kept the story called after it, one with a number."""
    if wanted not in taken:
        return wanted
    return next(name for number in count(2) if (name := f"{wanted}-{number}") not in taken)


def _is_called(story_id: str, page: Print) -> bool:
    return story_id in (page.npr_id, page.transcript_id)
