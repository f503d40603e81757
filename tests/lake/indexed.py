"""Lakes with a phrase index, for tests: what is said in them, and what their files hold."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.lake.phrases.index_views import PARTS
from pipeline.lake.phrases.phrase_index import INDEX_FOLDER
from pipeline.lake.reach import parquet_files_in
from pipeline.lake.store import Lake
from pipeline.query.session import Session
from pipeline.settings import Settings
from tests.lake.factory import Look

FEBRUARY, MARCH, APRIL = date(2026, 2, 27), date(2026, 3, 20), date(2026, 4, 2)
TEXTS = (
    "Climate change, they say. CLIMATE -- Change!",
    "The climate of the change isn’t what it was.",
    "Caf\u00e9, cafe\u0301 and cafe; the \u017feal of \u212aelvin, \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
    "\u0130stanbul, stra\u00dfe, STRASSE",
    "Don't know. Do not know! they-them; the them",
    "Changing climates: a 100% chang\u00e9, 9/11 of 911.",
    "It's what they said that the people of the one who",
)  # fmt: skip


def looks(day: date | None, first: int) -> list[Look]:
    said = [[(label, text) for text in TEXTS] for label in ("LEILA FADEL, HOST:", "SAM LEE:", None)]
    return [Look(page=first + number, air_date=day, said=tuple(turns)) for number, turns in enumerate(said)]


def maintained(settings: Settings) -> int:
    return Lake(settings).maintain(datetime.now(UTC) + timedelta(days=2)).indexed_files


def emptied(settings: Settings, kind: str) -> None:
    """Take all rows from the files of this kind."""
    for path in (settings.lake_dir / INDEX_FOLDER / kind).glob("*.parquet"):
        pq.write_table(pq.read_table(path).slice(0, 0), path)


def ask(session: Session, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in session.arrow(sql).to_pylist()]


def files_of(session: Session, view: str) -> set[str]:
    """The names of the files that a view reads."""
    [(sql,)] = ask(session, f"SELECT sql FROM duckdb_views() WHERE view_name = '{view}'")
    return {Path(path).name for path in parquet_files_in(sql)}


def index(settings: Settings) -> dict[str, set[str]]:
    """The files of the index, by kind."""
    folder = settings.lake_dir / INDEX_FOLDER
    return {kind: {path.name for path in (folder / kind).glob("*.parquet")} for kind in PARTS}
