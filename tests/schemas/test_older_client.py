"""Views and macros in an older DuckDB: `OLDER_DUCKDB_PYTHON` names a Python with one (duckdb==1.2.2 and pytz)."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from pipeline.lake.store import Lake
from pipeline.settings import load_settings
from tests.lake.factory import Look, batch
from tests.schemas.test_views import BROADCAST_QUESTIONS, BROADCASTS, LOOKS, QUESTIONS

OLDER = os.environ.get("OLDER_DUCKDB_PYTHON")
PROGRAM = """
import json, sys, duckdb
path, questions = json.load(sys.stdin)
with duckdb.connect(path, read_only=True) as connection:
    print(json.dumps([connection.execute(sql).fetchall() for sql in questions], default=str))
"""


@pytest.mark.skipif(OLDER is None, reason="OLDER_DUCKDB_PYTHON names no Python with an older duckdb")
@pytest.mark.parametrize(
    ("looks", "questions"),
    [(LOOKS, QUESTIONS), (BROADCASTS, BROADCAST_QUESTIONS)],
    ids=["few words", "broadcasts"],
)
def test_same_answers(
    looks: tuple[Look, ...], questions: dict[str, tuple[str, list[tuple[object, ...]]]], tmp_path: Path
) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*looks))
    asked = json.dumps([str(settings.lake_dir / "asrun.duckdb"), [sql for sql, _ in questions.values()]])
    assert OLDER is not None
    done = subprocess.run([OLDER, "-c", PROGRAM], input=asked, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    expected = json.loads(json.dumps([answer for _, answer in questions.values()], default=str))
    assert dict(zip(questions, json.loads(done.stdout), strict=True)) == dict(zip(questions, expected, strict=True))
