"""The phrase index changes no answer, whatever the phrase."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc
import pytest
from hypothesis import example, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from pipeline.lake.phrases import index_rows, word_volumes
from pipeline.lake.phrases.phrase_index import INDEX_FOLDER
from pipeline.lake.published.writing import Writer
from pipeline.lake.store import Lake
from pipeline.lake.tables.together import Tables
from pipeline.query.session import Session, connect
from pipeline.settings import load_settings
from schemas import TURNS
from schemas.grades import GRADE, grades_of
from tests.lake.factory import Look, batch
from tests.lake.indexed import APRIL, FEBRUARY, MARCH, TEXTS, ask, emptied, files_of, looks, maintained


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Of five files of turns, one without a day, three are indexed when two more come; a few words are common.

    The words of the three are one volume, and one of them is written anew, so that the volume has places of no turn.
    """
    settings = load_settings(home=Path(tmp_path_factory.mktemp("home")))
    Lake(settings).commit(batch(*looks(FEBRUARY, 1), *looks(None, 10), *looks(MARCH, 20)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(index_rows, "FEWEST_TURNS", 10)
        patched.setattr(index_rows, "COMMON_SHARE", 0.5)
        patched.setattr(word_volumes, "FEWEST_SMALL", 2)
        assert maintained(settings) == 3
    Lake(settings).commit(batch(*looks(MARCH, 30), *looks(APRIL, 40)))
    changed = looks(FEBRUARY, 1)[0]
    Lake(settings).commit(batch(replace(changed, hours=1, said=changed.said[1:])))
    with connect(settings) as session:
        assert ask(session, "SELECT internal.common_words()") == [(" of the ",)]
        assert len(files_of(session, "indexed_words")) == 1
        assert len(files_of(session, "indexed_turns")) == 2
        yield session


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Pages on which people have two roles or two spellings, of a file that is indexed and of one that is not.

    A page is cut in two, as a large file is that is written as several: half of it is in either file.
    """
    settings = load_settings(home=Path(tmp_path_factory.mktemp("home")))
    fadel = (("LEILA FADEL, HOST:", "Why? And how?"), ("LEILA FADEL, BYLINE:", "Here."), ("LEILA FADÉL:", "Well?"))
    others = (("STEVE INSKEEP, HOST:", "No."), ("SAM LEE:", "One. Two?"), (None, "(MUSIC)"), ("SAM LEE:", "Three."))
    Lake(settings).commit(batch(*(Look(page, air_date=MARCH, said=fadel + others) for page in range(1, 6))))
    tables = Tables(settings.lake_dir)
    stored = tables[TURNS].disk.select()
    cut = pc.and_(pc.equal(stored["transcript_id"], "npr:nx-s1-5"), pc.greater(stored["turn_index"], 1))
    with Writer(settings).writing() as work:
        work.tables[TURNS].disk.write({"2026-03": stored.filter(pc.invert(cut))})
        Writer(settings).finish(work)
    maintained(settings)
    with Writer(settings).writing() as work:
        work.tables[TURNS].disk.append(stored.filter(cut))
        Writer(settings).finish(work)
    with connect(settings) as session:
        assert ask(session, "SELECT DISTINCT is_first FROM voices ORDER BY ALL") == [(False,), (True,), (None,)]
        yield session


OTHERS = ["SEAL", "kelvin", "σίσυφος", "istanbul", "STRAẞE", "change", "chang", "clim", "isn't", "s", "copper", "t"]


WORDS = sorted({word for text in TEXTS for word in text.split()} | {*OTHERS})


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
@trying(max_examples=12, deadline=None)
def test_a_search_finds_what_reading_all_text_finds(session: Session, phrase: str) -> None:
    quoted = phrase.replace("'", "''")
    read = ask(session, f"SELECT transcript_id, turn_index FROM turns WHERE has_phrase(text, '{quoted}') ORDER BY ALL")
    found = ask(session, f"SELECT transcript_id, turn_index FROM turns_with('{quoted}') ORDER BY ALL")
    assert found == read


@given(PHRASES)
@example("climate change")
@example("change change")
@example("chang*")
@example("what it was climate change")
@example("the climate of the change")
@example("of the")
@example("of the*")
@example("what*")
@example("people of the one")
@example("of the of the")
@trying(max_examples=12, deadline=None)
def test_it_counts_what_reading_all_text_counts(session: Session, phrase: str) -> None:
    quoted = phrase.replace("'", "''")
    read = ask(
        session,
        f"SELECT transcript_id, air_date, phrase_count(text, '{quoted}') AS occurrences FROM turns "
        f"WHERE kind = 'speech' AND has_phrase(text, '{quoted}') ORDER BY ALL",
    )
    assert ask(session, f"FROM speech_with('{quoted}') ORDER BY ALL") == read


@pytest.mark.parametrize("phrase", ["climate chang*", "said that the people", "of the", "CAFÉ", "cafe\u0301"])
def test_what_it_shows_of_a_turn_is_what_the_turn_says(session: Session, phrase: str) -> None:
    columns = "transcript_id, turn_index, air_date, program, kind, speaker_name, speaker_label, text"
    read = ask(session, f"SELECT {columns} FROM turns WHERE has_phrase(text, '{phrase}') ORDER BY ALL")
    assert len(read) >= 10
    assert ask(session, f"SELECT {columns} FROM turns_with('{phrase}') ORDER BY ALL") == read


COUNTED = {
    "speakers": """
        SELECT coalesce(any_value(people.name), min(speaker_name)) AS speaker_name, count(*) AS turn_count,
            sum(said.word_count)::BIGINT AS word_count, count(DISTINCT transcript_id) AS transcript_count,
            min(air_date) AS first_air_date, max(air_date) AS last_air_date, person_id
        FROM speech AS said LEFT JOIN people USING (person_id)
        WHERE speaker_name IS NOT NULL
        GROUP BY person_id, CASE WHEN person_id IS NULL THEN speaker_name END""",
    "questions_by_host": """
        SELECT speaker_name, program, count(*) AS turn_count,
            count(*) FILTER (contains(text, '?')) AS question_turn_count,
            sum(length(text) - length(replace(text, '?', '')))::BIGINT AS question_count,
            sum(word_count)::BIGINT AS word_count, min(air_date) AS first_air_date, max(air_date) AS last_air_date
        FROM speech
        WHERE speaker_role = 'host' AND speaker_name IS NOT NULL
        GROUP BY speaker_name, program""",
    "(SELECT value, turn_count, word_count FROM airtime_by('role', 'all'))": """
        SELECT speaker_role AS value, count(*) AS turn_count, sum(word_count)::BIGINT AS word_count
        FROM speech GROUP BY speaker_role""",
}


@pytest.mark.parametrize("asked", COUNTED)
def test_what_is_counted_beforehand_is_what_counting_all_turns_gives(counted: Session, asked: str) -> None:
    [by_voices, by_turns] = (ask(counted, f"FROM {source} ORDER BY ALL") for source in (asked, f"({COUNTED[asked]})"))
    assert len(by_turns) > 1
    assert by_voices == by_turns


def test_grades_are_the_same_counted_beforehand(counted: Session) -> None:
    """The page that is cut in two included."""
    of_what = ("source_id", "program", "year", "rule", "sureness")
    sums = ", ".join(f"sum({name})" for name in GRADE if name not in of_what)
    added_up = f"SELECT {', '.join(of_what)}, {sums} FROM ({{}}) GROUP BY ALL ORDER BY ALL"
    beforehand = ask(counted, added_up.format("FROM internal.grades"))
    assert len(beforehand) > 1
    assert beforehand == ask(counted, added_up.format(grades_of("(FROM turns WHERE kind = 'speech')")))


def test_what_is_rare_is_not_read_in_full(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*looks(MARCH, 1)))
    maintained(settings)
    emptied(settings, "words")
    with connect(settings) as session:
        assert ask(session, "FROM who_said('climate change')") == []


COUNTS = {"climate change": (2, 1), "people of the": (1, 1), "of the": (2, 2)}


@pytest.mark.parametrize(("phrase", "count"), COUNTS.items())
def test_a_count_needs_no_text(
    phrase: str, count: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_rows, "FEWEST_TURNS", 10)
    monkeypatch.setattr(index_rows, "COMMON_SHARE", 0.5)
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*looks(MARCH, 1)))
    maintained(settings)
    emptied(settings, "turns")
    with connect(settings) as session:
        assert ask(session, f"SELECT occurrence_count, turn_count FROM ngram_trend('{phrase}', 'all')") == [count]


def test_what_many_turns_have_is_read_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that is common in one file is looked up in none, also where an index has it."""
    settings = load_settings(home=tmp_path)
    monkeypatch.setattr(index_rows, "FEWEST_TURNS", 20)
    Lake(settings).commit(batch(*looks(MARCH, 1), Look(page=9, said=[("LEE:", "One turn.")])))
    maintained(settings)
    said = [("LEILA FADEL, HOST:", f"Turn {number}.") for number in range(20)]
    Lake(settings).commit(batch(Look(page=20, air_date=APRIL, said=said)))
    with connect(settings) as session:
        assert "turn" not in ask(session, "SELECT internal.common_words()")[0][0]
    maintained(settings)
    with connect(settings) as session:
        assert "turn" in ask(session, "SELECT internal.common_words()")[0][0]
        assert len(ask(session, "FROM who_said('turn')")) == 21
        assert len(ask(session, "FROM who_said('turn 7')")) == 1
    emptied(settings, "words")
    with connect(settings) as session:
        assert len(ask(session, "FROM who_said('turn')")) == 21
        assert ask(session, "FROM who_said('turn 7')") == []


def test_without_it_the_same_is_found(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, phrase_index=False)
    Lake(settings).commit(batch(*looks(MARCH, 1)))
    assert maintained(settings) == 0
    assert not (settings.lake_dir / INDEX_FOLDER).exists()
    with connect(settings) as session:
        assert len(ask(session, "FROM who_said('climate change')")) == 2
