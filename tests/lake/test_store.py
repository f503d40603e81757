import json
import pickle
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pipeline.errors import LakeBusy, LakeError, LakeTooNew
from pipeline.lake import store
from pipeline.lake.published import writing
from pipeline.lake.store import Lake
from pipeline.lake.tables import delta
from pipeline.lake.tables.changes import Counts
from pipeline.lake.tables.together import Tables
from pipeline.query.session import connect
from pipeline.records import Ingested
from pipeline.settings import Settings, load_settings
from schemas import BYLINES, CAPTURES, LAKE_VERSION, TABLES, TRANSCRIPTS, TURNS
from tests.lake.factory import AIR_DATE, SAID, Look, batch, capture_id

NEXT_MONTH = AIR_DATE.replace(month=4)
Held = dict[str, list[dict[str, Any]]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


def rows(settings: Settings) -> Held:
    """All that the published lake holds."""
    with connect(settings) as session:
        return {
            table.name: session.arrow(f"FROM {table.name} ORDER BY {', '.join(table.key)}").to_pylist()
            for table in TABLES
        }


def files(settings: Settings) -> dict[str, int]:
    """Every file of the lake but the lock, with the time of its last change."""
    lake = settings.lake_dir
    return {
        str(path.relative_to(lake)): path.stat().st_mtime_ns
        for path in lake.rglob("*")
        if path.is_file() and path.name != writing.LOCK_FILE
    }


def parquet(settings: Settings, folder: str = "") -> set[str]:
    """The files of rows; not those of Delta's logs."""
    found = (name for name in files(settings) if name.endswith(".parquet") and name.startswith(folder))
    return {name for name in found if "_delta_log" not in name}


def live(settings: Settings) -> set[Path]:
    """The files of `turns` that count."""
    return set(Tables(settings.lake_dir.absolute())[TURNS].disk.files())


def standing(settings: Settings, page: int = 1) -> dict[str, Any]:
    [row] = [row for row in rows(settings)["transcripts"] if row["transcript_id"] == Look(page).transcript_id]
    return row


class TestCommit:
    def test_all_tables_become_visible(self, settings: Settings) -> None:
        done = Lake(settings).commit([*batch(Look(1), Look(2)), Look(3).failed()])
        assert (done[TRANSCRIPTS], done[TURNS]) == (Counts(added=2), Counts(added=6))
        assert (done[BYLINES], done[CAPTURES]) == (Counts(added=4), Counts(added=3))
        assert done.edition is not None
        assert done.edition.exists()
        held = rows(settings)
        assert {name: len(found) for name, found in held.items()} == {
            "transcripts": 2, "turns": 6, "bylines": 4, "revisions": 2, "captures": 3, "stories": 2, "copies": 0,
            "fingerprints": 2, "coverage": 0, "appearances": 4, "people": 2,
        }  # fmt: skip
        assert held["transcripts"][0]["capture_id"] == capture_id(Look(1))
        assert [row["text"] for row in held["turns"][:3]] == [text for _, text in SAID]

    def test_twice_is_once(self, settings: Settings) -> None:
        looks = [*batch(Look(1), Look(2, air_date=None)), Look(3).failed()]
        Lake(settings).commit(looks)
        before = files(settings)
        again = Lake(settings).commit(looks)
        assert again.edition is None
        assert again.unchanged == 2
        assert not any(again.tables.values())
        assert files(settings) == before

    def test_only_the_months_concerned_are_written(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1), Look(2, air_date=NEXT_MONTH)))
        before = parquet(settings, "turns")
        Lake(settings).commit(batch(Look(3, air_date=NEXT_MONTH)))
        new = parquet(settings, "turns") - before
        assert [name.split("/")[1] for name in new] == ["air_month=2026-04"]

    def test_new_pages_come_in_files_of_their_own(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1), Look(2, air_date=NEXT_MONTH)))
        before = live(settings)
        Lake(settings).commit(batch(Look(3), Look(4, air_date=NEXT_MONTH)))
        after = live(settings)
        assert before < after
        assert sorted(path.parent.name for path in after - before) == ["air_month=2026-03", "air_month=2026-04"]

    def test_a_page_that_changed_rewrites_its_month_only(self, settings: Settings) -> None:
        for night in range(3):
            Lake(settings).commit(batch(Look(2 * night), Look(2 * night + 1, air_date=NEXT_MONTH)))
        before = live(settings)
        Lake(settings).commit(batch(Look(0, hours=5, said=SAID[:2]), Look(7)))
        after = live(settings)
        assert {path.parent.name for path in before - after} == {"air_month=2026-03"}
        assert len([path for path in after if path.parent.name == "air_month=2026-03"]) == 1

    def test_the_log_is_read_from_a_checkpoint_on(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delta, "_CHECKPOINT_COMMITS", 3)
        for page in range(4):
            Lake(settings).commit(batch(Look(page)))
        log = settings.lake_dir / "turns" / "_delta_log"
        assert json.loads((log / "_last_checkpoint").read_text())["version"] == 3
        assert len(rows(settings)["turns"]) == 4 * len(SAID)

    def test_a_failed_look_writes_captures_only(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        before = parquet(settings)
        done = Lake(settings).commit([Look(1, hours=2).failed("gone")])
        assert {name.split("/")[0] for name in parquet(settings) - before} == {"captures"}
        assert done.edition is not None
        assert (standing(settings)["revision"], standing(settings)["gone_at"]) == (1, None)

    def test_same_content_again_leaves_the_transcript(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        before = rows(settings)
        done = Lake(settings).commit(batch(Look(1, hours=9)))
        assert done.unchanged == 1
        after = rows(settings)
        assert len(after.pop("captures")) == len(before.pop("captures")) + 1
        assert after == before

    def test_other_content_is_the_next_revision(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1), Look(2)))
        new = Look(1, hours=9, said=SAID[:2], title="Rain, again")
        done = Lake(settings).commit(batch(new))
        assert done[TRANSCRIPTS] == Counts(changed=1)
        assert done[TURNS] == Counts(removed=1, unchanged=2)
        row = standing(settings)
        assert (row["revision"], row["title"], row["captured_at"]) == (2, "Rain, again", new.captured_at)
        assert row["first_seen_at"] == Look(1).captured_at
        assert len(rows(settings)["turns"]) == 5

    def test_a_moved_air_date_leaves_the_old_month(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        done = Lake(settings).commit(batch(Look(1, hours=9, air_date=NEXT_MONTH)))
        assert (done[TRANSCRIPTS], done[TURNS]) == (Counts(changed=1), Counts(changed=3))
        held = rows(settings)
        assert [row["air_date"] for row in held["turns"]] == [NEXT_MONTH] * 3
        assert [row["air_date"] for row in held["transcripts"]] == [NEXT_MONTH]

    def test_an_older_look_never_overwrites(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        Lake(settings).commit(batch(Look(1, hours=-9, title="As it was", said=SAID[:1])))
        row = standing(settings)
        assert (row["title"], row["revision"], row["turn_count"]) == (Look(1).title, 2, 3)
        assert row["first_seen_at"] == Look(1, hours=-9).captured_at

    def test_another_parser_and_the_same_content_change_nothing_until_rebuilt(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        Lake(settings).commit(batch(Look(1, hours=9, parser_version="2")))
        assert (standing(settings)["parser_version"], standing(settings)["revision"]) == ("1", 1)
        Lake(settings).rebuild(batch(Look(1, parser_version="2"), Look(1, hours=9, parser_version="2")))
        assert (standing(settings)["parser_version"], standing(settings)["revision"]) == ("2", 1)

    def test_the_same_look_read_by_another_parser_keeps_its_revision(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1, said=SAID[:2])))
        done = Lake(settings).commit(batch(Look(1, parser_version="2")))
        assert done[TURNS] == Counts(added=1, unchanged=2)
        row = standing(settings)
        assert (row["parser_version"], row["revision"], row["turn_count"]) == ("2", 1, 3)

    def test_empty_commit_makes_an_empty_lake_that_can_be_asked(self, settings: Settings) -> None:
        assert Lake(settings).commit([]).edition is not None
        assert Lake(settings).commit([]).edition is None
        assert rows(settings) == {table.name: [] for table in TABLES}

    def test_a_bad_row_changes_nothing(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        before = files(settings)
        with pytest.raises(LakeError, match=r"transcripts.title: an empty string"):
            Lake(settings).commit(batch(Look(2), Look(3, title="")))
        assert files(settings) == before

    def test_a_capture_that_names_another_transcript(self, settings: Settings) -> None:
        mixed = Ingested(Look(1).ingested().capture, Look(2).ingested().reading, "1")
        with pytest.raises(LakeError, match="names transcript npr:nx-s1-1, not npr:nx-s1-2"):
            Lake(settings).commit([mixed])

    def test_rows_are_sorted_in_compressed_files(self, settings: Settings) -> None:
        Lake(settings).commit(batch(*(Look(page) for page in (3, 1, 2))))
        [path] = Tables(settings.lake_dir.absolute())[TURNS].disk.files()
        turns = pq.ParquetFile(path)
        places = turns.read(["transcript_id", "turn_index"]).to_pydict()
        assert sorted(zip(*places.values(), strict=True)) == list(zip(*places.values(), strict=True))
        assert turns.metadata.row_group(0).column(0).compression == "ZSTD"


class TestRebuild:
    def test_of_the_same_looks_writes_nothing(self, settings: Settings) -> None:
        looks = batch(Look(1), Look(2), Look(1, hours=4, title="New"))
        Lake(settings).commit(looks)
        before = parquet(settings), rows(settings)
        done = Lake(settings).rebuild(looks)
        assert done.edition is None
        assert (done[TRANSCRIPTS], done[CAPTURES]) == (Counts(unchanged=2), Counts(unchanged=3))
        assert (parquet(settings), rows(settings)) == before

    def test_replaces_what_the_looks_no_longer_give_and_keeps_looks_without_archive(self, settings: Settings) -> None:
        Lake(settings).commit([*batch(Look(1), Look(2)), Look(3).failed()])
        read_anew = [*batch(Look(1, said=SAID[:1])), Look(4).failed()]
        counted = Lake(settings).rebuild(read_anew, dry_run=True)
        assert len(rows(settings)["turns"]) == 6
        done = Lake(settings).rebuild(read_anew)
        assert (counted[TRANSCRIPTS], counted[TURNS]) == (done[TRANSCRIPTS], done[TURNS])
        assert done[TRANSCRIPTS] == Counts(changed=1, removed=1)
        assert done[TURNS] == Counts(removed=5, unchanged=1)
        assert {row["capture_id"] for row in rows(settings)["captures"]} == {
            capture_id(look) for look in (Look(1), Look(3), Look(4))
        }

    def test_tells_what_changes_before_readers_see_it(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        before = rows(settings)

        def refuse(changes: Mapping[str, Counts]) -> None:
            assert changes[TRANSCRIPTS.name] == Counts(removed=1)
            raise LakeBusy

        with pytest.raises(LakeBusy):
            Lake(settings).rebuild([], before_publishing=refuse)
        assert rows(settings) == before
        assert Lake(settings).rebuild(batch(Look(1)))[TRANSCRIPTS] == Counts(unchanged=1)

    def test_dry_run_publishes_nothing(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        before = files(settings)
        done = Lake(settings).rebuild([], dry_run=True)
        assert (done[TRANSCRIPTS], done.edition) == (Counts(removed=1), None)
        assert files(settings) == before

    def test_is_the_same_where_others_do_what_each_page_and_month_takes_by_itself(self, settings: Settings) -> None:
        def elsewhere(work: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[Any]:
            for job in jobs:
                yield pickle.loads(pickle.dumps(work(pickle.loads(pickle.dumps(job)))))

        looks = [*batch(Look(1), Look(2, air_date=None), Look(1, hours=4, title="New")), Look(3).failed()]
        Lake(settings).commit([*looks, *batch(Look(4))])
        before = rows(settings)
        counted = [Lake(settings).rebuild(looks, dry_run=True, spread=spread) for spread in (map, elsewhere)]
        done = Lake(settings).rebuild(looks, spread=elsewhere)
        assert counted[0].tables == counted[1].tables == done.tables
        assert done[TRANSCRIPTS] == Counts(removed=1, unchanged=2)
        assert {row["person_id"] for row in rows(settings)["turns"]} == {row["person_id"] for row in before["turns"]}
        assert Lake(settings).rebuild(looks, spread=elsewhere).edition is None

    def test_a_moved_row_counts_as_changed(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        done = Lake(settings).rebuild(batch(Look(1, air_date=None)))
        assert (done[TRANSCRIPTS], done[TURNS]) == (Counts(changed=1), Counts(changed=3))

    def test_works_in_chunks(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store, "REBUILD_LOOKS", 2)
        looks = batch(*(Look(page, hours=hours, title=f"{hours}") for hours in range(3) for page in (1, 2, 3)))
        Lake(settings).rebuild(iter(looks))
        assert [row["revision"] for row in rows(settings)["transcripts"]] == [3, 3, 3]

    def test_an_error_of_the_looks_own_leaves_all_as_it_was(self, settings: Settings) -> None:
        Lake(settings).commit(batch(Look(1)))
        before = files(settings)

        def broken() -> Sequence[Ingested]:
            raise LakeError("the archive is gone")

        with pytest.raises(LakeError, match="the archive is gone"):
            Lake(settings).rebuild(item for item in broken())
        assert files(settings) == before


class TestRefusals:
    def test_newer_lake(self, settings: Settings) -> None:
        Lake(settings).commit([])
        path = settings.lake_dir / "lake.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), "lake_version": LAKE_VERSION + 1}))
        with pytest.raises(LakeTooNew, match=r"newer asrun \(lake version 3, not 2\); upgrade asrun"):
            Lake(settings).commit([])

    @pytest.mark.parametrize(
        "newer", [{"contracts": {"turns": TURNS.version + 1}}, {"tables": {"turns": 0, "moods": 0}}], ids=str
    )
    def test_newer_table(self, settings: Settings, newer: dict[str, Any]) -> None:
        Lake(settings).commit([])
        path = settings.lake_dir / "lake.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **newer}))
        with pytest.raises(LakeTooNew, match=r"newer asrun \(its table (turns|moods) is not ours\); upgrade asrun"):
            Lake(settings).commit([])

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"lake_version": 1}', '{"lake_version": "x"}', "\xff"])
    def test_damaged_state(self, settings: Settings, content: str) -> None:
        Lake(settings).commit([])
        (settings.lake_dir / "lake.json").write_bytes(content.encode("latin-1"))
        with pytest.raises(LakeError, match=r"lake.json: damaged"):
            Lake(settings).commit([])

    def test_busy(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writing, "LOCK_TIMEOUT_SECONDS", 0.05)
        Lake(settings).commit([])
        with FileLock(settings.lake_dir / writing.LOCK_FILE), pytest.raises(LakeBusy, match="another asrun"):
            Lake(settings).commit(batch(Look(1)))
        Lake(settings).commit(batch(Look(1)))


# --- invariants -----------------------------------------------------------------------------------------------------
@st.composite
def some_looks(draw: st.DrawFn) -> list[tuple[Look, bool]]:
    """Looks at two pages whose title, words and day change now and then, and whether the page was there."""
    times = draw(st.lists(st.tuples(st.integers(1, 2), st.integers(-800, 800)), unique=True, min_size=1, max_size=6))
    return [
        (
            Look(
                page,
                hours=hours,
                title=draw(st.sampled_from(["A", "B"])),
                said=SAID[: draw(st.integers(2, 3))],
                air_date=draw(st.sampled_from([None, AIR_DATE, NEXT_MONTH])),
            ),
            draw(st.sampled_from([True, True, False])),
        )
        for page, hours in times
    ]


few, many = (
    examples(max_examples=count, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    for count in (2, 100)
)


@few
@given(drawn=some_looks(), seed=st.integers(0, 99), size=st.integers(1, 4))
def test_order_and_cut_of_batches_do_not_matter_and_rebuild_agrees(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[Look, bool]], seed: int, size: int
) -> None:
    one_by_one, at_once = _however_cut(tmp_path_factory, drawn, seed, size)
    assert one_by_one == at_once


@pytest.mark.series
@pytest.mark.timeout(1800)
@many
@given(drawn=some_looks(), seed=st.integers(0, 99), size=st.integers(1, 4))
def test_order_and_cut_of_very_many_batches(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[Look, bool]], seed: int, size: int
) -> None:
    one_by_one, at_once = _however_cut(tmp_path_factory, drawn, seed, size)
    assert one_by_one == at_once


def _however_cut(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[Look, bool]], seed: int, size: int
) -> tuple[Held, Held]:
    """What a lake of small batches in any order holds, and one of all looks at once; neither changes any more.

    Pages are known before they are found gone, and looks that found them so are not in the archive.
    """
    at_once, one_by_one = (load_settings(home=tmp_path_factory.mktemp("home")) for _ in range(2))
    looks = [look.ingested() for look, is_there in drawn if is_there]
    known = {item.capture.transcript_id for item in looks}
    gone = [look.gone() for look, is_there in drawn if not is_there and look.transcript_id in known]
    in_time = sorted([*looks, *gone], key=lambda item: item.capture.captured_at)
    Lake(at_once).commit(in_time)
    shuffled = random.Random(seed).sample(looks, len(looks))
    first, rest = shuffled[:1], [*shuffled[1:], *gone]
    for page in known - {item.capture.transcript_id for item in first}:
        first.append(next(item for item in shuffled if item.capture.transcript_id == page))
    rest = [item for item in random.Random(seed).sample(rest, len(rest)) if item not in first]
    Lake(one_by_one).commit([])
    for start in range(0, len(shuffled) + len(gone), size):
        Lake(one_by_one).commit([*first, *rest][start : start + size])
        _agrees(rows(one_by_one))
    assert Lake(one_by_one).commit(in_time).edition is None
    assert Lake(one_by_one).rebuild(looks).edition is None
    return rows(one_by_one), rows(at_once)


def _agrees(held: Held) -> None:
    """Every transcript has exactly its turns, on its day, its revisions and its capture."""
    for transcript in held["transcripts"]:
        turns = [row for row in held["turns"] if row["transcript_id"] == transcript["transcript_id"]]
        assert [row["turn_index"] for row in turns] == list(range(transcript["turn_count"]))
        assert {row["air_date"] for row in turns} == {transcript["air_date"]}
        assert transcript["capture_id"] in {row["capture_id"] for row in held["captures"]}
        revisions = [row for row in held["revisions"] if row["transcript_id"] == transcript["transcript_id"]]
        assert [row["revision"] for row in revisions] == list(range(1, len(revisions) + 1))
        assert {row["air_date"] for row in revisions} == {transcript["air_date"]}
        assert revisions[transcript["revision"] - 1]["content_hash"] == transcript["content_hash"]
        assert len(revisions) - transcript["revision"] == int(transcript["gone_at"] is not None)
    assert {row["transcript_id"] for row in held["turns"]} == {row["transcript_id"] for row in held["transcripts"]}
