"""Rows that follow from rows: committed with the batch they follow from, made anew by a rebuild."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pytest

from pipeline.errors import LakeError
from pipeline.lake import derivations, store
from pipeline.lake.derive import Derivation, Touched
from pipeline.lake.rows import build
from pipeline.lake.store import Lake
from pipeline.lake.tables.together import Tables
from pipeline.settings import Settings, load_settings
from tests.lake.contract import MOODS, MOODY_TURNS, WITH_MOODS, promise
from tests.lake.factory import NEXT_MONTH, SAID, Look, batch
from tests.lake.held import files
from tests.lake.test_evolve import asked

ANGRY = (("LEILA FADEL, HOST:", "Good morning!"), *SAID[1:])


def feel(tables: Tables, touched: Touched) -> None:
    """A turn that ends in an exclamation mark is angry, every other calm; and how many there are of each."""
    turns = tables[MOODY_TURNS]
    for part in turns.parts():
        rows = turns.part(part)
        if touched.pages is not None:
            rows = rows.filter(pc.is_in(rows["transcript_id"], pa.array(sorted(touched.pages), pa.string())))
        mood = pc.if_else(pc.ends_with(rows["text"], "!"), "angry", "calm")
        felt = rows.set_column(rows.schema.get_field_index("mood_id"), "mood_id", mood)
        turns.replace(set(felt["transcript_id"].to_pylist()), felt)
    counted = Counter(turns.select(columns=("mood_id",))["mood_id"].to_pylist())
    known = set(tables[MOODS].select()["mood_id"].to_pylist())
    rows = [{"mood_id": mood, "turn_count": count} for mood, count in counted.items()]
    tables[MOODS].replace({*counted, *known}, build(MOODS, rows))


def unasked(_: Tables, touched: Touched) -> None:
    pytest.fail(f"asked for {touched}")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    promise(monkeypatch, WITH_MOODS)
    monkeypatch.setattr(derivations, "DERIVATIONS", (Derivation("moods", feel, (MOODS,)),))
    return load_settings(home=tmp_path)


def moods(settings: Settings) -> dict[str, Any]:
    """Turns by mood, as the turns say; they must be what the table of moods says."""
    counted = dict(asked(settings, "SELECT mood_id, count(*) FROM turns GROUP BY mood_id"))
    assert dict(asked(settings, "SELECT mood_id, turn_count FROM moods")) == counted
    return counted


def test_are_committed_with_the_batch(settings: Settings) -> None:
    done = Lake(settings).commit(batch(Look(1), Look(2, said=ANGRY, air_date=NEXT_MONTH)))
    assert moods(settings) == {"calm": 5, "angry": 1}
    assert (done[MOODY_TURNS].added, done[MOODS].added) == (6, 2)
    Lake(settings).commit(batch(Look(2, hours=2, air_date=NEXT_MONTH), Look(3, air_date=None)))
    assert moods(settings) == {"calm": 9}


def test_twice_is_once(settings: Settings) -> None:
    looks = batch(Look(1), Look(2, said=ANGRY))
    Lake(settings).commit(looks)
    before = files(settings)
    done = Lake(settings).commit(looks)
    assert done.edition is None
    assert not any(done.tables.values())
    assert files(settings) == before


def test_no_page_no_derivation(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    Lake(settings).commit(batch(Look(1)))
    monkeypatch.setattr(derivations, "DERIVATIONS", (Derivation("moods", unasked, (MOODS,)),))
    Lake(settings).commit([Look(2).failed()])
    assert moods(settings) == {"calm": 3}


@pytest.mark.parametrize("held", [50_000_000, 100], ids=["in memory", "flushed on the way"])
def test_rebuild_agrees_with_commits_in_any_order(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    looks = [
        Look(page, said=ANGRY if page % 2 else SAID, air_date=NEXT_MONTH if page % 3 else None) for page in range(6)
    ]
    for look in random.Random(5).sample(looks, len(looks)):
        Lake(settings).commit(batch(look))
    assert moods(settings) == {"calm": 15, "angry": 3}
    monkeypatch.setattr(store, "REBUILD_BYTES", held)
    assert Lake(settings).rebuild(batch(*looks)).edition is None
    anew = load_settings(home=tmp_path / "anew")
    Lake(anew).rebuild(batch(*looks))
    assert moods(anew) == moods(settings)


def test_a_rebuild_fills_what_was_committed_before_there_was_the_derivation(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = batch(Look(1), Look(2, said=ANGRY))
    with monkeypatch.context() as before:
        before.setattr(derivations, "DERIVATIONS", ())
        Lake(settings).commit(looks)
    assert Lake(settings).rebuild(looks)[MOODY_TURNS].changed == 6
    assert moods(settings) == {"calm": 5, "angry": 1}


def test_rows_that_break_the_contract_change_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    Lake(settings).commit(batch(Look(1)))
    before = files(settings)

    def bad(tables: Tables, _: Touched) -> None:
        rows = tables[MOODY_TURNS].select(ds.field("turn_index") == 0)
        tables[MOODY_TURNS].replace(rows["transcript_id"].to_pylist(), rows.drop_columns("text"))

    monkeypatch.setattr(derivations, "DERIVATIONS", (Derivation("bad", bad),))
    with pytest.raises(LakeError, match=r"turns: columns missing \['text'\]"):
        Lake(settings).commit(batch(Look(2)))
    assert files(settings) == before
    monkeypatch.undo()


class TestPut:
    def test_a_corpus_table_is_replaced_whole(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(derivations, "DERIVATIONS", ())
        Lake(settings).commit(batch(Look(1)))
        for rows in (
            [{"mood_id": "a", "turn_count": 1}, {"mood_id": "b", "turn_count": 2}],
            [],
            [{"mood_id": "c", "turn_count": 3}],
        ):
            assert Lake(settings).put(MOODS, rows).edition is not None
            assert Lake(settings).put(MOODS, rows).edition is None
            assert asked(settings, "FROM moods ORDER BY ALL") == [tuple(row.values()) for row in rows]
        Lake(settings).rebuild(batch(Look(1)))
        assert asked(settings, "FROM moods") == [("c", 3)]
        with pytest.raises(LakeError, match=r"moods: columns missing \['turn_count'\]"):
            Lake(settings).put(MOODS, [{"mood_id": "a"}])
