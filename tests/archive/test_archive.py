import gzip
import io
import os
import signal
import subprocess
import sys
import textwrap
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator  # the archive is checked with others' tools

from pipeline.archive import Archive, Resource, read_foreign
from pipeline.archive.content import decode_content
from pipeline.archive.index import index_of
from pipeline.archive.members import BadMember, read_members
from pipeline.archive.warc import capture_id_of
from pipeline.errors import ArchiveError
from pipeline.records import ArchivedPage, Exchange, Headers
from pipeline.settings import Settings, load_settings

AT = datetime(2026, 3, 20, 7, 15, 0, 123456, tzinfo=UTC)
HTML = b"<html><body><p>SCOTT SIMON, HOST: Good morning.</p></body></html>"


def exchange(
    number: int = 0,
    *,
    body: bytes = HTML,
    headers: Headers = (("Content-Type", "text/html"),),
    status: int = 200,
    hops: tuple[Exchange, ...] = (),
) -> Exchange:
    return Exchange(
        url=f"https://www.npr.org/transcripts/{number}?a=1",
        requested_at=AT + timedelta(seconds=number),
        elapsed_seconds=0.1,
        request_headers=(("Host", "www.npr.org"), ("User-Agent", "asrun/0.1")),
        status=status,
        reason="OK",
        headers=headers,
        body=body,
        content=body,
        ip_address="127.0.0.1",
        hops=hops,
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    with Archive(settings) as opened:
        yield opened


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


def _deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


CODINGS = {
    "gzip": (gzip.compress(HTML), "gzip"),
    "gzip of two members": (gzip.compress(HTML[:9]) + gzip.compress(HTML[9:]), "x-gzip"),
    "zlib": (zlib.compress(HTML), "deflate"),
    "bare deflate": (_deflate(HTML), "deflate"),
    "two codings": (gzip.compress(zlib.compress(HTML)), "deflate, gzip"),
    "identity": (HTML, "identity"),
    "padded": (gzip.compress(HTML) + b"\0\0", "GZIP"),
}


@pytest.mark.parametrize(("body", "coding"), CODINGS.values(), ids=CODINGS)
def test_the_content_coding_is_kept_in_the_file_and_taken_off_on_reading(
    archive: Archive, body: bytes, coding: str
) -> None:
    page = archive.append(exchange(body=body, headers=(("Content-Encoding", coding),)))

    assert page.content == HTML
    assert page.body_bytes == len(body)


MISFITS = {
    "not in it": (HTML, "gzip"),
    "cut": (gzip.compress(HTML)[:-9], "gzip"),
    "unknown": (HTML, "br"),
}


@pytest.mark.parametrize(("body", "coding"), MISFITS.values(), ids=MISFITS)
def test_a_coding_that_does_not_fit_is_an_error(body: bytes, coding: str) -> None:
    with pytest.raises(ValueError, match="Content-Encoding"):
        decode_content(body, coding)


@pytest.mark.parametrize("times", [1, 3])
def test_of_a_bomb_no_more_is_decoded_than_shows_that_it_is_one(times: int) -> None:
    body = bytes(3_000_000)
    for _ in range(times):
        body = gzip.compress(body)
    coding = ", ".join(["gzip"] * times)

    tracemalloc.start()
    assert decode_content(body, coding, 20_000) == bytes(20_001)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 200_000


@given(st.binary(max_size=900), st.integers(0, 999), st.integers(0, 1_000))
def test_a_content_is_cut_only_where_it_is_too_large(body: bytes, cut: int, most_bytes: int) -> None:
    encoded = gzip.compress(body[:cut]) + gzip.compress(body[cut:])

    assert decode_content(encoded, "gzip", most_bytes) == body[: most_bytes + 1]


@given(st.binary(max_size=5_000), st.lists(st.sampled_from(["gzip", "deflate"]), max_size=3))
def test_decoding_undoes_encoding(body: bytes, codings: list[str]) -> None:
    encoded = body
    for coding in codings:
        encoded = gzip.compress(encoded) if coding == "gzip" else zlib.compress(encoded)

    assert decode_content(encoded, ", ".join(codings)) == body


@given(st.lists(st.binary(max_size=2_000), max_size=8))
def test_members_are_found_whole_and_in_place(parts: list[bytes]) -> None:
    packed = [gzip.compress(part) for part in parts]
    members = list(read_members(io.BytesIO(b"".join(packed))))

    assert [member.data for member in members] == parts
    assert [member.end - member.offset for member in members] == [len(part) for part in packed]


@given(st.lists(st.binary(min_size=1, max_size=500), min_size=1, max_size=4), st.integers(min_value=1))
def test_a_torn_file_gives_its_whole_members_and_the_place_of_the_tear(parts: list[bytes], cut: int) -> None:
    packed = [gzip.compress(part) for part in parts]
    kept = cut % len(packed[-1]) or 1
    members = read_members(io.BytesIO(b"".join(packed[:-1]) + packed[-1][:kept]))

    assert [next(members).data for _ in parts[:-1]] == parts[:-1]
    with pytest.raises(BadMember) as caught:
        next(members)
    assert caught.value.offset == sum(map(len, packed[:-1]))
    assert caught.value.is_torn


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


def test_a_living_writer_is_left_alone(archive: Archive, settings: Settings) -> None:
    page = archive.append(exchange())
    path = settings.archive_dir / page.warc_file
    size = path.stat().st_size

    assert list(Archive(settings).recover()) == []
    assert path.stat().st_size == size
    assert list(Archive(settings).pages()) == [page]


_KILLED_WRITER = """
    import os, signal, sys
    from tests.archive.test_archive import exchange
    from pipeline.archive import Archive
    from pipeline.settings import load_settings
    archive = Archive(load_settings(home=sys.argv[1]))
    for number in range(3):
        archive.append(exchange(number))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def left_behind(settings: Settings) -> Path:
    """The file of a writer that was killed after three pages."""
    command = [sys.executable, "-c", textwrap.dedent(_KILLED_WRITER), str(settings.home)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    (path,) = settings.archive_dir.glob("*.warc.gz")
    return path


@pytest.mark.parametrize("cut", [1, 100, 400, 900])
def test_a_torn_tail_is_cut_and_the_whole_pages_are_recovered(
    left_behind: Path, settings: Settings, cut: int, caplog: pytest.LogCaptureFixture
) -> None:
    os.truncate(left_behind, left_behind.stat().st_size - cut)

    recovered = [page for _, page in Archive(settings).recover()]

    assert [page.url[-5:] for page in recovered] == ["0?a=1", "1?a=1", "2?a=1"][: len(recovered)]
    assert len(recovered) >= 2
    assert "archive_repaired" in caplog.text
    assert list(Archive(settings).recover()) == []
    assert list(Archive(settings).pages()) == recovered
    assert sorted(settings.archive_dir.iterdir()) == [index_of(left_behind), left_behind]


def test_a_file_that_was_torn_before_its_first_record_is_taken_away(left_behind: Path, settings: Settings) -> None:
    os.truncate(left_behind, 7)

    assert list(Archive(settings).recover()) == []
    assert list(settings.archive_dir.iterdir()) == []


def test_after_an_error_the_file_is_left_for_the_next_run_to_account_for(settings: Settings) -> None:
    def archive_and_fail() -> None:
        with Archive(settings) as archive:
            archive.append(exchange(1))
            raise OSError("the ledger could not be written")

    with pytest.raises(OSError, match="ledger"):
        archive_and_fail()

    assert [asked[-5:] for asked, _ in Archive(settings).recover()] == ["1?a=1"]
    assert list(Archive(settings).recover()) == []


def test_names_sort_by_the_time_their_files_were_begun(settings: Settings) -> None:
    begun = []
    for number in range(5):
        with Archive(settings) as archive:
            begun.append(archive.append(exchange(number)).warc_file)

    assert sorted(begun) == begun


def test_recovery_that_is_broken_off_is_repeated(left_behind: Path, settings: Settings) -> None:
    half = Archive(settings).recover()
    next(half)
    half.close()

    assert len(list(Archive(settings).recover())) == 3
    assert left_behind.exists()


def test_wrong_bytes_at_the_end_are_cut_and_kept_beside(left_behind: Path, settings: Settings) -> None:
    whole = left_behind.read_bytes()
    left_behind.write_bytes(whole + b"\0" * 512)

    assert len(list(Archive(settings).recover())) == 3
    assert left_behind.read_bytes() == whole
    assert left_behind.with_name(f"{left_behind.name}.cut-at-{len(whole)}").read_bytes() == b"\0" * 512


_FULL_DISK = """
    import os, resource, sys
    from tests.archive.test_archive import exchange
    from pipeline.archive import Archive
    from pipeline.errors import ArchiveError
    from pipeline.settings import load_settings
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
    with Archive(load_settings(home=sys.argv[1])) as archive:
        try:
            for number in range(100):
                archive.append(exchange(number, body=os.urandom(5_000)))
        except ArchiveError as error:
            print(number, error)
"""


def test_a_full_disk_is_one_clear_line_and_no_damage(settings: Settings) -> None:
    command = [sys.executable, "-c", textwrap.dedent(_FULL_DISK), str(settings.home)]
    done = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True)

    number, _, message = done.stdout.partition(" ")
    assert "make room on this disk" in message
    assert len(message.strip().splitlines()) == 1
    assert len(list(Archive(settings).pages())) == int(number) > 0


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
    note = archive.append_resource(Resource("https://www.wuky.org/a", AT, "text/plain; charset=utf-8", b"HOST: Hello."))
    archive.close()

    with archive.files()[0].open("rb") as file:
        response, resource = read_foreign(file, "ours")

    assert isinstance(response, Exchange)
    assert (response.url, response.requested_at, response.content) == (page.url, page.captured_at, page.content)
    assert resource == Resource(note.url, AT, "text/plain; charset=utf-8", b"HOST: Hello.", note.payload_digest)
    assert archive.append_resource(resource).original_digest == note.payload_digest
    again = archive.append_resource(replace(resource, original_digest="sha1:FIRST"))
    archive.close()
    with archive.files()[-1].open("rb") as file:
        assert [page.original_digest for page in read_foreign(file, "ours")] == [note.payload_digest, "sha1:FIRST"]
    assert archive.read(again.warc_file, again.warc_offset).original_digest == "sha1:FIRST"


def test_a_file_that_is_no_archive_is_an_archive_error(tmp_path: Path) -> None:
    path = tmp_path / "page.warc.gz"
    path.write_bytes(b"not an archive at all")

    with path.open("rb") as file, pytest.raises(ArchiveError, match="not a whole WARC file"):
        list(read_foreign(file, "page.warc.gz"))


def test_an_archived_page_without_http_has_a_content_type(archive: Archive) -> None:
    page: ArchivedPage = archive.append_resource(Resource("file:///a.txt", AT, "text/plain", b"HOST: Hello."))

    assert (page.status, page.header("content-type"), page.content) == (200, "text/plain", b"HOST: Hello.")
