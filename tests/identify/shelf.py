"""A shelf of pages in memory: the lake's, without files."""

import pickle
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import compress, decompress

from pipeline.identify.stories.comparing import Copy
from pipeline.identify.stories.linking import Arrival, Linked, link
from pipeline.identify.stories.prints import Print, is_worth_comparing
from pipeline.identify.stories.syndication import Story
from pipeline.identify.stories.wording import Wording


@dataclass
class MemoryShelf:
    known: dict[str, Print] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    kept_copies: dict[str, Copy] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    """Packed: two hundred thousand pages must find room."""
    _by_band: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_npr_id: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_address: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_family: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_story: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, batch: Sequence[Arrival], ahead: Sequence[Linked] = ()) -> Linked:
        """Link a batch and keep what comes of it."""
        linked = link(batch, self, ahead)
        for arrival in batch:
            page = arrival.wording
            self.texts[page.transcript_id] = compress(pickle.dumps(page.said, pickle.HIGHEST_PROTOCOL), 1)
        for found in linked.prints:
            self.forget(found.transcript_id)
            self._keep(found)
        for old in linked.before.values():
            if old.story_id and not self._by_story[old.story_id]:
                self.stories.pop(old.story_id, None)
        self.stories |= {story.story_id: story for story in linked.stories}
        for found in linked.prints:
            self.kept_copies.pop(found.transcript_id, None)
        self.kept_copies |= {copy.transcript_id: copy for copy in linked.copies}
        return linked

    def prints(self, pages: Collection[str]) -> Sequence[Print]:
        return [self.known[page] for page in pages if page in self.known]

    def sharing(self, pages: Sequence[Print]) -> set[str]:
        found = {known for page in pages if page.npr_id for known in self._by_npr_id.get(page.npr_id, ())}
        found |= {known for page in pages if page.address for known in self._by_address.get(page.address, ())}
        for page in pages:
            meeting = {known for band in page.bands for known in self._by_band.get(band, ())}
            found |= {known for known in meeting - found if is_worth_comparing(page, self.known[known])}
        return {self.known[page].family_id or page for page in found}

    def members(self, family_ids: Collection[str]) -> Sequence[Print]:
        return [self.known[page] for family_id in family_ids for page in sorted(self._by_family.get(family_id, ()))]

    def in_use(self, story_ids: Collection[str]) -> Collection[str]:
        return {story_id for story_id in story_ids if self._by_story.get(story_id)}

    def wordings(self, pages: Collection[str]) -> Mapping[str, Wording]:
        return {page: Wording(page, pickle.loads(decompress(self.texts[page]))) for page in pages}

    def copies(self, pages: Collection[str]) -> Sequence[Copy]:
        return [self.kept_copies[page] for page in pages if page in self.kept_copies]

    def _keep(self, page: Print) -> None:
        self.known[page.transcript_id] = page
        for place, values in self._places(page):
            for value in values:
                place[value].add(page.transcript_id)

    def forget(self, transcript_id: str) -> None:
        page = self.known.pop(transcript_id, None)
        if page is not None:
            for place, values in self._places(page):
                for value in values:
                    place[value].discard(transcript_id)

    def _places(self, page: Print) -> tuple[tuple[dict[Any, set[str]], Sequence[Any]], ...]:
        return (
            (self._by_band, page.bands),
            (self._by_npr_id, [page.npr_id] if page.npr_id else []),
            (self._by_address, [page.address] if page.address else []),
            (self._by_family, [page.family_id] if page.family_id else []),
            (self._by_story, [page.story_id] if page.story_id else []),
        )
