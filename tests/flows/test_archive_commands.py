"""`asrun archive` and the refusals that `asrun status` shows."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.archive import Archive
from pipeline.archive.index import index_of
from pipeline.settings import Settings, load_settings
from tests.flows.saying import AsrunBytes, command
from tests.network import site
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, copy_of, run_night, settings_for


@pytest.fixture
def asrun(home: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> AsrunBytes:
    """Run the command in this process; its exit code, its output as bytes, its errors."""
    del home
    return command(monkeypatch, capfdbinary, bytes.decode)


@pytest.fixture(scope="module")
def two_nights(network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_for(tmp_path_factory.mktemp("two-nights") / "home", network)
    for night in (1, 2):
        network.night = night
        run_night(settings, FIRST_DAY + timedelta(days=night - 1), ("npr", "kunc"))
    return settings


@pytest.fixture
def collected(home: Path, two_nights: Settings) -> Archive:
    """The archive of two nights."""
    return Archive(copy_of(two_nights, home))


def test_status_shows_what_robots_refused(asrun: AsrunBytes, collected: Archive) -> None:
    del collected
    _, out, _ = asrun("status")

    (line,) = (line for line in out.decode().splitlines() if "fetch_failed:robots" in line)
    assert "kunc" in line
    assert len(site.disallowed(2)) == 1


def test_a_whole_archive_is_verified(asrun: AsrunBytes, collected: Archive) -> None:
    index_of(collected.files()[0]).unlink()
    code, out, err = asrun("archive", "verify")

    assert code == 0, err
    assert b"2 files, " in out
    assert b"1 index written; 0 problems" in out
    assert index_of(collected.files()[0]).exists()


@pytest.mark.parametrize("command", ["verify", "rebuild-ledger"])
def test_a_home_without_an_archive_is_not_called_whole(asrun: AsrunBytes, home: Path, command: str) -> None:
    code, out, err = asrun("archive", command)

    assert (code, out) == (2, b"")
    assert "nothing was archived yet" in err
    assert not home.exists()


@pytest.mark.parametrize("command", ["status", "report"])
def test_a_ledger_that_is_lost_is_told_apart_from_nothing(asrun: AsrunBytes, collected: Archive, command: str) -> None:
    assert collected.files()
    load_settings().ledger_file.unlink()

    code, out, err = asrun(command)

    assert (code, out) == (2, b"")
    assert "is lost: `asrun archive rebuild-ledger` makes it anew" in err


def test_damage_is_named_and_is_exit_code_1(asrun: AsrunBytes, collected: Archive) -> None:
    path = collected.files()[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    code, _, err = asrun("archive", "verify")

    assert code == 1
    assert path.name in err
    assert "Traceback" not in err


def test_a_page_is_shown_as_it_stood(asrun: AsrunBytes, collected: Archive) -> None:
    (revised,) = (url for url in site.truth(2) if url in site.truth(1) and site.truth(1)[url] != site.truth(2)[url])
    first, second = (page for page in collected.pages() if page.url == revised)

    assert first.content != second.content
    code, out, err = asrun("archive", "show", f"{revised}?utm_source=mail#top")
    assert (code, out) == (0, second.content)
    assert second.warc_file in err
    moment = (first.captured_at + timedelta(milliseconds=1)).isoformat()
    assert asrun("archive", "show", revised, "--at", moment)[:2] == (0, first.content)
    assert asrun("archive", "show", revised, "--at", f"{second.captured_at:%Y-%m-%d}")[1] == second.content


def test_a_page_that_was_found_the_same_says_so(asrun: AsrunBytes, collected: Archive) -> None:
    urls = [page.url for page in collected.pages()]
    quiet = next(url for url in site.truth(1) if urls.count(url) == 1 and "npr.org" in url)
    code, out, err = asrun("archive", "show", quiet)

    assert code == 0
    assert out == next(page.content for page in collected.pages() if page.url == quiet)
    assert "found the same at" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("https://www.npr.org/never",), "not in the archive"),
        (("https://www.npr.org/never", "--at", "yesterday"), "2026-03-20"),
        (("ftp://www.npr.org/",), "http"),
    ],
)
def test_wrong_use_is_one_line(asrun: AsrunBytes, arguments: tuple[str, ...], says: str) -> None:
    code, out, err = asrun("archive", "show", *arguments)

    assert (code, out) == (2, b"")
    assert says in err
    assert len(err.strip().splitlines()) == 1


def test_a_day_ends_at_its_end() -> None:
    from flows.cli.moments import moment_of

    assert moment_of("--at", "2026-03-20") == datetime.fromisoformat("2026-03-20T23:59:59.999999+00:00")
    assert moment_of("--at", "2026-03-20T07:15-04:00") == datetime.fromisoformat("2026-03-20T11:15+00:00")
