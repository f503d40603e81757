"""The derivation of stories: which pages are one, what tells them apart, and the names that they lend each other."""

import logging
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from math import ceil

import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.identify.stories.linking import Arrival, Linked, link
from pipeline.lake.derive import Derivation, Touched
from pipeline.lake.rows import Row
from pipeline.lake.stories.arriving import SPOKEN, Arrived, Unread, arrivals, arrivals_of
from pipeline.lake.stories.placing import Placing
from pipeline.lake.stories.putting import put_copies, put_prints, put_stories, put_transcripts, put_turns
from pipeline.lake.stories.shelf import LakeShelf
from pipeline.lake.tables.together import Tables
from pipeline.lake.tables.volumes import marks_of
from schemas import COPIES, FINGERPRINTS, STORIES, TRANSCRIPTS, TURNS

logger = logging.getLogger(__name__)

CHUNK_PAGES = 5_000
"""Pages that a rebuild links at a time: bounds its memory."""
JOB_PAGES = 1_000
"""Those of them whose words are taken at a time, and which are compared there: half a second of work."""
_FACTS = (
    "transcript_id", "canonical_url", "npr_id", "source_id", "station", "program", "title", "air_date", "published_at",
    "word_count", "first_seen_at",
)  # fmt: skip
_BY_DAY = [("air_date", "ascending"), ("transcript_id", "ascending")]


def derive(tables: Tables, touched: Touched) -> frozenset[str]:
    """Link the touched pages with all others; the other pages whose turns were given other names by it."""
    if touched.pages is None:
        _derive_all(tables, touched)
        return frozenset()
    shelf = LakeShelf(tables, tables[TRANSCRIPTS].places)
    rows = tables[TRANSCRIPTS].of_units(touched.pages, columns=_FACTS).to_pylist()
    pages = _known_to(shelf, rows)
    recovered = {copy.transcript_id: copy.recovered for copy in shelf.copies(pages)}
    linked = _link(tables, shelf, list(arrivals(rows, shelf.rows(TURNS, pages, SPOKEN), recovered)))
    put_transcripts(tables, shelf, linked, pages)
    return frozenset(put_turns(tables, shelf, linked, pages) - pages)


LINKED_STORIES = Derivation("stories", derive, (STORIES, COPIES, FINGERPRINTS))


def _derive_all(tables: Tables, touched: Touched) -> None:
    """Link all pages, some thousands at a time. Their words are taken ahead, perhaps by several processes.

    What is in hand of a chunk is let go of before the next one's is taken: so each has a function of its own. What is
    put is written month by month, for hardly a page of another one is put again: a chunk at a time, months would be
    written anew with each of theirs.
    """
    chunks: deque[tuple[list[Row], int, bool]] = deque()

    def unread() -> Iterator[Unread]:
        for month in tables[TRANSCRIPTS].parts():
            # By day: copies of one story are near each other, and most are then compared where their words are taken.
            pages = tables[TRANSCRIPTS].select(None, _FACTS, {month}).sort_by(_BY_DAY).to_pylist()
            for chunk in _evenly(pages, CHUNK_PAGES):
                jobs = _evenly(chunk, JOB_PAGES)
                chunks.append((chunk, len(jobs), chunk[-1] is pages[-1]))
                yield from _with_turns(tables, month, chunk, jobs)

    taken = touched.spread(arrivals_of, unread())
    for first in taken:
        chunk, jobs, is_last = chunks.popleft()
        _link_chunk(tables, touched, chunk, [first, *islice(taken, jobs - 1)])
        if is_last:
            tables.flush()
    if touched.is_rebuild:
        tables.complete(TRANSCRIPTS, lambda month: Placing(tables[FINGERPRINTS].disk.dataset({month})))


def _evenly(pages: list[Row], most: int) -> list[list[Row]]:
    """These pages in as few parts as may be, all of about one size: what is put together begins with the first."""
    size = ceil(len(pages) / ceil(len(pages) / most))
    return [pages[start : start + size] for start in range(0, len(pages), size)]


def _with_turns(tables: Tables, month: str, chunk: Iterable[Row], jobs: Iterable[list[Row]]) -> Iterator[Unread]:
    turns = tables[TURNS].select(_is_of(chunk), SPOKEN, {month})
    yield from (Unread(job, turns.filter(_is_of(job))) for job in jobs)


def _link_chunk(tables: Tables, touched: Touched, chunk: Iterable[Row], arrived: Sequence[Arrived]) -> None:
    shelf = LakeShelf(tables)
    pages = _known_to(shelf, chunk)
    ids = _story_ids(touched.before, pages) if touched.before else {}
    arrivals = [_with_id(arrival, ids) for part in arrived for arrival in part.arrivals]
    linked = _link(tables, shelf, arrivals, [part.linked for part in arrived])
    if not touched.is_rebuild:
        put_transcripts(tables, shelf, linked, pages)
    put_turns(tables, shelf, linked, pages)


def _story_ids(tables: Tables, pages: Collection[str]) -> dict[str, str | None]:
    """The stories that these pages are in. `of_units` would keep where each page is, and a rebuild asks of all."""
    is_one = ds.field("transcript_id").isin(pa.array(sorted(pages), pa.string()))
    may_be = tables[FINGERPRINTS].parts_with(marks_of(pages))
    rows = tables[FINGERPRINTS].select(is_one, ("transcript_id", "story_id"), may_be)
    return dict(zip(rows["transcript_id"].to_pylist(), rows["story_id"].to_pylist(), strict=True))


def _is_of(pages: Iterable[Row]) -> ds.Expression:
    return ds.field("transcript_id").isin(pa.array([page["transcript_id"] for page in pages], pa.string()))


def _known_to(shelf: LakeShelf, rows: Iterable[Row]) -> frozenset[str]:
    """These pages, after the shelf was told where they are."""
    for row in rows:
        shelf.know(row["transcript_id"], row["air_date"])
    return frozenset(row["transcript_id"] for row in rows)


def _link(tables: Tables, shelf: LakeShelf, arrivals: Sequence[Arrival], ahead: Sequence[Linked] = ()) -> Linked:
    """Link these pages, and put what was found but for its place in `transcripts`."""
    linked = link(arrivals, shelf, ahead)
    put_prints(tables, linked)
    put_stories(tables, linked)
    put_copies(tables, linked)
    _tell(linked)
    return linked


def _with_id(arrival: Arrival, known: Mapping[str, str | None]) -> Arrival:
    """The page with the id of the story it was in."""
    return Arrival(replace(arrival.print, story_id=known.get(arrival.print.transcript_id)), arrival.wording)


def _tell(linked: Linked) -> None:
    kept = sum(story.story_id != story.own_id for story in linked.stories)
    merged = list(chain.from_iterable(story.merged for story in linked.stories))
    if kept or merged:
        logger.info("stories_named ids_kept=%d ids_given_up=%s", kept, ",".join(merged))
