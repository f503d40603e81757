"""What is done with memory that was used: whoever reads pages keeps it for the next, whoever commits gives it back.

And how often Python looks through all objects for what is dead.
"""

import ctypes
import gc
import os
from collections.abc import Mapping
from contextlib import suppress

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""Names that glibc's `malloc.h` has for what `mallopt` sets."""
_KEPT_BYTES = 64_000_000
"""The most that a process keeps unused of the memory it had for a page."""
_LARGE_BYTES = 1_000_000
"""A piece of so many bytes is had from the system by itself, and given back when it is let go of."""
_ARENAS = 2
_NEW_OBJECTS = 50_000
"""Between two looks for cycles of dead objects, in the place of Python's 700."""


def collect_less() -> None:
    """Look for cycles less often, from the start on.

    What is imported stays: looking through it all, again and again, took a seventh of the time in which a command that
    runs a flow is imported, and a quarter of that of Prefect's server.
    """
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


def keep_memory() -> None:
    """Have the C library keep what a page took for the next page, where it is one that can be told so.

    Else it may hand the pages' memory back after each and be given it again, zeroed: by what else the process holds,
    a twentieth to a fifth of the time of reading. Threads share their memory: one of its own for each takes no memory
    but 64 MB of addresses, which a worker has no more of than it may have memory.
    """
    _tell({_M_TRIM_THRESHOLD: _KEPT_BYTES, _M_MMAP_THRESHOLD: _KEPT_BYTES // 2, _M_ARENA_MAX: _ARENAS})


def give_memory_back() -> None:
    """Have what commits took be given back to the system; to be called before Arrow is imported.

    Arrow's own allocator, and the C library's with an arena for each of a dozen threads, hold what was let go of in
    pieces between others: 170 MB after ten thousand pages, and more with every commit.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    _tell({_M_MMAP_THRESHOLD: _LARGE_BYTES, _M_ARENA_MAX: _ARENAS})


def _tell(choices: Mapping[int, int]) -> None:
    """Set these of the C library's choices, where it is one that has them."""
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        for name, value in choices.items():
            mallopt(name, value)
