"""Gzip members of a file, one a WARC record, with the place where a damaged one begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from isal import isal_zlib
from zlib_ng import zlib_ng

BAD_GZIP: type[Exception] = zlib_ng.error  # type: ignore[assignment]  # its types call the class an instance
_CHUNK_BYTES = 64 * 1024
_HEAD_BYTES = 4096
"""Of a member, in which its first bytes can be found: a dynamic block's tables come before them."""
_GZIP_WBITS = zlib_ng.MAX_WBITS + 16
gzip_decompressor = partial(zlib_ng.decompressobj, _GZIP_WBITS)
"""Makes what inflates one member."""
_LEVEL = 2
"""Of compression. A page of a crawl takes 0.06 ms; zlib-ng's level 5 took 0.29, a twelfth of an import, for twelve
bytes less in a hundred. isal's 1 is no faster than its 2, and its 3 takes three times as long for three bytes less."""
_GZIP_MAGIC = b"\x1f\x8b\x08"
_RECORD_MAGIC = b"WARC/"


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


def encode_member(record: bytes) -> bytes:
    """A record as a gzip member of its own."""
    member = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, _GZIP_WBITS)
    return member.compress(record) + member.flush()


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


def next_record(file: BinaryIO, start: int, end: int) -> int | None:
    """Where the first gzip member begins, from `start` up to `end`, that holds a WARC record; None: nowhere there.

    What compressed data may look like by chance is told by its content: a record's begins with `WARC/`.
    """
    while start < end:
        file.seek(start)
        window = file.read(_CHUNK_BYTES + _HEAD_BYTES)
        at = window.find(_GZIP_MAGIC)
        while 0 <= at < _CHUNK_BYTES and start + at < end:
            if _head_of(window[at : at + _HEAD_BYTES]).startswith(_RECORD_MAGIC):
                return start + at
            at = window.find(_GZIP_MAGIC, at + 1)
        start += _CHUNK_BYTES
    return None


def _head_of(member: bytes) -> bytes:
    try:
        return gzip_decompressor().decompress(member, len(_RECORD_MAGIC))
    except BAD_GZIP:
        return b""


def _inflate(file: BinaryIO, ahead: bytes, offset: int) -> tuple[bytes, int, bytes]:
    """The member that begins with `ahead`: its content, its length in the file, and what was read beyond it."""
    decompressor = gzip_decompressor()
    parts: list[bytes] = []
    taken = 0
    while ahead:
        try:
            parts.append(decompressor.decompress(ahead))
        except BAD_GZIP as error:
            raise BadMember(offset, f"not a gzip member ({error})", is_torn=False) from error
        taken += len(ahead) - len(decompressor.unused_data)
        if decompressor.eof:
            return b"".join(parts), taken, decompressor.unused_data
        ahead = file.read(_CHUNK_BYTES)
    raise BadMember(offset, "the file ends inside this record", is_torn=True)
