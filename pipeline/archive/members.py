"""Gzip members of a file, one a WARC record, with the place where a damaged one begins."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK_BYTES = 64 * 1024
_GZIP_WBITS = zlib.MAX_WBITS + 16


@dataclass(frozen=True, slots=True)
class Member:
    """One whole gzip member: where it stands and what it holds."""

    offset: int
    end: int
    data: bytes


class BadMember(Exception):
    """The bytes at `offset` are no whole gzip member.

    `is_torn` is true where the file merely ends too early, as a killed writer leaves it; false where bytes are wrong.
    """

    def __init__(self, offset: int, detail: str, *, is_torn: bool) -> None:
        super().__init__(f"offset {offset}: {detail}")
        self.offset = offset
        self.detail = detail
        self.is_torn = is_torn


def read_members(file: BinaryIO, start: int = 0) -> Iterator[Member]:
    """Yield the members from `start` to the end of the file; each is checked against its CRC.

    Raises:
        BadMember: at the first member that is not whole.
    """
    file.seek(start)
    offset = start
    ahead = file.read(_CHUNK_BYTES)
    while ahead:
        data, taken, ahead = _inflate(file, ahead, offset)
        yield Member(offset, offset + taken, data)
        offset += taken
        ahead = ahead or file.read(_CHUNK_BYTES)


def _inflate(file: BinaryIO, ahead: bytes, offset: int) -> tuple[bytes, int, bytes]:
    """The member that begins with `ahead`: its content, its length in the file, and what was read beyond it."""
    decompressor = zlib.decompressobj(_GZIP_WBITS)
    parts: list[bytes] = []
    taken = 0
    while ahead:
        try:
            parts.append(decompressor.decompress(ahead))
        except zlib.error as error:
            raise BadMember(offset, f"not a gzip member ({error})", is_torn=False) from error
        taken += len(ahead) - len(decompressor.unused_data)
        if decompressor.eof:
            return b"".join(parts), taken, decompressor.unused_data
        ahead = file.read(_CHUNK_BYTES)
    raise BadMember(offset, "the file ends inside this record", is_torn=True)
