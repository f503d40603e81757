"""What a commit looks up in sorted volumes is what it would find by reading the table from end to end."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from pipeline.identify.stories.prints import FEWEST_AFAR, Print, common
from pipeline.lake.people.heard import heard
from pipeline.lake.people.linking import renew_people
from pipeline.lake.people.sighted import renew_sums
from pipeline.lake.rows import build, plain
from pipeline.lake.tables import page_volumes
from pipeline.lake.tables.page_volumes import PageVolumes, renew_page_volumes
from pipeline.lake.tables.staged import StagedTable
from pipeline.lake.tables.volumes import ASKED, MARK, VOLUMES_FOLDER, mark_of, marks_of, renew, volumes_in
from pipeline.storage.disk import Disk
from schemas import APPEARANCES, FINGERPRINTS, PEOPLE
from schemas.table import UNDATED, UNDIVIDED
from tests.identify.people import heard as appeared
from tests.lake.test_layers import people
from tests.lake.test_meeting import printed

MARKS = st.lists(st.integers(-3, 3) | st.sampled_from([-(1 << 31), (1 << 31) - 1]), max_size=8)


def entries(names: Sequence[str]) -> pa.Table:
    words = {"old": ["rain", "snow", "rain"], "new": ["wind"]}
    said = [(word, file) for file, name in enumerate(names) for word in words[name]]
    files = pa.array([file for _, file in said], pa.int16())
    return pa.table({MARK: marks_of(word for word, _ in said), "file": files})


def found(folder: Path, word: str) -> list[str]:
    return sorted(
        volume.files[file]
        for volume in volumes_in(folder)
        for file in volume.found(marks_of([word]))["file"].to_pylist()
    )


@given(own=MARKS, asked=MARKS)
@runs(max_examples=50)
def test_marks_are_found_with_who_asked(own: list[int], asked: list[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        rows = pa.table({MARK: pa.array(own, pa.int32()), "row": pa.array(range(len(own)), pa.int32())})
        renew(Path(name), {"file": "2026-03"}, lambda _: rows)
        [volume] = volumes_in(Path(name))
        there = volume.found(pa.array(asked, pa.int32()))
    expected = [(at, row) for at, mark in enumerate(asked) for row, known in enumerate(own) if known == mark]
    assert sorted(zip(there[ASKED].to_pylist(), there["row"].to_pylist(), strict=True)) == sorted(expected)


def test_volumes_follow_the_files(tmp_path: Path) -> None:
    files = {"old": "2025-12", "new": "2026-01"}
    assert renew(tmp_path, files, entries) == 2
    assert renew(tmp_path, files, entries) == 0
    assert (found(tmp_path, "rain"), found(tmp_path, "wind")) == (["old", "old"], ["new"])
    assert renew(tmp_path, {"new": "2025-11"}, entries) == 2  # one year anew, the other gone
    assert (found(tmp_path, "rain"), found(tmp_path, "wind")) == ([], ["new"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2025.arrow", "2025.sha256"]


@pytest.mark.parametrize("kept", [0, 100, -100])
def test_what_is_damaged_is_left_out_and_made_anew(tmp_path: Path, kept: int) -> None:
    files = {"old": "2025-12", "new": "2026-01"}
    renew(tmp_path, files, entries)
    path = tmp_path / "2025.arrow"
    path.write_bytes(path.read_bytes()[:kept])
    assert [volume.files for volume in volumes_in(tmp_path)] == [("new",)]
    assert renew(tmp_path, files, entries) == 1
    assert found(tmp_path, "rain") == ["old", "old"]


def test_a_changed_bit_is_seen_by_maintenance(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    renew(tmp_path, {"old": "2025-12"}, entries)
    path = tmp_path / "2025.arrow"
    whole = path.read_bytes()
    mark = mark_of("rain").to_bytes(4, "little", signed=True)
    path.write_bytes(whole.replace(mark, bytes([mark[0] ^ 1]) + mark[1:]))
    assert found(tmp_path, "rain") != ["old", "old"], "commits do not look"
    assert renew(tmp_path, {"old": "2025-12"}, entries) == 1
    assert caplog.messages == [f"volume_damaged file={path}"]
    assert path.read_bytes() == whole


def test_a_volume_without_a_digest_is_made_anew_and_not_called_damaged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Older code wrote none; or its maker was killed before."""
    renew(tmp_path, {"old": "2025-12"}, entries)
    (tmp_path / "2025.sha256").unlink()
    assert renew(tmp_path, {"old": "2025-12"}, entries) == 1
    assert renew(tmp_path, {"old": "2025-12"}, entries) == 0
    assert caplog.messages == []


