"""Revisits, index, look-up and verification: the archive as others' tools and its own commands see it."""

import gzip
import io
import json
import sys
from argparse import Namespace
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from pipeline.archive import Archive, Resource
from pipeline.archive.index import index_of, read_records, sort_key
from pipeline.archive.lookup import show
from pipeline.archive.members import read_members
from pipeline.archive.verify import Verified, verify
from pipeline.errors import ArchiveError, UsageError
from pipeline.exchanges import ArchivedPage, Exchange
from pipeline.settings import Settings, load_settings
from tests.archive.exchanges import AT, HTML, exchange
from tests.archive.taking import taken

HOUR = timedelta(hours=1)
MOVED = replace(exchange(1), status=301, body=b"", headers=(("Location", "/transcripts/2?a=1"),))
URL, OLD_URL = exchange(2).url, MOVED.url


def later(page: Exchange, hours: int, **changes: object) -> Exchange:
    return replace(page, requested_at=page.requested_at + hours * HOUR, **changes)  # type: ignore[arg-type]  # fields


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home whose archive has a page behind a redirect, looked at four times, and a file."""
    settings = load_settings(home=tmp_path)
    page = exchange(2, hops=(MOVED,))
    with Archive(settings) as archive:
        first = archive.append(page, "npr")
        archive.append_revisit(later(page, 1, status=304, reason="Not Modified", body=b"", content=b""), first, "npr")
        archive.append_revisit(later(page, 2), first, "npr")
        archive.append(later(page, 3, body=b"<p>Revised.</p>", content=b"<p>Revised.</p>"), "npr")
        taken(archive, Resource("file:///page.txt", AT, "text/plain", b"HOST: Hello."))
    return settings


def only_file(settings: Settings) -> Path:
    (path,) = Archive(settings).files()
    return path


def verified(settings: Settings) -> Verified:
    *_, last = verify(Archive(settings))
    return last


def test_what_is_written_passes_warcio_check_and_has_every_digest(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    checker = Checker(Namespace(inputs=[str(only_file(settings))], verbose=True))

    assert checker.process_all() == 0
    assert "digest failed" not in capsys.readouterr().out
    assert all(record.is_digested for record in read_records(only_file(settings)))


def fastwarc_check(path: Path, *options: str) -> tuple[int, str]:
    pytest.importorskip("fastwarc", reason="needs FastWARC (make setup installs it)")
    command = [sys.executable, "-m", "fastwarc.cli", "check", "--quiet", "--output", "-", *options, str(path)]
    done = run(command, check=False, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout


def test_what_is_written_passes_fastwarc_check(settings: Settings) -> None:
    zipped = gzip.compress(HTML)
    with Archive(settings) as archive:
        archive.append(
            exchange(5, body=zipped, headers=(("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")))
        )
    for path in Archive(settings).files():
        code, said = fastwarc_check(path)
        assert code == 0
        assert "NO_DIGEST" not in said
        # Payloads of records without HTTP, or without the body, it counts as failed whatever their digest says.
        _, said = fastwarc_check(path, "--verify-payloads")
        with path.open("rb") as file:
            kinds = {
                record.rec_headers.get_header("WARC-Record-ID"): record.rec_type for record in ArchiveIterator(file)
            }
        failed = {kinds[line.partition(": ")[0]] for line in said.splitlines() if "FAIL" in line}
        assert failed <= {"warcinfo", "metadata", "resource", "revisit"}


def test_a_revisit_names_what_it_found_again_and_how(settings: Settings) -> None:
    with only_file(settings).open("rb") as file:
        found = [
            (record.rec_headers.get_header, record.http_headers.get_statuscode(), record.content_stream().read())
            for record in ArchiveIterator(file)
            if record.rec_type == "revisit"
        ]
    (response,) = (
        r for r in read_records(only_file(settings)) if r.kind == "response" and r.at == exchange(2).requested_at
    )

    assert [status for _, status, _ in found] == ["304", "200"]
    assert [get("WARC-Profile").rpartition("/")[2] for get, *_ in found] == [
        "server-not-modified", "identical-payload-digest",
    ]  # fmt: skip
    for get, _, body in found:
        assert body == b""
        assert get("WARC-Refers-To-Target-URI") == URL
        assert datetime.fromisoformat(get("WARC-Refers-To-Date")) == response.at
        assert get("WARC-Payload-Digest") == response.payload_digest


def test_metadata_tells_for_whom_and_by_which_way_it_was_fetched(settings: Settings) -> None:
    with only_file(settings).open("rb") as file:
        told = [
            record.content_stream().read().decode() for record in ArchiveIterator(file) if record.rec_type == "metadata"
        ]

    assert len(told) == 4
    assert told[0].splitlines() == [
        "fetchTimeMs: 100", "hopsFromSeed: R", f"via: {OLD_URL}", f"requestedUrl: {OLD_URL}", "sourceId: npr",
    ]  # fmt: skip


def test_only_a_look_that_found_something_is_a_revisit(settings: Settings) -> None:
    archive = Archive(settings)
    with pytest.raises(ValueError, match="404"):
        archive.append_revisit(exchange(status=404), next(archive.pages()))


def test_revisits_are_no_pages(settings: Settings) -> None:
    assert [page.content for page in Archive(settings).pages()] == [HTML, b"<p>Revised.</p>", b"HOST: Hello."]


def test_the_index_is_in_order_and_leads_to_the_records(settings: Settings) -> None:
    path = only_file(settings)
    lines = index_of(path).read_text(encoding="utf-8").splitlines()
    data = path.read_bytes()

    assert lines == sorted(lines)
    assert len(lines) == 4 + 4 + 1  # redirects, looks, the file
    for line in lines:
        key, time, text = line.split(" ", 2)
        fields = json.loads(text)
        start = int(fields["offset"])
        record = gzip.decompress(data[start : start + int(fields["length"])])
        assert fields["url"].encode() in record
        assert key == sort_key(fields["url"])
        assert datetime.fromisoformat(fields["date"]).strftime("%Y%m%d%H%M%S") == time
    assert sum(json.loads(line.split(" ", 2)[2]).get("mime") == "warc/revisit" for line in lines) == 2


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.NPR.org/Transcripts/1?b=2&a=1", "org,npr)/transcripts/1?a=1&b=2"),
        ("http://radio.example:8080", "example,radio:8080)/"),
        ("file:///a page.txt", ")/a%20page.txt"),
    ],
)
def test_a_key_sorts_a_site_together(url: str, key: str) -> None:
    assert sort_key(url) == key


@pytest.mark.parametrize("has_index", [True, False])
@pytest.mark.parametrize("url", [URL, OLD_URL])
def test_shows_what_stood_there(settings: Settings, url: str, *, has_index: bool) -> None:
    if not has_index:
        index_of(only_file(settings)).unlink()
    begin = exchange(2).requested_at
    shown = {hours: show(Archive(settings), url, begin + hours * HOUR) for hours in (0, 1, 2.5, 3, 1000)}

    assert {hours: (one.page.content, one.seen_at) for hours, one in shown.items()} == {
        0: (HTML, begin),
        1: (HTML, begin + HOUR),
        2.5: (HTML, begin + 2 * HOUR),
        3: (b"<p>Revised.</p>", begin + 3 * HOUR),
        1000: (b"<p>Revised.</p>", begin + 3 * HOUR),
    }


def test_shows_nothing_from_before_the_first_look(settings: Settings) -> None:
    with pytest.raises(UsageError, match="not in the archive by 2026-03-20"):
        show(Archive(settings), URL, AT)
    with pytest.raises(UsageError, match="not in the archive"):
        show(Archive(settings), "https://www.npr.org/never")


def test_a_look_that_found_the_same_is_no_redirect_whatever_its_location(settings: Settings) -> None:
    page = next(Archive(settings).pages())
    same = replace(later(exchange(1), 5), status=304, body=b"", headers=(("Location", "/elsewhere"),))
    with Archive(settings) as archive:
        archive.append_revisit(same, page)

    assert show(Archive(settings), same.url).seen_at == same.requested_at


def test_redirects_that_lead_back_end(settings: Settings) -> None:
    loop = replace(MOVED, headers=(("Location", "/transcripts/1?a=1"),))
    with Archive(settings) as archive:
        archive.append(exchange(7, hops=(later(loop, 1),)))
    with pytest.raises(UsageError, match="do not end"):
        show(Archive(settings), OLD_URL)


def test_an_index_that_is_none_says_what_to_do(settings: Settings) -> None:
    index_of(only_file(settings)).write_text(f"{sort_key(URL)} 20260320071500 [1]\n", encoding="utf-8")
    with pytest.raises(ArchiveError, match="asrun archive verify"):
        show(Archive(settings), URL)


def test_a_whole_archive_has_no_problems(settings: Settings) -> None:
    found = verified(settings)

    assert (found.files, found.pages, found.revisits, found.unfinished) == (1, 3, 2, 0)
    assert (found.indexes_written, found.problems) == (0, [])


@pytest.mark.parametrize("damage", ["", "not an index\n"])
def test_an_index_that_is_missing_or_wrong_is_written_anew(settings: Settings, damage: str) -> None:
    index = index_of(only_file(settings))
    right = index.read_bytes()
    if damage:
        index.write_text(damage, encoding="utf-8")
    else:
        index.unlink()

    assert verified(settings).indexes_written == 1
    assert index.read_bytes() == right
    assert verified(settings).indexes_written == 0


def repacked(path: Path, old: bytes, new: bytes) -> None:
    """Change records inside a file that stays well packed."""
    members = [member.data.replace(old, new) for member in read_members(io.BytesIO(path.read_bytes()))]
    path.write_bytes(b"".join(gzip.compress(data) for data in members))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"SCOTT SIMON", b"SCOTT SIMIN", "digest"),
        (b"WARC-Block-Digest", b"X-Not-That-Digest", "without its digests"),
        (b"WARC-Refers-To-Date: 2026", b"WARC-Refers-To-Date: 2025", "is not in the archive"),
    ],
)
def test_damage_is_named(settings: Settings, old: bytes, new: bytes, says: str) -> None:
    repacked(only_file(settings), old, new)

    problems = verified(settings).problems
    assert problems
    assert all(says in problem and only_file(settings).name in problem for problem in problems)


def test_a_torn_file_is_damage_unless_it_is_still_written(settings: Settings) -> None:
    with Archive(settings) as archive:
        archive.append(exchange(9))
        assert (verified(settings).unfinished, verified(settings).problems) == (1, [])
    path = only_file(settings) if len(Archive(settings).files()) == 1 else Archive(settings).files()[-1]
    path.write_bytes(path.read_bytes()[:-30])
    assert "ends inside this record" in verified(settings).problems[0]


@given(st.lists(st.binary(max_size=3_000), min_size=1, max_size=5))
def test_what_is_read_back_is_what_was_received(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]) -> None:
    with Archive(load_settings(home=tmp_path_factory.mktemp("home"))) as archive:
        kept: list[ArchivedPage] = [archive.append(exchange(number, body=body)) for number, body in enumerate(bodies)]
        assert [page.content for page in kept] == bodies
        assert [page.content for page in archive.pages()] == bodies
