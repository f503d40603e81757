"""Import, then reparse: what the archive holds decides, whoever fetched it."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ArchiveError, UsageError
from pipeline.ingest.importing import import_files
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import Rooms, open_rooms, recorded_run
from pipeline.ledger import Ledger
from pipeline.ledger.history import failures
from pipeline.query.session import connect
from pipeline.report import RunReport, run_report
from pipeline.settings import load_settings
from tests.network import nights, npr
from tests.network.stories import STORIES
from tests.one_digest import ONE_DIGEST

REVISED = next(story for story in STORIES if story.story_id in nights.REVISED)
URL = npr.transcript_url(REVISED)


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with open_rooms(load_settings(home=tmp_path / "home")) as opened:
        yield opened


def take(rooms: Rooms, *paths: Path, url: str | None = None) -> RunReport:
    with recorded_run(rooms.settings, "import", {}) as run_id:
        import_files(paths, url, run_id, rooms)
    with Ledger(rooms.settings) as ledger:
        return run_report(ledger, run_id)


def saved(folder: Path, night: int) -> Path:
    """The revised page as it was saved on this night."""
    path = folder / f"night-{night}.html"
    story = nights.edition(REVISED, night)
    path.write_bytes(npr.transcript_page(story, nights.modified_at(REVISED, night), is_empty=False).body)
    os.utime(path, (1_774_000_000 + night * 86_400,) * 2)
    return path


def table(rooms: Rooms, query: str) -> list[dict[str, object]]:
    with connect(rooms.settings) as session:
        return [dict(row) for row in session.arrow(query).to_pylist()]


def test_a_page_saved_on_two_nights_is_one_transcript_with_two_revisions(rooms: Rooms, tmp_path: Path) -> None:
    first = take(rooms, saved(tmp_path, 1), url=URL)
    second = take(rooms, saved(tmp_path, 2), url=URL)
    again = take(rooms, saved(tmp_path, 1), url=URL)

    assert (first.new, second.revised) == (1, 1)
    assert again.pages == {"unchanged": 1}
    assert table(rooms, "SELECT url, source_id, revision FROM transcripts") == [
        {"url": URL, "source_id": "npr", "revision": 2}
    ]
    assert len(table(rooms, "FROM captures")) == 2


def test_a_reparse_gives_the_rows_again_in_whole_and_in_part(rooms: Rooms, tmp_path: Path) -> None:
    take(rooms, saved(tmp_path, 1), url=URL)
    take(rooms, saved(tmp_path, 2), url=URL)
    query = "SELECT * FROM transcripts JOIN captures USING (capture_id)"
    before = table(rooms, query)

    for diff in (
        reparse(rooms, dry_run=True),
        reparse(rooms),
        reparse(rooms, source=rooms.sources.get("npr")),
        reparse(rooms, since=nights.FIRST_NIGHT),
    ):
        assert not any(diff.tables.values())
    assert table(rooms, query) == before
    assert reparse(rooms, source=rooms.sources.get("kpbs")).pages == 0


@pytest.mark.parametrize("lost", [slice(None), slice(1)], ids=["all of it", "a file"])
def test_what_the_archive_has_lost_is_not_taken_out_of_the_lake(rooms: Rooms, tmp_path: Path, lost: slice) -> None:
    take(rooms, saved(tmp_path, 1), url=URL)
    with open_rooms(rooms.settings) as others:
        take(others, saved(tmp_path, 2), url=f"{URL}?another")
    before = table(rooms, "FROM transcripts")
    (tmp_path / "away").mkdir()
    for path in rooms.archive.files()[lost]:
        path.rename(tmp_path / "away" / path.name)

    for dry_run in (True, False):
        with pytest.raises(ArchiveError, match=r"not in the archive \(asrun-.*: put them back"):
            reparse(rooms, dry_run=dry_run)

    assert table(rooms, "FROM transcripts") == before


@pytest.mark.parametrize("since", [None, nights.FIRST_NIGHT], ids=["the whole", "a part"])
def test_where_nothing_was_archived_nothing_is_read_again(rooms: Rooms, since: date | None) -> None:
    with pytest.raises(UsageError, match="nothing was archived yet"):
        reparse(rooms, since=since)


def test_a_dry_run_of_a_part_is_refused(rooms: Rooms) -> None:
    with pytest.raises(UsageError, match="leave out --since and --source"):
        reparse(rooms, since=nights.FIRST_NIGHT, dry_run=True)


def test_what_stands_before_damage_is_taken_in(rooms: Rooms, tmp_path: Path) -> None:
    pages = [saved(tmp_path, night) for night in (1, 2)]
    with open_rooms(load_settings(home=tmp_path / "theirs")) as theirs:
        take(theirs, *pages)
        (warc,) = theirs.archive.files()
    copy = tmp_path / "copy.warc.gz"
    copy.write_bytes(warc.read_bytes()[:-20])

    with recorded_run(rooms.settings, "import", {}) as run_id:
        [damage] = import_files([copy], None, run_id, rooms)

    assert damage.startswith(f"{copy}: ")
    assert len(table(rooms, "FROM captures")) == 1
    assert take(rooms, warc).pages == {"published": 1, "unchanged": 1}


def test_a_folder_gives_the_files_whose_kind_is_known(rooms: Rooms, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    saved(folder, 1)
    (folder / "notes.md").write_text("# not a page")
    (folder / "plain.txt").write_text("Nothing that was on the air.\n")

    report = take(rooms, folder)

    assert sum(report.pages.values()) == 2
    assert report.new == 1


def test_one_url_is_for_one_page(rooms: Rooms, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--url"):
        take(rooms, saved(tmp_path, 1), saved(tmp_path, 2), url=URL)


def test_a_bad_file_is_bad_the_second_time_too(rooms: Rooms, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")

    first, second = take(rooms, empty), take(rooms, empty)

    assert first.pages == second.pages == {"rejected:empty": 1}
    assert second.has_failures


def test_coverage_is_published_with_what_was_imported(rooms: Rooms, tmp_path: Path) -> None:
    take(rooms, saved(tmp_path, 1), url=URL)

    (row,) = table(rooms, "FROM coverage")

    assert row == {
        "source_id": "npr",
        "program": REVISED.program,
        "air_date": REVISED.air_date,
        "expected": 1,
        "published": 1,
        "not_yet": 0,
        "rejected": 0,
        "gone": 0,
    }


def test_of_two_pages_with_one_id_the_later_is_counted_as_refused(rooms: Rooms, tmp_path: Path) -> None:
    first, other = (f"https://radio.example{path}" for path in ONE_DIGEST)

    assert take(rooms, saved(tmp_path, 1), url=first).pages == {"published": 1}
    report = take(rooms, saved(tmp_path, 2), url=other)

    assert (report.pages, report.new, report.revised) == ({"rejected:id_taken": 1}, 0, 0)
    assert [trouble.url for trouble in report.troubles] == [other]
    assert table(rooms, "SELECT url FROM transcripts") == [{"url": first}]
    assert table(rooms, "SELECT count(warc_file) AS archived FROM captures") == [{"archived": 2}]
    for diff in (reparse(rooms, dry_run=True), reparse(rooms), reparse(rooms, since=nights.FIRST_NIGHT)):
        assert not any(diff.tables.values())
    with Ledger(rooms.settings) as ledger:
        assert [(one.outcome, one.example_url) for one in failures(ledger)] == [("rejected:id_taken", other)]


def test_damage_beside_whole_files_is_told_file_by_file(rooms: Rooms, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    saved(folder, 1)
    for name in ("a.zip", "b.warc"):
        (folder / name).write_bytes(b"neither")

    with recorded_run(rooms.settings, "import", {}) as run_id:
        damages = import_files([folder], None, run_id, rooms)
    with recorded_run(rooms.settings, "import", {}) as run_id, pytest.raises(ArchiveError) as told:
        import_files([folder / "a.zip", folder / "b.warc"], None, run_id, rooms)

    assert [damage.split(":")[0] for damage in damages] == [str(folder / "a.zip"), str(folder / "b.warc")]
    assert str(told.value).startswith(f"no page could be taken in: {folder / 'a.zip'}")
    assert str(told.value).endswith("(and 1 more file)")
