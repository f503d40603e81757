"""What a process that reads page after page does with the memory that a page took: it keeps it for the next one."""

import ctypes
from contextlib import suppress

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""Names that glibc's `malloc.h` has for what `mallopt` sets."""
_KEPT_BYTES = 64_000_000
"""The most that a process keeps unused of the memory it had for a page."""


def keep_memory() -> None:
    """Have the C library keep what a page took for the next page, where it is one that can be told so.

    Else it may hand the pages' memory back after each and be given it again, zeroed: by what else the process holds,
    a twentieth to a fifth of the time of reading.
    """
    with suppress(OSError, AttributeError):
        tell = ctypes.CDLL(None).mallopt
        tell(_M_TRIM_THRESHOLD, _KEPT_BYTES)
        tell(_M_MMAP_THRESHOLD, _KEPT_BYTES // 2)
