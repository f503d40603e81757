"""Who is heard, asked of `appearances` in SQL: names that look alike, who was linked to whom, and sightings.

DuckDB reads the table's Parquet files as they are, several times as fast as rows are taken through Arrow; what is
staged and not written yet stands beside them.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from pipeline.identify.aliases import STAFF
from pipeline.identify.appearances import Facets, Sighting
from pipeline.identify.neighbours import FREQUENT, Met, probes
from pipeline.lake.reach import let_reach
from pipeline.lake.staged import StagedTable
from pipeline.transcribe.vocabulary import SUFFIXES
from schemas.table import UNDATED

_STAFF = ", ".join(f"'{role}'" for role in sorted(STAFF))
_SUFFIXES = ", ".join(f"'{suffix}'" for suffix in sorted(SUFFIXES))
_COLUMNS = (
    "transcript_id, name_key, person_id, name, role, affiliation, network, program, air_date, turn_count, word_count"
)
_NAMES = f"""
CREATE TEMP TABLE links AS
SELECT name_key, person_id, count(*) AS pages, count(*) FILTER (role IN ({_STAFF})) AS staff_pages
FROM appearances GROUP BY ALL;

CREATE TEMP TABLE names AS
WITH counted AS (
    SELECT name_key, sum(pages)::INTEGER AS pages, sum(staff_pages)::INTEGER AS staff_pages,
        string_split(name_key, ' ') AS words
    FROM links GROUP BY name_key
)
SELECT name_key, name_key AS spelling, pages, staff_pages, words[1] AS given, words[1] || ' ' || words[2] AS beginning,
    CASE WHEN len(words) > 2 AND upper(words[-1]) IN ({_SUFFIXES}) THEN words[-2] ELSE words[-1] END AS last,
    given || ' ' || last AS ends, given[1] || ' ' || last AS initial
FROM counted
"""  # noqa: S608  # our own words
"""`names` has the words of a name as `identify.names.name_of` has them."""
_LOOKING_LIKE = " UNION ".join(
    f"SELECT name_key, pages, staff_pages FROM names SEMI JOIN {kind}_probes p ON names.{kind} = p.probe WHERE {which}"  # noqa: S608  # our own words
    for kind, which in {
        "ends": "true",
        "initial": "true",
        "beginning": "staff_pages > 0",
        "given": f"pages >= {FREQUENT}",
        "last": f"pages >= {FREQUENT}",
        "spelling": "true",
    }.items()
)
_SEEN = """
CREATE OR REPLACE TEMP VIEW seen AS
SELECT a.*, year(a.air_date)::INTEGER AS year, h.person_id AS by_hand
FROM appearances a LEFT JOIN by_hand h ON h.transcript_id = a.transcript_id AND h.name_key = a.name_key
"""
_FACETS = "name_key, role, affiliation, network, program, year, by_hand"
_SIGHTINGS = f"""
SELECT {_FACETS}, name, person_id, min(air_date) AS first_air_date, max(air_date) AS last_air_date,
    count(*)::INTEGER AS transcript_count, sum(turn_count)::INTEGER AS turn_count,
    sum(word_count)::INTEGER AS word_count,
    min(struct_pack(day := coalesce(air_date, DATE '9999-12-31'), page := transcript_id)).page AS example
