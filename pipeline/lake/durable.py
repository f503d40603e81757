"""Files that are whole after a power cut: written aside, flushed to disk, renamed, and the folder flushed too."""

import os
import shutil
from pathlib import Path


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


def write(place: Path, content: str) -> None:
    """Write a small text file: whoever looks sees the old one or the new one, whole."""
    aside = place.with_name(f".{place.name}.new")
    aside.write_text(content, encoding="utf-8")
    put(aside, place)


def copy(source: Path, place: Path) -> None:
    """Copy a file: whoever looks sees no file or the whole of it."""
    aside = place.with_name(f".{place.name}.new")
    shutil.copyfile(source, aside)
    put(aside, place)
