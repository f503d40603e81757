"""A process through which pages pass by the hundred thousand."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 500_000
"""Between two looks for cycles, in the place of Python's 700: a commit makes a million objects, hardly one of them in
a cycle, and looking through those that are alive took a quarter of its time; at 50,000 it still took 5 %."""


@contextmanager
def in_bulk() -> Iterator[None]:
    """Meanwhile, look for cycles of dead objects seldom, and not at all among what was there before."""
    usual = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def collect_seldom() -> None:
    """Do so from now on: what a worker does, as nothing else comes after."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
