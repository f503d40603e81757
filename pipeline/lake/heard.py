"""Who is heard, asked of `appearances` in SQL: sightings, and who is somebody else than before.

DuckDB reads the table's Parquet files as they are, several times as fast as rows are taken through Arrow; what is
staged and not written yet stands beside them.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from pipeline.identify.aliases import STAFF
from pipeline.identify.appearances import Facets, Sighting
from pipeline.identify.neighbours import Met
from pipeline.lake.reach import let_reach
from pipeline.lake.staged import StagedTable
from schemas.table import UNDATED

_STAFF = ", ".join(f"'{role}'" for role in sorted(STAFF))
_COLUMNS = (
    "transcript_id, name_key, person_id, name, role, affiliation, network, program, air_date, turn_count, word_count"
)
_NAMES = f"""
SELECT name_key, count(*)::INTEGER AS pages, count(*) FILTER (role IN ({_STAFF}))::INTEGER AS staff_pages
FROM appearances GROUP BY name_key
"""  # noqa: S608  # our own words
_SEEN = """
CREATE TEMP {kind} seen AS
SELECT a.*, year(a.air_date)::INTEGER AS year, h.person_id AS by_hand
FROM appearances a LEFT JOIN by_hand h ON h.transcript_id = a.transcript_id AND h.name_key = a.name_key
{only}
"""
_FACETS = "name_key, role, affiliation, network, program, year, by_hand"
_SIGHTINGS = f"""
SELECT {_FACETS}, name, person_id, min(air_date) AS first_air_date, max(air_date) AS last_air_date,
    count(*)::INTEGER AS transcript_count, sum(turn_count)::INTEGER AS turn_count,
    sum(word_count)::INTEGER AS word_count,
    min(struct_pack(day := coalesce(air_date, DATE '9999-12-31'), page := transcript_id)).page AS example
FROM seen
GROUP BY {_FACETS}, name, person_id
ORDER BY ALL
"""  # noqa: S608  # our own words
_CHANGED = f"""
SELECT s.transcript_id, s.name_key, n.person_id, coalesce(strftime(s.air_date, '%Y-%m'), '{UNDATED}') AS air_month
FROM seen s LEFT JOIN now n
    ON n.name_key = s.name_key AND n.role IS NOT DISTINCT FROM s.role
    AND n.affiliation IS NOT DISTINCT FROM s.affiliation AND n.network IS NOT DISTINCT FROM s.network
    AND n.program IS NOT DISTINCT FROM s.program AND n.year IS NOT DISTINCT FROM s.year
    AND n.by_hand IS NOT DISTINCT FROM s.by_hand
WHERE s.person_id IS DISTINCT FROM n.person_id
"""  # noqa: S608  # our own words
_IS_STILL = "transcript_id NOT IN (SELECT unit FROM replaced)"
_TEXTS = pa.schema([("transcript_id", pa.string()), ("name_key", pa.string()), ("person_id", pa.string())])
_NOW = pa.schema(
    [(name, pa.int32() if name == "year" else pa.string()) for name in (*_FACETS.split(", "), "person_id")]
)


class Heard:
    """`appearances` as it stands in a commit. Made by `heard`."""

    # Quoted: evaluated, it outlives its module where Prefect is in the process, and DuckDB tells users of a leak.
    def __init__(self, connection: "duckdb.DuckDBPyConnection") -> None:
        self._connection = connection

    def all_names(self) -> Iterator[Met]:
        """Every name, with how often it is met."""
        return (Met(*row) for row in self._connection.execute(_NAMES).fetchall())

    def sightings(self, names: Collection[str] | None, by_hand: Mapping[tuple[str, str], str]) -> list[Sighting]:
        """The sightings under these names (None: under all); `by_hand`: whom corrections see in a name on a page.

        To be asked once.
        """
        rows = [(*place, person_id) for place, person_id in sorted(by_hand.items())]
        self._know("by_hand", {name: [row[at] for row in rows] for at, name in enumerate(_TEXTS.names)})
        self._know("asked", {"name": sorted(names or ())})
        # Of some names the rows are few, and are looked for once.
        kind, only = ("VIEW", "") if names is None else ("TABLE", "WHERE a.name_key IN (SELECT name FROM asked)")
        self._connection.execute(_SEEN.format(kind=kind, only=only))
        found = self._connection.execute(_SIGHTINGS)
        names_of_columns = [column[0] for column in found.description or ()]
        return [Sighting(**dict(zip(names_of_columns, row, strict=True))) for row in found.fetchall()]

    def changed(self, person_of: Mapping[Facets, str]) -> pa.Table:
        """The appearances that are somebody else's than before: `transcript_id`, `name_key`, `air_month`, and whose.

        To be asked after `sightings`, about the same names.
        """
        rows = [(*facets, person_id) for facets, person_id in person_of.items()]
        now = [pa.array([row[at] for row in rows], field.type) for at, field in enumerate(_NOW)]
        self._connection.register("now", pa.table(now, schema=_NOW))
        return self._connection.sql(_CHANGED).to_arrow_table()

    def _know(self, name: str, columns: Mapping[str, list[str]]) -> None:
        self._connection.register(
            name, pa.table({key: pa.array(values, pa.string()) for key, values in columns.items()})
        )


@contextmanager
def heard(appearances: StagedTable) -> Iterator[Heard]:
    """Ask this table, with what is staged. Nothing may be staged meanwhile.

    Raises:
        duckdb.Error: a file cannot be read.
    """
    with duckdb.connect(config={"temp_directory": ""}) as connection:
        replaced, coming = appearances.staged()
        connection.register("replaced", pa.table({"unit": pa.array(sorted(replaced), pa.string())}))
        connection.register("coming", coming)
        storage, over = appearances.disk.storage, set(appearances.staged_over())
        let_reach(connection, storage)
        parts = ["FROM coming"]
        for name, where, is_over in (("untouched", "true", False), ("touched", _IS_STILL, True)):
            files = [storage.uri(path) for path in appearances.disk.files() if (path in over) is is_over]
            connection.execute(f"SET VARIABLE {name} = $1", [files])
            parts += [f"FROM read_parquet(getvariable('{name}')) WHERE {where}"] if files else []
        both = " UNION ALL ".join(f"SELECT {_COLUMNS} {part}" for part in parts)
        connection.execute(f"CREATE TEMP VIEW appearances AS {both}")
        yield Heard(connection)
