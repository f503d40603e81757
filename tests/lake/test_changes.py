"""What a write changes, counted by row, whether the table is new or not."""

import pyarrow as pa
import pytest

from pipeline.lake.tables.changes import Counts, Tally
from schemas import BYLINES


def rows(*positions: int, page: str = "npr-1", role: str | None = None) -> pa.Table:
    return pa.table(
        {
            "transcript_id": pa.array([page] * len(positions), pa.string()),
            "position": pa.array(positions, pa.int32()),
            "role": pa.array([role] * len(positions), pa.string()),
        }
    )


NONE = rows()
WRITES = {
    "two parts": ([(NONE, rows(1, 2)), (NONE, rows(1, page="npr-2"))], Counts(added=3), Counts(added=3)),
    "put again": ([(NONE, rows(1)), (rows(1), rows(1))], Counts(added=1, unchanged=1), Counts(added=1, unchanged=1)),
    "moved to another month": ([(NONE, rows(1)), (rows(1), NONE)], Counts(changed=1), Counts()),
    "changed after it came": (
        [(NONE, rows(1)), (rows(1), rows(1, role="host"))],
        Counts(added=1, changed=1),
        Counts(added=1),
    ),
    "one more": ([(NONE, rows(1)), (rows(1), rows(1, 2))], Counts(added=2, unchanged=1), Counts(added=2)),
}


@pytest.mark.parametrize("name", WRITES)
def test_rows_of_a_new_table_are_added_and_nothing_else(name: str) -> None:
    writes, of_old, of_new = WRITES[name]
    tallies = Tally(BYLINES), Tally(BYLINES, is_new=True)
    for tally in tallies:
        for before, after in writes:
            assert tally.compare(before, after) == (not before.equals(after))

    assert tuple(tally.counts() for tally in tallies) == (of_old, of_new)