@pytest.mark.parametrize("number", [-1, 1])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, number: int) -> None:
    renew(tmp_path, {"old": "2025-12"}, entries)
    [volume] = volumes_in(tmp_path)
    assert volume.named([0, 0]) == ["old", "old"]
    with pytest.raises(OSError, match="`asrun maintain`"):
        volume.named([0, number])


YEARS = (2001, 2002, 2003)
PAGES = st.lists(
    st.tuples(st.sampled_from([*YEARS, None]), st.sets(st.integers(0, 11), max_size=9).map(tuple)), max_size=9
)


def prints_of(pages: list[tuple[int | None, tuple[int, ...]]], kind: str) -> list[Print]:
    days = (None if year is None else date(year, 3, 1) for year, _ in pages)
    return [
        replace(printed(f"{kind}-{at}", day, None, bands), npr_id=f"n{at % 4}", address=at % 3)
        for at, (day, (_, bands)) in enumerate(zip(days, pages, strict=True))
    ]


@runs(max_examples=12)
@given(known=PAGES, later=PAGES, new=PAGES, long=st.sampled_from([0, 1, 64]))
def test_months_of_pages_like_others_are_found(
    known: list[tuple[int | None, tuple[int, ...]]],
    later: list[tuple[int | None, tuple[int, ...]]],
    new: list[tuple[int | None, tuple[int, ...]]],
    long: int,
) -> None:
    """`long`: from how many pages on a fingerprint is left out, where it may be."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_volumes, "_LONG", long)
        table = StagedTable(FINGERPRINTS, Path(name) / "fingerprints", Disk(Path(name), is_durable=False))
        there = []
        for kind, pages in (("known", known), ("later", later)):
            there += prints_of(pages, kind)
            rows = build(FINGERPRINTS, [plain(page) for page in prints_of(pages, kind)])
            table.replace(rows["transcript_id"].to_pylist(), rows)
            table.flush()
            if kind == "known":
                renew_page_volumes(table.disk)
        asked = prints_of(new, "new")
        volumes = PageVolumes(table.disk)
        alike = {
            FINGERPRINTS.part(page.air_date) for page in there if any(common(page, one) >= FEWEST_AFAR for one in asked)
        }
        not_in_volumes = {FINGERPRINTS.part(page.air_date) for page in prints_of(later, "later")}
        assert alike <= volumes.parts_repeating(asked)
        assert volumes.parts_repeating([]) == not_in_volumes
        for page in there:
            marks = (mark_of(page.transcript_id), mark_of(str(page.npr_id)), int(page.address or 0))
            for mark in marks:
                assert FINGERPRINTS.part(page.air_date) in volumes.parts_with(pa.array([mark], pa.int32()))
        if not (known and long == 64):
            return
        exact = {FINGERPRINTS.part(page.air_date) for page in there if page.transcript_id == "known-0"}
        assert volumes.parts_with(marks_of(["known-0"])) == exact | not_in_volumes


def test_pages_without_a_day_are_a_volume_too(tmp_path: Path) -> None:
    table = StagedTable(FINGERPRINTS, tmp_path / "fingerprints", Disk(tmp_path, is_durable=False))
    rows = build(FINGERPRINTS, [plain(page) for page in prints_of([(None, (1, 2)), (2001, (3,))], "known")])
    table.replace(rows["transcript_id"].to_pylist(), rows)
    table.flush()
    assert renew_page_volumes(table.disk) == 4
    assert PageVolumes(table.disk).parts_with(marks_of(["known-0"])) == {UNDATED}
    assert PageVolumes(table.disk).parts_with(pa.array([0], pa.int32())) == {UNDATED}  # its address


HEARD = [
    *appeared("Ann Lee", "host", times=4, year=2001),
    *appeared("Ann Lee", "host", times=2, year=2002),
    *appeared("Ann Lee", "reporter", times=1, year=2002),
    *appeared("Bob Lund", times=3, year=2002),
]


@pytest.mark.parametrize("by_hand", [False, True])
@pytest.mark.parametrize("touched", [(), (0,), (0, 5, 8)])
@pytest.mark.parametrize("maintained", [0, 6, len(HEARD)])
def test_who_is_heard_is_the_same_with_volumes(
    tmp_path: Path, touched: tuple[int, ...], maintained: int, *, by_hand: bool
) -> None:
    """Some appearances are in volumes, others in files that came later, and some are staged anew."""
    rows = [{**asdict(one), "person_id": "ann" if one.name == "Ann Lee" else None} for one in HEARD]
    answers = []
    for folder in (tmp_path / "with", tmp_path / "without"):
        table = StagedTable(APPEARANCES, folder / "appearances", Disk(folder, is_durable=False))
        for some in (rows[:maintained], rows[maintained:]):
            table.replace([row["transcript_id"] for row in some], build(APPEARANCES, some))
            table.flush()
            if folder.name == "with" and some == rows[:maintained]:
                renew_sums(table.disk)
        staged = [{**rows[at], "person_id": None, "role": "guest"} for at in touched]
        table.replace([row["transcript_id"] for row in staged], build(APPEARANCES, staged))
        hand = {(HEARD[1].transcript_id, "ann lee"): "ann-lee"} if by_hand else {}
        with heard(table) as corpus:
            names = {"ann lee", "bob lund"}
            seen = sorted(corpus.sightings(names, hand), key=str)
            mine = {one.facets: one.by_hand or "bob" for one in seen if one.name == "Bob Lund" or one.year == 2001}
            changed = corpus.changed(mine).to_pylist()
        answers.append((seen, sorted(changed, key=str)))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", ["ann-lee", "ann-lee-2", "old-lee", "nobody"])
def test_people_are_found_by_any_id_they_had(tmp_path: Path, name: str) -> None:
    rows = people({"ann-lee-2": 1, "bob-lund": 2, "cy-diaz": 3})
    former = pa.array([["old-lee-3"], [], []], rows.schema.field("former_ids").type)
    rows = rows.set_column(rows.schema.get_field_index("former_ids"), rows.schema.field("former_ids"), former)
    table = StagedTable(PEOPLE, tmp_path / "people", Disk(tmp_path, is_durable=False))
    table.replace(rows["person_id"].to_pylist(), rows)
    table.flush()
    before = table.marked(marks_of([name]), ("person_id",))["person_id"].to_pylist()
    assert renew_people(table.disk) == 1
    assert renew_people(table.disk) == 0
    after = table.marked(marks_of([name]), ("person_id",))["person_id"].to_pylist()
    assert before == ["ann-lee-2", "bob-lund", "cy-diaz"]  # nobody knows without a volume
    assert after == ([] if name == "nobody" else ["ann-lee-2"])


def test_people_in_a_volume_of_an_older_asrun_lack_the_columns_of_today(tmp_path: Path) -> None:
    table = StagedTable(PEOPLE, tmp_path / "people", Disk(tmp_path, is_durable=False))
    rows = people({"ann-lee": 1})
    table.replace(["ann-lee"], rows)
    table.flush()
    renew_people(table.disk)
    [volume] = volumes_in(tmp_path / VOLUMES_FOLDER / "people")
    with pa.memory_map(str(volume.path)) as file:
        older = pa.ipc.open_file(file).read_all().drop_columns(["last_air_date"])
    renew(tmp_path / VOLUMES_FOLDER / "people", {}, lambda _: older)
    renew(tmp_path / VOLUMES_FOLDER / "people", dict.fromkeys(volume.files, UNDIVIDED), lambda _: older)
    [ann] = table.of_units(["ann-lee"]).to_pylist()
    assert ann == {**rows.to_pylist()[0], "last_air_date": None}


def test_what_a_rebuild_writes_is_not_looked_for_where_it_was(tmp_path: Path) -> None:
    table = StagedTable(FINGERPRINTS, tmp_path / "fingerprints", Disk(tmp_path, is_durable=False))
    page = prints_of([(2001, (1,))], "known")[0]
    table.put(build(FINGERPRINTS, [plain(page)]))
    assert table.places([page.transcript_id]) == {"2001-03"}
    moved = build(FINGERPRINTS, [plain(replace(page, air_date=date(2002, 3, 1)))])
    table.put(moved, ["2001-03"])
    assert table.places([page.transcript_id]) == {"2002-03"}
