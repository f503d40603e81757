"""The lake as it stood: through the session, the command, and plain DuckDB with a kept edition attached."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from flows import cli
from pipeline.errors import UsageError
from pipeline.lake.published.editions import Edition, kept_editions
from pipeline.lake.store import Lake
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from pipeline.storage import lake_storage
from tests.lake.factory import Look, batch

TITLES = "SELECT title, revision FROM transcripts ORDER BY ALL"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A lake with two editions, a day apart: the page was revised, another came."""
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(Look(1)))
    [first] = kept_editions(lake_storage(settings))
    yesterday = first.published_at - timedelta(days=1)
    first.path.rename(first.path.with_name(f"{yesterday:%Y%m%dT%H%M%S.%fZ}-{first.path.stem.split('-')[1]}.duckdb"))
    Lake(settings).commit(batch(Look(1, hours=5, title="New"), Look(2)))
    return settings


def editions(settings: Settings) -> tuple[Edition, Edition]:
    first, second = kept_editions(lake_storage(settings))
    return first, second


def asked(settings: Settings, moment: datetime | None) -> list[tuple[object, ...]]:
    with connect(settings, as_of=moment) as session:
        return [tuple(row.values()) for row in session.arrow(TITLES).to_pylist()]


def test_the_session_answers_as_of_a_time(settings: Settings) -> None:
    first, second = editions(settings)
    now = [("A night of rain", 1), ("New", 2)]
    assert asked(settings, None) == now
    assert asked(settings, second.published_at) == now
    assert asked(settings, second.published_at - timedelta(seconds=1)) == [("A night of rain", 1)]
    assert asked(settings, first.published_at) == [("A night of rain", 1)]


def test_before_the_oldest_edition_is_an_error_that_names_it(settings: Settings) -> None:
    first, _ = editions(settings)
    with pytest.raises(UsageError, match=f"the oldest is of {first.published_at:%Y-%m-%d %H:%M}"):
        asked(settings, first.published_at - timedelta(seconds=1))


def test_the_command(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ASRUN_HOME", str(settings.home))

    def run(*arguments: str) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["asrun", "sql", TITLES, "--format", "csv", *arguments])
        code: object = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code or 0
        return (code, *capsys.readouterr())

    first, second = editions(settings)
    assert run("--as-of", f"{first.published_at:%Y-%m-%d}")[:2] == (0, "title,revision\nA night of rain,1\n")
    assert run("--as-of", second.published_at.isoformat())[1].count("\n") == len(["title", "A night of rain", "New"])
    code, out, err = run("--as-of", "1926-03-20")
    assert (code, out, err.count("\n")) == (2, "", 1)
    code, out, err = run("--as-of", "yesterday")
    assert (code, err) == (2, "asrun: --as-of yesterday: no time; write it as 2026-03-20 or 2026-03-20T07:15\n")


def test_plain_duckdb_attaches_a_kept_edition_beside_the_newest(settings: Settings) -> None:
    first, _ = editions(settings)
    with duckdb.connect(str(settings.lake_dir / "asrun.duckdb"), read_only=True) as plain:
        plain.execute(f"ATTACH '{first.path}' AS before (READ_ONLY)")
        changed = plain.execute(
            "SELECT old.title, new.title FROM before.transcripts AS old JOIN transcripts AS new USING (transcript_id) "
            "WHERE old.content_hash <> new.content_hash"
        ).fetchall()
        views = {view: [_pages(plain, f"{place}{view}") for place in ("", "before.")] for view in ("quality", "voices")}
        said = [_pages(plain, f"{place}who_said('morning')") for place in ("", "before.")]
        plain.execute("USE before")
        said.append(_pages(plain, "who_said('morning')"))
    assert changed == [("A night of rain", "New")]
    assert views == {"quality": [2, 1], "voices": [4, 2]}
    assert said == [2, 2, 1], "macros ask the edition in use, whichever is named before them"


def _pages(plain: "duckdb.DuckDBPyConnection", rows: str) -> int:
    """The transcripts that are counted in these rows, or the rows."""
    count = "sum(transcript_count)" if rows.endswith("quality") else "count(*)"
    [(number,)] = plain.execute(f"SELECT {count} FROM {rows}").fetchall()
    return int(number)


def test_an_edition_says_when_it_is_of(settings: Settings) -> None:
    _, second = editions(settings)
    with connect(settings, as_of=datetime.now(UTC)) as session:
        assert session.arrow("SELECT edition_id FROM edition").column(0).to_pylist() == [second.path.stem]
