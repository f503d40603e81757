"""The phrase index: it changes no answer, whatever the phrase, and lives as long as the file that it is of."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from pipeline.lake.phrase_index import INDEX_FOLDER
from pipeline.lake.store import Lake
from pipeline.query.session import Session, connect
from pipeline.settings import Settings, load_settings
from schemas.phrases import COMMON_WORDS
from tests.lake.factory import Look, batch

FEBRUARY, MARCH, APRIL = date(2026, 2, 27), date(2026, 3, 20), date(2026, 4, 2)
TEXTS = (
    "Climate change, they say. CLIMATE -- Change!",
    "The climate of the change isn’t what it was.",
    "Caf\u00e9, cafe\u0301 and cafe; the \u017feal of \u212aelvin, \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
    "\u0130stanbul, stra\u00dfe, STRASSE",
    "Don't know. Do not know! they-them; the them",
    "Changing climates: a 100% chang\u00e9, 9/11 of 911.",
    "It's what they said that the people of the one who",
)  # fmt: skip


def looks(day: date | None, first: int) -> list[Look]:
    said = [[(label, text) for text in TEXTS] for label in ("LEILA FADEL, HOST:", "SAM LEE:", None)]
    return [Look(page=first + number, air_date=day, said=tuple(turns)) for number, turns in enumerate(said)]


def maintained(settings: Settings) -> int:
    return Lake(settings).maintain(datetime.now(UTC) + timedelta(days=2)).indexed_files


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Of five files of turns, one without a day, three are indexed when two more come."""
    settings = load_settings(home=Path(tmp_path_factory.mktemp("home")))
    Lake(settings).commit(batch(*looks(FEBRUARY, 1), *looks(None, 10), *looks(MARCH, 20)))
    assert maintained(settings) == 3
    Lake(settings).commit(batch(*looks(MARCH, 30), *looks(APRIL, 40)))
    with connect(settings) as session:
        yield session


OTHERS = ["SEAL", "kelvin", "σίσυφος", "istanbul", "STRAẞE", "change", "chang", "clim", "isn't", "s", "copper", "t"]
WORDS = sorted({word for text in TEXTS for word in text.split()} | {*OTHERS, *COMMON_WORDS[:12]})
CASES: tuple[Callable[[str], str], ...] = (str, str.upper, str.title)
PHRASES = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(["", "", "*"]), st.sampled_from(CASES)), min_size=1, max_size=5
).map(lambda words: " ".join(case(word) + star for word, star, case in words))


@given(PHRASES)
@example("")
@example("?!")
@example("*")
@example("th*")
@example("of the")
@example("don't")
@example("climate change they say climate")
@trying(max_examples=25, deadline=None)
def test_a_search_finds_what_reading_all_text_finds(session: Session, phrase: str) -> None:
    quoted = phrase.replace("'", "''")
    read = ask(session, f"SELECT transcript_id, turn_index FROM turns WHERE has_phrase(text, '{quoted}') ORDER BY ALL")
    found = ask(session, f"SELECT transcript_id, turn_index FROM turns_with('{quoted}') ORDER BY ALL")
    assert found == read


@pytest.mark.parametrize("phrase", ["climate chang*", "said that the people", "of the", "CAFÉ"])
def test_what_it_shows_of_a_turn_is_what_the_turn_says(session: Session, phrase: str) -> None:
    columns = "transcript_id, turn_index, air_date, program, kind, speaker_name, speaker_label, text"
    read = ask(session, f"SELECT {columns} FROM turns WHERE has_phrase(text, '{phrase}') ORDER BY ALL")
    assert len(read) >= 10
    assert ask(session, f"SELECT {columns} FROM turns_with('{phrase}') ORDER BY ALL") == read


def test_an_indexed_file_is_not_read_in_full(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*looks(MARCH, 1)))
    maintained(settings)
    [words] = (settings.lake_dir / INDEX_FOLDER / "words").iterdir()
    pq.write_table(pq.read_table(words).slice(0, 0), words)
    with connect(settings) as session:
        assert ask(session, "FROM who_said('climate change')") == []
        assert len(ask(session, "FROM who_said('of the')")) == 4


def ask(session: Session, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in session.arrow(sql).to_pylist()]


def index(settings: Settings) -> dict[str, set[str]]:
    """The files of the index, by kind."""
    folder = settings.lake_dir / INDEX_FOLDER
    return {kind: {path.name for path in (folder / kind).glob("*.parquet")} for kind in ("words", "turns")}


def test_it_lives_as_long_as_its_file(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, editions_kept=1, editions_kept_days=0)
    Lake(settings).commit(batch(*looks(MARCH, 1)))
    assert maintained(settings) == 1
    [first] = index(settings)["words"]
    assert maintained(settings) == 0
    Lake(settings).commit(batch(*looks(MARCH, 10)))
    assert maintained(settings) == 1
    both = {first, *(path.name for path in live(settings))}
    assert index(settings)["words"] == index(settings)["turns"] == both
    for page in (20, 30, 40):
        Lake(settings).commit(batch(*looks(APRIL, page)))
    Lake(settings).maintain(datetime.now(UTC) + timedelta(days=40))
    assert first not in index(settings)["words"] | index(settings)["turns"]
    assert index(settings)["words"] == index(settings)["turns"] == {path.name for path in live(settings)}


def live(settings: Settings) -> list[Path]:
    with duckdb.connect(str(settings.lake_dir / "asrun.duckdb"), read_only=True) as plain:
        [(sql,)] = plain.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'turns'").fetchall()
    return [Path(part) for part in sql.split("'") if part.endswith(".parquet")]


def test_without_it_the_same_is_found(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, phrase_index=False)
    Lake(settings).commit(batch(*looks(MARCH, 1)))
    assert maintained(settings) == 0
    assert not (settings.lake_dir / INDEX_FOLDER).exists()
    with connect(settings) as session:
        assert len(ask(session, "FROM who_said('climate change')")) == 2


def test_half_an_index_is_none(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*looks(MARCH, 1)))
    maintained(settings)
    for path in (settings.lake_dir / INDEX_FOLDER / "words").iterdir():
        path.unlink()
    Lake(settings).commit([])
    with connect(settings) as session:
        assert len(ask(session, "FROM who_said('climate change')")) == 2
    assert maintained(settings) == 1


def test_a_turn_that_holds_the_sign_between_fields_is_read_in_full(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(Look(page=1, program="Fresh\x1fAir")))
    assert maintained(settings) == 0
    with connect(settings) as session:
        assert ask(session, "SELECT DISTINCT program FROM who_said('rained')") == [("Fresh\x1fAir",)]
