"""In which months pages are that may have something in common with others, asked of sorted volumes (`volumes`).

A page of `transcripts` is marked by its id; a page of `fingerprints` by that, NPR's id, its address, its family and its
story, and in volumes of their own by its fingerprints, which are ten times as many.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from heapq import nlargest
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.identify.stories.prints import FEWEST_AFAR, Print
from pipeline.lake.tables.delta import DeltaFolder
from pipeline.lake.tables.volumes import ASKED, MARK, Spans, Volume, kept_in, marks_of, renew, volumes_in
from schemas import FINGERPRINTS, TRANSCRIPTS

_NAMED_BY = {
    TRANSCRIPTS.name: ("transcript_id",),
    FINGERPRINTS.name: ("transcript_id", "npr_id", "family_id", "story_id"),
}
"""The columns whose texts mark a page."""
_NAMED, _SAID = "named", "said"
_YEARS = {_NAMED: 10, _SAID: 2}
"""Years in a volume: of 4,000 pages a month a million entries, and three million."""
_LONG = 64
"""Pages of a volume: a fingerprint that more have is a programme's formula, and is not followed unless it must be."""


class PageVolumes:
    """The volumes of a table as it stands on disk."""

    def __init__(self, disk: DeltaFolder) -> None:
        self._disk = disk
        self._parts = disk.names()

    def parts_with(self, marks: pa.Array) -> set[str]:
        """The parts in which pages may be that have one of these marks, but for those of fingerprints."""
        found, volumes = self._volumes(_NAMED)
        for volume in volumes:
            found |= self._of(volume, volume.found(marks)["file"])
        return found

    def parts_repeating(self, pages: Sequence[Print]) -> set[str]:
        """The parts in which pages may be that share `FEWEST_AFAR` fingerprints with one of these.

        Long lists of pages are left out for as many fingerprints as leave one of those that must be shared to be found.
        """
        found, volumes = self._volumes(_SAID)
        if not volumes:  # as in a rebuild: sorting what is asked takes a moment
            return found
        asked = sorted((band, at) for at, page in enumerate(pages) for band in page.bands)
        marks, owners = pa.array([band for band, _ in asked], pa.int32()), pa.array([at for _, at in asked], pa.int32())
        for volume in volumes:
            following = _Following(owners)
            met = volume.found(marks, following)
            page = owners.take(met[ASKED].combine_chunks())
            pairs = met.select(["file", "row"]).append_column("page", page).group_by(["page", "file", "row"])
            shared = pairs.aggregate([([], "count_all")])
            fewest = pa.array([following.fewest(at) for at in shared["page"].to_pylist()], pa.int64())
            found |= self._of(volume, shared["file"].filter(pc.greater_equal(shared["count_all"], fewest)))
        return found

    def _volumes(self, kind: str) -> tuple[set[str], list[Volume]]:
        """The volumes of a kind, and the parts that hold files of which there is none."""
        volumes = volumes_in(kept_in(self._disk.folder, kind))
        known = set(chain.from_iterable(volume.files for volume in volumes))
        return {part for path, part in self._parts.items() if path not in known}, volumes

    def _of(self, volume: Volume, numbers: pa.ChunkedArray) -> set[str]:
        """The parts of these files of a volume, as far as the table still has them."""
        return {self._parts[name] for name in volume.named(numbers.unique().to_pylist()) if name in self._parts}


def renew_page_volumes(disk: DeltaFolder) -> int:
    """Make the volumes of the table's files; how many were made or removed.

    Raises:
        OSError, pa.ArrowException: what is there is whole.
    """
    files = disk.names()
    kinds = {_NAMED: _names, _SAID: _fingerprints} if disk.table is FINGERPRINTS else {_NAMED: _names}
    return sum(
        renew(kept_in(disk.folder, kind), files, partial(_entries, disk, marked), _YEARS[kind])
        for kind, marked in kinds.items()
    )


class _Following:
    """Leaves out the longest lists of each page, as far as one of the fingerprints that must be shared is left."""

    def __init__(self, owners: pa.Array) -> None:
        self._owners = owners
        self._left: dict[int, int] = {}

    def __call__(self, spans: Spans) -> Spans:
        places = list(zip(spans.asked, spans.begins, spans.ends, strict=True))
        long: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for at, (asked, begin, end) in enumerate(places):
            if end - begin > _LONG:
                long[self._owners[asked].as_py()].append((end - begin, at))
        if not long:
            return spans
        left = {page: nlargest(FEWEST_AFAR - 1, found) for page, found in long.items()}
        self._left = {page: len(found) for page, found in left.items()}
        without = {at for found in left.values() for _, at in found}
        return Spans(*([place[of] for at, place in enumerate(places) if at not in without] for of in range(3)))

    def fewest(self, page: int) -> int:
        """How many of the fingerprints that are followed a page must share with this one."""
        return FEWEST_AFAR - self._left.get(page, 0)


_Marked = tuple[pa.Array, pa.Array]
"""Marks, and the number of the row of each."""


def _entries(disk: DeltaFolder, marked: Callable[[DeltaFolder, Path], _Marked], names: Sequence[str]) -> pa.Table:
    entries = []
    for number, name in enumerate(names):
        marks, rows = marked(disk, disk.folder / name)
        files = pa.array([number], pa.int16()).take(pa.array([0] * len(marks), pa.int8()))
        entries.append(pa.table({MARK: marks, "file": files, "row": rows}))
    return pa.concat_tables(entries)


def _names(disk: DeltaFolder, path: Path) -> _Marked:
    texts = _NAMED_BY[disk.table.name]
    [rows] = disk.read([path], (*texts, *(["address"] if disk.table is FINGERPRINTS else [])))
    named = [
        (text, at)
        for at, of_row in enumerate(zip(*(rows[name].to_pylist() for name in texts), strict=True))
        for text in set(of_row) - {None}
    ]
    marks, numbers = marks_of(text for text, _ in named), pa.array([at for _, at in named], pa.int32())
    if disk.table is not FINGERPRINTS:
        return marks, numbers
    addresses = rows["address"].combine_chunks()
    with_one = pc.indices_nonzero(addresses.is_valid()).cast(pa.int32())
    return pa.concat_arrays([marks, addresses.drop_null()]), pa.concat_arrays([numbers, with_one])


def _fingerprints(disk: DeltaFolder, path: Path) -> _Marked:
    [rows] = disk.read([path], ["bands"])
    bands = rows["bands"].combine_chunks()
    return pc.list_flatten(bands), pc.list_parent_indices(bands).cast(pa.int32())
