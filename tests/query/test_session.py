import errno
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

import pipeline.query
from pipeline.errors import LakeTooNew, UsageError
from pipeline.lake.store import Lake
from pipeline.query.session import Session, connect
from pipeline.settings import Settings, load_settings
from schemas import BYLINES, CAPTURES, TABLES
from tests.lake.factory import Look, batch

ENDLESS = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = load_settings(home=tmp_path_factory.mktemp("home"))
    Lake(settings).commit(batch(Look(page=1), Look(page=2)))
    return settings


@pytest.fixture
def session(settings: Settings) -> Iterator[Session]:
    with connect(settings) as session:
        yield session


READS = {
    "SELECT count(*) FROM turns": 1,
    "  with x as (select 1) from x": 1,
    "FROM transcripts": 2,
    "VALUES (1), (2)": 2,
    "DESCRIBE bylines": len(BYLINES.columns),
    "SHOW DATABASES": 2,
    "SUMMARIZE captures": len(CAPTURES.columns),
    "EXPLAIN SELECT 1": 1,
    "explain analyze SELECT count(*) FROM turns": 1,
    "SELECT 1; -- that is all": 1,
    "PIVOT turns ON kind IN ('speech', 'cue') USING count(*) GROUP BY transcript_id": 2,
}


@pytest.mark.parametrize(("sql", "rows"), READS.items(), ids=READS)
def test_statements_that_read(session: Session, sql: str, rows: int) -> None:
    assert session.arrow(sql).num_rows == rows


def test_all_tables_and_views_are_shown(session: Session) -> None:
    shown = session.arrow("SHOW TABLES")["name"].to_pylist()
    counted = {"speakers", "questions_by_host", "tape_share", "coverage_by_day", "speech", "voices", "speaking_rate"}
    assert set(shown) == {table.name for table in TABLES} | counted | {"quality", "identities", "edition"}
    assert set(shown) <= set(session.names())


def test_macros_that_only_others_use_are_out_of_the_way(session: Session) -> None:
    listed = "SELECT function_name FROM duckdb_functions() WHERE database_name = 'asrun' AND schema_name = '{}'"
    of_analysts, internal = (
        set(session.arrow(listed.format(schema))["function_name"].to_pylist()) for schema in ("main", "internal")
    )
    phrases = {"who_said", "kwic", "ngram_trend", "turns_with", "speech_with", "has_phrase", "phrase_count"}
    assert of_analysts == phrases | {"airtime_by", "first_and_last_heard", "period_start"}
    assert internal
    assert not internal & set(session.names())


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("lock_configuration", True),
        ("enable_external_access", False),
        ("python_enable_replacements", False),
        ("TimeZone", "UTC"),
    ],
)
def test_it_is_locked_down(session: Session, setting: str, value: object) -> None:
    """Behind the check of statements, which alone refuses SET."""
    assert session.arrow(f"SELECT current_setting('{setting}')").column(0).to_pylist() == [value]


