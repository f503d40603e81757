"""Records of a WARC file that stand together: what one process reads while others read others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

_OFFSET = re.compile(r'"offset": "(\d+)"')


@dataclass(frozen=True, slots=True)
class Stretch:
    """The records of a file from `start` up to `end`, or to the file's end where that is None. Both are record ends."""

    warc_file: str
    start: int = 0
    end: int | None = None


def stretches_of(warc_file: str, index: str | None, records: int) -> Iterator[Stretch]:
    """A file in stretches of so many responses, in its order; whole where it has no index yet, being still written."""
    begins = _begins(index)[::records]
    if not begins:
        yield Stretch(warc_file)
        return
    yield from (Stretch(warc_file, start, end) for start, end in pairwise([0, *begins[1:]]))
    yield Stretch(warc_file, begins[-1] if len(begins) > 1 else 0)


def halves_of(stretch: Stretch, index: str | None) -> tuple[Stretch, ...]:
    """A stretch in two, by its file's index; nothing where it is of one response, or there is no index."""
    inside = [at for at in _begins(index) if at >= stretch.start and (stretch.end is None or at < stretch.end)]
    if len(inside) < 2:
        return ()
    middle = inside[len(inside) // 2]
    return replace(stretch, end=middle), replace(stretch, start=middle)


def _begins(index: str | None) -> list[int]:
    """Where the file's responses begin."""
    return sorted(map(int, _OFFSET.findall(index or "")))
