"""A layered table: whatever is changed in it, it holds what a table that is rewritten whole would hold."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from deltalake import write_deltalake
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from pipeline.lake.published import publish
from pipeline.lake.rows import Row, build, ordered
from pipeline.lake.store import Lake
from pipeline.lake.tables import layers
from pipeline.lake.tables.changes import Counts
from pipeline.lake.tables.layers import CHANGED, REMOVED, SETTLED
from pipeline.lake.tables.staged import StagedTable
from pipeline.lake.tables.together import Tables
from pipeline.settings import Settings, load_settings
from pipeline.storage.disk import Disk
from schemas import PEOPLE
from tests.lake.factory import Look, batch
from tests.lake.held import rows

PERSON = st.sampled_from("abcdef")
CHANGES = st.lists(st.dictionaries(PERSON, st.none() | st.integers(1, 9), min_size=1), min_size=1, max_size=6)
"""Commits: for each person the new count of transcripts; None: there is no such person any more."""


def people(counts: dict[str, int]) -> pa.Table:
    nothing: Row = {"aliases": [], "roles": [], "former_ids": [], "first_air_date": None, "last_air_date": None}
    return build(PEOPLE, [
        {
            **nothing, "person_id": person, "natural_id": person, "name": person.upper(), "rule": "single",
            "transcript_count": count, "turn_count": count, "word_count": count,
        }
        for person, count in counts.items()
    ])  # fmt: skip


def change(table: StagedTable, counts: dict[str, int | None]) -> None:
    table.replace(counts, people({person: count for person, count in counts.items() if count is not None}))
    table.flush()


def held(rows: pa.Table) -> dict[str, int]:
    found = dict(zip(rows["person_id"].to_pylist(), rows["transcript_count"].to_pylist(), strict=True))
    assert len(found) == rows.num_rows
    return found


def seen_by_analysts(table: StagedTable) -> dict[str, int]:
    with duckdb.connect() as connection:
        connection.execute(publish._view_of(table.disk.storage, table, {}))
        return held(connection.sql(f"SELECT {', '.join(PEOPLE.column_names)} FROM people").to_arrow_table())


@runs(max_examples=8)
@given(commits=CHANGES, least=st.sampled_from([0, 3, 100]), is_reopened=st.booleans())
def test_holds_what_a_whole_table_would(commits: list[dict[str, int | None]], least: int, *, is_reopened: bool) -> None:
    expected: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "_LEAST_ROWS", least)
        disk = Disk(Path(folder), is_durable=False)
        table = StagedTable(PEOPLE, Path(folder) / "people", disk)
        for counts in commits:
            change(table, counts)
            expected = {person: count for person, count in {**expected, **counts}.items() if count is not None}
            if is_reopened:
                table = StagedTable(PEOPLE, Path(folder) / "people", disk)
            assert held(table.disk.select()) == seen_by_analysts(table) == expected
            few = table.disk.select(ds.field("transcript_count") > 4, ("person_id", "transcript_count"))
            assert held(few) == {person: count for person, count in expected.items() if count > 4}
        table.disk.write({part: table.disk.part(part) for part in table.disk.parts()})
        assert held(table.disk.select()) == seen_by_analysts(table) == expected
        assert set(table.disk.layers().values()) <= {SETTLED}


def test_what_is_settled_is_not_written_again(tmp_path: Path) -> None:
    change(StagedTable(PEOPLE, tmp_path / "people", Disk(tmp_path)), dict.fromkeys("abcdef", 1))
    table = StagedTable(PEOPLE, tmp_path / "people", Disk(tmp_path))
    before = table.disk.layers()
    assert set(before.values()) == {SETTLED}

    change(table, {"a": 2, "b": None, "g": 1})

    after = table.disk.layers()
    assert before.items() <= after.items()
    assert sorted(layer for path, layer in after.items() if path not in before) == [CHANGED, REMOVED]
    assert table.counts() == Counts(added=1, changed=1, removed=1)
    version = table.disk.version
    change(table, {"a": 2, "b": None})
    assert table.disk.version == version


@pytest.mark.parametrize(("changed", "is_whole"), [(4, False), (5, True)])
def test_is_settled_again_when_much_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: int, *, is_whole: bool
) -> None:
    monkeypatch.setattr(layers, "_LEAST_ROWS", 0)
    table = StagedTable(PEOPLE, tmp_path / "people", Disk(tmp_path))
    change(table, {f"person-{number}": 1 for number in range(32)})
    change(table, {f"person-{number}": 2 for number in range(changed)})
    assert (set(table.disk.layers().values()) == {SETTLED}) is is_whole


def layers_of(home: Settings) -> list[str]:
    return sorted(Tables(home.lake_dir.absolute())[PEOPLE].disk.layers().values())


def test_nights_change_people_and_maintenance_settles_them(tmp_path: Path) -> None:
    home = load_settings(home=tmp_path, phrase_index=False)
    looks = [Look(number, hours=number) for number in range(2)]
    for look in looks:
        Lake(home).commit(batch(look))
    before = rows(home)
    assert layers_of(home) == [CHANGED, SETTLED]
    assert {row["transcript_count"] for row in before["people"]} == {len(looks)}

    Lake(home).maintain(datetime.now(UTC))

    assert layers_of(home) == [SETTLED]
    assert rows(home) == before
    assert Lake(home).rebuild(batch(*looks)).edition is None


def test_an_older_lake_is_filed_by_layers(tmp_path: Path) -> None:
    """Before, `people` was one part without folders."""
    people_dir = tmp_path / "people"
    stored = ordered(PEOPLE, people({"a": 1, "b": 2}))
    write_deltalake(str(people_dir), stored)
    table = StagedTable(PEOPLE, people_dir, Disk(tmp_path))
    assert held(table.disk.select()) == seen_by_analysts(table) == {"a": 1, "b": 2}
    assert table.disk.is_undivided
    table.disk.divide()
    assert not table.disk.is_undivided
    assert not table.disk.lacking()
    change(table, {"a": 3})
    assert held(table.disk.select()) == seen_by_analysts(table) == {"a": 3, "b": 2}
