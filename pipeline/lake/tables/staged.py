"""One table of the lake as a commit sees it: what is on disk, and over it the rows that the commit puts there.

Nothing is written until `flush`, which compares first: so the same rows may be put again and again on the way (a page's
turns as they were read, then with the people that were found in them), and where they end as they were before, no file
changes.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.identify.stories.prints import Print
from pipeline.lake.rows import checked, ordered
from pipeline.lake.tables.changes import Counts, Tally
from pipeline.lake.tables.delta import DeltaFolder
from pipeline.lake.tables.layers import LayeredFolder
from pipeline.lake.tables.page_volumes import PageVolumes
from pipeline.lake.tables.settling import Compared, Complete, Settling
from pipeline.lake.tables.volumes import marks_of
from pipeline.storage import Storage
from schemas import Table
from schemas.table import UNDIVIDED

STAGED_BYTES = 500_000_000
"""Of rows held back at most: more are flushed at once."""
REWRITTEN_ROWS = 200_000
"""Parts are rewritten together up to so many rows: each commit of delta-rs costs as much as rewriting 5,000."""


class StagedTable:
    """A table of the lake, for the one writer.

    Raises (all methods): LakeError where rows break the contract of `schemas/`; DeltaError, pa.ArrowException or
    OSError, for the caller to tell.
    """

    def __init__(
        self,
        table: Table,
        folder: Path,
        storage: Storage | None = None,
        staged_bytes: int = STAGED_BYTES,
        *,
        is_compared: bool = True,
    ) -> None:
        """`is_compared`: parts that are replaced as a whole are read too, to count what changes and write no other."""
        self.table = table
        self._staged_bytes = staged_bytes
        self._is_compared = is_compared
        self.disk = (LayeredFolder if table.is_layered else DeltaFolder)(table, folder, storage)
        self._begin()

    @cached_property
    def _tally(self) -> Tally:
        """Made by the first comparison, before anything is written."""
        return Tally(self.table, is_new=not self.disk.files())

    @cached_property
    def _volumes(self) -> PageVolumes:
        """As the files on disk were when first asked for: made anew once these are written."""
        return PageVolumes(self.disk)

    def _begin(self) -> None:
        self._forget()
        self._replaced: set[str] = set()
        self._parts: set[str] = set()
        self._coming = self.table.stored.empty_table()

    def _forget(self) -> None:
        """Forget what was known of the files on disk: others are there now."""
        self.__dict__.pop("_volumes", None)
        self._places: dict[str, set[str]] = {}

    def parts(self) -> list[str]:
        """The parts that hold rows: months, or `UNDIVIDED`. Sorted."""
        return sorted(self.disk.parts() | self._parts_of(self._coming))

    def select(
        self,
        condition: ds.Expression | None = None,
        columns: Collection[str] | None = None,
        parts: Collection[str] | None = None,
    ) -> pa.Table:
        """The rows that fulfil a condition, which may name the month; in no order. `parts`: those of no others."""
        if not self._replaced:
            return self.disk.select(condition, columns, parts)
        is_still = ~ds.field(self.table.unit).isin(_strings(self._replaced))
        stored = self.disk.select(is_still if condition is None else is_still & condition, columns, parts)
        coming = self._coming if parts is None else self._coming.filter(self._is_in(parts))
        coming = coming if condition is None else coming.filter(condition)
        return pa.concat_tables([stored, coming.select(stored.column_names)])

    def marked(self, marks: pa.Array, columns: Collection[str]) -> pa.Table:
        """The rows of a layered table that have one of these marks, among others: see `LayeredFolder.having`."""
        stored = self.disk.having(marks, columns)
        stored = stored.filter(~ds.field(self.table.unit).isin(_strings(self._replaced)))
        return pa.concat_tables([stored, self._coming.select(stored.column_names)])

    def parts_with(self, marks: pa.Array) -> set[str]:
        """The parts in which rows may be that have one of these marks (`page_volumes`): of other tables, all."""
        return self._volumes.parts_with(marks) | self._parts_of(self._coming)

    def parts_repeating(self, pages: Sequence[Print]) -> set[str]:
        """The parts in which pages may be that say again what one of these says (`page_volumes`)."""
        return self._volumes.parts_repeating(pages) | self._parts_of(self._coming)

    def staged(self) -> tuple[Collection[str], pa.Table]:
        """What stands over the files of `disk`: the units whose rows there no longer count, and the rows that do."""
        return self._replaced, self._coming

    def staged_over(self) -> list[Path]:
        """The files of `disk` that hold rows of units that are replaced; some may hold none."""
        return [path for path, part in self.disk.files().items() if part in self._parts]

    def of_units(
        self, units: Collection[str], parts: Collection[str] | None = None, columns: Collection[str] | None = None
    ) -> pa.Table:
        """All rows of these units (pages, people), in no order; `parts`: where they may be on disk, if that is known.

        What is staged is not looked for on disk, and only parts that hold such rows are read whole.
        """
        asked = set(units)
        on_disk = asked - self._replaced
        places = (self.places(on_disk) if parts is None else set(parts)) if on_disk else set()
        names = list(columns or self.table.stored.names)
        stored = self.disk.of_units(_strings(on_disk), names, places) if places else self.table.stored.empty_table()
        coming = self._coming.filter(ds.field(self.table.unit).isin(_strings(asked)))
        return pa.concat_tables([stored.select(names), coming.select(names)])

    def places(self, units: Collection[str]) -> set[str]:
        """The parts in which these units have rows on disk: before the commit, that is."""
        if self.table.partition is None:
            return {UNDIVIDED}
        if unknown := set(units) - self._places.keys():
            month = self.table.partition.name
            is_there = ds.field(self.table.unit).isin(_strings(unknown))
            parts = self._volumes.parts_with(marks_of(unknown))
            found = self.disk.select(is_there, (self.table.unit, month), parts)
            self._places |= {unit: set() for unit in unknown}
            for unit, part in zip(found[self.table.unit].to_pylist(), found[month].to_pylist(), strict=True):
                self._places[unit].add(part)
        return set().union(*(self._places[unit] for unit in units))

    def part(self, name: str) -> pa.Table:
        """All rows of one part; in no order."""
        return self.select(parts={name})

    def replace(self, units: Iterable[str], rows: pa.Table, parts: Iterable[str] = ()) -> None:
        """Put `rows` in the place of all rows of these units (the first column of the key: pages, people).

        `parts` are those where such rows may be now, beside the parts of `rows` themselves. Call it once for many
        units, not once for each.
        """
        coming = checked(self.table, rows)
        replaced = set(units)
        is_replaced = pc.is_in(self._coming[self.table.unit], _strings(replaced))
        self._coming = pa.concat_tables([self._coming.filter(pc.invert(is_replaced)), coming])
        self._replaced |= replaced
        self._parts |= {*parts, *self._parts_of(coming)} if self.table.partition else {UNDIVIDED}
        if self._coming.nbytes > self._staged_bytes:
            self.flush()

    def flush(self) -> None:
        """Write what changes; on disk when this returns.

        New rows are added in files of their own; the parts in which rows are replaced are rewritten.
        """
        if self.table.partition is None:
            self._flush_undivided()
        else:
            self._flush_months(self.table.partition.name)
        self._begin()

    def _flush_undivided(self) -> None:
        replaced, coming = _strings(self._replaced), ordered(self.table, self._coming)
        stored = self.disk.of_units(replaced, self.table.stored.names)
        if self._tally.compare(ordered(self.table, stored), coming):
            self.disk.change(replaced, coming)

    def _flush_months(self, month: str) -> None:
        is_replaced = ds.field(self.table.unit).isin(_strings(self._replaced))
        found = self.disk.select(is_replaced, (self.table.unit, month), self._parts)
        holding = {each["values"]: each["counts"] for each in found[month].value_counts().to_pylist()}
        new = [self.table.stored.empty_table()]
        rewritten: dict[str, pa.Table] = {}
        for name in sorted(self._parts):
            coming = ordered(self.table, self._coming.filter(self.disk.is_of(name)))
            if name not in holding:
                self._tally.compare(coming.slice(0, 0), coming)
                new.append(coming)
                continue
            is_whole = not self._is_compared and coming.num_rows and holding[name] == self.disk.count(name)
            stored = self.table.stored.empty_table() if is_whole else self.disk.select(parts={name})
            if self._tally.compare(ordered(self.table, stored.filter(is_replaced)), coming):
                rewritten[name] = pa.concat_tables([stored.filter(~is_replaced), coming])
            if sum(rows.num_rows for rows in rewritten.values()) > REWRITTEN_ROWS:
                self.disk.write(rewritten)
                rewritten = {}
        self.disk.write(rewritten)
        if any(rows.num_rows for rows in new):
            self.disk.append(pa.concat_tables(new))

    def settling(self, part: str, fresh: "StagedTable", complete: Complete | None) -> Settling:
        """A part as it stands beside what it is in `fresh`, completed; nothing may be staged in either."""
        return Settling(self.table, self._tally.is_new, self.readable(part), fresh.readable(part), complete)

    @property
    def may_be_compared_elsewhere(self) -> bool:
        """Whether another process of this machine may read its parts."""
        return self.table.partition is not None and not self.disk.storage.is_remote

    def settle(self, part: str, settling: Settling, found: Compared, *, dry_run: bool = False) -> None:
        """Make a part what it is to be at once, if it is not; `dry_run` only counts."""
        self._tally.add(found.tally)
        if found.is_changed and not dry_run:
            self.disk.write({part: settling.rows()})
            self._forget()

    def readable(self, part: str) -> ds.Dataset:
        """What is on disk of a part; of a table with months it is read when it is asked for, by whoever asks."""
        return self.disk.dataset({part}) if self.table.partition else ds.InMemoryDataset(self.disk.part(part))

    def put(self, rows: pa.Table, parts: Collection[str] = ()) -> None:
        """Make these at once the rows of their months and of `parts`; of a table without months, its rows."""
        changed: dict[str, pa.Table] = {}
        for name in sorted({*parts, *self._parts_of(rows)} if self.table.partition else {UNDIVIDED}):
            coming = ordered(self.table, rows.filter(self.disk.is_of(name)))
            if self._tally.compare(self.disk.part(name), coming):
                changed[name] = coming
        self.disk.write(changed)
        self._forget()

    def counts(self) -> Counts:
        """What was written so far, or would be."""
        return self._tally.counts()

    def _parts_of(self, rows: pa.Table) -> set[str]:
        if self.table.partition is None:
            return {UNDIVIDED} if rows.num_rows else set()
        return set(rows[self.table.partition.name].unique().to_pylist())

    def _is_in(self, parts: Collection[str]) -> ds.Expression:
        return (
            ds.field(self.table.partition.name).isin(_strings(parts)) if self.table.partition else ds.scalar(value=True)
        )


def _strings(values: Collection[str]) -> pa.Array:
    return pa.array(sorted(values), pa.string())
