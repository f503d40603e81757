"""What a file that somebody saved is, by its name, and from when."""

from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pipeline.read.saved import CONTENT_TYPES

WARC_SUFFIXES = (".warc", ".warc.gz", ".wet", ".wet.gz")
ZIP_SUFFIXES = (".zip", ".wacz")
KINDS = ", ".join((*WARC_SUFFIXES, *ZIP_SUFFIXES, *CONTENT_TYPES))
"""What can be imported, for a person."""


def is_known(name: str) -> bool:
    """Whether it can be imported."""
    return name.lower().endswith((*WARC_SUFFIXES, *ZIP_SUFFIXES, *CONTENT_TYPES))


def is_warc(name: str) -> bool:
    """Whether it holds records of a crawl."""
    return name.lower().endswith(WARC_SUFFIXES)


def is_parted(name: str) -> bool:
    """Whether records are gzip members of their own there, as far as a name tells."""
    return name.lower().endswith((".warc.gz", ".wet.gz"))


def is_zip(name: str) -> bool:
    """Whether it holds other files."""
    return name.lower().endswith(ZIP_SUFFIXES)


def is_one_page(path: Path) -> bool:
    """Whether the file is a page itself, and no collection of them."""
    return path.suffix.lower() in CONTENT_TYPES


def content_type_of(name: str) -> str:
    """The Content-Type of a file that is a page."""
    return CONTENT_TYPES[PurePosixPath(name).suffix.lower()]


def changed_at(path: Path) -> datetime:
    """When a file was changed; now where the clock that says so is ahead."""
    now = datetime.now(UTC)
    return datetime.fromtimestamp(min(path.stat().st_mtime, now.timestamp()), UTC)
