"""Pages out of files that others saved: ZIP and WACZ beside WARC, WET, HTML and text."""

import gzip
import json
import os
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.archive import Archive, Resource
from pipeline.errors import ArchiveError, UsageError
from pipeline.exchanges import Exchange
from pipeline.ingest import portions
from pipeline.ingest.kinds import is_one_page
from pipeline.ingest.portions import Portion
from pipeline.ingest.saved import files_of, pages_of, parts_of
from pipeline.settings import load_settings
from tests.archive.taking import taken
from tests.network import npr
from tests.network.crawl_server import CRAWL, Crawled, write_crawl
from tests.network.stories import STORIES

CAP = 1_000_000
CRAWLED = 12
AT = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
PAGE = npr.transcript_page(STORIES[0], STORIES[0].published_at, is_empty=False).body
URL = npr.transcript_url(STORIES[0])


def crawl_file(folder: Path) -> Path:
    write_crawl(folder, [Crawled(URL, AT, PAGE)])
    return next(folder.rglob("*.warc.gz"))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A crawl's file of some pages; bodies do not compress, so that members differ in size and hold any bytes."""
    folder = tmp_path_factory.mktemp("crawl")
    random = Random(3)
    write_crawl(
        folder, [Crawled(f"{URL}?{n}", AT, PAGE + random.randbytes(random.randrange(9_000))) for n in range(CRAWLED)]
    )
    return next(folder.rglob("*.warc.gz"))


def wacz(folder: Path) -> Path:
    """As Webrecorder writes it: WARC files stored, not compressed again, beside an index and a list of pages."""
    path = folder / "saved.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(crawl_file(folder / CRAWL), "archive/data.warc.gz")
        archive.writestr("pages/pages.jsonl", json.dumps({"format": "json-pages-1.0"}) + "\n")
        archive.writestr("datapackage.json", json.dumps({"profile": "data-package", "wacz_version": "1.1.1"}))
    return path


def zipped(folder: Path) -> Path:
    path = folder / "saved.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("a/the page.html", PAGE), ("b.txt", b"HOST: Hello."), ("c.png", b"no page")):
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 20, 9, 30, 0)), content)
        archive.write(crawl_file(folder / CRAWL), "w/x.warc.gz")
    return path


def test_a_wacz_gives_the_pages_of_its_warc_files(tmp_path: Path) -> None:
    (page,) = pages_of(wacz(tmp_path), None, CAP)

    assert isinstance(page, Exchange)
    assert (page.url, page.requested_at, page.content) == (URL, AT, PAGE)


@given(st.integers(min_value=300, max_value=60_000))
@settings(max_examples=20, deadline=None)
def test_portions_of_any_size_give_every_page_once_and_in_order(crawled: Path, size: int) -> None:
    whole = list(pages_of(crawled, None, CAP))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "PORTION_BYTES", size)
        parts = [part for part in parts_of(crawled, None, CAP) if isinstance(part, Portion)]
        halves = [half for portion in parts for half in portion.halves() or (portion,)]

    assert len(whole) == CRAWLED
    assert len(parts) == ceil((crawled.stat().st_size) / size)
    assert [page for portion in parts for page in portion.pages()] == whole
    assert [page for portion in halves for page in portion.pages()] == whole


def test_records_in_one_gzip_member_are_all_read(crawled: Path, tmp_path: Path) -> None:
    """As `gzip` makes it of a plain WARC file; in a WACZ too, beside others."""
    whole = list(pages_of(crawled, None, CAP))
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzip.compress(gzip.decompress(crawled.read_bytes())))

    assert list(pages_of(path, None, CAP)) == whole
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(tmp_path / "two.wacz", "w", how) as archive:
            for number, file in enumerate((path, crawled, path)):
                archive.write(file, f"archive/{number}.warc.gz")
        assert list(pages_of(tmp_path / "two.wacz", None, CAP)) == whole * 3

    path.write_bytes(path.read_bytes()[:-50_000])
    with pytest.raises(ArchiveError, match="not a whole WARC file"):
        list(pages_of(path, None, CAP))


def test_behind_damage_the_next_portion_goes_on(crawled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "PORTION_BYTES", 20_000)
    content = bytearray(crawled.read_bytes())
    content[30_000] ^= 0xFF
    damaged = tmp_path / "damaged.warc.gz"
    damaged.write_bytes(content)
    found: list[Exchange | Resource] = []
    errors: list[str] = []

    for part in parts_of(damaged, None, CAP):
        assert isinstance(part, Portion)
        try:
            found.extend(part.pages())
        except ArchiveError as error:
            errors.append(str(error))

    assert 1 <= len(errors) <= 2  # the record before the boundary is damaged for both
    assert CRAWLED - 3 <= len(found) < CRAWLED


