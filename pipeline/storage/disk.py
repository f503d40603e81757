"""Files in a folder on this machine's disk."""

from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow.fs as pafs

from pipeline.storage import durable
from pipeline.storage.storage import Found


class Disk:
    """A `Storage` on the disk; `is_durable` is false where its files need not outlive a power cut."""

    is_remote = False
    delta_options = None
    opener = None

    def __init__(self, folder: Path, *, is_durable: bool = True) -> None:
        self.folder = folder
        self.needs_flush = is_durable

    def uri(self, path: Path) -> str:
        return str(path)

    def is_there(self, path: Path) -> bool:
        return path.is_file()

    def found(self, below: Path, suffix: str) -> list[Found]:
        files = []
        for path in sorted(below.rglob(f"*{suffix}")):
            with suppress(FileNotFoundError):  # somebody removed it meanwhile
                facts = path.stat()
                files.append(Found(path, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC)))
        return files

    def read(self, path: Path) -> bytes:
        return path.read_bytes()

    def local(self, path: Path, aside: Path) -> Path:  # noqa: ARG002  # needs none
        return path

    def open(self, path: Path, ahead: int | None = None) -> BinaryIO:  # noqa: ARG002  # the system reads ahead by itself
        return path.open("rb")

    def write(self, path: Path, content: bytes) -> None:
        durable.write(path, content)

    def swap(self, path: Path, content: bytes) -> None:
        durable.write(path, content)

    def put(self, finished: Path, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.put(finished, path)

    def copy(self, finished: Path, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.copy(finished, path)

    def remove(self, paths: Collection[Path]) -> None:
        for path in paths:
            path.unlink(missing_ok=True)
        for folder in {path.parent for path in paths}:
            durable.sync(folder)

    @property
    def arrow(self) -> Any:
        return pafs.LocalFileSystem()

    def arrow_path(self, path: Path) -> str:
        return str(path)
