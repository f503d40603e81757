import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import UsageError
from pipeline.lake.published import editions as editions_module
from pipeline.lake.published import publish
from pipeline.lake.store import Lake
from pipeline.settings import Settings, load_settings
from schemas import COPIES, COVERAGE, LAKE_VERSION, TABLES
from schemas.table import quoted, sql_name
from tests.lake.factory import Look, batch


def opened(settings: Settings) -> "duckdb.DuckDBPyConnection":
    return duckdb.connect(str(settings.lake_dir / "asrun.duckdb"), read_only=True)


def one(connection: "duckdb.DuckDBPyConnection", sql: str) -> tuple[Any, ...] | None:
    return connection.execute(sql).fetchone()


@pytest.mark.parametrize("looks", [(), (Look(1), Look(2, air_date=None))], ids=["empty", "with rows"])
def test_views_have_the_columns_types_and_comments_of_the_contract(tmp_path: Path, looks: tuple[Look, ...]) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*looks))
    with opened(settings) as plain:
        for table in TABLES:
            found = plain.execute(
                "SELECT column_name, data_type, comment FROM duckdb_columns() "
                "WHERE table_name = ? ORDER BY column_index",
                [table.name],
            ).fetchall()
            # DuckDB prints the fields of a struct without quotation marks where they need none.
            expected = [(column.name, sql_name(column.type), column.description) for column in table.columns]
            assert [(name, kind.replace('"', ""), said) for name, kind, said in found] == [
                (name, kind.replace('"', ""), said) for name, kind, said in expected
            ]
            [count] = one(plain, f"SELECT count(*) FROM {table.name}") or ()
            assert bool(count) == bool(looks and table not in (COPIES, COVERAGE))


def test_plain_duckdb_from_another_folder_and_through_a_relative_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(home=Path("it's my data"))
    Lake(settings).commit(batch(Look(1)))
    file = settings.lake_dir.absolute() / "asrun.duckdb"
    program = (
        f"import duckdb; c = duckdb.connect({str(file)!r}, read_only=True); "
        "print(c.execute('SELECT count(*) FROM turns').fetchone()); "
        "print(c.execute(\"SELECT hit FROM kwic('rained', 5)\").fetchone())"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd="/", capture_output=True, text=True, check=True)
    assert done.stdout == "(3,)\n('rained',)\n"


