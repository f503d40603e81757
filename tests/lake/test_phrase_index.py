"""The phrase index lives as long as the file that it is of, and what is lost of it is made anew."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from json import loads
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.errors import LakeError
from pipeline.lake import maintenance
from pipeline.lake.phrases import index_rows, phrase_index, word_volumes
from pipeline.lake.phrases.index_views import PARTS
from pipeline.lake.phrases.phrase_index import INDEX_FOLDER
from pipeline.lake.published.editions import kept_editions
from pipeline.lake.store import Lake
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from pipeline.storage.disk import Disk
from tests.lake.factory import Look, batch
from tests.lake.indexed import APRIL, FEBRUARY, MARCH, ask, files_of, index, looks, maintained


@pytest.mark.parametrize("is_there", [True, False], ids=["damaged", "missing"])
def test_what_it_was_built_by_is_lost_and_found_in_the_volumes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_there: bool,  # noqa: FBT001  # a case's own value
) -> None:
    """Words that are common, put together, or of files that are gone: known as before; no edition loses any."""
    monkeypatch.setattr(index_rows, "FEWEST_TURNS", 10)
    monkeypatch.setattr(index_rows, "COMMON_SHARE", 0.5)
    monkeypatch.setattr(word_volumes, "FEWEST_SMALL", 2)
    settings = load_settings(home=tmp_path)
    for first, day in ((1, FEBRUARY), (10, MARCH)):
        Lake(settings).commit(batch(*looks(day, first)))
    maintained(settings)
    changed = replace(looks(MARCH, 10)[0], hours=2, said=(("SAM LEE:", "It changed the climate."),))
    Lake(settings).commit(batch(changed, *looks(APRIL, 20)))
    maintained(settings)
    place = settings.lake_dir / INDEX_FOLDER / "corpus.json"
    known = loads(place.read_text(encoding="utf-8"))
    before = answers_of_editions(settings)
    place.unlink()
    if is_there:
        place.write_text("{", encoding="utf-8")

    assert maintained(settings) == 0

    found = loads(place.read_text(encoding="utf-8"))
    assert known["common_words"]
    assert max(len(files) for files in known["volumes"].values()) > 1
    assert {name: found[name] for name in ("common_words", "next_place", "volumes")} == {
        name: known[name] for name in ("common_words", "next_place", "volumes")
    }
    for name in chain.from_iterable(known["volumes"].values()):
        assert found["places"][name] == known["places"][name]
    assert len(before) > 2
    assert answers_of_editions(settings) == before


def answers_of_editions(settings: Settings) -> dict[str, tuple[set[str], list[tuple[Any, ...]]]]:
    """By kept edition, the files of words that it reads, and what it finds."""
    answers = {}
    for edition in kept_editions(Disk(settings.lake_dir)):
        with connect(settings, as_of=edition.published_at) as session:
            found = ask(session, "FROM who_said('climate change') ORDER BY ALL")
            answers[edition.path.name] = (files_of(session, "indexed_words"), found)
    return answers


def test_what_it_was_built_by_is_lost_with_its_volumes(tmp_path: Path) -> None:
    """Then there is no index, and the next maintenance builds one."""
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*looks(MARCH, 1)))
    maintained(settings)
    folder = settings.lake_dir / INDEX_FOLDER
    (folder / "corpus.json").write_text("{", encoding="utf-8")
    for volume in (folder / "words").glob("*.parquet"):
        pq.write_table(pq.read_table(volume).replace_schema_metadata(None), volume)
    Lake(settings).commit(batch(*looks(APRIL, 10)))
    with connect(settings) as session:
        assert ask(session, "FROM internal.indexed_words") == []
        assert len(ask(session, "FROM who_said('climate change')")) == 4
    assert maintained(settings) == 2


def test_it_lives_as_long_as_its_file(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, editions_kept=1, editions_kept_days=0)
    Lake(settings).commit(batch(*looks(MARCH, 1)))
    assert maintained(settings) == 1
    [first] = index(settings)["words"]
    assert maintained(settings) == 0
    Lake(settings).commit(batch(*looks(MARCH, 10)))
    assert maintained(settings) == 1
    assert all(of_kind == {first} | live(settings) for of_kind in index(settings).values())
    for page in (20, 30, 40):
        Lake(settings).commit(batch(*looks(APRIL, page)))
    Lake(settings).maintain(datetime.now(UTC) + timedelta(days=40))
    assert first not in live(settings)
    assert all(of_kind == live(settings) for of_kind in index(settings).values())


def test_an_index_of_another_format_goes_with_the_last_edition_that_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(home=tmp_path, editions_kept=1, editions_kept_days=0)
    Lake(settings).commit(batch(*looks(MARCH, 1)))
    with monkeypatch.context() as older:
        for module in (phrase_index, maintenance):
            older.setattr(module, "INDEX_FOLDER", "phrases-1")
        maintained(settings)
    before = [*settings.lake_dir.glob("phrases-1/*/*.parquet")]
    assert len(before) == len(PARTS)
    assert maintained(settings) == 1
    assert all(path.exists() for path in before)
    for page in (20, 30):
        Lake(settings).commit(batch(*looks(APRIL, page)))
    Lake(settings).maintain(datetime.now(UTC) + timedelta(days=40))
    assert not any(path.exists() for path in before)
    assert all(index(settings).values())


def live(settings: Settings) -> set[str]:
    """The names of the files of `turns` in the newest edition."""
    with connect(settings) as session:
        return files_of(session, "turns")


def test_words_of_many_files_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(home=tmp_path, editions_kept=1, editions_kept_days=0)
    monkeypatch.setattr(word_volumes, "FEWEST_SMALL", 2)
    days = [date(2026, month, 1) for month in range(1, 5)]
    monthly = "SELECT occurrence_count FROM ngram_trend('climate change', 'month')"
    Lake(settings).commit(batch(*(looks(day, number)[0] for number, day in enumerate(days))))
    assert maintained(settings) == 4
    with connect(settings) as session:
        [volume] = files_of(session, "indexed_words")
        assert ask(session, monthly) == [(2,)] * 4
    Lake(settings).commit(batch(replace(looks(days[0], 0)[0], hours=1, said=[("LEE:", "Nothing of it.")])))
    with connect(settings) as session:
        assert files_of(session, "indexed_words") == {volume}
        assert ask(session, monthly) == [
            (0,),
            *[(2,)] * 3,
        ]
    assert maintained(settings) == 1
    for page in (20, 30):
        Lake(settings).commit(batch(looks(days[3], page)[0]))
    Lake(settings).maintain(datetime.now(UTC) + timedelta(days=40))
    with connect(settings) as session:
        assert len(files_of(session, "indexed_words")) == 1
        assert volume not in index(settings)["words"]
        assert ask(session, "SELECT count(*) FROM who_said('nothing')") == [(1,)]


def test_a_lost_volume_is_not_named_by_what_died_building_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(home=tmp_path)
    monkeypatch.setattr(word_volumes, "FEWEST_SMALL", 2)
    Lake(settings).commit(batch(looks(MARCH, 1)[0], looks(APRIL, 2)[0]))
    assert maintained(settings) == 2
    with connect(settings) as session:
        [volume] = files_of(session, "indexed_words")
    (settings.lake_dir / INDEX_FOLDER / "words" / volume).unlink()

    def die(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(phrase_index, "put_together", die)
        with pytest.raises(LakeError):
            maintained(settings)
    Lake(settings).commit(batch(looks(FEBRUARY, 3)[0]))
    with connect(settings) as session:
        assert files_of(session, "indexed_words") == live(settings) & index(settings)["words"]
        assert ask(session, "SELECT sum(occurrence_count) FROM ngram_trend('climate change', 'month')") == [(6,)]


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
