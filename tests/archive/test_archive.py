import gc
import gzip
import io
import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # the archive is checked with others' tools
from warcio.recordloader import ArcWarcRecord

from pipeline.archive import Archive, Resource, read_foreign
from pipeline.archive.members import read_members
from pipeline.archive.warc import capture_id_of, decode_record
from pipeline.errors import ArchiveError
from pipeline.exchanges import ArchivedPage, Exchange
from pipeline.settings import Settings, load_settings
from tests.archive.exchanges import AT, HTML, exchange
from tests.archive.taking import taken


def records_of(path: Path) -> list[tuple[str, str | None]]:
    with path.open("rb") as file:
        return [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI")) for r in ArchiveIterator(file)]


def test_a_page_comes_back_as_it_was_received(archive: Archive) -> None:
    page = archive.append(exchange(7))

    assert page == archive.read(page.warc_file, page.warc_offset)
    assert page.url == "https://www.npr.org/transcripts/7?a=1"
    assert page.captured_at == AT + timedelta(seconds=7)
    assert page.capture_id == capture_id_of(page.url, page.captured_at)
    assert page.content == HTML
    assert page.body_bytes == len(HTML)
    assert page.headers == (("Content-Type", "text/html"),)


def test_a_page_that_was_read_is_let_go_of_at_once(archive: Archive) -> None:
    """Not first when cycles are looked for, which a command of many pages does seldom."""
    page = archive.append(exchange())
    gc.collect()
    gc.disable()
    try:
        archive.read(page.warc_file, page.warc_offset)
        held = [one for one in gc.get_objects() if isinstance(one, ArcWarcRecord)]
    finally:
        gc.enable()
    assert not held


def test_pages_come_in_the_order_of_file_and_offset(settings: Settings) -> None:
    small = settings.model_copy(update={"warc_max_bytes": 2_000})
    with Archive(small) as archive:
        written = [archive.append(exchange(number, body=os.urandom(900))) for number in range(8)]

    assert len(archive.files()) > 2
    assert list(archive.pages()) == written


def test_nothing_is_created_before_the_first_page(settings: Settings) -> None:
    with Archive(settings) as archive:
        assert list(archive.pages()) == []

    assert not settings.archive_dir.exists()


def test_redirects_stand_before_the_page_with_their_requests(archive: Archive) -> None:
    hop = exchange(1, status=301, body=b"", headers=(("Location", "/transcripts/2"),))
    page = archive.append(exchange(2, hops=(hop,)))

    kinds = [kind for kind, _ in records_of(archive.files()[0])]
    assert kinds == ["warcinfo", "response", "request", "response", "request", "metadata"]
    assert list(archive.pages()) == [page]


def test_a_look_is_at_the_url_that_was_asked_for_however_often_it_was_redirected(archive: Archive) -> None:
    first, second, third = (
        exchange(number, status=301, body=b"", headers=(("Location", f"/transcripts/{number + 1}"),))
        for number in (1, 2, 4)
    )
    page = archive.append(exchange(3, hops=(first, second)))
    archive.append_revisit(exchange(5, status=304, body=b"", hops=(third,)), page)
    last = archive.append(exchange(6))

    assert [(asked, record.url) for asked, record in archive.looks()] == [
        (first.url, page.url),
        (third.url, exchange(5).url),
        (last.url, last.url),
    ]


def test_headers_are_kept_as_the_server_sent_them(archive: Archive) -> None:
    headers = (
        ("X-Title", "Caf\u00e9 \u2019"[:4]),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("X-Folded", "a\r\n b"),
    )
    page = archive.append(exchange(headers=headers))

    assert page.headers == (*headers[:3], ("X-Folded", "a b"))


def test_a_chunked_response_is_archived_joined_and_says_so(archive: Archive) -> None:
    page = archive.append(exchange(headers=(("Transfer-Encoding", "chunked"), ("Content-Type", "text/html"))))

    assert page.content == HTML
    assert page.header("Transfer-Encoding") is None
    assert page.header("X-Crawler-Transfer-Encoding") == "chunked"
    assert page.header("Content-Length") == str(len(HTML))


def test_only_status_200_is_archived(archive: Archive) -> None:
    with pytest.raises(ValueError, match="304"):
        archive.append(exchange(status=304))


def test_damage_names_file_and_offset(archive: Archive, settings: Settings) -> None:
    page = archive.append(exchange())
    archive.close()
    path = settings.archive_dir / page.warc_file
    data = bytearray(path.read_bytes())
    data[page.warc_offset + 40] ^= 0xFF
    path.write_bytes(data)

    where = f"{page.warc_file} at {page.warc_offset}"
    with pytest.raises(ArchiveError, match=where):
        archive.read(page.warc_file, page.warc_offset)
    with pytest.raises(ArchiveError, match=where):
        list(archive.pages())


def test_a_changed_record_fails_its_digest(archive: Archive, settings: Settings) -> None:
    page = archive.append(exchange())
    archive.close()
    path = settings.archive_dir / page.warc_file
    members = [member.data for member in read_members(io.BytesIO(path.read_bytes()))]
    changed = [data.replace(b"SCOTT SIMON", b"SCOTT SIMIN") for data in members]
    path.write_bytes(b"".join(gzip.compress(data) for data in changed))

    with pytest.raises(ArchiveError, match="digest"):
        list(archive.pages())


def test_a_missing_file_or_a_wrong_offset_is_an_archive_error(archive: Archive) -> None:
    page = archive.append(exchange())

    with pytest.raises(ArchiveError, match="cannot be read"):
        archive.read("asrun-none.warc.gz", 0)
    with pytest.raises(ArchiveError, match="no page there"):
        archive.read(page.warc_file, 0)
    with pytest.raises(ArchiveError, match="no page there"):
        archive.read(page.warc_file, 10_000_000)


def test_names_sort_by_the_time_their_files_were_begun(settings: Settings) -> None:
    begun = []
    for number in range(5):
        with Archive(settings) as archive:
            begun.append(archive.append(exchange(number)).warc_file)

    assert sorted(begun) == begun


def test_two_archives_of_one_process_write_two_files(settings: Settings) -> None:
    with Archive(settings) as one, Archive(settings) as other:
        one.append(exchange(1))
        other.append(exchange(2))
        assert len(one.files()) == 2

    assert sorted(path.suffix for path in settings.archive_dir.iterdir()) == [".cdxj", ".cdxj", ".gz", ".gz"]


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("in the way")

    with pytest.raises(ArchiveError, match="correct the setting `home`"):
        Archive(load_settings(home=tmp_path)).append(exchange())


def test_our_own_files_can_be_imported(archive: Archive) -> None:
    page = archive.append(exchange(3))
    note = taken(archive, Resource("https://www.wuky.org/a", AT, "text/plain; charset=utf-8", b"HOST: Hello."))
    archive.close()

    with archive.files()[0].open("rb") as file:
        response, resource = read_foreign(file, "ours")

    assert isinstance(response, Exchange)
    assert (response.url, response.requested_at, response.content) == (page.url, page.captured_at, page.content)
    assert resource == Resource(note.url, AT, "text/plain; charset=utf-8", b"HOST: Hello.", note.payload_digest)
    assert taken(archive, resource).original_digest == note.payload_digest
    again = taken(archive, replace(resource, original_digest="sha1:FIRST"))
    archive.close()
    with archive.files()[-1].open("rb") as file:
        assert [page.original_digest for page in read_foreign(file, "ours")] == [note.payload_digest, "sha1:FIRST"]
    assert archive.read(again.warc_file, again.warc_offset).original_digest == "sha1:FIRST"


@pytest.mark.parametrize(
    "content", [b"not an archive at all", b"WARC/1.0\r\n", b"WARC/1.0\r\nWARC-Type: resource\r\n\r\na"]
)
def test_a_file_that_is_no_archive_is_an_archive_error(content: bytes) -> None:
    with pytest.raises(ArchiveError, match="not a whole WARC file"):
        list(read_foreign(io.BytesIO(content), "page.warc.gz"))


def record(url: str, *fields: str) -> bytes:
    """A record as others write it, with a page of two bytes."""
    head = ("WARC/1.0", "WARC-Type: resource", f"WARC-Target-URI: {url}", "Content-Length: 2", *fields)
    return "\r\n".join([*head, "", "Hi", "", ""]).encode()


DATE = "WARC-Date: 2026-01-04T23:30:00"


def test_what_others_leave_out_of_a_record_costs_that_record(caplog: pytest.LogCaptureFixture) -> None:
    file = io.BytesIO(
        record("https://www.npr.org/undated")
        + record("https://www.npr.org/in-no-calendar", "WARC-Date: 2026-13-04T00:00:00Z")
        + record("", f"{DATE}Z")
        + record("<https://www.npr.org/of-wget>", f"{DATE}Z")
        + record("https://www.npr.org/abroad", f"{DATE}+02:00")
    )

    of_wget, abroad = read_foreign(file, "theirs")

    assert isinstance(of_wget, Resource)
    assert isinstance(abroad, Resource)
    assert of_wget.url == "https://www.npr.org/of-wget"
    assert abroad.captured_at == datetime(2026, 1, 4, 21, 30, tzinfo=UTC)
    assert caplog.text.count("import_skipped") == 3


@pytest.mark.parametrize("machine", ["America/Los_Angeles", "Asia/Tokyo"])
def test_a_date_without_a_zone_is_utc_wherever_the_machine_stands(
    machine: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(time.tzset)
    with monkeypatch.context() as there:
        there.setenv("TZ", machine)
        time.tzset()
        (page,) = read_foreign(io.BytesIO(record("https://www.npr.org/a", DATE)), "theirs")

    assert isinstance(page, Resource)
    assert page.captured_at == datetime(2026, 1, 4, 23, 30, tzinfo=UTC)


def test_an_archived_page_without_http_has_a_content_type(archive: Archive) -> None:
    page: ArchivedPage = taken(archive, Resource("file:///a.txt", AT, "text/plain", b"HOST: Hello."))

    assert (page.status, page.header("content-type"), page.content) == (200, "text/plain", b"HOST: Hello.")


@pytest.mark.parametrize("data", [b"", b"not a record", b"\x1f\x8b"])
def test_bytes_that_are_no_record_say_where_they_stand(data: bytes) -> None:
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz at 7: "):
        decode_record(data, "a.warc.gz", 7)


@pytest.mark.parametrize("field", ["WARC-Target-URI", "WARC-Date", "WARC-Record-ID", "WARC-Payload-Digest"])
def test_a_record_that_lost_a_field_says_where_it_stands(archive: Archive, settings: Settings, field: str) -> None:
    page = archive.append(exchange())
    archive.close()
    file = io.BytesIO((settings.archive_dir / page.warc_file).read_bytes())
    data = next(read_members(file, page.warc_offset)).data
    assert field.encode() in data
    without = data.replace(field.encode(), b"x" * len(field), 1).replace(b"WARC-Block-Digest", b"No-Digest", 1)

    with pytest.raises(ArchiveError, match=r"a\.warc\.gz at 7: "):
        decode_record(without, "a.warc.gz", 7)


@pytest.mark.parametrize("records", [1, 2, 3, 5, 6])
def test_stretches_of_any_size_and_their_halves_give_each_page_once(archive: Archive, records: int) -> None:
    written = [archive.append(exchange(number)) for number in range(5)]
    archive.close()

    stretches = list(archive.stretches(records))

    assert [len(list(archive.pages_of(stretch))) for stretch in stretches[:-1]] == [records] * (len(stretches) - 1)
    assert [page for stretch in stretches for page in archive.pages_of(stretch)] == written
    halves = [half for stretch in stretches for half in archive.halves(stretch) or (stretch,)]
    assert [page for half in halves for page in archive.pages_of(half)] == written
