"""The pages that the lake knows, as linking stories asks for them: by fingerprint, by family, by what they say."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import reduce
from operator import or_

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.identify.stories.comparing import Copy
from pipeline.identify.stories.copies import Comparison, Difference
from pipeline.identify.stories.prints import COPY_WINDOW_DAYS, Print
from pipeline.identify.stories.siblings import Recovered
from pipeline.identify.stories.wording import Wording, wording
from pipeline.lake.rows import Row
from pipeline.lake.stories.arriving import SPOKEN, as_printed, by_page
from pipeline.lake.stories.meeting import meeting
from pipeline.lake.tables.together import Tables
from pipeline.lake.tables.volumes import marks_of
from schemas import COPIES, FINGERPRINTS, TURNS, Table
from schemas.table import UNDATED

COUNTS = ("similarity", "cut_words", "added_words", "changed_words", "label_lost_words")
"""What `copies` and `Comparison` call alike."""
_MONTHS_AT_ONCE = 24
_MET_AT_ONCE = 10_000
"""Pages that new ones are laid beside at a time: the pairs that share a fingerprint are as many as both multiplied."""
_HALF_A_MONTH = 15
_MOST_ASKED = 2_000
"""Pages: of more, reading all fingerprints takes no longer than looking theirs up in the volumes of 25 years."""
_FIELDS = tuple(field.name for field in fields(Print))


class LakeShelf:
    """Reads the tables by months: what it holds at a time is some years' fingerprints and what was asked for.

    Raises (all methods): DeltaError, pa.ArrowException or OSError, for the caller to tell.
    """

    def __init__(self, tables: Tables, places: Callable[[Collection[str]], Collection[str]] | None = None) -> None:
        """`places` says in which months pages are that are known; without it, these are looked for."""
        self._tables = tables
        self._places = places
        self._days: dict[str, set[date | None]] = {}
        """The days under which the rows of each page may be: two, where its day has moved."""

    def know(self, page: str, day: date | None) -> None:
        """Where the rows of a page are that is not in the index yet, or with another day."""
        self._days.setdefault(page, set()).add(day)

    def prints(self, pages: Collection[str]) -> Sequence[Print]:
        return self._prints("transcript_id", pages, self._places(pages) if self._places else None)

    def sharing(self, pages: Sequence[Print]) -> set[str]:
        ids = {page.npr_id for page in pages if page.npr_id is not None}
        addresses = pa.array([page.address for page in pages if page.address is not None], pa.int32())
        months = None if len(pages) > _MOST_ASKED else self._near(pages) | self._afar(pages, ids, addresses)
        families: set[str] = set()
        ids = _strings(ids)
        for known in self._by_years(("bands", "npr_id", "address", "family_id", "air_date", "published_at"), months):
            is_named = pc.or_(pc.is_in(known["npr_id"], ids), pc.is_in(known["address"], addresses))
            families.update(known["family_id"].filter(is_named).to_pylist())
            for start in range(0, known.num_rows, _MET_AT_ONCE):
                some = known.slice(start, _MET_AT_ONCE)
                families.update(some["family_id"].take(meeting(pages, some)).to_pylist())
        return families

    def members(self, family_ids: Collection[str]) -> Sequence[Print]:
        return self._prints("family_id", family_ids)

    def in_use(self, story_ids: Collection[str]) -> Collection[str]:
        return {page.story_id for page in self._prints("story_id", story_ids) if page.story_id is not None}

    def wordings(self, pages: Collection[str]) -> Mapping[str, Wording]:
        recovered = {page: copy.recovered for page, copy in self._copies(pages).items()}
        found = {}
        for page, turns in by_page(self.rows(TURNS, pages, SPOKEN)):
            found[page] = wording(page, [as_printed(turn, recovered.get(page, ())) for turn in turns])
        return {page: found.get(page) or Wording(page, ()) for page in pages}

    def copies(self, pages: Collection[str]) -> Sequence[Copy]:
        return list(self._copies(pages).values())

    def rows(self, table: Table, pages: Collection[str], columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of these pages, whose days are known."""
        days: dict[str, set[date | None]] = {}
        for day in (day for page in pages for day in self._days[page]):
            days.setdefault(table.part(day), set()).add(day)
        place = reduce(or_, (_span(month, of_month) for month, of_month in days.items()), ds.scalar(value=False))
        return self._tables[table].select(place & ds.field("transcript_id").isin(_strings(pages)), columns, days.keys())

    def _copies(self, pages: Collection[str]) -> dict[str, Copy]:
        known = [page for page in pages if page in self._days]
        return {row["transcript_id"]: _copy(row) for row in self.rows(COPIES, known).to_pylist()}

    def _prints(self, column: str, values: Collection[str], months: Collection[str] | None = None) -> list[Print]:
        """The pages with one of these values; only the months in which there may be any are read whole."""
        if not values:
            return []
        is_one = ds.field(column).isin(_strings(values))
        if months is None:
            may_be = self._tables[FINGERPRINTS].parts_with(marks_of(values))
            months = set(self._tables[FINGERPRINTS].select(is_one, ("air_month",), may_be)["air_month"].to_pylist())
        rows = self._tables[FINGERPRINTS].select(is_one, _FIELDS, months)
        found = []
        for row in rows.to_pylist():
            self.know(row["transcript_id"], row["air_date"])
            found.append(Print(**{**row, "bands": tuple(row["bands"])}))
        return found

    def _near(self, pages: Sequence[Print]) -> set[str]:
        """The months of pages that may be so near to one of these that two fingerprints in common are enough."""
        days = {page.day.toordinal() for page in pages if page.day is not None}
        near = {day + apart for day in days for apart in range(-COPY_WINDOW_DAYS, COPY_WINDOW_DAYS + 1, _HALF_A_MONTH)}
        last = date.max.toordinal()
        return {FINGERPRINTS.part(date.fromordinal(min(max(day, 1), last))) for day in near} | {UNDATED}

    def _afar(self, pages: Sequence[Print], npr_ids: Collection[str], addresses: pa.Array) -> set[str]:
        """The months of pages that may be like one of these wherever they are."""
        named = pa.concat_arrays([marks_of(npr_ids), addresses])
        return self._tables[FINGERPRINTS].parts_with(named) | self._tables[FINGERPRINTS].parts_repeating(pages)

    def _by_years(self, columns: Sequence[str], only: Collection[str] | None) -> Iterator[pa.Table]:
        """All pages (`only`: of these months), some years at a time: every look into the table takes a while."""
        months = [month for month in self._tables[FINGERPRINTS].parts() if only is None or month in only]
        for start in range(0, len(months), _MONTHS_AT_ONCE):
            yield self._tables[FINGERPRINTS].select(None, columns, months[start : start + _MONTHS_AT_ONCE])


def _span(month: str, days: Collection[date | None]) -> ds.Expression:
    """Rows of a month from the first to the last of these days: rows are sorted by day, so few are looked at."""
    known = [day for day in days if day is not None]
    is_month = ds.field("air_month") == month
    if len(known) < len(days):
        return is_month
    return is_month & (ds.field("air_date") >= min(known)) & (ds.field("air_date") <= max(known))


def _copy(row: Row) -> Copy:
    differences = tuple(Difference(**difference) for difference in row["diff"])
    return Copy(
        row["transcript_id"],
        row["primary_transcript_id"],
        row["rule"],
        Comparison(**{name: row[name] for name in COUNTS}, differences=differences),
        tuple(row["sibling_ids"]),
        tuple(Recovered(**found) for found in row["recovered"]),
    )


def _strings(values: Collection[str]) -> pa.Array:
    return pa.array(sorted(values), pa.string())
