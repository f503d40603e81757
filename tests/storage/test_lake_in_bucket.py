from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import LakeBusy, LakeError, UsageError
from pipeline.lake import store
from pipeline.lake.derivations import derive_all
from pipeline.lake.release import release, verify
from pipeline.lake.store import Lake
from pipeline.lake.tables.volumes import VOLUMES_FOLDER
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from pipeline.storage import bucket, lake_storage
from tests.lake.factory import Look, batch
from tests.network.s3 import CREDENTIALS, S3, Faults
from tests.storage.buckets import in_bucket, rows

OLD, NEW = batch(Look(1), Look(2)), batch(Look(1, hours=3, title="After the rain"), Look(3))
_PAGES = count(10)


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, s3: S3) -> Settings:
    """A lake for several tests, each of which adds to it."""
    settings = in_bucket(tmp_path_factory.mktemp("stocked"), s3)
    Lake(settings).commit(OLD)
    return settings


@pytest.fixture
def _no_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "TRIES", 0)


def pages(settings: Settings) -> list[str]:
    """The pages of the lake, each once with its transcript and once with its turns."""
    found = rows(settings, "transcripts", "turns")
    told = {row["transcript_id"] for row in found["transcripts"]}
    assert told == {row["transcript_id"] for row in found["turns"]}
    return sorted(told)


def parquet(settings: Settings) -> set[Path]:
    return {found.path for found in lake_storage(settings).found(settings.lake_dir.absolute(), ".parquet")}


def new_page() -> Look:
    return Look(next(_PAGES))


def test_a_lake_in_a_bucket_answers_as_one_on_the_disk(settings: Settings, tmp_path: Path) -> None:
    on_disk = load_settings(home=tmp_path / "disk")
    for each in (settings, on_disk):
        Lake(each).commit(OLD)
        Lake(each).commit(NEW)
    assert rows(settings) == rows(on_disk)

    files = parquet(settings)
    for each in (settings, on_disk):
        done = Lake(each.model_copy(update={"editions_kept": 1})).maintain(datetime.now(UTC) + timedelta(days=400))
        assert done.removed_files > 0
    assert rows(settings) == rows(on_disk)
    assert files - parquet(settings)
    assert not list(settings.lake_dir.rglob("*.parquet"))
    with connect(settings) as session:
        assert session.arrow("SELECT count(*) AS hits FROM who_said('it rained')").to_pylist() == [{"hits": 3}]

    release(settings, tmp_path / "release")
    assert list(verify(tmp_path / "release")) == []


def test_a_lake_is_moved_into_a_bucket_by_copying_its_files(tmp_path: Path, s3: S3) -> None:
    on_disk = load_settings(home=tmp_path / "disk")
    Lake(on_disk).commit(OLD)
    settings = in_bucket(tmp_path / "home", s3)
    for path in on_disk.lake_dir.rglob("*"):
        if path.is_file():
            place = settings.lake_dir.absolute() / path.relative_to(on_disk.lake_dir)
            lake_storage(settings).copy(path, place)

    Lake(settings).commit(())

    assert rows(settings) == rows(on_disk)


def test_sorted_volumes_are_on_the_disk_of_who_maintains_and_change_no_answer(
    settings: Settings, tmp_path: Path
) -> None:
    """Two machines write in turn: one looks pages and people up in volumes, some of which get old; one reads all."""
    settings = settings.model_copy(update={"phrase_index": False})
    other, on_disk = settings.model_copy(update={"home": tmp_path / "other"}), load_settings(home=tmp_path / "disk")
    later = batch(Look(3, hours=9, title="Snow"), Look(4))
    Lake(settings).commit(OLD)
    Lake(settings).maintain(datetime.now(UTC))
    Lake(other).commit(NEW)
    Lake(settings).commit(later)
    Lake(on_disk).commit([*OLD, *NEW, *later])

    assert rows(settings) == rows(other) == rows(on_disk)
    assert list((settings.lake_dir / VOLUMES_FOLDER).glob("*/*.arrow"))
    assert not (other.lake_dir / VOLUMES_FOLDER).exists()
    assert not lake_storage(settings).found(settings.lake_dir.absolute(), ".arrow")


def test_the_session_reads_the_lake_and_nothing_else_of_the_bucket(stocked: Settings) -> None:
    outside = f"{stocked.storage_url}/archive/page.txt"

    with connect(stocked) as session:
        for place in (outside, outside.replace("/radio/", "/other/"), "/etc/passwd"):
            with pytest.raises(UsageError, match="Cannot access file"):
                session.arrow(f"FROM read_text('{place}')")
        with pytest.raises(UsageError, match="only statements that read"):
            session.arrow(f"COPY turns TO '{stocked.storage_url}/lake/mine.parquet'")


