"""Views and macros in the oldest DuckDB that opens a lake: `make engines` installs it."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.lake.store import Lake
from pipeline.settings import load_settings
from tests.lake.factory import Look, batch
from tests.schemas.test_views import BROADCAST_QUESTIONS, BROADCASTS, LOOKS, QUESTIONS

OLDER = Path(__file__).parent / "older_duckdb" / ".venv" / "bin" / "python"
PROGRAM = """
import json, sys, duckdb
path, questions = json.load(sys.stdin)
with duckdb.connect(path, read_only=True) as connection:
    print(json.dumps([connection.execute(sql).fetchall() for sql in questions], default=str))
"""


@pytest.mark.skipif(not OLDER.exists(), reason="no older DuckDB is installed: run `make engines`")
@pytest.mark.parametrize("indexed_files", [0, 2], ids=["in full", "by index"])
@pytest.mark.parametrize(
    ("looks", "questions"),
    [(LOOKS, QUESTIONS), (BROADCASTS, BROADCAST_QUESTIONS)],
    ids=["few words", "broadcasts"],
)
def test_same_answers(
    looks: tuple[Look, ...],
    questions: dict[str, tuple[str, list[tuple[object, ...]]]],
    indexed_files: int,
    tmp_path: Path,
) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*looks))
    if indexed_files:
        assert Lake(settings).maintain(datetime.now(UTC)).indexed_files >= indexed_files
    asked = json.dumps([str(settings.lake_dir / "asrun.duckdb"), [sql for sql, _ in questions.values()]])
    done = subprocess.run([OLDER, "-c", PROGRAM], input=asked, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    expected = json.loads(json.dumps([answer for _, answer in questions.values()], default=str))
    assert dict(zip(questions, json.loads(done.stdout), strict=True)) == dict(zip(questions, expected, strict=True))
