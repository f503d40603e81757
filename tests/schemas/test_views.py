"""The analysts' views and macros, as SQL of the published lake answers them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
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
            ("Fadel", 1, 4, 1, MARCH, MARCH, None),
            ("Leila Fadel", 2, 12, 2, MARCH, APRIL, "leila-fadel"),
            ("Sam Lee", 1, 1, 1, None, None, "sam-lee"),
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
    "kwic takes no pattern": ("SELECT hit FROM kwic('(a+b) 100% \\d', 3)", [("a+b) 100% \\d",)]),
    "kwic keeps its place after letters that grow in lower case": (
        """SELECT "before", hit FROM kwic('river', 4) WHERE program = 'Fresh Air'""",
        [("bul ", "river")],
    ),
    "kwic also in cues, not within words": (
        "SELECT transcript_id, turn_index, occurrence FROM kwic('river', 3)",
        [
            ("npr:nx-s1-1", 0, 1),
            ("npr:nx-s1-1", 0, 2),
            ("npr:nx-s1-1", 1, 1),
            ("npr:nx-s1-1", 2, 1),
            ("npr:nx-s1-2", 0, 1),
        ],
    ),
    "kwic with less than no context": (
        """SELECT "before", hit, "after", occurrence FROM kwic('RIVER''S HIGH', -1)""",
        [("", "river’s high", "", 1), ("", "RIVER's high", "", 2)],
    ),
    "kwic of nothing": ("SELECT * FROM kwic('', 5)", []),
    "kwic of signs alone": ("SELECT * FROM kwic('?! -', 5)", []),
    "who_said in speech only, oldest first": (
        "SELECT air_date, speaker_name, transcript_id, turn_index FROM who_said('river')",
        [
            (MARCH, "Leila Fadel", "npr:nx-s1-1", 0),
            (MARCH, "Fadel", "npr:nx-s1-1", 1),
            (APRIL, "Leila Fadel", "npr:nx-s1-2", 0),
        ],
    ),
    "who_said with curly quotation": ("SELECT turn_index FROM who_said('river’s')", [(0,)]),
    "who_said with any ending": ("SELECT transcript_id FROM who_said('driv*')", [("npr:nx-s1-3",)]),
    "who_said of nothing": ("SELECT * FROM who_said('')", []),
    "airtime_by speaker": (
        "SELECT value, turn_count, word_count, estimated_seconds FROM airtime_by('speaker', 'all')",
        [("Leila Fadel", 2, 12, 4.0), ("Fadel", 1, 4, 4 / 3), ("Sam Lee", 1, 1, 1 / 3)],
    ),
    "airtime_by program and month": (
        "SELECT value, period_start, word_count, word_share FROM airtime_by('program', 'month')",
        [
            ("Morning Edition", date(2026, 3, 1), 12, 1.0),
            ("Fresh Air", date(2026, 4, 1), 4, 1.0),
            (None, None, 1, 1.0),
        ],
    ),
    "airtime_by role": ("SELECT value, turn_count FROM airtime_by('role', 'all')", [("host", 2), (None, 2)]),
    "airtime_by source": ("SELECT value, turn_count FROM airtime_by('source', 'all')", [("npr", 3), ("kpbs", 1)]),
    "ngram_trend has its denominator, and the months without": (
        (
            "SELECT period_start, occurrence_count, turn_count, word_count, per_million_words "
            "FROM ngram_trend('they say', 'month')"
        ),
        [(date(2026, 3, 1), 1, 1, 15, 1e6 / 15), (date(2026, 4, 1), 0, 0, 4, 0.0), (None, 0, 0, 2, 0.0)],
    ),
    "ngram_trend counts occurrences": (
        "SELECT occurrence_count, turn_count FROM ngram_trend('river', 'all')",
        [(4, 3)],
    ),
    "ngram_trend of what pages say that name no day": (
        "SELECT period_start, occurrence_count FROM ngram_trend('driver', 'year')",
        [(date(2026, 1, 1), 0), (None, 1)],
    ),
    "ngram_trend of nothing": ("SELECT occurrence_count FROM ngram_trend('...', 'all')", [(0,)]),
    "first_and_last_heard, whatever case": (
        "SELECT * FROM first_and_last_heard('LEILA fadel')",
        [("Leila Fadel", MARCH, "npr:nx-s1-1", "Morning Edition", APRIL, "npr:nx-s1-2", "Fresh Air", 2, 12)],
    ),
    "first_and_last_heard of nobody": ("SELECT * FROM first_and_last_heard('Sam Lee')", []),
    "questions_by_host": (
        (
            "SELECT speaker_name, program, turn_count, question_turn_count, question_count FROM questions_by_host "
            "ORDER BY program"
        ),
        [("Leila Fadel", "Fresh Air", 1, 0, 0), ("Leila Fadel", "Morning Edition", 1, 0, 0)],
    ),
    "quality": (
        """
        SELECT source_id, program, year, transcript_count, copy_count, uncertain_transcript_count, word_count,
               attributed_words, round(attributed_share, 2), round(sure_share, 2), mean_confidence,
               unresolved_label_count, unresolved_words, words_by_rule::VARCHAR, words_by_confidence::VARCHAR
        FROM quality ORDER BY source_id, program
        """,
        [
            ("kpbs", None, None, 1, 0, 0, 1, 1, 1.0, 1.0, 1.0, 0, 0, "{printed=1}", "{1.0=1}"),
            ("npr", "Fresh Air", 2026, 1, 0, 0, 4, 4, 1.0, 1.0, 1.0, 0, 0, "{printed=4}", "{1.0=4}"),
            ("npr", "Morning Edition", 2026, 1, 0, 0, 12, 12, 1.0, 1.0, 1.0, 0, 0, "{printed=12}", "{1.0=12}"),
        ],
    ),
    "speaking_rate of a lake in which nothing was said at length": ("SELECT * FROM speaking_rate", []),
}


@pytest.mark.parametrize(("sql", "answer"), QUESTIONS.values(), ids=QUESTIONS)
def test_question(session: Session, sql: str, answer: list[tuple[Any, ...]]) -> None:
    assert ask(session, sql) == answer


SLOW, QUICK = "and so it went on " * 20, "they said it was so " * 40
AUDIO_SECONDS = 236.0
"""Of every page of the factory."""
BROADCASTS = (
    Look(
        page=1,
        air_date=MARCH,
        said=(
            ("LEILA FADEL, HOST:", "How high is it? How high?"),
            (None, "(SOUNDBITE OF ARCHIVED RECORDING)"),
            ("SAM LEE:", "We are afraid."),
            (None, "(Soundbite of river)"),
            ("LEILA FADEL, HOST:", "Thank you."),
            ("SAM LEE:", SLOW * 4),
        ),
    ),
    Look(page=2, air_date=MARCH, program="Fresh Air", said=(("LEILA FADEL, HOST:", QUICK * 2),)),
    Look(page=3, air_date=APRIL, program="Fresh Air", said=(("LEILA FADEL, HOST:", "Too short to time."),)),
    Look(page=4, air_date=APRIL, program="Marketplace", said=(("KAI RYSSDAL, HOST:", "Why?"),)),
)
SLOW_WORDS, QUICK_WORDS = 4 * 100 + 18, 2 * 200
RATE = SLOW_WORDS / AUDIO_SECONDS, QUICK_WORDS / AUDIO_SECONDS


@pytest.fixture(scope="module")
def broadcasts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    settings = load_settings(home=Path(tmp_path_factory.mktemp("broadcasts")))
    Lake(settings).commit(batch(*BROADCASTS))
    with connect(settings) as session:
        yield session


BROADCAST_QUESTIONS = {
    "questions_by_host": (
        (
            "SELECT speaker_name, program, turn_count, question_turn_count, question_count FROM questions_by_host "
            "ORDER BY program, speaker_name"
        ),
        [
            ("Leila Fadel", "Fresh Air", 2, 0, 0),
            ("Kai Ryssdal", "Marketplace", 1, 1, 1),
            ("Leila Fadel", "Morning Edition", 2, 1, 2),
        ],
    ),
    "tape is what follows a soundbite, unless the host goes on": (
        "SELECT program, tape_turn_count, tape_word_count FROM tape_share ORDER BY program",
        [("Fresh Air", 0, 0), ("Marketplace", 0, 0), ("Morning Edition", 1, 3)],
    ),
    "rates are measured on whole pages, by programme and over all": (
        "SELECT program, words_per_second, transcript_count FROM speaking_rate ORDER BY program NULLS LAST",
        [("Fresh Air", RATE[1], 1), ("Morning Edition", RATE[0], 1), (None, sum(RATE) / 2, 2)],
    ),
    "estimated seconds go by the programme's rate, else by that over all": (
        (
            "SELECT value, round(estimated_seconds - word_count / rate, 6) FROM airtime_by('program', 'all') JOIN "
            f"(VALUES ('Fresh Air', {RATE[1]}), ('Marketplace', {sum(RATE) / 2}), ('Morning Edition', {RATE[0]})) "
            "rates(value, rate) USING (value) ORDER BY value"
        ),
        [("Fresh Air", 0.0), ("Marketplace", 0.0), ("Morning Edition", 0.0)],
    ),
}


@pytest.mark.parametrize(("sql", "answer"), BROADCAST_QUESTIONS.values(), ids=BROADCAST_QUESTIONS)
def test_question_of_broadcasts(broadcasts: Session, sql: str, answer: list[tuple[Any, ...]]) -> None:
    assert ask(broadcasts, sql) == answer


def test_a_copy_is_not_counted_again_but_found(tmp_path: Path) -> None:
    said = (("LEILA FADEL, HOST:", "The river rose? " + "and on it went, hour after hour, mile by mile " * 40),)
    settings = load_settings(home=tmp_path)
    copy = Look(page=2, said=said, source_id="kpbs").ingested()
    assert copy.reading is not None
    assert copy.reading.transcript is not None
    reading = replace(copy.reading, transcript=replace(copy.reading.transcript, npr_id="nx-s1-1"))
    Lake(settings).commit([*batch(Look(page=1, said=said)), replace(copy, reading=reading)])
    with connect(settings) as session:
        assert ask(session, "SELECT count(*), count(*) FILTER (is_primary) FROM transcripts") == [(2, 1)]
        assert ask(session, "SELECT count(*) FROM who_said('river')") == [(2,)]
        once = {
            "SELECT turn_count FROM speakers",
            "SELECT turn_count FROM airtime_by('speaker', 'all')",
            "SELECT occurrence_count FROM ngram_trend('river', 'all')",
            "SELECT question_count FROM questions_by_host",
            "SELECT turn_count FROM first_and_last_heard('leila fadel')",
            "SELECT transcript_count FROM speaking_rate WHERE program IS NULL",
        }
        assert {sql: ask(session, sql) for sql in once} == {sql: [(1,)] for sql in once}
        assert ask(session, "SELECT word_count FROM ngram_trend('river', 'all')") == ask(
            session, "SELECT sum(word_count) FROM speech"
        )


def test_unknown_period_says_which_there_are(session: Session) -> None:
    with pytest.raises(UsageError, match="there are day, week, month, quarter, year and all, not decade"):
        session.arrow("SELECT * FROM ngram_trend('river', 'decade')")


def test_unknown_grouping_says_which_there_are(session: Session) -> None:
    with pytest.raises(UsageError, match="airtime_by: there are speaker, program, role and source, not station"):
        session.arrow("SELECT * FROM airtime_by('station', 'all')")


def test_all_views_columns_and_macros_are_described(session: Session) -> None:
    undescribed = """
        SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL
        SELECT table_name || '.' || column_name FROM duckdb_columns()
        WHERE NOT internal AND comment IS NULL
        UNION ALL
        SELECT function_name FROM duckdb_functions() WHERE database_name = 'asrun' AND comment IS NULL
    """
    assert ask(session, undescribed) == []


def test_speakers_are_people_whatever_the_spelling() -> None:
    views = resources.files("schemas").joinpath("views.sql").read_text(encoding="utf-8")
    speakers = views[views.index("CREATE VIEW speakers") : views.index("COMMENT ON VIEW speakers")]
    with duckdb.connect() as plain:
        plain.execute("CREATE TABLE people AS SELECT 'bob-may' AS person_id, 'Bob May' AS name")
        plain.execute("""
            CREATE TABLE voices AS
            SELECT *, 1 AS turn_count, 2 AS word_count, 't' AS transcript_id, DATE '2026-03-20' AS air_date,
                NULL::BOOLEAN AS is_first
            FROM (
                VALUES ('Robert May', 'bob-may'), ('Bob May', 'bob-may'), ('Ann Day', NULL), (NULL, NULL)
            ) spoken(speaker_name, person_id)
        """)
        plain.execute(speakers)
        found = plain.execute("SELECT speaker_name, person_id, turn_count FROM speakers ORDER BY ALL").fetchall()
    assert found == [("Ann Day", None, 1), ("Bob May", "bob-may", 2)]
