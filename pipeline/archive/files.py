"""The archive's files, wherever they are: on this machine while they are written, and then where the settings say.

A WARC file grows by appends, each of which is on the disk before its page is noted; an object store knows no appends.
So a file is written in the archive's folder, and shipped to the bucket when it is whole: the file first, then its
index, then the one here is removed. A file in the bucket counts once its index is there. What was broken off at any
point is done again by the next run that ends.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock

from pipeline.archive.index import index_of, save_index, write_index
from pipeline.archive.writer import mark_of
from pipeline.errors import ArchiveError
from pipeline.settings import Settings
from pipeline.storage import archive_storage

logger = logging.getLogger(__name__)

_SHIPPING = "shipping.lock"
_PATTERN = ".warc.gz"


class ArchiveFiles:
    """All files of the archive, each named by its path in the archive's folder.

    Raises (all methods): ArchiveError where the disk or the bucket refuses.
    """

    def __init__(self, settings: Settings) -> None:
        self._storage = archive_storage(settings)
        self.folder = settings.archive_dir

    @property
    def place(self) -> str:
        """Where the files are kept, for messages."""
        return self._storage.uri(self._storage.folder) if self._storage.is_remote else str(self.folder)

    def sizes(self) -> dict[Path, int]:
        """The WARC files with their sizes, in order of the time at which they were begun."""
        here = {}
        for path in self.folder.glob(f"*{_PATTERN}"):
            with suppress(FileNotFoundError):  # shipped meanwhile: it is among those that are kept
                here[path] = path.stat().st_size
        return dict(sorted({**self._kept(), **here}.items()))

    def _kept(self) -> dict[Path, int]:
        """The files in the bucket whose indexes are there too."""
        if not self._storage.is_remote:
            return {}
        with self._told():
            found = {one.path.name: one.size for one in self._storage.found(self._storage.folder, "")}
        paths = [self.folder / name for name in found if name.endswith(_PATTERN)]
        return {path: found[path.name] for path in paths if index_of(path).name in found}

    def is_only_here(self, path: Path) -> bool:
        """Whether other machines cannot read this file, being not shipped yet."""
        return self._storage.is_remote and path.exists()

    def open(self, path: Path, ahead: int | None = None) -> BinaryIO:
        """A file to be read; of a bucket, `ahead` bytes are fetched at a time.

        Raises:
            OSError: it is not there, or cannot be read.
        """
        try:
            return path.open("rb")
        except FileNotFoundError:
            if not self._storage.is_remote:
                raise
            return self._storage.open(self._storage.folder / path.name, ahead)

    def index_text(self, path: Path) -> str | None:
        """The index of a file; None where it has none, being still written."""
        index = index_of(path)
        try:
            if self._storage.is_remote and not path.exists():
                return self._storage.read(self._storage.folder / index.name).decode("utf-8")
            return index.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ArchiveError(f"{index}: cannot be read; run `asrun archive verify`") from error

    def save_index(self, path: Path, text: str) -> None:
        """Put this index in the place of the one that a file may have."""
        if self._storage.is_remote and not path.exists():
            with self._told():
                self._storage.write(self._storage.folder / index_of(path).name, text.encode("utf-8"))
        else:
            save_index(path, text)

    def ship(self) -> None:
        """Bring all files that are whole to the bucket, where there is one."""
        if not self._storage.is_remote or not self.folder.exists():
            return
        with FileLock(self.folder / _SHIPPING):  # several processes end at the same time, and see the same files
            for path in sorted(self.folder.glob(f"*{_PATTERN}")):
                if not mark_of(path).exists():
                    self._ship(path)

    def _ship(self, path: Path) -> None:
        index = index_of(path)
        if not index.exists():
            write_index(path)
        with self._told(f"nothing is lost: {path.name} waits in {self.folder} for the next run"):
            for part in (path, index):
                self._storage.copy(part, self._storage.folder / part.name)
        path.unlink()
        index.unlink()
        logger.info("archive_shipped file=%s", path.name)

    @contextmanager
    def _told(self, consequence: str = "nothing is damaged") -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ArchiveError(f"{self.place}: {error.strerror}; {consequence}") from error
