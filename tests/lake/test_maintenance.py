"""Maintenance: files get few, answers stay, readers in flight stay too."""

import json
import logging
import os
import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from deltalake import write_deltalake

from pipeline.lake.maintenance import Upkeep, is_due
from pipeline.lake.phrases.phrase_index import INDEX_FOLDER
from pipeline.lake.published.editions import kept_editions
from pipeline.lake.store import Lake
from pipeline.lake.tables.together import Tables
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from pipeline.storage import lake_storage
from schemas import BYLINES, TABLES, TURNS
from tests.lake.factory import NEXT_MONTH, Look, batch
from tests.lake.held import parquet, rows

logger = logging.getLogger(__name__)

WEEK = timedelta(days=7)
QUESTIONS = (
    "SELECT speaker_name, count(*) FROM turns GROUP BY ALL",
    "FROM who_said('w17 w23')",
    "SELECT text FROM turns WHERE transcript_id = 'npr:nx-s1-4000'",
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path, editions_kept=1, editions_kept_days=0)


def live(settings: Settings) -> Counter[str]:
    """The Parquet files that the published lake reads, by table and month."""
    tables = Tables(settings.lake_dir.absolute())
    return Counter(f"{table.name} {part}" for table in TABLES for part in tables[table].disk.files().values())


def nights(settings: Settings, count: int, stories: int) -> None:
    """So many nights of so many stories, each with words of its own."""
    day = Look().air_date
    assert day is not None
    for night in range(count):
        first = night * stories
        looks = (
            Look(page, hours=24 * night, air_date=day + timedelta(days=night), said=said_on(page))
            for page in range(first, first + stories)
        )
        Lake(settings).commit(batch(*looks))


def said_on(page: int) -> list[tuple[str, str]]:
    chance = random.Random(page)
    return [
        (label, " ".join(f"w{chance.randrange(5_000)}" for _ in range(60)) + ".")
        for label in ("LEILA FADEL, HOST:", "ROB SCHMITZ, BYLINE:") * 5
    ]


def later(days: float = 0) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def test_many_nights_end_in_few_sorted_files_and_the_same_answers(settings: Settings) -> None:
    nights(settings, 5, 3)
    before = rows(settings)
    assert len(parquet(settings)) > 25

    done = Lake(settings).maintain(later(days=2))

    assert rows(settings) == before
    assert set(live(settings).values()) == {1}
    assert done.editions_let_go > 0
    named = {name for edition in kept_editions(lake_storage(settings)) for name in named_by(edition.path)}
    assert {Path(name).name for name in parquet(settings)} == named
    assert Lake(settings).rebuild(batch()).edition is not None


def named_by(edition: Path) -> set[str]:
    with duckdb.connect(str(edition), read_only=True) as plain:
        [(paths,)] = plain.execute(
            "SELECT list_distinct(flatten(list(regexp_extract_all(sql, '[^/]+\\.parquet')))) FROM duckdb_views()"
        ).fetchall()
    return set(paths)


def test_twice_is_once(settings: Settings) -> None:
    nights(settings, 3, 2)
    Lake(settings).maintain(later(days=2))
    held = parquet(settings)
    done = Lake(settings).maintain(later(days=2))
    assert (done.compacted_parts, done.editions_let_go, done.removed_files, done.edition) == (0, 0, 0, None)
    assert parquet(settings) == held


def test_parts_in_many_files_are_put_together_sorted(settings: Settings) -> None:
    Lake(settings).commit(batch(*(Look(page, air_date=NEXT_MONTH) for page in range(6))))
    lake = settings.lake_dir.absolute()
    turns = Tables(lake)[TURNS].select()
    write_deltalake(str(lake / "turns"), turns.slice(0, 1), mode="overwrite")
    for piece in (turns.slice(at, 1) for at in range(turns.num_rows - 1, 0, -1)):
        write_deltalake(str(lake / "turns"), piece, mode="append")
    disk = Tables(lake)[TURNS].disk
    assert len(disk.files()) == turns.num_rows
    stated = json.loads((lake / "lake.json").read_text())
    stated["tables"]["turns"] = disk.version
    (lake / "lake.json").write_text(json.dumps(stated))
    Lake(settings).commit([])
    before = rows(settings)

    done = Lake(settings).maintain(later())

    assert done.compacted_parts == 1
    assert done.edition is not None
    assert rows(settings) == before
    [path] = Tables(lake)[TURNS].disk.files()
    keys = pq.read_table(path).select(["transcript_id", "turn_index"]).to_pydict()
    places = list(zip(*keys.values(), strict=True))
    assert places == sorted(places)