FROM seen {{only}}
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
{{only}} s.person_id IS DISTINCT FROM n.person_id
"""  # noqa: S608  # our own words
_TEXTS = pa.schema([("transcript_id", pa.string()), ("name_key", pa.string()), ("person_id", pa.string())])
_NOW = pa.schema(
    [(name, pa.int32() if name == "year" else pa.string()) for name in (*_FACETS.split(", "), "person_id")]
)


class Heard:
    """`appearances` as it stands in a commit. Made by `heard`."""

    # Quoted: evaluated, it outlives its module where Prefect is in the process, and DuckDB tells users of a leak.
    def __init__(self, connection: "duckdb.DuckDBPyConnection") -> None:
        self._connection = connection
        connection.execute(_NAMES)

    def namesakes(self, names: Collection[str]) -> set[str]:
        """These names with all that were linked to the same people: a link may have to be undone."""
        self._know("asked", {"name": sorted(names)})
        people = "SELECT person_id FROM links WHERE name_key IN (SELECT name FROM asked) AND person_id IS NOT NULL"
        rows = self._connection.execute(f"SELECT DISTINCT name_key FROM links WHERE person_id IN ({people})")  # noqa: S608  # our own words
        return {*names, *(key for (key,) in rows.fetchall())}

    def names_of(self, person_ids: Collection[str]) -> set[str]:
        """The names that were linked to these people."""
        self._know("asked", {"name": sorted(person_ids)})
        rows = self._connection.execute(
            "SELECT DISTINCT name_key FROM links WHERE person_id IN (SELECT name FROM asked)"
        )
        return {key for (key,) in rows.fetchall()}

    def all_names(self) -> Iterator[Met]:
        """Every name, with how often it is met."""
        rows = self._connection.execute("SELECT name_key, pages, staff_pages FROM names").fetchall()
        return (Met(*row) for row in rows)

    def met(self, names: Collection[str]) -> list[Met]:
        """How often these names are met; some may be on no page any more."""
        self._know("asked", {"name": sorted(names)})
        rows = self._connection.execute(
            "SELECT name_key, pages, staff_pages FROM names WHERE name_key IN (SELECT name FROM asked)"
        ).fetchall()
        return [*(Met(*row) for row in rows), *(Met(key, 0, 0) for key in set(names) - {key for key, *_ in rows})]

    def looking_like(self, names: Collection[Met]) -> list[Met]:
        """All names that may be neighbours of these."""
        for kind, found in probes(names).items():
            self._know(f"{kind}_probes", {"probe": list(found)})
        return [Met(*row) for row in self._connection.execute(_LOOKING_LIKE).fetchall()]

    def sightings(self, names: Collection[str] | None, by_hand: Mapping[tuple[str, str], str]) -> list[Sighting]:
        """The sightings under these names (None: under all); `by_hand`: whom corrections see in a name on a page."""
        rows = [(*place, person_id) for place, person_id in sorted(by_hand.items())]
        self._know("by_hand", {name: [row[at] for row in rows] for at, name in enumerate(_TEXTS.names)})
        self._connection.execute(_SEEN)
        only = "" if names is None else "WHERE name_key IN (SELECT name FROM asked)"
        self._know("asked", {"name": sorted(names or ())})
        found = self._connection.execute(_SIGHTINGS.format(only=only))
        names_of_columns = [column[0] for column in found.description or ()]
        return [Sighting(**dict(zip(names_of_columns, row, strict=True))) for row in found.fetchall()]

    def changed(self, names: Collection[str] | None, person_of: Mapping[Facets, str]) -> pa.Table:
        """The appearances that are somebody else's than before: `transcript_id`, `name_key`, `air_month`, and whose.

        To be asked after `sightings`, about the same names.
        """
        rows = [(*facets, person_id) for facets, person_id in person_of.items()]
        now = [pa.array([row[at] for row in rows], field.type) for at, field in enumerate(_NOW)]
        self._connection.register("now", pa.table(now, schema=_NOW))
        only = "WHERE" if names is None else "WHERE s.name_key IN (SELECT name FROM asked) AND"
        return self._connection.sql(_CHANGED.format(only=only)).to_arrow_table()

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
        storage = appearances.disk.storage
        let_reach(connection, storage)
        files = [storage.uri(path) for path in appearances.disk.files()]
        connection.execute("SET VARIABLE files = $1", [files])
        stored = "FROM read_parquet(getvariable('files')) WHERE transcript_id NOT IN (SELECT unit FROM replaced)"
        both = " UNION ALL ".join(
            f"SELECT {_COLUMNS} {part}" for part in ([stored, "FROM coming"] if files else ["FROM coming"])
        )
        connection.execute(f"CREATE TEMP VIEW appearances AS {both}")
        yield Heard(connection)