ESCAPES = {
    "file by csv": "SELECT * FROM read_csv('/etc/passwd')",
    "file by text": "SELECT * FROM read_text('/etc/passwd')",
    "file by blob": "SELECT * FROM read_blob('/etc/hostname')",
    "file by name": "SELECT * FROM '/etc/passwd'",
    "file by name of its type": "SELECT * FROM '/etc/passwd.csv'",
    "file by traversal": "SELECT * FROM read_text('{lake}/../../../../../../../etc/passwd')",
    "archive beside the lake": "SELECT * FROM read_text('{lake}/../secret.txt')",
    "list of files": "SELECT * FROM glob('/*')",
    "list of files by traversal": "SELECT * FROM glob('{lake}/../*')",
    "remote file": "SELECT * FROM read_csv('https://example.org/x.csv')",
    "other database": "ATTACH '{lake}/other.duckdb'",
    "published file, for writing": "ATTACH '{lake}/asrun.duckdb' AS again",
    "detach": "DETACH asrun",
    "other catalogue": "USE memory",
    "file out": "COPY turns TO '/tmp/escaped.csv'",
    "file out, in the lake": "COPY turns TO '{lake}/escaped.csv'",
    "file out, explained": "EXPLAIN ANALYZE COPY (SELECT 1) TO '{lake}/escaped.csv'",
    "file out, explained after a comment": "/* x */ EXPLAIN ANALYZE COPY (SELECT 1) TO '{lake}/escaped.csv'",
    "file out, explained with options": "EXPLAIN (ANALYZE) COPY (SELECT 1) TO '{lake}/escaped.csv'",
    "file out, explained without a space": "EXPLAIN/**/ANALYZE COPY (SELECT 1) TO '{lake}/escaped.csv'",
    "file out, explained as JSON": "EXPLAIN (ANALYZE, FORMAT json) COPY (SELECT 1) TO '{lake}/escaped.csv'",
    "file out, in a query": "SELECT * FROM query('COPY (SELECT 1) TO ''{lake}/escaped.csv''')",
    "file out, second": "SELECT 1; COPY turns TO '{lake}/escaped.csv'",
    "export": "EXPORT DATABASE '{lake}/escaped'",
    "extension": "INSTALL httpfs",
    "extension loaded": "LOAD httpfs",
    "setting": "SET enable_external_access = true",
    "setting reset": "RESET lock_configuration",
    "setting, explained": "EXPLAIN ANALYZE SET threads = 1",
    "pragma": "PRAGMA enable_external_access = true",
    "call": "CALL pragma_version()",
    "secret": "CREATE SECRET s (TYPE http)",
    "secrets": "SELECT * FROM duckdb_secrets()",
    "environment": "SELECT getenv('HOME')",
    "table": "CREATE TABLE mine AS SELECT 1",
    "rows": "INSERT INTO edition SELECT * FROM edition",
    "rows in a query": "WITH gone AS (DELETE FROM edition RETURNING *) SELECT * FROM gone",
    "rows, prepared": "PREPARE p AS DELETE FROM edition",
    "view": "DROP VIEW turns",
    "checkpoint": "CHECKPOINT",
    "variable of the program": "SELECT * FROM sql",
    "nothing": "",
    "only a comment": "-- SELECT 1",
    "two": "SELECT 1; SELECT 2",
}


@pytest.mark.parametrize("sql", ESCAPES.values(), ids=ESCAPES)
def test_escapes_are_refused_in_one_line_and_change_nothing(session: Session, settings: Settings, sql: str) -> None:
    (settings.home / "secret.txt").write_text("secret")
    before = _bytes(settings.lake_dir)
    with pytest.raises(UsageError) as refusal:
        session.arrow(sql.format(lake=settings.lake_dir))
    assert "\n" not in str(refusal.value)
    assert "secret" not in str(refusal.value).replace("secret.txt", "").replace("_secrets", "")
    assert _bytes(settings.lake_dir) == before
    assert session.arrow("SELECT count(*) AS n FROM turns").to_pylist() == [{"n": 6}]


def _bytes(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT nothing FROM turns", 'Referenced column "nothing" not found'),
        ("SELECT * FROM tales", "Table with name tales does not exist"),
        ("SELECT 'a'::INTEGER", "Could not convert string 'a' to INT32"),
        ("DROP VIEW turns", "only statements that read are allowed"),
        ("SELECT 1; SELECT 2", "one statement at a time, please: there are 2"),
        (" ; -- nothing", "no statement to answer"),
        ("EXPLAIN (FORMAT JSON) SELECT 1", "EXPLAIN takes no options here"),
    ],
)
def test_bad_sql_is_one_clear_line(session: Session, sql: str, says: str) -> None:
    with pytest.raises(UsageError) as refusal:
        session.arrow(sql)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_moments_are_utc_and_types_those_of_the_contract(session: Session) -> None:
    rows = session.arrow(
        "SELECT captured_at, air_date, notes FROM turns JOIN transcripts USING (transcript_id, air_date)"
    )
    assert rows.schema.field("captured_at").type == pa.timestamp("us", tz="UTC")
    assert rows.schema.field("air_date").type == pa.date32()
    assert pa.types.is_list(rows.schema.field("notes").type)


def test_unknown_column_suggests_what_there_is(session: Session) -> None:
    with pytest.raises(UsageError, match=r"""Candidate bindings: .*speaker_name"""):
        session.arrow("SELECT speaker_nam FROM turns")


