"""The derivation of stories: which pages are one, what tells them apart, and the names that they lend each other."""

import logging
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.identify.stories.comparing import Copy
from pipeline.identify.stories.linking import Arrival, Linked, link
from pipeline.identify.stories.prints import Print
from pipeline.identify.stories.siblings import NAME_RULE, Recovered
from pipeline.identify.stories.syndication import Story
from pipeline.lake.derive import Derivation, Touched
from pipeline.lake.rows import Row, build, plain
from pipeline.lake.stories.arriving import SPOKEN, Arrived, Unread, arrivals, arrivals_of, as_printed
from pipeline.lake.stories.shelf import COUNTS, LakeShelf
from pipeline.lake.tables.together import Tables
from pipeline.lake.tables.volumes import marks_of
from schemas import COPIES, FINGERPRINTS, STORIES, TRANSCRIPTS, TURNS

logger = logging.getLogger(__name__)

CHUNK_PAGES = 5_000
"""Pages that a rebuild links at a time: bounds its memory."""
JOB_PAGES = 500
"""Those of them whose words are taken at a time: half a second of work."""
_FACTS = (
    "transcript_id", "canonical_url", "npr_id", "source_id", "station", "program", "title", "air_date", "published_at",
    "word_count", "first_seen_at",
)  # fmt: skip
_BY_DAY = [("air_date", "ascending"), ("transcript_id", "ascending")]
_NAMED = ("speaker_name", "speaker_role", "speaker_affiliation", "name_rule", "confidence")


def derive(tables: Tables, touched: Touched) -> frozenset[str]:
    """Link the touched pages with all others; the other pages whose turns were given other names by it."""
    if touched.pages is None:
        _derive_all(tables, touched)
        return frozenset()
    shelf = LakeShelf(tables, tables[TRANSCRIPTS].places)
    rows = tables[TRANSCRIPTS].of_units(touched.pages, columns=_FACTS).to_pylist()
    pages = _known_to(shelf, rows)
    recovered = {copy.transcript_id: copy.recovered for copy in shelf.copies(pages)}
    return _link(tables, shelf, pages, list(arrivals(rows, shelf.rows(TURNS, pages, SPOKEN), recovered)))


LINKED_STORIES = Derivation("stories", derive, (STORIES, COPIES, FINGERPRINTS))


def _derive_all(tables: Tables, touched: Touched) -> None:
    """Link all pages, some thousands at a time. Their words are taken ahead, perhaps by several processes.

    What is in hand of a chunk is let go of before the next one's is taken: so each has a function of its own.
    """
    chunks: deque[tuple[list[Row], int]] = deque()

    def unread() -> Iterator[Unread]:
        for month in tables[TRANSCRIPTS].parts():
            # By day: copies of one story are near each other, and most are then compared where their words are taken.
            pages = tables[TRANSCRIPTS].select(None, _FACTS, {month}).sort_by(_BY_DAY).to_pylist()
            for start in range(0, len(pages), CHUNK_PAGES):
                chunk = pages[start : start + CHUNK_PAGES]
                jobs = [chunk[first : first + JOB_PAGES] for first in range(0, len(chunk), JOB_PAGES)]
                chunks.append((chunk, len(jobs)))
                yield from _with_turns(tables, month, chunk, jobs)

    taken = touched.spread(arrivals_of, unread())
    for first in taken:
        chunk, jobs = chunks.popleft()
        _link_chunk(tables, touched, chunk, [first, *islice(taken, jobs - 1)])
        tables.flush()


def _with_turns(tables: Tables, month: str, chunk: Iterable[Row], jobs: Iterable[list[Row]]) -> Iterator[Unread]:
    turns = tables[TURNS].select(_is_of(chunk), SPOKEN, {month})
    yield from (Unread(job, turns.filter(_is_of(job))) for job in jobs)


def _link_chunk(tables: Tables, touched: Touched, chunk: Iterable[Row], arrived: Sequence[Arrived]) -> None:
    shelf = LakeShelf(tables)
    pages = _known_to(shelf, chunk)
    ids = _story_ids(touched.before, pages) if touched.before else {}
    arrivals = [_with_id(arrival, ids) for part in arrived for arrival in part.arrivals]
    _link(tables, shelf, pages, arrivals, [part.linked for part in arrived])


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


def _link(
    tables: Tables, shelf: LakeShelf, pages: frozenset[str], arrivals: Sequence[Arrival], ahead: Sequence[Linked] = ()
) -> frozenset[str]:
    linked = link(arrivals, shelf, ahead)
    _put_prints(tables, linked)
    _put_stories(tables, linked)
    _put_copies(tables, linked)
    _put_transcripts(tables, shelf, linked, pages)
    changed = _put_turns(tables, shelf, linked, pages)
    _tell(linked)
    return frozenset(changed - pages)


def _with_id(arrival: Arrival, known: Mapping[str, str | None]) -> Arrival:
    """The page with the id of the story it was in."""
    return Arrival(replace(arrival.print, story_id=known.get(arrival.print.transcript_id)), arrival.wording)


def _put_prints(tables: Tables, linked: Linked) -> None:
    changed = [page for page in linked.prints if linked.before.get(page.transcript_id) != page]
    tables[FINGERPRINTS].replace(
        [page.transcript_id for page in changed],
        build(FINGERPRINTS, list(map(plain, changed))),
        _months_before(linked, changed),
    )


