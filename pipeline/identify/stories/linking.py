"""A batch of pages, linked with all that is known: families, stories, copies, and names recovered from siblings.

What comes out depends on the pages alone, but for the ids of stories (`story_ids`): so a batch may be linked again,
split, or come in another order. Only what may have changed is worked out anew.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pipeline.identify.stories.comparing import Copy, Known, compare_all
from pipeline.identify.stories.families import families
from pipeline.identify.stories.prints import Print
from pipeline.identify.stories.syndication import Story, stories
from pipeline.identify.stories.wording import Wording


class Shelf(Protocol):
    """Where the pages that are known stand."""

    def prints(self, pages: Collection[str]) -> Sequence[Print]:
        """Those of these pages that are known."""

    def sharing(self, pages: Sequence[Print]) -> set[str]:
        """The families of which a page has NPR's id or the address of one of these, or is worth comparing with one."""

    def members(self, family_ids: Collection[str]) -> Sequence[Print]:
        """All pages of these families."""

    def in_use(self, story_ids: Collection[str]) -> Collection[str]:
        """Which of these stories have pages."""

    def wordings(self, pages: Collection[str]) -> Mapping[str, Wording]:
        """What these pages say."""

    def copies(self, pages: Collection[str]) -> Sequence[Copy]:
        """What is known of these pages as copies."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A page of the batch: `print` says nothing yet of family and story, but for an id from before."""

    print: Print
    wording: Wording


@dataclass(frozen=True, slots=True)
class Linked:
    """What is new."""

    prints: tuple[Print, ...]
    """Of every page in a family that the batch touched, with family, story and whether it is the primary."""
    before: Mapping[str, Print]
    """What was known of pages that the batch could have touched."""
    stories: tuple[Story, ...]
    copies: tuple[Copy, ...]
    """Of every page of these stories that have more than one page."""
    copies_before: Mapping[str, Copy]


def link(batch: Sequence[Arrival], shelf: Shelf, ahead: Sequence[Linked] = ()) -> Linked:
    """Link these pages; each may be among them once.

    `ahead` is what `link_alone` gave of parts of the batch: what it has compared is not compared again. What comes out
    is the same without it.
    """
    at_hand = {arrival.wording.transcript_id: arrival.wording for arrival in batch}
    before, universe = _universe(batch, shelf)
    fresh = {page.transcript_id for page in universe if page.family_id is None}
    found = families(universe, at_hand, shelf.wordings, [part.prints for part in ahead])
    by_id = {page.transcript_id: page for page in universe}
    touched = [
        [by_id[page] for page in family] for family in found if any(page in at_hand or page in fresh for page in family)
    ]
    told = stories(touched, shelf.in_use)
    prints = tuple(
        replace(page, family_id=family_id, story_id=story.story_id, is_primary=page is story.primary)
        for family_id, story, page in _placed(touched, told)
    )
    changed = {page for page in at_hand if page not in before or before[page].digest != by_id[page].digest}
    copies_before = {copy.transcript_id: copy for copy in shelf.copies([page.transcript_id for page in prints])}
    known = Known(copies_before, changed, {copy.transcript_id: copy for part in ahead for copy in part.copies})
    copies = compare_all([story for story in told if len(story.pages) > 1], known, at_hand, shelf.wordings)
    return Linked(prints, before, tuple(told), copies, copies_before)


def link_alone(batch: Sequence[Arrival]) -> Linked:
    """Link these pages with each other, as if there were no others; none may have an id from before."""
    return link(batch, _Nothing())


class _Nothing:
    """The shelf on which no page stands."""

    def prints(self, pages: Collection[str]) -> Sequence[Print]:  # noqa: ARG002
        return ()

    def sharing(self, pages: Sequence[Print]) -> set[str]:  # noqa: ARG002
        return set()

    def members(self, family_ids: Collection[str]) -> Sequence[Print]:  # noqa: ARG002
        return ()

    def in_use(self, story_ids: Collection[str]) -> Collection[str]:  # noqa: ARG002
        return ()

    def wordings(self, pages: Collection[str]) -> Mapping[str, Wording]:  # noqa: ARG002
        return {}

    def copies(self, pages: Collection[str]) -> Sequence[Copy]:  # noqa: ARG002
        return ()


def _universe(batch: Sequence[Arrival], shelf: Shelf) -> tuple[dict[str, Print], list[Print]]:
    """What was known before, and all pages that the batch could touch, it included.

    A page that says the same as before keeps its family; where one does not, its former family is taken apart.
    """
    known = {page.transcript_id: page for page in shelf.prints([arrival.print.transcript_id for arrival in batch])}
    arrived = {arrival.print.transcript_id: _arrived(arrival.print, known) for arrival in batch}
    new = [page for page in arrived.values() if page.family_id is None]
    broken = {known[page.transcript_id].family_id for page in new if page.transcript_id in known} - {None}
    family_ids = {page.family_id for page in (*known.values(), *arrived.values()) if page.family_id is not None}
    family_ids |= shelf.sharing(new)
    before = known | {page.transcript_id: page for page in shelf.members(sorted(family_ids))}
    universe = [arrived.get(page.transcript_id, page) for page in before.values()]
    universe += [page for page in arrived.values() if page.transcript_id not in before]
    return before, [replace(page, family_id=None) if page.family_id in broken else page for page in universe]


def _arrived(page: Print, known: Mapping[str, Print]) -> Print:
    old = known.get(page.transcript_id)
    if old is None:
        return page
    is_same = (old.digest, old.address) == (page.digest, page.address)
    return replace(page, story_id=old.story_id, family_id=old.family_id if is_same else None)


def _placed(families_touched: Sequence[Sequence[Print]], told: Sequence[Story]) -> Iterator[tuple[str, Story, Print]]:
    """Every page with its story and the page that its family is called after."""
    family_of = {page.transcript_id: family[0].transcript_id for family in families_touched for page in family}
    for story in told:
        for page in story.pages:
            yield family_of[page.transcript_id], story, page
