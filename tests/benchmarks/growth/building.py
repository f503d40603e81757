"""Lakes that have grown month by month, with their ledgers: rows as runs leave them, written past reading any page.

A larger lake has more months, not larger ones. Everybody who is heard has a name as frequent as the census says, and
was linked. Turns are a third as long as real ones: nothing reads those of other pages than its own.
"""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipeline.ingest.covering import publish_coverage
from pipeline.lake.published.writing import Writer
from pipeline.lake.rows import ordered
from pipeline.lake.store import Lake
from pipeline.lake.tables.together import Tables
from pipeline.settings import Settings, load_settings
from schemas import BYLINES, CAPTURES, STORIES, TURNS, Table
from tests.benchmarks.corpus.strangers import Heard, put_strangers
from tests.benchmarks.frontier import building as ledgers
from tests.benchmarks.lake.rows import TURNS_A_STORY, Pages, captures, filled
from tests.benchmarks.lake.text import PROGRAMS, SOURCES, Corpus

_LAST_MONTH = date(2026, 3, 1)
_A_MONTH = 4_000
_DAYS_A_MONTH = 30
_WORDS_A_TURN = 2.1, 0.9
_BUILT = "built"


def build(stories: int, home: Path) -> None:
    """A home with so many stories; one that is there already is taken as it is."""
    if (home / _BUILT).exists():
        return
    shutil.rmtree(home, ignore_errors=True)
    settings = load_settings(home=home)
    ledgers.build(settings, stories, days=_months(stories) * _DAYS_A_MONTH)
    lake, writer, grown = Lake(settings), Writer(settings), _Growing(Corpus(words_a_turn=_WORDS_A_TURN))
    with writer.writing() as work:
        grown.put(work.tables, stories)
        writer.finish(work)
    while lake.maintain(datetime.now(UTC)).indexed_files:
        pass
    publish_coverage(settings)
    (home / _BUILT).touch()


def copied(home: Path, place: Path) -> Settings:
    """A home like this one, to be changed: files that are never written again are shared."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(home, place, copy_function=_shared)
    settings = load_settings(home=place)
    Lake(settings).commit(())  # it was moved
    return settings


def _shared(source: str, target: str) -> None:
    if source.endswith(".parquet"):
        Path(target).hardlink_to(source)
    else:
        shutil.copy2(source, target)


class _Growing:
    """Writes a lake's months."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._waiting: list[tuple[date, Heard]] = []

    def put(self, tables: Tables, stories: int) -> None:
        """Write all tables of a lake of so many stories."""
        months = [_month(-number) for number in reversed(range(_months(stories)))]
        put_strangers(tables, stories, months, lambda month, heard: self._put_month(tables, month, heard))

    def _put_month(self, tables: Tables, month: date, heard: Heard) -> None:
        """What stands beside who is heard: turns, bylines, looks and stories."""
        names: dict[str, list[tuple[str, str]]] = {}
        for page, key, role in heard:
            names.setdefault(page, []).append((key.title(), role))
        count, name = len(names), f"{month:%Y-%m}"
        pages = Pages(
            transcript_id=pa.array(names),
            air_date=pa.array([month] * count, pa.date32()),
            program=pa.array([PROGRAMS[0]] * count),
            source_id=pa.array([SOURCES[0]] * count),
        )
        turns = self._corpus.turns(pages, count, np.random.default_rng(month.toordinal()))
        said = [said[turn % len(said)] for said in names.values() for turn in range(TURNS_A_STORY)]
        turns = _with(TURNS, turns, speaker_name=[one for one, _ in said], speaker_role=[role for _, role in said])
        own = {"transcript_id": pages.transcript_id, "air_date": pages.air_date, "air_month": name}
        _append(tables, TURNS, turns)
        _append(tables, CAPTURES, captures(pages, name, count))
        _append(tables, BYLINES, filled(BYLINES, count, own | {"position": 0, "name": "Ann Lee", "printed": "Ann Lee"}))
        nothing = pa.array([[]] * count, pa.list_(pa.string()))
        story = {"story_id": pages.transcript_id, "primary_transcript_id": pages.transcript_id, "copy_count": 0}
        dates = {"first_air_date": pages.air_date, "last_air_date": pages.air_date, "air_month": name}
        _append(tables, STORIES, filled(STORIES, count, story | dates | {"stations": nothing, "join_rules": nothing}))


def _months(stories: int) -> int:
    return max(round(stories / _A_MONTH), 1)


def _month(number: int) -> date:
    """So many months from the last one."""
    months = _LAST_MONTH.year * 12 + _LAST_MONTH.month - 1 + number
    return date(months // 12, months % 12 + 1, 1)


def _with(table: Table, rows: pa.Table, **columns: list[str]) -> pa.Table:
    """These rows with other values in some columns, and nobody linked."""
    for name, values in {**columns, "person_id": [None] * rows.num_rows}.items():
        field = table.stored.field(name)
        rows = rows.set_column(rows.schema.get_field_index(name), field, pa.array(values, field.type))
    return rows


def _append(tables: Tables, table: Table, rows: pa.Table) -> None:
    tables[table].disk.append(ordered(table, rows))
