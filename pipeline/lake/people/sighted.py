"""How often, when and as what every name was heard in the files of `appearances`, summed up in sorted volumes.

Who is heard every day is on every file of 25 years. A commit that asks for him adds up some rows a file, which the
volume of a year has beside each other (`volumes`), and reads the files that no volume is of.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.lake.reach import let_reach
from pipeline.lake.tables.delta import DeltaFolder
from pipeline.lake.tables.volumes import MARK, kept_in, marks_of, renew, volumes_in

PLACE = "name_key, role, affiliation, network, program, year"
"""What tells the sightings of a name apart, as columns."""
SUMS = """min(air_date) AS first_air_date, max(air_date) AS last_air_date, count(*)::INTEGER AS transcript_count,
    sum(turn_count)::INTEGER AS turn_count, sum(word_count)::INTEGER AS word_count,
    min(struct_pack(day := coalesce(air_date, DATE '9999-12-31'), page := transcript_id)) AS example"""
YEAR = "year(air_date)::INTEGER AS year"
_YEARS = 5
"""Years in a volume: of 4,000 pages a month 300,000 entries."""
_OF_FILES = f"""
SELECT (list_position($files, filename) - 1)::SMALLINT AS file, {PLACE}, name, person_id, {SUMS}
FROM (SELECT *, {YEAR} FROM read_parquet($files, filename = true))
GROUP BY ALL ORDER BY ALL
"""  # noqa: S608  # our own words
_COLUMNS = pa.schema([
    *((name, pa.string()) for name in ("name_key", "role", "affiliation", "network", "program")),
    ("year", pa.int32()),
    *((name, pa.string()) for name in ("name", "person_id")),
    *((name, pa.date32()) for name in ("first_air_date", "last_air_date")),
    *((name, pa.int32()) for name in ("transcript_count", "turn_count", "word_count")),
    ("example", pa.struct([("day", pa.date32()), ("page", pa.string())])),
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summed:
    """What volumes say of some names."""

    rows: pa.Table
    """Sums, each of one file: `path` says of which."""
    others: list[Path]
    """The files that these are not of."""


def summed(disk: DeltaFolder, names: Collection[str], untouched: Collection[Path]) -> Summed:
    """The sums of these names, of those of the `untouched` files that volumes are of.

    Raises:
        OSError, pa.ArrowException: a volume cannot be read.
    """
    asked = pa.array(sorted(names), pa.string())
    known: set[Path] = set()
    found = [_COLUMNS.append(pa.field("path", pa.string())).empty_table()]
    for volume in volumes_in(kept_in(disk.folder)):
        known.update(disk.folder / name for name in volume.files)
        rows = volume.found(marks_of(asked.to_pylist())).filter(ds.field("name_key").isin(asked))
        of = [disk.folder / name for name in volume.named(rows["file"].to_pylist())]
        named = rows.select(_COLUMNS.names).append_column("path", pa.array(map(str, of), pa.string()))
        found.append(named.filter(pa.array([path in untouched for path in of], pa.bool_())))
    return Summed(pa.concat_tables(found), [path for path in disk.files() if path not in known])


def renew_sums(disk: DeltaFolder) -> int:
    """Make the volumes of the table's files; how many were made or removed.

    Raises:
        duckdb.Error, OSError, pa.ArrowException: what is there is whole.
    """

    def entries(names: Sequence[str]) -> pa.Table:
        with duckdb.connect(config={"temp_directory": ""}) as connection:
            let_reach(connection, disk.storage)
            paths = [disk.storage.uri(disk.folder / name) for name in names]
            rows = connection.sql(_OF_FILES, params={"files": paths}).to_arrow_table()
        rows = rows.select(["file", *_COLUMNS.names]).cast(_COLUMNS.insert(0, pa.field("file", pa.int16())))
        return rows.append_column(MARK, marks_of(rows["name_key"].to_pylist()))

    return renew(kept_in(disk.folder), disk.names(), entries, _YEARS)