def test_file_is_in_the_oldest_storage_format(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit([])
    with opened(settings) as plain:
        tags = plain.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchone()
    assert tags is not None
    assert tags[0]["storage_version"].startswith("v1.0.0")


def test_editions_are_kept_up_to_the_setting_and_answer_as_of_their_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(home=tmp_path, editions_kept=2, editions_kept_days=0)
    monkeypatch.setattr(editions_module, "GRACE", timedelta(0))
    editions = [Lake(settings).commit(batch(Look(page))).edition for page in range(5)]
    kept = sorted((settings.lake_dir / "editions").iterdir())
    assert kept == editions[-3:]
    for path, count in zip(kept, (3, 4, 5), strict=True):
        with duckdb.connect(str(path), read_only=True) as plain:
            assert one(plain, "SELECT count(*) FROM transcripts") == (count,)
            assert one(plain, "SELECT edition_id, lake_version FROM edition") == (path.stem, LAKE_VERSION)
    assert (settings.lake_dir / "asrun.duckdb").read_bytes() == kept[-1].read_bytes()
    assert not kept[-1].samefile(settings.lake_dir / "asrun.duckdb")


def test_a_moved_lake_is_published_anew(tmp_path: Path) -> None:
    old = load_settings(home=tmp_path / "old")
    Lake(old).commit(batch(Look(1)))
    (tmp_path / "old").rename(tmp_path / "new")
    new = load_settings(home=tmp_path / "new")
    assert Lake(new).commit([]).edition is not None
    with opened(new) as plain:
        assert one(plain, "SELECT count(*) FROM turns") == (3,)


WRITING = """
import duckdb, os
mine = duckdb.connect({path!r})
mine.execute("PRAGMA disable_checkpoint_on_shutdown")
mine.execute("CREATE TABLE mine AS SELECT 1 AS n")
os._exit(0)
"""


def test_what_others_wrote_into_the_file_is_gone_with_the_next_edition(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(Look(1)))
    path = settings.lake_dir / "asrun.duckdb"
    subprocess.run([sys.executable, "-c", WRITING.format(path=str(path))], check=True)
    assert path.with_name("asrun.duckdb.wal").exists()
    Lake(settings).commit(batch(Look(2)))
    with opened(settings) as plain:
        assert one(plain, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'mine'") == (0,)


def test_a_lost_file_is_published_anew(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(Look(1)))
    (settings.lake_dir / "asrun.duckdb").unlink()
    assert Lake(settings).commit([]).edition is not None
    with opened(settings) as plain:
        assert one(plain, "SELECT count(*) FROM turns") == (3,)


def test_new_definitions_are_published_without_a_new_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(Look(1)))
    script = publish.script
    monkeypatch.setattr(
        "pipeline.lake.published.writing.script", lambda *given: script(*given) + "\nCREATE VIEW more AS SELECT 1 AS n;"
    )
    assert Lake(settings).commit([]).edition is not None
    with opened(settings) as plain:
        assert one(plain, "FROM more") == (1,)


@pytest.mark.parametrize("name", ["data[1]", "of\nlines", "of\ttabs", "back\\slash", "my%20data"])
def test_a_path_that_duckdb_or_delta_rs_would_mistake(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="choose another ASRUN_HOME"):
        Lake(load_settings(home=tmp_path / name)).commit([])
    assert not list(tmp_path.iterdir())


def test_a_view_of_many_files_is_no_longer_for_duckdb_than_one_of_few(tmp_path: Path) -> None:
    """Each constant of a view is taken in hand again and again, in every view over it too."""
    settings = load_settings(home=tmp_path / "it's my data")
    months = [Look(month, air_date=date(2025, month, 1)) for month in range(1, 10)]
    monthly = [table.name for table in TABLES if table.partition]
    sizes = []
    for looks in (months[:1], months):
        edition = Lake(settings).commit(batch(*looks)).edition
        assert edition is not None
        with duckdb.connect(str(edition), read_only=True) as plain:
            views = plain.execute("SELECT view_name, sql FROM duckdb_views()").fetchall()
            sizes.append({name: len(duckdb.tokenize(sql)) for name, sql in views if name in monthly})
    assert sizes[0] == sizes[1]
    assert edition is not None
    named = publish.files_named_by(edition)
    assert named == {path for path in settings.lake_dir.absolute().rglob("*.parquet") if path in named}
    assert {path.parent.name for path in named if "transcripts" in path.parts} == {
        f"air_month=2025-{month:02}" for month in range(1, 10)
    }


def test_files_that_an_older_edition_names_one_by_one_are_found(tmp_path: Path) -> None:
    files = [tmp_path / "it's" / f"{name}.parquet" for name in ("a", "b")]
    paths = ", ".join(quoted(path) for path in files)
    files[0].parent.mkdir()
    for path in files:
        duckdb.sql(f"COPY (SELECT 1 AS n) TO {quoted(path)}")
    with duckdb.connect(str(tmp_path / "old.duckdb")) as old:
        old.execute(
            f"CREATE VIEW said AS SELECT n, 'x' AS said FROM read_parquet([{paths}], hive_partitioning = false)"
        )
    assert publish.files_named_by(tmp_path / "old.duckdb") == set(files)


def test_state_names_versions_and_edition(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(Look(1)))
    state = json.loads((settings.lake_dir / "lake.json").read_text())
    assert state["lake_version"] == LAKE_VERSION
    assert state["tables"] == {table.name: int(table not in (COPIES, COVERAGE)) for table in TABLES}
    [edition] = (settings.lake_dir / "editions").iterdir()
    assert edition.stem.endswith(state["published"][:8])
