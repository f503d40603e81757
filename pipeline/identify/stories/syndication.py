"""Families of pages to stories: what was aired at one time is one story, what was aired again is another, linked to it.

There is no `is_part_of`: a series shares a background and a rubric's name with news that only resembles it, and no page
at hand names its series in another way; a wrong join is worse than none. What is printed stays in `segment_title`.

Every decision depends on the set of pages alone. Only ids have a memory: a story keeps the id it was founded with.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pipeline.identify.stories.prints import COPY_WINDOW_DAYS, Print, common, has_same_address
from pipeline.identify.stories.story_ids import InUse, names

_FEWEST_COMMON = 10
"""Fingerprints, of 32, that two broadcasts share where the second is the first again: two thirds of their runs."""

Rule = Literal["primary", "npr_id", "canonical_link", "text"]


@dataclass(frozen=True, slots=True)
class Story:
    """One broadcast of one report, on all its pages."""

    story_id: str
    primary: Print
    pages: tuple[Print, ...]
    """All of them, the primary first."""
    rebroadcast_of: str | None
    """The story that was aired before, in these words."""
    own_id: str
    """What it would be called if it were met today, whole; `story_id` is older where they differ."""
    merged: tuple[str, ...]
    """Ids that this story had before as well, and gave up."""

    @property
    def npr_id(self) -> str | None:
        """NPR's id of it, the primary's where its pages name several."""
        return self.primary.npr_id or min((page.npr_id for page in self.pages if page.npr_id), default=None)

    def rule(self, page: Print) -> Rule:
        """How a page was joined to the primary: by NPR's id, by the address both call their own, or by what it says."""
        if page is self.primary:
            return "primary"
        if page.npr_id is not None and page.npr_id == self.primary.npr_id:
            return "npr_id"
        return "canonical_link" if has_same_address(page, self.primary) else "text"


@dataclass(slots=True)
class _Broadcast:
    """Pages of one broadcast; `day` is the day of it that the others are measured against."""

    day: date | None
    pages: list[Print] = field(default_factory=list)


def stories(families: Iterable[Sequence[Print]], in_use: InUse) -> list[Story]:
    """The stories of these families.

    What an id meant before must be among them as a whole: then a split leaves it with one story, and a merger keeps the
    older one.
    """
    sorted_families = [[tuple(sorted(group, key=_precedence)) for group in _broadcasts(family)] for family in families]
    named = iter(names([pages for family in sorted_families for pages in family], in_use))
    found: list[Story] = []
    for family in sorted_families:
        originals: list[Story] = []
        for pages in family:
            name = next(named)
            first = next((story for story in originals if common(story.primary, pages[0]) >= _FEWEST_COMMON), None)
            original = first.story_id if first else None
            story = Story(name.story_id, pages[0], pages, original, name.own_id, name.merged)
            found.append(story)
            if first is None:
                originals.append(story)
    return found


def _broadcasts(family: Sequence[Print]) -> list[list[Print]]:
    """The broadcasts of one family, the first one first.

    Pages with an id of NPR's are its broadcast's. The others belong to a broadcast of these days: where there are
    several (a report that was aired again the next morning), to the one whose words are nearest. Where there is none
    they make one of their own. Pages without a day belong to the first.
    """
    found = _by_id([page for page in family if page.npr_id is not None])
    anonymous = sorted((page for page in family if page.npr_id is None), key=lambda page: page.transcript_id)
    for page in sorted((page for page in anonymous if page.day is not None), key=_day):
        near = [broadcast for broadcast in found if _distance(broadcast, page) <= COPY_WINDOW_DAYS]
        if not near:
            near = [_Broadcast(page.day)]
            found += near
        nearest = near[0] if len(near) == 1 else min(near, key=lambda broadcast: _fit(broadcast, page))
        nearest.pages.append(page)
    undated = [page for page in anonymous if page.day is None]
    if undated and not found:
        found.append(_Broadcast(None))
    found.sort(key=_order)
    if undated:
        found[0].pages += undated
    return [broadcast.pages for broadcast in found]


def _by_id(pages: Iterable[Print]) -> list[_Broadcast]:
    """The broadcasts that NPR's ids tell apart: two ids for one programme's day are one broadcast."""
    by_id: dict[str | None, list[Print]] = defaultdict(list)
    for page in pages:
        by_id[page.npr_id].append(page)
    found: list[_Broadcast] = []
    for _, group in sorted(by_id.items(), key=lambda item: str(item[0])):
        origin = min(group, key=_precedence)
        day = origin.day or min((page.day for page in group if page.day), default=None)
        same = next((other for other in found if _is_same_hour(other, day, group)), None)
        if same is None:
            found.append(same := _Broadcast(day))
        same.pages += group
    return found


def _is_same_hour(broadcast: _Broadcast, day: date | None, pages: Iterable[Print]) -> bool:
    programs = {page.program for page in broadcast.pages} - {None}
    others = {page.program for page in pages} - {None}
    return day is not None and broadcast.day == day and bool(not programs or not others or programs & others)


def _distance(broadcast: _Broadcast, page: Print) -> int:
    if broadcast.day is None or page.day is None:
        return COPY_WINDOW_DAYS + 1
    return abs((page.day - broadcast.day).days)


def _fit(broadcast: _Broadcast, page: Print) -> tuple[object, ...]:
    """What sorts broadcasts by how well a page fits: fingerprints in common tell a host's one new sentence."""
    origin = min(broadcast.pages, key=_precedence, default=page)
    return -common(origin, page), _distance(broadcast, page), _order(broadcast)


def _order(broadcast: _Broadcast) -> tuple[date, str]:
    return broadcast.day or date.max, min((page.transcript_id for page in broadcast.pages), default="")


def _day(page: Print) -> tuple[date, str]:
    return page.day or date.max, page.transcript_id


def _precedence(page: Print) -> tuple[object, ...]:
    return page.precedence
