"""Pages out of files that others saved: ZIP and WACZ beside WARC, WET, HTML and text."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.archive import Archive, Resource
from pipeline.errors import ArchiveError, UsageError
from pipeline.ingest.saved import files_of, is_one_page, pages_of
from pipeline.records import Exchange
from pipeline.settings import load_settings
from tests.network import npr
from tests.network.crawl_server import CRAWL, Crawled, write_crawl
from tests.network.stories import STORIES

CAP = 1_000_000
AT = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
PAGE = npr.transcript_page(STORIES[0], STORIES[0].published_at, is_empty=False).body
URL = npr.transcript_url(STORIES[0])


def crawl_file(folder: Path) -> Path:
    write_crawl(folder, [Crawled(URL, AT, PAGE)])
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


def test_a_zip_gives_pages_of_every_known_kind(tmp_path: Path) -> None:
    path = zipped(tmp_path)

    html, text, crawled = pages_of(path, None, CAP)

    assert html == Resource(f"{path.as_uri()}/a/the%20page.html", AT, "text/html", PAGE)
    assert text == Resource(f"{path.as_uri()}/b.txt", AT, "text/plain", b"HOST: Hello.")
    assert isinstance(crawled, Exchange)
    assert crawled.url == URL


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


def test_folders_give_files_of_known_kinds_by_name(tmp_path: Path) -> None:
    names = ("b.html", "a.warc.gz", "c/d.wacz", "c/e.ZIP", "f.txt", "g.wet.gz", "h.png")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = [path.relative_to(tmp_path).as_posix() for path in files_of(tmp_path)]

    assert found == ["a.warc.gz", "b.html", "c/d.wacz", "c/e.ZIP", "f.txt", "g.wet.gz"]
    assert [is_one_page(tmp_path / name) for name in ("b.html", "f.txt", "a.warc.gz", "c/e.ZIP")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_our_own_archive_is_imported_as_any_other(tmp_path: Path) -> None:
    with Archive(load_settings(home=tmp_path / "home")) as archive:
        archive.append_resource(Resource(URL, AT, "text/html", PAGE))
    (file,) = archive.files()

    assert list(pages_of(file, None, CAP)) == [Resource(URL, AT, "text/html", PAGE)]


@pytest.mark.parametrize(("name", "said"), [("none.html", "no such file"), ("page.doc", "not a kind")])
def test_what_cannot_be_imported_is_wrong_use(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "page.doc").touch()

    with pytest.raises(UsageError, match=said):
        list(files_of(tmp_path / name))
