"""The counts of names follow the table through whatever commits do to it, and through what happens to their file."""

import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from pipeline.identify.people.aliases import STAFF
from pipeline.identify.people.neighbours import Met
from pipeline.lake.people.met_names import FILE, count_names, met_names
from pipeline.lake.rows import Row, build
from pipeline.lake.tables.staged import StagedTable
from pipeline.storage.disk import Disk
from schemas import APPEARANCES
from tests.identify.people import heard as appeared

NAMES = ("Ann Lee", "Ann B. Lee", "Bob Lee", "Zoe Þorarin")
PAGE = st.tuples(st.sampled_from(NAMES), st.sampled_from([None, "lee", "zoe"]), st.sampled_from(["guest", "host"]))
COMMITS = st.lists(
    st.dictionaries(st.sampled_from(["p1", "p2", "p3"]), st.lists(PAGE, max_size=3, unique_by=lambda one: one[0])),
    min_size=1,
    max_size=5,
)
"""For each page who is on it, linked to whom, in which role. A page is in the same month always."""
BETWEEN = st.sampled_from(["nothing", "lost", "damaged", "vacuumed"])


def replaced(table: StagedTable, pages: dict[str, list[tuple[str, str | None, str]]]) -> None:
    rows: list[Row] = []
    for page, people in pages.items():
        for name, person_id, role in people:
            [one] = appeared(name, role, year=2010 + int(page[1]))
            rows.append({**asdict(one), "transcript_id": page, "person_id": person_id})
    table.replace(pages, build(APPEARANCES, rows), {f"{2010 + int(page[1])}-01" for page in pages})


def expected(rows: pa.Table) -> tuple[set[Met], dict[str, set[str]]]:
    pages, staff, names_of = Counter[str](), Counter[str](), dict[str, set[str]]()
    for row in rows.to_pylist():
        pages[row["name_key"]] += 1
        staff[row["name_key"]] += row["role"] in STAFF
        if row["person_id"] is not None:
            names_of.setdefault(row["person_id"], set()).add(row["name_key"])
    return {Met(key, count, staff[key]) for key, count in pages.items()}, names_of


def happen(event: str, table: StagedTable, folder: Path) -> None:
    """What happens between two commits to the file, or to Parquet files that are named no more."""
    if event == "lost":
        (folder / FILE).unlink()
    elif event == "damaged":
        (folder / FILE).write_bytes(b"no database" * 1_000)
    elif event == "vacuumed":
        for path in set((folder / "appearances").rglob("*.parquet")) - table.disk.files().keys():
            path.unlink()


@runs(max_examples=8)
@given(commits=COMMITS, event=BETWEEN)
def test_counts_are_those_of_the_rows(commits: list[dict[str, list[tuple[str, str | None, str]]]], event: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for pages in commits:
            table = StagedTable(APPEARANCES, folder / "appearances", Disk(folder, is_durable=False))
            replaced(table, pages)
            met, names_of = expected(table.select())
            with met_names(table) as counted:
                keys = {one.name_key for one in met}
                assert set(counted.met(keys)) == met
                assert counted.looking_like(sorted(met, key=str)) or not met
                for person, names in names_of.items():
                    assert counted.names_of({person}) == names
                for key in keys:
                    akin = (names for names in names_of.values() if key in names)
                    assert counted.namesakes({key}) == {key}.union(*akin)
            table.flush()
            count_names(table)
            happen(event, table, folder)


def test_a_question_that_fails_leaves_the_next_one_right(tmp_path: Path) -> None:
    table = StagedTable(APPEARANCES, tmp_path / "appearances", Disk(tmp_path, is_durable=False))
    replaced(table, {"p1": [("Ann Lee", None, "host")]})
    with pytest.raises(RuntimeError), met_names(table):
        raise RuntimeError
    with met_names(table) as counted:
        assert counted.met({"ann lee"}) == [Met("ann lee", 1, 1)]


def test_a_damaged_file_that_is_named_no_more_stands_in_the_way_once(tmp_path: Path) -> None:
    table = StagedTable(APPEARANCES, tmp_path / "appearances", Disk(tmp_path, is_durable=False))
    replaced(table, {"p1": [("Ann Lee", None, "host")]})
    table.flush()
    count_names(table)
    [gone] = table.disk.files()
    replaced(table, {"p1": [("Bob Lee", None, "host")]})
    table.flush()
    gone.write_bytes(b"no Parquet")

    with pytest.raises(duckdb.Error):
        count_names(table)
    with met_names(table) as counted:
        assert counted.met({"ann lee", "bob lee"}) == [Met("bob lee", 1, 1), Met("ann lee", 0, 0)]


def test_a_file_that_cannot_be_opened_is_made_anew(tmp_path: Path) -> None:
    table = StagedTable(APPEARANCES, tmp_path / "appearances", Disk(tmp_path, is_durable=False))
    replaced(table, {"p1": [("Ann Lee", None, "host")]})
    (tmp_path / FILE).symlink_to(tmp_path / "a disk that is gone" / FILE)

    with met_names(table) as counted:
        assert counted.met({"ann lee"}) == [Met("ann lee", 1, 1)]
