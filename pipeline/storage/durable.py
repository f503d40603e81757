"""Files that are whole after a power cut: written aside, flushed to disk, renamed, and the folder flushed too."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import UsageError


def sync(path: Path) -> None:
    """Flush a file or folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put(finished: Path, place: Path) -> None:
    """Move a finished file to its place on one file system: whoever looks sees the old one or the new one, whole."""
    sync(finished)
    finished.replace(place)
    sync(place.parent)


def write(place: Path, content: bytes) -> None:
    """Write a small file: whoever looks sees the old one or the new one, whole."""
    aside = place.with_name(f".{place.name}.new")
    try:
        aside.write_bytes(content)
        put(aside, place)
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def copy(source: Path, place: Path) -> None:
    """Copy a file: whoever looks sees no file or the whole of it."""
    aside = place.with_name(f".{place.name}.new")
    shutil.copyfile(source, aside)
    put(aside, place)


@contextmanager
def appearing(place: Path) -> Iterator[Path]:
    """A path to make a file or folder at, which then appears at `place`: whole, or after any error not at all.

    What is made in it must have been flushed by whoever made it.

    Raises:
        UsageError: something other than an empty folder is at `place` already, or it would be below a file.
    """
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise UsageError(f"{place} is there already and is not overwritten: name a new place")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"{place} cannot be made: it would be below a file; name another place") from error
    aside = place.with_name(f".{place.name}.new-{os.getpid()}")
    try:
        yield aside
        put(aside, place)
    finally:
        if aside.is_dir():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.unlink(missing_ok=True)
