"""Objects of a bucket as other libraries read files: as Python's own, and as those of fsspec."""

import io
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any

from obstore.fsspec import FsspecStore

_UNCHANGING = ".parquet"


class ObjectFile(io.RawIOBase):
    """An object of so many bytes, read by ranges: `part` gives a number of bytes from a place on, by one request."""

    def __init__(self, part: Callable[[int, int], bytes], size: int) -> None:
        self._part = part
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        wanted = min(len(buffer), self._size - self._at)
        if wanted <= 0:
            return 0
        part = self._part(self._at, wanted)
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)


class UnchangingFiles(FsspecStore):
    """A bucket for fsspec: files that are never changed are asked for their size and age once.

    DuckDB asks six times for each file that it opens, and over a network each time costs as much as reading it.
    """

    cachable = False

    @cached_property
    def _known(self) -> dict[str, dict[str, Any]]:
        return {}

    async def _info(self, path: str, **options: Any) -> dict[str, Any]:
        if path in self._known:
            return self._known[path]
        found = await super()._info(path, **options)
        if path.endswith(_UNCHANGING):
            self._known[path] = found
        return found

    def modified(self, path: str) -> datetime:
        when: datetime = self.info(path)["last_modified"]
        return when
