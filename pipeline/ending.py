"""How the process of a command ends: at once."""

import atexit
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ending_at_once() -> Iterator[None]:
    """Around a whole command: once it has ended by `SystemExit`, its process ends, and leaves the rest to the system.

    Python would look through all objects that are left, and take each module apart: half a second where Prefect was
    imported, 0.8 s after twenty thousand pages. What is to be done at the end is done (threads, `atexit`); where output
    cannot be written, Python goes on and tells of it as it does.
    """
    codes: list[int] = []

    def end() -> None:
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
        except (OSError, ValueError):
            return
        if codes:
            os._exit(codes[0])

    atexit.register(end)  # before all others: it is done after them
    try:
        yield
    except SystemExit as ended:
        if isinstance(ended.code, int | None):
            codes.append(ended.code or 0)
        raise
