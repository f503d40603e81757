from datetime import UTC, datetime, timedelta

import pytest

from pipeline.archive import Archive, Resource
from pipeline.archive.lookup import show
from pipeline.archive.verify import verify
from pipeline.errors import ArchiveError
from pipeline.exchanges import ArchivedPage
from pipeline.settings import Settings
from pipeline.storage import archive_storage, bucket
from tests.archive.taking import taken
from tests.network.s3 import S3, Faults

AT = datetime(2026, 3, 20, 7, 15, tzinfo=UTC)


def page(number: int) -> Resource:
    content = bytes(f"SCOTT SIMON, HOST: Good morning, {number}. ", "ascii") * 50
    return Resource(f"https://www.npr.org/transcripts/{number}", AT + timedelta(seconds=number), "text/plain", content)


def kept(settings: Settings) -> list[str]:
    storage = archive_storage(settings)
    return [found.path.name for found in storage.found(storage.folder, "")]


def here(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.archive_dir.iterdir() if path.suffix in {".gz", ".cdxj"})


@pytest.fixture
def pages(settings: Settings) -> list[ArchivedPage]:
    """An archive of eight pages in several files."""
    with Archive(settings.model_copy(update={"warc_max_bytes": 900})) as archive:
        return [taken(archive, page(number)) for number in range(8)]


def test_what_is_whole_is_shipped_and_read_from_there_by_ranges(settings: Settings, pages: list[ArchivedPage]) -> None:
    archive = Archive(settings)

    assert here(settings) == []
    assert len(archive.files()) > 2
    assert kept(settings) == sorted(name for path in archive.files() for name in (path.name, f"{path.name[:-8]}.cdxj"))
    assert list(archive.pages()) == pages
    assert [one for stretch in archive.stretches(2) for one in archive.pages_of(stretch)] == pages
    assert archive.read(pages[5].warc_file, pages[5].warc_offset) == pages[5]
    assert show(archive, pages[3].url).page == pages[3]
    with pytest.raises(ArchiveError, match=r"cannot be read \(it is not there\) in s3://"):
        archive.read("asrun-0.warc.gz", 0)


def test_what_is_being_written_is_here_and_counts(settings: Settings, pages: list[ArchivedPage]) -> None:
    with Archive(settings) as archive:
        ninth = taken(archive, page(9))

        assert list(Archive(settings).pages()) == [*pages, ninth]
        assert ninth.warc_file not in kept(settings)
    assert ninth.warc_file in kept(settings)


def test_a_damaged_index_is_written_anew(settings: Settings, pages: list[ArchivedPage]) -> None:
    storage = archive_storage(settings)
    index = storage.folder / f"{pages[0].warc_file[:-8]}.cdxj"
    whole = storage.read(index)
    storage.write(index, b"something else\n")

    *_, found = verify(Archive(settings))

    assert (found.problems, found.indexes_written, found.pages) == ([], 1, len(pages))
    assert storage.read(index) == whole


@pytest.mark.parametrize(
    "faults",
    [Faults("cut", path=".warc.gz"), Faults("overloaded", path=".cdxj"), Faults("overloaded", spared=3)],
    ids=["file", "index", "second file"],
)
def test_shipping_that_is_broken_off_is_done_by_the_next_run(
    settings: Settings, s3: S3, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket, "TRIES", 0)
    first, second = Archive(settings), Archive(settings)
    written = [taken(archive, page(number)) for number, archive in enumerate((first, second))]
    with s3.failing(Faults("overloaded")), pytest.raises(ArchiveError, match="it has too much to do"):
        first.close()

    with s3.failing(faults), pytest.raises(ArchiveError, match=r"nothing is lost: asrun-\S+ waits in") as told:
        second.close()

    assert str(told.value).startswith(f"{settings.storage_url}/archive: it ")
    assert sorted(Archive(settings).pages(), key=lambda page: page.url) == written
    Archive(settings).close()
    assert here(settings) == []
    assert sorted(Archive(settings).pages(), key=lambda page: page.url) == written
