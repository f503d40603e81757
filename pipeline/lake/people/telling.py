"""Who is meant by the names in pages' rows, out of `appearances`. What workers do in a rebuild, who need no lake."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.identify.names import key_of
from schemas import APPEARANCES, BYLINES, TURNS

NAMES = ((TURNS, "speaker_name"), (BYLINES, "name"))
"""The tables that name people on pages, with the column that does."""
_BETWEEN = "\x1f"
"""Stands between the parts of a joined key, and in no page's text."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Sets `person_id` in the rows of a month."""

    column: str | None
    """The one with names; None: the rows are those of `appearances`."""
    appearances: ds.Dataset
    """Those of the month, as they were linked before."""
    changed: pa.Table
    """Those of them that are somebody else's now: see `Heard.changed`."""

    def __call__(self, rows: pa.Table) -> pa.Table:
        """These rows, each with whose it is."""
        if self.column is None:
            return told(rows, self.changed)
        appearances = self.appearances.to_table(list(APPEARANCES.stored.names), use_threads=False)
        return named(rows, self.column, told(appearances, self.changed))


def told(appearances: pa.Table, changed: pa.Table) -> pa.Table:
    """Whose these appearances are: as it is told now, else as it was."""
    place = pc.index_in(_joined(appearances, "name_key"), _joined(changed, "name_key"))
    now = changed["person_id"].combine_chunks().take(place)
    return _set(appearances, pc.if_else(pc.is_valid(place), now, appearances["person_id"].combine_chunks()))


def named(rows: pa.Table, column: str, appearances: pa.Table) -> pa.Table:
    """Who is meant by the names in a column of pages' rows."""
    names = rows[column].combine_chunks().dictionary_encode()
    keys = pa.array([key_of(name) for name in names.dictionary.to_pylist()], pa.string()).take(names.indices)
    own = pc.binary_join_element_wise(rows["transcript_id"].combine_chunks(), keys, _BETWEEN)
    place = pc.index_in(own, _joined(appearances, "name_key"), skip_nulls=True)
    return _set(rows, appearances["person_id"].combine_chunks().take(place))


def _joined(rows: pa.Table, column: str) -> pa.Array:
    """Page and name as one text a row."""
    return pc.binary_join_element_wise(rows["transcript_id"].combine_chunks(), rows[column].combine_chunks(), _BETWEEN)


def _set(rows: pa.Table, person_ids: pa.Array) -> pa.Table:
    return rows.set_column(rows.column_names.index("person_id"), "person_id", person_ids)