def _put_stories(tables: Tables, linked: Linked) -> None:
    old: dict[str, list[Print]] = {}
    for page in linked.prints:
        if (was := linked.before.get(page.transcript_id)) is not None and was.story_id is not None:
            old.setdefault(was.story_id, []).append(was)
    units = {story.story_id for story in linked.stories} | old.keys()
    months = {STORIES.part(_first(pages)) for pages in old.values()}
    tables[STORIES].replace(units, build(STORIES, [_story_row(story) for story in linked.stories]), months)


def _story_row(story: Story) -> Row:
    primary, pages = story.primary, story.pages
    days = [page.air_date for page in pages if page.air_date is not None]
    programs = [page.program for page in pages if page.program is not None]
    commonest = min(programs, key=lambda program: (-programs.count(program), program), default=None)
    return {
        "story_id": story.story_id,
        "primary_transcript_id": primary.transcript_id,
        "origin_source_id": primary.source_id,
        "npr_id": story.npr_id,
        "title": primary.title,
        "program": primary.program or commonest,
        "first_air_date": min(days, default=None),
        "last_air_date": max(days, default=None),
        "copy_count": len(pages) - 1,
        "stations": sorted({page.station for page in pages if page.station is not None}),
        "join_rules": sorted({story.rule(page) for page in pages[1:]}),
        "rebroadcast_of": story.rebroadcast_of,
    }


def _put_copies(tables: Tables, linked: Linked) -> None:
    prints = {page.transcript_id: page for page in linked.prints}
    rows = [_copy_row(copy, prints[copy.transcript_id], prints[copy.primary_id]) for copy in linked.copies]
    tables[COPIES].replace(prints, build(COPIES, rows), _months_before(linked, linked.prints))


def _copy_row(copy: Copy, page: Print, primary: Print) -> Row:
    comparison = copy.comparison
    lag_days = (page.air_date - primary.air_date).days if page.air_date and primary.air_date else None
    lag = page.published_at - primary.published_at if page.published_at and primary.published_at else None
    return {
        "transcript_id": page.transcript_id,
        "air_date": page.air_date,
        "source_id": page.source_id,
        "story_id": page.story_id,
        "primary_transcript_id": primary.transcript_id,
        "rule": copy.rule,
        "lag_days": lag_days,
        "lag_seconds": None if lag is None else lag.total_seconds(),
        **{name: getattr(comparison, name) for name in COUNTS},
        "diff": [plain(difference) for difference in comparison.differences],
        "sibling_ids": list(copy.sibling_ids),
        "recovered": [plain(found) for found in copy.recovered],
    }


def _put_transcripts(tables: Tables, shelf: LakeShelf, linked: Linked, touched: Iterable[str]) -> None:
    prints = {page.transcript_id: page for page in linked.prints}
    staged = set(touched)
    changed = [
        page
        for page, found in prints.items()
        if page in staged or _place(linked.before.get(page)) != (found.story_id, found.is_primary)
    ]
    rows = shelf.rows(TRANSCRIPTS, changed)
    pages = [prints[page] for page in rows["transcript_id"].to_pylist()]
    rows = _set(rows, "story_id", [page.story_id for page in pages])
    rows = _set(rows, "is_primary", [page.is_primary for page in pages])
    tables[TRANSCRIPTS].replace(changed, rows)


def _put_turns(tables: Tables, shelf: LakeShelf, linked: Linked, touched: Iterable[str]) -> set[str]:
    """Give turns the names that siblings have; the pages in which that changed anything."""
    new = {copy.transcript_id: copy.recovered for copy in linked.copies if copy.recovered}
    old = {copy.transcript_id: copy.recovered for copy in linked.copies_before.values() if copy.recovered}
    staged = set(touched)
    changed = {page for page in new.keys() | old.keys() if page in staged or new.get(page) != old.get(page)}
    rows = shelf.rows(TURNS, changed)
    turns = [
        _restored(as_printed(turn, old.get(turn["transcript_id"], ())), new.get(turn["transcript_id"], ()))
        for turn in rows.select(["transcript_id", "turn_index", *_NAMED]).to_pylist()
    ]
    for name in _NAMED:
        rows = _set(rows, name, [turn[name] for turn in turns])
    tables[TURNS].replace(changed, rows)
    return changed


def _restored(turn: Row, recovered: Sequence[Recovered]) -> Row:
    for found in recovered:
        if found.turn_index == turn["turn_index"]:
            return turn | {
                "speaker_name": found.speaker_name,
                "speaker_role": found.speaker_role or turn["speaker_role"],
                "speaker_affiliation": found.speaker_affiliation or turn["speaker_affiliation"],
                "name_rule": NAME_RULE,
                "confidence": found.confidence,
            }
    return turn


def _set(rows: pa.Table, name: str, values: list[Any]) -> pa.Table:
    place = rows.schema.get_field_index(name)
    return rows.set_column(place, rows.schema.field(name), pa.array(values, rows.schema.field(name).type))


def _place(page: Print | None) -> tuple[str | None, bool | None] | None:
    return (page.story_id, page.is_primary) if page else None


def _months_before(linked: Linked, pages: Iterable[Print]) -> set[str]:
    was = (linked.before.get(page.transcript_id) for page in pages)
    return {FINGERPRINTS.part(page.air_date) for page in was if page is not None}


def _first(pages: Iterable[Print]) -> Any:
    return min((page.air_date for page in pages if page.air_date is not None), default=None)


def _tell(linked: Linked) -> None:
    kept = sum(story.story_id != story.own_id for story in linked.stories)
    merged = list(chain.from_iterable(story.merged for story in linked.stories))
    if kept or merged:
        logger.info("stories_named ids_kept=%d ids_given_up=%s", kept, ",".join(merged))