def test_session_by_the_settings_of_the_process(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASRUN_HOME", str(settings.home))
    with pipeline.query.connect() as session:
        assert session.arrow("FROM turns").num_rows == 6


def test_no_lake_yet(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no lake at .*/lake: run `asrun nightly` or `asrun demo` first"):
        connect(load_settings(home=tmp_path))
    assert not list(tmp_path.iterdir())


def test_lake_of_a_newer_version(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit([])
    state = json.loads((settings.lake_dir / "lake.json").read_text())
    (settings.lake_dir / "lake.json").write_text(json.dumps({**state, "lake_version": 99}))
    with pytest.raises(LakeTooNew, match="upgrade asrun"):
        connect(settings)


def test_published_file_that_is_none(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    settings.lake_dir.mkdir()
    (settings.lake_dir / "asrun.duckdb").write_text("this is no database, but long enough to be taken for one" * 100)
    with pytest.raises(UsageError, match=r"asrun.duckdb: cannot be opened"):
        connect(settings)
    assert not list((settings.lake_dir / "tmp").iterdir())


def test_too_long_a_query_is_stopped_and_the_session_lives_on(settings: Settings) -> None:
    with connect(settings.model_copy(update={"sql_timeout_seconds": 1.0})) as session:
        with pytest.raises(UsageError, match=r"stopped after 1 s"):
            session.arrow(ENDLESS)
        assert session.arrow("SELECT 1 AS one").to_pylist() == [{"one": 1}]


def test_too_large_a_query_is_refused_or_spills_and_leaves_nothing(settings: Settings) -> None:
    with connect(settings.model_copy(update={"sql_memory_limit": "60MB"})) as session:
        largest = "SELECT max(n) AS n FROM (SELECT row_number() OVER (ORDER BY hash(range)) AS n FROM range(4000000))"
        assert session.arrow(largest).to_pylist() == [{"n": 4_000_000}]
        with pytest.raises(UsageError, match="Out of Memory"):
            session.arrow("SELECT list(range) FROM range(50000000)")
    assert not list((settings.lake_dir / "tmp").iterdir())


def test_session_keeps_its_snapshot_and_the_next_sees_the_new_one(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    count = "SELECT count(*) AS n FROM transcripts"
    Lake(settings).commit(batch(Look(page=1)))
    with connect(settings) as old:
        Lake(settings).commit(batch(Look(page=2)))
        with connect(settings) as new:
            assert old.arrow(count).to_pylist() == [{"n": 1}]
            assert new.arrow(count).to_pylist() == [{"n": 2}]


def test_analyst_without_write_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(Look()))
    mine = tmp_path / "mine"
    mine.mkdir()

    def refuse(*, prefix: str, dir: Path | None = None) -> str:  # noqa: A002  # the name that tempfile gives it
        if dir is not None:
            raise PermissionError(13, "Permission denied", str(dir))
        made = mine / prefix
        made.mkdir()
        return str(made)

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with connect(settings) as session:
        assert session.arrow("FROM turns").num_rows == 3
    assert not list(mine.iterdir())


def test_a_lake_whose_disk_is_full_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(home=tmp_path / "home")
    Lake(settings).commit(batch(Look()))
    write = Path.write_bytes

    def refuse(path: Path, data: bytes) -> int:
        if path.is_relative_to(settings.lake_dir):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, data)

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(Path, "write_bytes", refuse)
    with connect(settings) as session:
        assert session.arrow("FROM turns").num_rows == 3
    assert [*tmp_path.iterdir(), *(settings.lake_dir / "tmp").iterdir()] == [settings.home]


def test_plain_duckdb_reads_beside_a_session(settings: Settings, session: Session) -> None:
    with duckdb.connect(str(settings.lake_dir / "asrun.duckdb"), read_only=True) as plain:
        assert plain.sql("SELECT count(*) FROM turns").fetchall() == [(6,)]
    assert session.arrow("FROM turns").num_rows == 6


def test_session_beside_a_program_that_has_the_file_open_for_writing(settings: Settings) -> None:
    path = str(settings.lake_dir / "asrun.duckdb")
    program = f"import duckdb; held = duckdb.connect({path!r}); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with connect(settings) as session:
            assert session.arrow("FROM turns").num_rows == 6
        other.communicate("\n", timeout=60)


def test_a_program_that_is_interrupted_ends_cleanly_and_has_no_progress_bar_in_its_output(settings: Settings) -> None:
    asked = "SELECT current_setting('enable_progress_bar') AS has_bar"
    program = f"""
import sys
from pathlib import Path
from pipeline.query.session import connect
from pipeline.settings import Settings
with connect(Settings(home=Path({str(settings.home)!r}))) as session:
    print(session.arrow({asked!r}).to_pylist(), flush=True)
    session.arrow({ENDLESS!r})
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "[{'has_bar': False}]\n"
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=60)
    assert "KeyboardInterrupt" in errors
    assert not list((settings.lake_dir / "tmp").iterdir())
