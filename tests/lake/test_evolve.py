"""A lake from an older asrun: read as it is, migrated by the next commit."""

import json
import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from deltalake import write_deltalake

from pipeline.errors import LakeError
from pipeline.lake.published import publish
from pipeline.lake.published.editions import Keeping
from pipeline.lake.rows import ordered
from pipeline.lake.store import Lake
from pipeline.lake.tables.delta import DeltaFolder
from pipeline.lake.tables.together import Tables
from pipeline.settings import Settings, load_settings
from pipeline.storage.disk import Disk
from schemas import LAKE_VERSION, TABLES, TURNS, Table
from schemas.table import WHOLE
from tests.forks import Steps, run
from tests.lake.contract import MOODS, MOODY_TURNS, WITH_MOODS, promise
from tests.lake.factory import NEXT_MONTH, SAID, Look, batch
from tests.lake.held import files, rows

FIRST_VERSION = {
    "transcripts": (
        "transcript_id url canonical_url npr_id source_id network station layout program title segment_title teaser "
        "air_date air_date_rule published_at updated_at audio_url audio_seconds language dateline correction rights "
        "author_bio word_count turn_count speaker_count content_hash revision first_seen_at captured_at capture_id "
        "parser_version"
    ),
    "turns": (
        "transcript_id turn_index turn_id air_date source_id program kind speaker_label speaker_name speaker_role "
        "speaker_affiliation name_rule confidence text word_count start_seconds notes"
    ),
    "bylines": "transcript_id position air_date name role affiliation printed",
    "captures": (
        "capture_id url source_id captured_at outcome detail transcript_id content_hash http_status content_type etag "
        "last_modified body_bytes payload_digest warc_file warc_offset"
    ),
}
"""The columns of lake version 1."""
LOOKS = batch(Look(1), Look(2, air_date=NEXT_MONTH), Look(3, air_date=None))


def first_version_lake(home: Path) -> Settings:
    """A lake with these looks as asrun wrote it at lake version 1: its tables, its columns, its `lake.json`."""
    settings = load_settings(home=home)
    Lake(settings).commit(LOOKS)
    lake = settings.lake_dir
    held = {name: Tables(lake.absolute())[_named(name)].select() for name in FIRST_VERSION}
    for folder in ("editions", *(table.name for table in TABLES)):
        shutil.rmtree(lake / folder)
    views = []
    for name, columns in FIRST_VERSION.items():
        table = _named(name)
        assert table.partition is not None
        old = replace(table, columns=tuple(table.columns[table.column_names.index(one)] for one in columns.split()))
        described = old.arrow.append(old.stored.field(table.partition.name))
        stored = ordered(old, held[name].select(described.names)).cast(described)
        write_deltalake(str(lake / name), stored, partition_by=[table.partition.name])
        views.append(publish._view(Disk(lake.absolute()), old, DeltaFolder(table, lake.absolute() / name).files(), {}))
    sql = "\n".join(views)
    publish.publish(Disk(lake.absolute()), sql, Keeping(5, 5))
    stated = {"lake_version": 1, "published": publish.digest(sql), "tables": dict.fromkeys(FIRST_VERSION, 0)}
    (lake / "lake.json").write_text(json.dumps(stated))
    return settings


def _named(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)


def asked(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.lake_dir / "asrun.duckdb"), read_only=True) as plain:
        return plain.execute(sql).fetchall()


COMMENTS = """
    SELECT table_name, comment FROM duckdb_columns() WHERE column_name = 'mood_id' AND table_name IN ('turns', 'moods')
"""


class TestFromTheFirstVersion:
    def test_the_next_commit_migrates_and_writes_no_row_anew(self, tmp_path: Path) -> None:
        settings = first_version_lake(tmp_path)
        before = {name: stamp for name, stamp in files(settings).items() if name.endswith(".parquet")}

        done = Lake(settings).commit([])

        assert done.edition is not None
        assert not any(done.tables.values())
        assert {name: stamp for name, stamp in files(settings).items() if name.endswith(".parquet")} == before
        stated = json.loads((settings.lake_dir / "lake.json").read_text())
        assert stated["lake_version"] == LAKE_VERSION
        assert stated["contracts"] == {table.name: table.version for table in TABLES}
        held = rows(settings)
        assert [row["title"] for row in held["transcripts"]] == [Look().title] * 3
        assert {name for name, found in held.items() if found} >= FIRST_VERSION.keys()
        assert Lake(settings).commit([]).edition is None

    def test_goes_on_as_a_lake_of_today(self, tmp_path: Path) -> None:
        old, new = first_version_lake(tmp_path / "old"), load_settings(home=tmp_path / "new")
        Lake(new).commit(LOOKS)
        more = batch(Look(1, hours=3, title="New"), Look(4))
        for settings in (old, new):
            Lake(settings).commit(more)
            Lake(settings).rebuild([*LOOKS, *more])
        assert rows(old) == rows(new)

    def test_a_dry_run_migrates_nothing(self, tmp_path: Path) -> None:
        settings = first_version_lake(tmp_path)
        stated = (settings.lake_dir / "lake.json").read_bytes()
        assert Lake(settings).rebuild(LOOKS, dry_run=True).edition is None
        assert (settings.lake_dir / "lake.json").read_bytes() == stated
        assert asked(settings, "SELECT count(*) FROM turns") == [(9,)]


