"""The editions of the lake that are kept: which ones stay, and which one answers for a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.storage import Storage

PUBLISHED_FILE = "asrun.duckdb"
EDITIONS_FOLDER = "editions"
GRACE = timedelta(days=1)
"""How long an edition stays after a newer one took its place: whoever opened it last may still be reading."""


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """An edition that is kept."""

    published_at: datetime
    path: Path


@dataclass(frozen=True, slots=True)
class Keeping:
    """Which editions are kept: the newest `count` beside the published one, and each day's last for `days`."""

    count: int
    days: int


def edition_name(published_at: datetime, digest: str) -> str:
    """The id of an edition: when it was published, and eight letters of what is in it."""
    return f"{published_at:%Y%m%dT%H%M%S.%fZ}-{digest[:8]}"


def kept_editions(storage: Storage) -> list[Edition]:
    """The editions in the lake, the oldest first."""
    return sorted(
        Edition(datetime.strptime(path.stem.split("-")[0], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC), path)
        for path in (found.path for found in storage.found(storage.folder / EDITIONS_FOLDER, ".duckdb"))
        if not path.name.startswith(".")
    )


def expired(editions: Sequence[Edition], now: datetime, keeping: Keeping) -> list[Edition]:
    """Those of these editions (the oldest first) that need no longer be kept. Pure."""
    newest = set(editions[-(keeping.count + 1) :])
    lasts = {edition.published_at.date(): edition for edition in editions}
    since = (now - timedelta(days=keeping.days)).date()
    dailies = {edition for day, edition in lasts.items() if day >= since}
    in_use = {old for old, new in pairwise(editions) if now - new.published_at < GRACE}
    return [edition for edition in editions if edition not in newest | dailies | in_use]


def let_go(storage: Storage, now: datetime, keeping: Keeping) -> int:
    """Remove the editions that need no longer be kept; gone from disk when this returns. The number of them."""
    gone = expired(kept_editions(storage), now, keeping)
    if gone:
        storage.remove([edition.path for edition in gone])
    return len(gone)


def edition_as_of(storage: Storage, moment: datetime) -> Path:
    """The newest edition that was published by then.

    Raises:
        UsageError: none that old is kept.
    """
    editions = kept_editions(storage)
    by_then = [edition for edition in editions if edition.published_at <= moment]
    if by_then:
        return by_then[-1].path
    if not editions:
        raise UsageError(f"{storage.uri(storage.folder / EDITIONS_FOLDER)}: no edition is kept")
    raise UsageError(
        f"no edition from before {moment:%Y-%m-%d %H:%M} UTC is kept; the oldest is of "
        f"{editions[0].published_at:%Y-%m-%d %H:%M} (settings editions_kept, editions_kept_days)"
    )