def test_a_server_that_is_overloaded_for_a_while_is_waited_for(stocked: Settings, s3: S3) -> None:
    page = new_page()
    with s3.failing(Faults("overloaded", count=2)):
        Lake(stocked).commit(batch(page))

    assert page.transcript_id in pages(stocked)


@pytest.mark.usefixtures("_no_retries")
@pytest.mark.parametrize(
    ("faults", "says"),
    [
        (Faults("cut", path="/editions/"), "it does not answer, or breaks off"),
        (Faults("overloaded", methods=("GET",), path="_delta_log"), "it has too much to do: run this again later"),
    ],
)
def test_a_commit_that_fails_is_one_line_and_nothing_of_it_is_seen(
    stocked: Settings, s3: S3, faults: Faults, says: str
) -> None:
    before, page = pages(stocked), new_page()

    with s3.failing(faults), pytest.raises(LakeError) as told:
        Lake(stocked).commit(batch(page))

    assert str(told.value).startswith(f"{stocked.storage_url}/lake")
    assert says in str(told.value)
    assert "\n" not in str(told.value)
    assert pages(stocked) == before
    Lake(stocked).commit(batch(page))
    assert pages(stocked) == sorted([*before, page.transcript_id])


def check_cut_after(writes: int, settings: Settings, s3: S3) -> bool:
    """A commit of which the server refuses all but so many writes: was it broken off? Its repeat is not."""
    before, page = pages(settings), new_page()
    after = sorted([*before, page.transcript_id])
    is_cut = False
    with s3.failing(Faults("overloaded", spared=writes)):
        try:
            Lake(settings).commit(batch(page))
        except LakeError:
            is_cut = True
    assert pages(settings) in ([before, after] if is_cut else [after])
    Lake(settings).commit(batch(page))
    assert pages(settings) == after
    return is_cut


@pytest.mark.usefixtures("_no_retries")
def test_a_commit_broken_off_shows_the_old_or_the_new_state(stocked: Settings, s3: S3) -> None:
    assert check_cut_after(11, stocked, s3)


@pytest.mark.series
@pytest.mark.usefixtures("_no_retries")
def test_a_commit_broken_off_at_any_write_shows_the_old_or_the_new_state(stocked: Settings, s3: S3) -> None:
    cut = 0
    while check_cut_after(cut, stocked, s3):
        cut += 1
    assert cut > 20


def test_a_second_machine_that_writes_is_told_so(
    stocked: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it had to add is lost to nobody: it adds it with its next run."""
    before, ours, theirs = pages(stocked), new_page(), new_page()
    other = stocked.model_copy(update={"home": tmp_path / "other"})

    def meanwhile(*arguments: Any) -> None:
        monkeypatch.setattr(store, "derive_all", derive_all)
        Lake(stocked).commit(batch(ours))
        derive_all(*arguments)

    monkeypatch.setattr(store, "derive_all", meanwhile)
    with pytest.raises(LakeBusy, match="another machine is writing this lake"):
        Lake(other).commit(batch(theirs))
    assert pages(stocked) == sorted([*before, ours.transcript_id])

    Lake(other).commit(batch(theirs))
    assert pages(stocked) == sorted([*before, ours.transcript_id, theirs.transcript_id])


@pytest.mark.usefixtures("_no_retries")
def test_what_keeps_the_bucket_from_being_asked_is_said_in_a_line(
    stocked: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = stocked.model_copy(update={"storage_endpoint": "http://127.0.0.1:9"})
    elsewhere = stocked.model_copy(update={"storage_url": "s3://nobodys-bucket/radio"})
    for settings, says in (
        (nowhere, "it does not answer, or breaks off: run this again when it does"),
        (elsewhere, "there is no such bucket: make it"),
    ):
        with pytest.raises(LakeError, match=says):
            Lake(settings).commit(NEW)
    with pytest.raises(LakeError, match="it does not answer"):
        connect(nowhere)

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody-else")
    for ask in (lambda: Lake(stocked).commit(NEW), lambda: connect(stocked)):
        with pytest.raises(LakeError, match="it refuses these credentials: correct AWS_ACCESS_KEY_ID"):
            ask()

    for name in CREDENTIALS:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(UsageError, match="no credentials: set AWS_ACCESS_KEY_ID"):
        Lake(stocked)


def test_credentials_may_come_from_a_profile(
    stocked: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in CREDENTIALS:
        monkeypatch.delenv(name)
    key, secret, region = CREDENTIALS.values()
    profile = f"[archivist]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\nregion = {region}\n"
    (tmp_path / "credentials").write_text(profile)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_PROFILE", "archivist")
    page = new_page()

    Lake(stocked).commit(batch(page))

    assert page.transcript_id in pages(stocked)
