"""A night into a bucket, then another machine that has nothing but the bucket's name."""

import shutil
from pathlib import Path

import pytest

from pipeline.archive import Archive
from pipeline.errors import LakeError
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import open_rooms
from pipeline.lake.release import verify
from pipeline.settings import Settings
from pipeline.storage import bucket
from tests.flows.saying import Asrun, command
from tests.network.s3 import S3, Faults
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, run_night, settings_for
from tests.storage.buckets import place_in, rows

SOURCES = ("npr", "knau")


@pytest.fixture(scope="module")
def collected(s3: S3, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """What one night left in the bucket, which could not be written at first; its machine is gone."""
    with SimulatedNetwork() as network, pytest.MonkeyPatch.context() as patch:
        settings = settings_for(tmp_path_factory.mktemp("night") / "home", network, **place_in(s3))
        settings = settings.model_copy(update={"batch_pages": 100})  # a commit asks the server two hundred times
        patch.setattr(bucket, "TRIES", 0)
        with s3.failing(Faults("overloaded", path="/lake/")), pytest.raises(LakeError, match="it has too much to do"):
            run_night(settings, FIRST_DAY, SOURCES)
        assert [*settings.home.rglob("*.warc.gz")]
        run_night(settings, FIRST_DAY, SOURCES)
        on_disk = settings_for(tmp_path_factory.mktemp("night") / "disk", network)
        run_night(on_disk, FIRST_DAY, SOURCES)
    assert rows(settings, "turns", "bylines") == rows(on_disk, "turns", "bylines")
    assert not [*settings.home.rglob("*.warc.gz"), *settings.home.rglob("*.parquet")]
    shutil.rmtree(settings.home)
    return settings.model_copy(update={"host_map": {}})


@pytest.fixture
def asrun(
    collected: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Asrun:
    """The command on another machine."""
    monkeypatch.setenv("ASRUN_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("ASRUN_STORAGE_URL", str(collected.storage_url))
    monkeypatch.setenv("ASRUN_STORAGE_ENDPOINT", str(collected.storage_endpoint))
    return command(monkeypatch, capsys, str)


def test_all_that_is_known_is_in_the_bucket(collected: Settings, asrun: Asrun, tmp_path: Path) -> None:
    def answered(*arguments: object) -> str:
        code, out, err = asrun(*arguments)
        assert code == 0, err
        return out

    pages = len(list(Archive(collected).pages()))
    assert "looks at" in answered("archive", "rebuild-ledger")
    assert f"{pages} pages" in answered("archive", "verify")
    assert "0 problems" in answered("archive", "verify")
    assert "knau" in answered("status")
    counted = answered("sql", "SELECT count(*) AS n FROM transcripts", "--format", "csv")
    assert int(counted.split()[1]) == len(rows(collected, "transcripts")["transcripts"]) > 5
    answered("maintain")
    answered("release", tmp_path / "release")
    assert list(verify(tmp_path / "release")) == []
    assert answered("sql", "SELECT count(*) AS n FROM transcripts", "--format", "csv") == counted


def test_a_reparse_reads_the_bucket_and_finds_the_same_rows(collected: Settings) -> None:
    before = rows(collected)
    with open_rooms(collected) as rooms:
        diff = reparse(rooms, dry_run=True)

    assert diff.pages > 10
    assert not any(changes for changes in diff.tables.values())
    assert rows(collected) == before
