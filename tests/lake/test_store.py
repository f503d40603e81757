import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from pipeline.errors import LakeBusy, LakeError, LakeTooNew
from pipeline.lake.published import writing
from pipeline.lake.store import Lake
from pipeline.lake.tables import delta
from pipeline.lake.tables.changes import Counts
from pipeline.lake.tables.together import Tables
from pipeline.records import Ingested
from pipeline.settings import Settings, load_settings
from schemas import BYLINES, CAPTURES, LAKE_VERSION, TABLES, TRANSCRIPTS, TURNS
from tests.lake.factory import NEXT_MONTH, SAID, Look, batch, capture_id
from tests.lake.held import files, live, parquet, rows, standing


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


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
