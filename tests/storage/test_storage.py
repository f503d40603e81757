"""What both ways of keeping files promise alike, and what only a bucket can tell."""

import sys
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.settings import Settings, load_settings
from pipeline.storage import Overtaken, Storage, lake_storage


@pytest.fixture(params=["disk", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "disk":
        return lake_storage(load_settings(home=tmp_path / "disk"))
    settings: Settings = request.getfixturevalue("settings")
    return lake_storage(settings)


def finished(folder: Path, content: bytes) -> Path:
    path = folder / "finished"
    path.write_bytes(content)
    return path


def test_files_are_put_found_read_and_removed(storage: Storage, tmp_path: Path) -> None:
    storage.folder.mkdir(parents=True, exist_ok=True)
    part = storage.folder / "turns" / "air_month=2026-03" / "part-0.parquet"
    storage.copy(finished(tmp_path, b"0123456789"), part)
    assert (tmp_path / "finished").exists()
    storage.put(finished(tmp_path, b"abc"), part.with_name("part-1.parquet"))
    assert not (tmp_path / "finished").exists()
    storage.write(storage.folder / "lake.json", b"{}")

    found = storage.found(storage.folder, ".parquet")
    assert [(one.path, one.size) for one in found] == [(part, 10), (part.with_name("part-1.parquet"), 3)]
    assert storage.found(storage.folder / "bylines", ".parquet") == []
    assert storage.is_there(part)
    assert not storage.is_there(part.parent)
    assert storage.read(part) == storage.local(part, tmp_path / "aside").read_bytes() == b"0123456789"

    storage.remove([part, storage.folder / "turns" / "air_month=2026-03" / "never-there.parquet"])
    assert not storage.is_there(part)
    with pytest.raises(FileNotFoundError):
        storage.read(part)
    with pytest.raises(FileNotFoundError):
        storage.open(part)


@pytest.mark.parametrize("ahead", [None, 1, 4])
def test_a_file_is_read_in_parts(storage: Storage, tmp_path: Path, ahead: int | None) -> None:
    storage.folder.mkdir(parents=True, exist_ok=True)
    path = storage.folder / "a.bin"
    storage.put(finished(tmp_path, b"0123456789"), path)

    with storage.open(path, ahead) as file:
        assert file.seek(3) == 3
        assert (file.read(2), file.tell(), file.read()) == (b"34", 5, b"56789")
        assert file.read(1) == b""
        assert file.seek(-2, 2) == 8
        assert file.read(9) == b"89"


def test_a_swap_is_refused_where_somebody_else_was_faster(settings: Settings) -> None:
    ours, theirs = lake_storage(settings), lake_storage(settings)
    place = ours.folder / "lake.json"
    ours.swap(place, b"1")
    with pytest.raises(Overtaken):  # they believed that there was none
        theirs.swap(place, b"2")
    assert theirs.read(place) == b"1"

    theirs.swap(place, b"2")
    theirs.swap(place, b"3")
    with pytest.raises(Overtaken):
        ours.swap(place, b"4")
    assert ours.read(place) == b"3"


def test_without_its_libraries_a_bucket_is_wrong_use(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pipeline.storage.bucket", None)

    with pytest.raises(UsageError, match=r"pip install 'asrun\[s3\]'"):
        lake_storage(settings)


@pytest.mark.parametrize("url", ["corpus/radio", "https://corpus/radio", "s3://", "s3://a bucket/x/ y"])
def test_what_names_no_bucket_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError, match="storage_url"):
        load_settings(home=tmp_path, storage_url=url)
