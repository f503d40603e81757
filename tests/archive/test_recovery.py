import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pipeline.archive import Archive
from pipeline.archive.index import index_of
from pipeline.settings import Settings
from tests.archive.exchanges import exchange


def test_a_living_writer_is_left_alone(archive: Archive, settings: Settings) -> None:
    page = archive.append(exchange())
    path = settings.archive_dir / page.warc_file
    size = path.stat().st_size

    assert list(Archive(settings).recover()) == []
    assert path.stat().st_size == size
    assert list(Archive(settings).pages()) == [page]


_KILLED_WRITER = """
    import os, signal, sys
    from tests.archive.exchanges import exchange
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
    from tests.archive.exchanges import exchange
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
