"""`asrun schema` and `asrun maintain`: what they print, their exit codes, their one-line errors."""

import json
from pathlib import Path

import pytest

from pipeline.lake.store import Lake
from pipeline.settings import load_settings
from schemas import LAKE_VERSION, TABLES, TURNS
from tests.flows.saying import Asrun, command
from tests.lake.factory import Look, batch


@pytest.fixture
def asrun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asrun:
    """Run the command in this process in a home of its own; its exit code, output and errors."""
    monkeypatch.setenv("ASRUN_HOME", str(tmp_path))
    return command(monkeypatch, capsys, str)


def test_schema_prints_every_table_and_column(asrun: Asrun) -> None:
    code, out, err = asrun("schema")
    assert (code, err) == (0, "")
    for table in TABLES:
        assert f"{table.name}, version {table.version}, key {', '.join(table.key)}" in out
        for column in table.columns:
            assert column.description in out, column.name


def test_schema_of_one_table_as_json(asrun: Asrun) -> None:
    code, out, _ = asrun("schema", "turns", "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert (document["name"], document["version"], document["key"]) == ("turns", TURNS.version, list(TURNS.key))
    by_name = {column["name"]: column for column in document["columns"]}
    assert list(by_name) == list(TURNS.column_names)
    assert by_name["start_seconds"] == {
        "name": "start_seconds",
        "type": "DOUBLE",
        "unit": "seconds",
        "is_nullable": True,
        "is_derived": False,
        "description": "Start in the audio, in seconds, where the page prints it.",
    }


def test_schema_as_json_has_the_version_of_the_lake(asrun: Asrun) -> None:
    document = json.loads(asrun("schema", "--format", "json")[1])
    assert document["lake_version"] == LAKE_VERSION
    assert [table["name"] for table in document["tables"]] == [table.name for table in TABLES]


def test_an_unknown_table_says_which_there_are(asrun: Asrun) -> None:
    code, out, err = asrun("schema", "songs")
    assert (code, out) == (2, "")
    assert err.startswith("asrun: there is no table songs; there are transcripts, turns, ")
    assert err.count("\n") == 1


def test_maintain_says_what_it_did(asrun: Asrun, tmp_path: Path) -> None:
    Lake(load_settings(home=tmp_path)).commit(batch(Look(1)))
    code, out, err = asrun("maintain")
    assert (code, err) == (0, "")
    done = "0 months put together, 1 file indexed, 0 editions let go, 0 files (0.0 MB) removed"
    assert out.startswith("tables in ")
    assert out.endswith(f" files; {done}\n")
