"""Who is heard, asked of `appearances` in SQL: sightings, and who is somebody else than before.

DuckDB reads the table's Parquet files as they are, several times as fast as rows are taken through Arrow; what is
staged and not written yet stands beside them. Of some names it adds up what volumes say (`sighted`), and reads only the
files that these are not of.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.identify.people.aliases import STAFF
from pipeline.identify.people.appearances import Facets, Sighting
from pipeline.identify.people.neighbours import Met
from pipeline.lake.people.sighted import PLACE, SUMS, YEAR, summed
from pipeline.lake.reach import let_reach
from pipeline.lake.tables.staged import StagedTable
from schemas.table import UNDATED

_STAFF = ", ".join(f"'{role}'" for role in sorted(STAFF))
_COLUMNS = (
    "transcript_id, name_key, person_id, name, role, affiliation, network, program, air_date, turn_count, word_count"
)
_NAMES = f"""
SELECT name_key, count(*)::INTEGER AS pages, count(*) FILTER (role IN ({_STAFF}))::INTEGER AS staff_pages
FROM appearances GROUP BY name_key
"""  # noqa: S608  # our own words
_SEEN = f"""
CREATE TEMP {{kind}} seen AS
SELECT a.*, {YEAR}, h.person_id AS by_hand
FROM appearances a LEFT JOIN by_hand h ON h.transcript_id = a.transcript_id AND h.name_key = a.name_key
{{only}}
"""  # noqa: S608  # our own words
_SEEN_TOO = f"""
INSERT INTO seen SELECT {_COLUMNS}, {YEAR}, NULL AS by_hand FROM read_parquet($files)
WHERE name_key IN (SELECT name FROM asked) AND name_key NOT IN (SELECT name_key FROM by_hand)
"""  # noqa: S608  # our own words
_FACETS = f"{PLACE}, by_hand"
_SIGHTINGS = f"""
SELECT {_FACETS}, name, person_id, min(first_air_date) AS first_air_date, max(last_air_date) AS last_air_date,
    sum(transcript_count)::INTEGER AS transcript_count, sum(turn_count)::INTEGER AS turn_count,
    sum(word_count)::INTEGER AS word_count, min(example).page AS example
FROM (
    SELECT {_FACETS}, name, person_id, {SUMS} FROM seen GROUP BY {_FACETS}, name, person_id
    UNION ALL BY NAME
    SELECT * EXCLUDE (path), NULL AS by_hand FROM summed
)
GROUP BY {_FACETS}, name, person_id
ORDER BY ALL
"""  # noqa: S608  # our own words
_IS_SAME = " AND ".join(f"n.{column} IS NOT DISTINCT FROM s.{column}" for column in PLACE.split(", "))
_CHANGED_IN = f"""
SELECT DISTINCT path FROM summed s LEFT JOIN now n ON {_IS_SAME} AND n.by_hand IS NULL
WHERE s.person_id IS DISTINCT FROM n.person_id
"""  # noqa: S608  # our own words
_CHANGED = f"""
SELECT s.transcript_id, s.name_key, n.person_id, coalesce(strftime(s.air_date, '%Y-%m'), '{UNDATED}') AS air_month
FROM seen s LEFT JOIN now n
    ON {_IS_SAME} AND n.by_hand IS NOT DISTINCT FROM s.by_hand
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
    def __init__(self, connection: "duckdb.DuckDBPyConnection", appearances: StagedTable) -> None:
        self._connection = connection
        self._appearances = appearances
        self._has_summed = False

    def all_names(self) -> Iterator[Met]:
        """Every name, with how often it is met."""
        self._look_into(self._untouched())
        return (Met(*row) for row in self._connection.execute(_NAMES).fetchall())

    def sightings(self, names: Collection[str] | None, by_hand: Mapping[tuple[str, str], str]) -> list[Sighting]:
        """The sightings under these names (None: under all); `by_hand`: whom corrections see in a name on a page.

        To be asked once.
        """
        rows = [(*place, person_id) for place, person_id in sorted(by_hand.items())]
        self._know("by_hand", {name: [row[at] for row in rows] for at, name in enumerate(_TEXTS.names)})
        self._know("asked", {"name": sorted(names or ())})
        self._find(names, {key for _, key in by_hand})
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
        if self._has_summed and (paths := self._connection.execute(_CHANGED_IN).fetchall()):
            self._connection.execute(_SEEN_TOO, {"files": self._uris(Path(path) for (path,) in paths)})
        return self._connection.sql(_CHANGED).to_arrow_table()

    def _find(self, names: Collection[str] | None, by_hand: Collection[str]) -> None:
        """Lay out what is asked: the sums of names, as far as there are any, and the rows of the files that are left.

        A sum does not say on which page a name is that somebody corrected: the files that it is in are read for it.
        """
        untouched = self._untouched()
        found = summed(self._appearances.disk, names or (), set(untouched))
        is_by_hand = pc.is_in(found.rows["name_key"], pa.array(sorted(by_hand), pa.string()))
        corrected = found.rows.filter(is_by_hand)["path"].unique().to_pylist()
        self._has_summed = names is not None
        self._connection.register("summed", found.rows.filter(pc.invert(is_by_hand)))
        others = untouched if names is None else [path for path in untouched if path in set(found.others)]
        self._look_into(others, map(Path, corrected))

    def _look_into(self, untouched: Iterable[Path], corrected: Iterable[Path] = ()) -> None:
        """Make `appearances` the rows of these files, of those that are touched, and what is staged."""
        over = self._appearances.staged_over()
        parts = ["FROM coming"]
        for name, where, paths in (
            ("untouched", "true", untouched),
            ("touched", _IS_STILL, over),
            ("corrected", "name_key IN (SELECT name_key FROM by_hand)", corrected),
        ):
            files = self._uris(paths)
            self._connection.execute(f"SET VARIABLE {name} = $1", [files])
            parts += [f"FROM read_parquet(getvariable('{name}')) WHERE {where}"] if files else []
        both = " UNION ALL ".join(f"SELECT {_COLUMNS} {part}" for part in parts)
        self._connection.execute(f"CREATE OR REPLACE TEMP VIEW appearances AS {both}")

    def _untouched(self) -> list[Path]:
        over = set(self._appearances.staged_over())
        return [path for path in self._appearances.disk.files() if path not in over]

    def _uris(self, paths: Iterable[Path]) -> list[str]:
        return [self._appearances.disk.storage.uri(path) for path in paths]

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
        let_reach(connection, appearances.disk.storage)
        yield Heard(connection, appearances)
