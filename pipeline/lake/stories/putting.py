"""What linking found, put into the tables: fingerprints, stories, copies, and what pages' rows have of them."""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from pipeline.identify.stories.comparing import Copy
from pipeline.identify.stories.linking import Linked
from pipeline.identify.stories.prints import Print
from pipeline.identify.stories.siblings import NAME_RULE, Recovered
from pipeline.identify.stories.syndication import Story
from pipeline.lake.rows import Row, build, plain
from pipeline.lake.stories.arriving import as_printed
from pipeline.lake.stories.shelf import COUNTS, LakeShelf
from pipeline.lake.tables.together import Tables
from schemas import COPIES, FINGERPRINTS, STORIES, TRANSCRIPTS, TURNS

_NAMED = ("speaker_name", "speaker_role", "speaker_affiliation", "name_rule", "confidence")


def put_prints(tables: Tables, linked: Linked) -> None:
    """Put the fingerprints of pages that are new, or in another family or story than before."""
    changed = [page for page in linked.prints if linked.before.get(page.transcript_id) != page]
    tables[FINGERPRINTS].replace(
        [page.transcript_id for page in changed],
        build(FINGERPRINTS, list(map(plain, changed))),
        _months_before(linked, changed),
    )


def put_stories(tables: Tables, linked: Linked) -> None:
    """Put these stories in the place of all that their pages were in."""
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


def put_copies(tables: Tables, linked: Linked) -> None:
    """Put the pages of stories that stand on several, each beside its primary."""
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


def put_transcripts(tables: Tables, shelf: LakeShelf, linked: Linked, touched: Iterable[str]) -> None:
    """Put the story into the rows of the touched pages, and of others that are in another one now."""
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


def put_turns(tables: Tables, shelf: LakeShelf, linked: Linked, touched: Iterable[str]) -> set[str]:
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
