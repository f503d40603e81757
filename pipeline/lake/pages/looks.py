"""Looks at pages on their way to the lake, in Arrow: one row a look, and in it the rows that it gives, table by table.

Whoever reads pages makes them (`packing.py`), mostly workers. They are put together, cut and chosen from as a whole;
no row of theirs is touched one by one where it stays as it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.lake.pages.gist import Gist, PageGist
from pipeline.lake.rows import as_column, from_structs
from schemas import BYLINES, CAPTURES, REVISIONS, TRANSCRIPTS, TURNS, Table

PAGE_TABLES = (TURNS, BYLINES, REVISIONS, TRANSCRIPTS, CAPTURES)
"""The tables that looks give."""
COUNTED = ("speech_count", "named_count")
"""What of a gist is in no table; NULL where there is no transcript."""
_OF_CAPTURE = ("capture_id", "url", "captured_at", "outcome", "detail", "transcript_id", "content_hash")
_OF_PAGE = ("url", "canonical_url", "source_id", "title", "program", "air_date", "word_count")


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks, in an order that is kept."""

    rows: pa.Table
    """A column for each of `PAGE_TABLES`, a list of its rows as structs, and those `COUNTED`."""

    def __reduce__(self) -> tuple[Callable[[pa.Buffer], "Looks"], tuple[pa.Buffer]]:
        """To another process they go as a stream of Arrow's, which takes a tenth of what pickling each column takes."""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, self.rows.schema) as stream:
            stream.write_table(self.rows)
        return _arrived, (sink.getvalue(),)

    def __len__(self) -> int:
        return int(self.rows.num_rows)

    def of(self, table: Table) -> pa.Table:
        """The rows of a table that they give, look by look."""
        lists = self.rows[table.name]
        structs = pa.chunked_array([chunk.flatten() for chunk in lists.chunks], lists.type.value_type)
        return from_structs(table, structs)

    def counts(self, table: Table) -> list[int]:
        """How many rows of a table each of them gives."""
        counts: list[int] = pc.list_value_length(self.rows[table.name]).to_pylist()
        return counts

    def gists(self) -> list[Gist]:
        """What must be known of each of them without its rows."""
        transcripts, captures = self.of(TRANSCRIPTS), self.of(CAPTURES)
        counted = [[count for count in self.rows[name].to_pylist() if count is not None] for name in COUNTED]
        told = map(PageGist, *(transcripts[name].to_pylist() for name in _OF_PAGE), *counted)
        pages = [next(told) if is_page else None for is_page in self.counts(TRANSCRIPTS)]
        return list(map(Gist, *(captures[name].to_pylist() for name in _OF_CAPTURE), pages))

    def take(self, places: Sequence[int]) -> "Looks":
        """Those at these places, in this order."""
        return self if list(places) == list(range(len(self))) else Looks(self.rows.take(pa.array(places, pa.int64())))

    def cut(self, start: int, stop: int) -> "Looks":
        """Those from one place to before another."""
        return Looks(self.rows.slice(start, stop - start))

    def amended(self, changes: Mapping[int, Mapping[str, Any]]) -> "Looks":
        """The same, but in the rows of `captures` at these places these columns say something else.

        Raises:
            LakeError: they must not.
        """
        if not changes:
            return self
        captures = self.of(CAPTURES).drop_columns(list(CAPTURES.derived))
        for name in sorted({name for changed in changes.values() for name in changed}):
            values = captures[name].to_pylist()
            for place, changed in changes.items():
                values[place] = changed.get(name, values[place])
            at = captures.column_names.index(name)
            captures = captures.set_column(at, captures.field(at), as_column(CAPTURES, name, values))
        lists = as_lists(captures.to_struct_array().combine_chunks(), [1] * len(self))
        at = self.rows.column_names.index(CAPTURES.name)
        return Looks(self.rows.set_column(at, self.rows.field(at), lists))


def _arrived(stream: pa.Buffer) -> Looks:
    return Looks(pa.ipc.open_stream(stream).read_all())


def as_lists(structs: pa.StructArray, counts: Iterable[int]) -> pa.ListArray:
    """Rows as lists: so many for each look."""
    offsets = pa.array(accumulate(counts, initial=0), pa.int32())
    return pa.ListArray.from_arrays(offsets, structs, type=pa.list_(pa.field("element", structs.type, nullable=False)))


def put_together(looks: Sequence[Looks]) -> Looks:
    """All of these, one after another."""
    return looks[0] if len(looks) == 1 else Looks(pa.concat_tables([some.rows for some in looks]))
