"""The analysts' views and macros, as SQL of the published lake answers them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.lake.store import Lake
from pipeline.query.session import Session, connect
from pipeline.settings import load_settings
from tests.lake.factory import Look, batch

MARCH, APRIL = date(2026, 3, 20), date(2026, 4, 2)
LOOKS = (
    Look(
        page=1,
        air_date=MARCH,
        said=(
            ("LEILA FADEL, HOST:", "The river’s high. The RIVER's high, they say."),
            ("FADEL:", "[river?] (a+b) 100% \\d"),
            (None, "(SOUNDBITE OF RIVER)"),
        ),
    ),
    Look(page=2, air_date=APRIL, program="Fresh Air", said=(("LEILA FADEL, HOST:", "No İstanbul river today."),)),
    Look(page=3, air_date=None, program=None, source_id="kpbs", said=(("SAM LEE:", "Driver."), (None, "(MUSIC)"))),
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    settings = load_settings(home=Path(tmp_path_factory.mktemp("home")))
    Lake(settings).commit(batch(*LOOKS))
    with connect(settings) as session:
        yield session


def ask(session: Session, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in session.arrow(sql).to_pylist()]


QUESTIONS = {
    "speakers": (
        "SELECT * FROM speakers ORDER BY speaker_name",
        [
            ("Fadel", 1, 4, 1, MARCH, MARCH),
            ("Leila Fadel", 2, 12, 2, MARCH, APRIL),
            ("Sam Lee", 1, 1, 1, None, None),
        ],
    ),
    "coverage_by_day": (
        "SELECT * FROM coverage_by_day ORDER BY air_date",
        [
            ("npr", "Morning Edition", MARCH, 1, 3, 15),
            ("npr", "Fresh Air", APRIL, 1, 1, 4),
            ("kpbs", None, None, 1, 2, 2),
        ],
    ),
    "kwic finds each occurrence, whatever case and apostrophe": (
        """SELECT "before", hit, "after", occurrence FROM kwic('RIVER''S HIGH', 6)""",
        [("The ", "river’s high", ". The ", 1), (". The ", "RIVER's high", ", they", 2)],
    ),
    "kwic takes no pattern": (
        """SELECT "before", hit, "after" FROM kwic('(a+b) 100% \\d', 3)""",
        [("?] ", "(a+b) 100% \\d", "")],
    ),
    "kwic keeps its place after letters that grow in lower case": (
        """SELECT "before", hit FROM kwic('river', 4) WHERE program = 'Fresh Air'""",
        [("bul ", "river")],
    ),
    "kwic also in cues and within words": (
        """SELECT transcript_id, turn_index, "before", hit FROM kwic('river', 3) WHERE "before" IN ('OF ', 'D')""",
        [("npr:nx-s1-1", 2, "OF ", "RIVER"), ("npr:nx-s1-3", 0, "D", "river")],
    ),
    "kwic of nothing": ("SELECT * FROM kwic('', 5)", []),
    "who_said in speech only, oldest first": (
        "SELECT air_date, speaker_name, transcript_id, turn_index FROM who_said('river')",
        [
            (MARCH, "Leila Fadel", "npr:nx-s1-1", 0),
            (MARCH, "Fadel", "npr:nx-s1-1", 1),
            (APRIL, "Leila Fadel", "npr:nx-s1-2", 0),
            (None, "Sam Lee", "npr:nx-s1-3", 0),
        ],
    ),
    "who_said with curly quotation": ("SELECT turn_index FROM who_said('river’s')", [(0,)]),
    "who_said of nothing": ("SELECT * FROM who_said('')", []),
    "airtime_by speaker": (
        "SELECT value, turn_count, word_count, transcript_count FROM airtime_by('speaker')",
        [("Leila Fadel", 2, 12, 2), ("Fadel", 1, 4, 1), ("Sam Lee", 1, 1, 1)],
    ),
    "airtime_by program": (
        "SELECT value, word_count, round(word_share, 2) FROM airtime_by('program')",
        [("Morning Edition", 12, 0.71), ("Fresh Air", 4, 0.24), (None, 1, 0.06)],
    ),
    "airtime_by role": ("SELECT value, turn_count FROM airtime_by('role')", [("host", 2), (None, 2)]),
    "airtime_by source": ("SELECT value, turn_count FROM airtime_by('source')", [("npr", 3), ("kpbs", 1)]),
}


@pytest.mark.parametrize(("sql", "answer"), QUESTIONS.values(), ids=QUESTIONS)
def test_question(session: Session, sql: str, answer: list[tuple[Any, ...]]) -> None:
    assert ask(session, sql) == answer


def test_unknown_grouping_says_which_there_are(session: Session) -> None:
    with pytest.raises(UsageError, match="airtime_by: there are speaker, program, role and source, not station"):
        session.arrow("SELECT * FROM airtime_by('station')")


def test_all_views_columns_and_macros_are_described(session: Session) -> None:
    undescribed = """
        SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL
        SELECT table_name || '.' || column_name FROM duckdb_columns()
        WHERE NOT internal AND comment IS NULL AND table_name <> 'edition'
        UNION ALL
        SELECT function_name FROM duckdb_functions() WHERE database_name = 'asrun' AND comment IS NULL
    """
    assert ask(session, undescribed) == []
    assert ask(session, "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL") == [
        ("bylines",),
        ("captures",),
        ("coverage_by_day",),
        ("speakers",),
        ("transcripts",),
        ("turns",),
    ]
