"""Records of a WARC file that stand together: what one process reads while others read others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from pipeline.archive.index import index_of

_OFFSET = re.compile(r'"offset": "(\d+)"')


@dataclass(frozen=True, slots=True)
class Stretch:
    """The records of a file from `start` up to `end`, or to the file's end where that is None. Both are record ends."""

    warc_file: str
    start: int = 0
    end: int | None = None


def stretches_of(path: Path, records: int) -> Iterator[Stretch]:
    """A file in stretches of so many responses, in its order; whole where it has no index yet, being still written."""
    begins = _begins(path)[::records]
    if not begins:
        yield Stretch(path.name)
        return
    yield from (Stretch(path.name, start, end) for start, end in pairwise([0, *begins[1:]]))
    yield Stretch(path.name, begins[-1] if len(begins) > 1 else 0)


def halves_of(path: Path, stretch: Stretch) -> tuple[Stretch, ...]:
    """A stretch of this file in two; nothing where it is of one response, or of a file without an index."""
    inside = [at for at in _begins(path) if at >= stretch.start and (stretch.end is None or at < stretch.end)]
    if len(inside) < 2:
        return ()
    middle = inside[len(inside) // 2]
    return replace(stretch, end=middle), replace(stretch, start=middle)


def _begins(path: Path) -> list[int]:
    """Where the file's responses begin, by its index."""
    try:
        text = index_of(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    return sorted(map(int, _OFFSET.findall(text)))