class TestAddedColumnsAndTables:
    def test_are_null_in_older_files_and_the_files_stay(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = load_settings(home=tmp_path)
        Lake(settings).commit(LOOKS)
        promise(monkeypatch, WITH_MOODS)

        assert not any(Lake(settings).commit([]).tables.values())

        assert asked(settings, "SELECT count(*), count(mood_id) FROM turns") == [(9, 0)]
        assert asked(settings, "SELECT count(*) FROM moods") == [(0,)]
        comments = asked(settings, COMMENTS)
        assert sorted(comments) == [("moods", "The mood."), ("turns", "Mood of the turn.")]
        Lake(settings).commit(batch(Look(4), Look(1, hours=5, said=SAID[:2])))
        disk = Tables(settings.lake_dir.absolute())[MOODY_TURNS].disk
        has_mood = {part: "mood_id" in pq.read_schema(path).names for path, part in disk.files().items()}
        assert has_mood == {"2026-03": True, "2026-04": False, "undated": False}
        assert asked(settings, "SELECT count(*), count(mood_id) FROM turns") == [(11, 0)]
        lacking = json.loads((settings.lake_dir / "lake.json").read_text())["older_files"]
        assert {name.split("/")[1] for name in lacking} == {"air_month=2026-04", "air_month=undated"}

    def test_of_two_generations(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = load_settings(home=tmp_path)
        Lake(settings).commit(batch(Look(1)))
        promise(monkeypatch, WITH_MOODS)
        Lake(settings).commit(batch(Look(2, air_date=NEXT_MONTH)))
        column = replace(MOODY_TURNS.columns[-1], name="hue", type=WHOLE)
        newest = replace(MOODY_TURNS, columns=(*MOODY_TURNS.columns, column))
        promise(monkeypatch, tuple(newest if table is MOODY_TURNS else table for table in WITH_MOODS))
        Lake(settings).commit(batch(Look(3, air_date=None)))
        assert asked(settings, "SELECT count(*), count(mood_id), count(hue) FROM turns") == [(9, 0, 0)]

    def test_what_is_more_than_an_addition_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = load_settings(home=tmp_path)
        Lake(settings).commit(LOOKS)
        before = rows(settings)
        changes = {
            "mood_id is new and required": replace(MOODY_TURNS.columns[-1], nullable=False),
            "kind is of another type": replace(TURNS.columns[6], type=WHOLE),
        }
        for says, column in changes.items():
            others = tuple(one for one in TURNS.columns if one.name != column.name)
            promise(monkeypatch, (replace(TURNS, columns=(*others, column)), *WITH_MOODS[2:], WITH_MOODS[0]))
            with pytest.raises(LakeError, match=rf"turns: .*{says}.*`asrun reparse`"):
                Lake(settings).commit([])
        monkeypatch.undo()
        assert rows(settings) == before
        assert Lake(settings).commit([]).edition is None


def migrate_dying(home: Path, last: int) -> int:
    steps = Steps(last)
    with pytest.MonkeyPatch.context() as patch:
        for place, name in ((os, "fsync"), (Path, "replace")):
            patch.setattr(place, name, steps.counted(getattr(place, name)))
        promise(patch, WITH_MOODS)
        Lake(load_settings(home=home)).commit([])
    return steps.done


KILLS = 3


def test_killed_at_any_step_readers_see_old_or_new_and_the_next_commit_migrates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load_settings(home=tmp_path / "whole")
    Lake(whole).commit(LOOKS)
    steps = run(migrate_dying, whole.home, 0).gave
    for kill in range(KILLS):
        settings = load_settings(home=tmp_path / str(kill))
        Lake(settings).commit(LOOKS)
        last = 1 + kill * (steps - 1) // (KILLS - 1)
        assert run(migrate_dying, settings.home, last).code == -signal.SIGKILL
        assert len(asked(settings, COMMENTS)) in {0, 2}
        with monkeypatch.context() as patched:
            promise(patched, WITH_MOODS)
            Lake(settings).commit(batch(Look(4)))
            assert asked(settings, "SELECT count(*), count(mood_id) FROM turns") == [(12, 0)]
            assert asked(settings, f"SELECT count(*) FROM {MOODS.name}") == [(0,)]