class TestReaders:
    def test_a_reader_that_opened_an_edition_before_keeps_its_answer(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        opened = duckdb.connect(str(settings.lake_dir / "asrun.duckdb"), read_only=True)
        with opened, connect(settings) as session:
            for page in range(2, 5):
                Lake(settings).commit(batch(Look(page)))
            Lake(settings).maintain(later())
            assert opened.execute("SELECT count(*) FROM turns").fetchall() == [(3,)]
            assert session.arrow("SELECT count(*) FROM turns").column(0).to_pylist() == [3]

    def test_every_kept_edition_answers_as_it_did(self, tmp_path: Path) -> None:
        settings = load_settings(home=tmp_path, editions_kept=2)
        nights(settings, 4, 1)
        Lake(settings).maintain(later(days=40))
        counts = []
        for edition in kept_editions(lake_storage(settings)):
            with duckdb.connect(str(edition.path), read_only=True) as plain:
                counts.append(plain.execute("SELECT count(*) FROM turns").fetchall()[0][0])
        # Maintenance publishes one of its own: the same rows, indexed.
        assert counts == [30, 40, 40]


def test_what_died_leaves_nothing_and_what_lives_is_left_alone(settings: Settings) -> None:
    Lake(settings).commit(batch(Look(1)))
    lake = settings.lake_dir
    orphans = [
        lake / "turns" / "air_month=2026-03" / "part-00000-orphan.zstd.parquet",
        lake / "turns" / "air_month=2026-03" / "part-00000-half.zstd.parquet#1",
        lake / "turns" / "_delta_log" / "00000000000000000007.json#1",
        lake / ".lake.json.new",
        lake / "editions" / ".half.duckdb.new",
        lake / "tmp" / "asrun.duckdb",
        lake / "tmp" / "sql-dead" / "spilled",
    ]
    alive = [lake / "tmp" / "sql-alive" / "spilled", lake / "turns" / "air_month=2026-03" / "part-0-young.parquet"]
    for path in (*orphans, *alive):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("left behind")
    long_ago = (later() - 2 * WEEK).timestamp()
    for path in (orphans[0], orphans[-1], orphans[-1].parent):
        os.utime(path, (long_ago, long_ago))
    before = rows(settings)

    done = Lake(settings).maintain(later())

    assert done.removed_files == 1
    assert done.freed_bytes == len("left behind")
    assert [path for path in orphans if path.exists()] == []
    assert all(path.exists() for path in alive)
    assert rows(settings) == before
    assert Lake(settings).commit(batch(Look(1))).edition is None


def test_log_entries_of_a_month_ago_go_and_a_crash_after_it_is_put_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.lake.tables.delta._MANY_LOG_ENTRIES", 2)
    nights(settings, 4, 1)
    log = settings.lake_dir / "bylines" / "_delta_log"
    long_ago = (later() - timedelta(days=60)).timestamp()
    for path in log.glob("*.json"):
        os.utime(path, (long_ago, long_ago))
    entries = len(list(log.glob("*.json")))
    before = rows(settings)

    Lake(settings).maintain(later())

    assert len(list(log.glob("*.json"))) < entries
    disk = Tables(settings.lake_dir.absolute())[BYLINES].disk
    disk.write({"2026-03": disk.part("2026-03").slice(0, 1)})  # a commit that dies before lake.json is replaced
    Lake(settings).commit([])
    assert rows(settings) == before
    assert Tables(settings.lake_dir.absolute())[BYLINES].select().num_rows == len(before["bylines"])


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("since", "files", "due"),
    [
        (None, 0, False),
        (None, 10, True),
        (WEEK, 10, True),
        (WEEK - HOUR, 10, False),
        (2 * timedelta(days=1), 5_000, True),
        (HOUR, 5_000, False),
    ],
)
def test_when_it_is_due(since: timedelta | None, files: int, due: bool) -> None:  # noqa: FBT001  # the answer
    now = later()
    assert is_due(Upkeep(None if since is None else now - since, 10, files), now, WEEK) == due


def test_the_lake_says_when_it_is_due(settings: Settings) -> None:
    nights(settings, 2, 1)
    assert Lake(settings).is_maintenance_due(later())
    Lake(settings).maintain(later())
    assert not Lake(settings).is_maintenance_due(later(days=6))
    assert Lake(settings).is_maintenance_due(later(days=8))
    by_hand = settings.model_copy(update={"maintain_days": 0})
    assert not Lake(by_hand).is_maintenance_due(later(days=8))


@pytest.mark.series
@pytest.mark.timeout(1800)
def test_thirty_nights_of_three_hundred_stories(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    nights(settings, 30, 300)
    before: dict[str, Any] = figures(settings)
    Lake(settings).maintain(later(days=2))
    after = figures(settings)
    logger.info("before %s, with editions of thirty nights %s", before, after)
    keeping_few = Lake(load_settings(home=tmp_path, editions_kept=1, editions_kept_days=0))
    keeping_few.commit(batch(Look(10_000)))
    keeping_few.maintain(later(days=2))
    last = figures(settings)
    logger.info("with the editions of two, a night later %s", last)
    assert set(live(settings).values()) == {1}
    assert last["files"] - last["index files"] <= 3 * sum(live(settings).values())


def figures(settings: Settings) -> dict[str, Any]:
    found = [settings.lake_dir / name for name in parquet(settings)]
    named = [path for table in TABLES for path in Tables(settings.lake_dir.absolute())[table].disk.files()]
    return {
        "files": len(found),
        "index files": sum(INDEX_FOLDER in path.parts for path in found),
        "bytes": sum(path.stat().st_size for path in found),
        "named": len(named),
        "named bytes": sum(path.stat().st_size for path in named),
        "processor seconds": {question: asked(settings, question) for question in QUESTIONS},
    }


def asked(settings: Settings, question: str) -> float:
    with connect(settings) as session:
        session.arrow(question)
        started = time.process_time()
        session.arrow(question)
        return round(time.process_time() - started, 3)
