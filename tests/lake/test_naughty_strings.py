"""Text that breaks other people's programs comes back byte for byte: through the lake, SQL, CSV, JSON and a release."""

import csv
import io
import json
import sys
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from flows import cli
from pipeline.lake.release import release, verify
from pipeline.lake.store import Lake
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from tests.lake.factory import Look, batch

BIG_LIST = Path(__file__).parents[3] / "shared" / "real" / "external" / "naughty_strings.json"
OUR_LIST = [
    "\0", "a\0b", "\r", "\n", "a\r\nb", "\t", " ", "\x1b[31mred", "\x7f", "\u0085", "\u2028\u2029", "\u202eabc",
    "\ufeffBOM", "\ufffe", "e\u0301 \u00e9", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\ud7ff\ue000\U0010ffff",
    "\u0130stanbul \u1e9e", "\u200b", "NULL", "null", "None", "NaN", "inf", "\\N", "true", "1e309", "-0", "007",
    "2026-03-20", "'", '"', '""', "''", "\\", "\\\\'", ",", ";", 'a,b\n"c"', "'; DROP TABLE turns; --", "$(id)", "`id`",
    "%s%n", "{{7*7}}", "=1+1", "@SUM(A1)", "<script>alert(1)</script>", "&amp;", "../../etc/passwd", "part.parquet'",
    "x" * 100_000,
]  # fmt: skip


@pytest.fixture(scope="module", params=["our own", "the big list"])
def strings(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "our own":
        return OUR_LIST
    if not BIG_LIST.exists():
        pytest.skip("../shared/real/external/naughty_strings.json is not here")
    found = [text for text in json.loads(BIG_LIST.read_text(encoding="utf-8")) if text]
    assert len(found) > 500
    return found


@pytest.fixture(scope="module")
def settings(strings: list[str], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = load_settings(home=tmp_path_factory.mktemp("naughty"))
    look = Look(1, title=strings[-1], program=strings[0], said=[(None, text) for text in strings])
    Lake(settings).commit(batch(look))
    Lake(settings).commit(batch(Look(1, hours=1, title=strings[0], program=strings[-1], said=look.said[::-1])))
    Lake(settings).commit(batch(Look(1, hours=2, title=strings[-1], program=strings[0], said=look.said)))
    return settings


def test_sql(strings: list[str], settings: Settings) -> None:
    with connect(settings) as session:
        found = session.arrow("SELECT text, encode(text) AS bytes FROM turns ORDER BY turn_index").to_pydict()
        assert found["text"] == strings
        assert found["bytes"] == [text.encode() for text in strings]
        for text in (text for text in strings if "\0" not in text):
            quoted = text.replace("'", "''")
            hits = session.arrow(f"SELECT turn_index FROM turns WHERE text = '{quoted}'").to_pydict()["turn_index"]
            assert strings.index(text) in hits


def test_revisions(strings: list[str], settings: Settings) -> None:
    """What the older revisions said, and the pieces of what changed."""
    with connect(settings) as session:
        asked = "SELECT turn.text FROM revisions, unnest(turns) AS old(turn) WHERE revision = {}"
        assert session.arrow(asked.format(1)).column(0).to_pylist() == strings
        assert session.arrow(asked.format(2)).column(0).to_pylist() == strings[::-1]
        inserted = session.arrow("""
            SELECT string_agg(piece.text, '') AS text
            FROM revisions, unnest(changed_turns) AS c(turn), unnest(turn.pieces) AS p(piece)
            WHERE revision = 3 AND turn.old_index IS NULL AND piece.change = 'inserted' GROUP BY turn.turn_id
        """)
        assert set(inserted.column(0).to_pylist()) <= set(strings)


def printed(
    settings: Settings, form: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> str:
    monkeypatch.setenv("ASRUN_HOME", str(settings.home))
    query = "SELECT text, turn_index FROM turns ORDER BY turn_index"
    monkeypatch.setattr(sys, "argv", ["asrun", "sql", query, "--format", form])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code in {0, None}
    return capsysbinary.readouterr().out.decode("utf-8")


def test_csv(
    strings: list[str],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    out = printed(settings, "csv", monkeypatch, capsysbinary)
    assert [row["text"] for row in csv.DictReader(io.StringIO(out, newline=""))] == strings


def test_json(
    strings: list[str],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert [row["text"] for row in json.loads(printed(settings, "json", monkeypatch, capsysbinary))] == strings


def test_release(strings: list[str], settings: Settings, tmp_path: Path) -> None:
    place = release(settings, tmp_path / "release").place
    turns = ds.dataset(place / "turns", format="parquet", partitioning="hive").to_table().sort_by("turn_index")
    assert turns["text"].to_pylist() == strings
    pages = ds.dataset(place / "transcripts", format="parquet", partitioning="hive").to_table()
    assert (pages["title"].to_pylist(), pages["program"].to_pylist()) == ([strings[-1]], [strings[0]])
    assert not list(verify(place))