def test_a_zip_gives_pages_of_every_known_kind(tmp_path: Path) -> None:
    path = zipped(tmp_path)

    html, text, crawled = pages_of(path, None, CAP)

    assert html == Resource(f"{path.as_uri()}/a/the%20page.html", AT, "text/html", PAGE)
    assert text == Resource(f"{path.as_uri()}/b.txt", AT, "text/plain", b"HOST: Hello.")
    assert isinstance(crawled, Exchange)
    assert crawled.url == URL


NAMES = {b"caf\xc3\xa9.html": "caf%C3%A9.html", b"caf\x82_.html": "caf%C3%A9_.html"}
"""What stands in a ZIP that does not say in which encoding, UTF-8 and CP437, and how it is addressed."""


@pytest.mark.parametrize(("name", "address"), NAMES.items())
def test_a_name_in_a_zip_is_read_in_the_encoding_that_it_has(tmp_path: Path, name: bytes, address: str) -> None:
    path = tmp_path / "saved.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("caf__.html", PAGE)
    path.write_bytes(path.read_bytes().replace(b"caf__.html", name))

    (page,) = pages_of(path, None, CAP)

    assert page.url == f"{path.as_uri()}/{address}"


def test_an_entry_of_a_zip_without_a_date_has_that_of_the_zip(tmp_path: Path) -> None:
    path = tmp_path / "saved.zip"
    made = zipfile.ZipInfo("a.html", (1987, 6, 5, 0, 0, 0))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(made, PAGE)
    date = struct.pack("<H", (7 << 9) + (6 << 5) + 5)
    path.write_bytes(path.read_bytes().replace(date, b"\0\0"))
    os.utime(path, (AT.timestamp(), AT.timestamp()))

    (page,) = pages_of(path, None, CAP)

    assert isinstance(page, Resource)
    assert page.captured_at == AT


@pytest.mark.parametrize("changed", [2**32, 2**40, 2**62])
def test_a_file_whose_clock_is_ahead_was_captured_now_at_the_latest(tmp_path: Path, changed: int) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE)
    try:
        os.utime(path, (changed, changed))
    except OverflowError:
        pytest.skip("this file system knows no such time")

    (page,) = pages_of(path, None, CAP)

    assert isinstance(page, Resource)
    assert page.captured_at <= datetime.now(UTC)


def test_a_huge_entry_is_taken_only_so_far_that_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.html", bytes(50 * CAP))

    (page,) = pages_of(path, None, CAP)

    assert isinstance(page, Resource)
    assert len(page.content) == CAP + 1


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)


def no_zip(path: Path) -> None:
    path.write_bytes(b"not a ZIP file")


def encrypted(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02", 0, content.index(b"PK\x01\x02") + 4) + 8] |= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut, flip, no_zip, encrypted])
def test_a_damaged_zip_is_an_archive_error(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = tmp_path / "saved.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.html", PAGE)
    damage(path)

    with pytest.raises(ArchiveError, match=r"saved\.zip"):
        list(pages_of(path, None, CAP))


def test_a_damaged_warc_in_a_zip_is_named_with_its_zip(tmp_path: Path) -> None:
    path = tmp_path / "saved.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.warc.gz", b"no archive")

    with pytest.raises(ArchiveError, match=r"saved\.zip/a\.warc\.gz: not a whole WARC file"):
        list(pages_of(path, None, CAP))


def test_folders_give_files_of_known_kinds_by_name_and_tell_of_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    names = ("b.html", "a.warc.gz", "c/d.wacz", "c/e.ZIP", "f.txt", "g.wet.gz", "h.png", "i.mhtml", "j.MHT", "k.xhtml")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = [path.relative_to(tmp_path).as_posix() for path in files_of(tmp_path)]

    assert found == ["a.warc.gz", "b.html", "c/d.wacz", "c/e.ZIP", "f.txt", "g.wet.gz", "i.mhtml", "j.MHT", "k.xhtml"]
    assert caplog.messages == [f"files_left_out folder={tmp_path} files=1 kinds=.png"]
    assert [is_one_page(tmp_path / name) for name in ("b.html", "f.txt", "a.warc.gz", "c/e.ZIP")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_our_own_archive_is_imported_as_any_other(tmp_path: Path) -> None:
    with Archive(load_settings(home=tmp_path / "home")) as archive:
        kept = taken(archive, Resource(URL, AT, "text/html", PAGE))
    (file,) = archive.files()

    assert list(pages_of(file, None, CAP)) == [Resource(URL, AT, "text/html", PAGE, kept.payload_digest)]


@pytest.mark.parametrize(("name", "said"), [("none.html", "no such file"), ("page.doc", "not a kind")])
def test_what_cannot_be_imported_is_wrong_use(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "page.doc").touch()

    with pytest.raises(UsageError, match=said):
        list(files_of(tmp_path / name))
