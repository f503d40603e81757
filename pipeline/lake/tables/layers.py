"""A table without months of which a commit writes what it changes, not the whole: `people`.

Its files are of three layers. *Settled* is the bulk. *Changed* holds the rows that were written since, and stands
before what is settled of the same units; *removed* holds the rows of units that are no more. The two are rewritten by
every commit, until they have grown to an eighth of what is settled, or maintenance puts the files together: then all is
settled again. So a row is rewritten a few times at most, however large the table is.

Of what is settled maintenance makes a sorted volume (`volumes`), in which a commit finds the rows of its units.

Whoever reads the table past `asrun.duckdb` has the layer as a column: what counts is all that changed, and what is
settled of units that neither other layer has.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.lake.tables.delta import DeltaFolder
from pipeline.lake.tables.volumes import MARK, kept_in, marks_of, renew, volumes_in
from schemas.table import LAYER, UNDIVIDED

SETTLED, CHANGED, REMOVED = "settled", "changed", "removed"
_LEAST_ROWS = 5_000
"""Rows that may be in the layers above, however few are settled: rewriting them takes as long as a commit of none."""
_SHARE = 8
_MOST_ASKED = 10_000
"""Units: of more, reading all rows takes no longer than looking each up."""


class LayeredFolder(DeltaFolder):
    """The Delta table of a layered table; to others, one part."""

    def layers(self) -> dict[Path, str]:
        return dict.fromkeys(self._placed(), SETTLED) if self.is_undivided else self._placed()

    def files(self) -> dict[Path, str]:
        return dict.fromkeys(self._placed(), UNDIVIDED)

    def is_of(self, part: str) -> ds.Expression:  # noqa: ARG002  # there is one
        return ds.scalar(value=True)

    def select(
        self,
        condition: ds.Expression | None = None,
        columns: Collection[str] | None = None,
        parts: Collection[str] | None = None,  # noqa: ARG002  # there is one
    ) -> pa.Table:
        if not self._is_covered():
            return super().select(condition, columns)
        covered = super().select(ds.field(LAYER) != SETTLED, (self.table.unit,))[self.table.unit]
        is_settled = (ds.field(LAYER) == SETTLED) & ~self._is_one_of(covered.combine_chunks())
        is_standing = (ds.field(LAYER) == CHANGED) | is_settled
        return super().select(is_standing if condition is None else is_standing & condition, columns)

    def of_units(self, units: pa.Array, columns: Collection[str], parts: Collection[str] | None = None) -> pa.Table:
        if len(units) > _MOST_ASKED or (found := self._having(marks_of(units.to_pylist()), columns)) is None:
            return super().of_units(units, columns, parts)
        return found.filter(self._is_one_of(units))

    def having(self, marks: pa.Array, columns: Collection[str]) -> pa.Table:
        """The rows that have one of these marks (as they were given to `renew_volume`); where these are not known, all.

        Among them may be others.
        """
        found = self._having(marks, columns)
        return self.select(None, columns) if found is None else found

    def renew_volume(self, marks: Callable[[pa.Table], list[set[int]]]) -> int:
        """Make the volume of what is settled: by `marks`, of each row; 1 where it was made.

        Raises:
            OSError, pa.ArrowException: what is there is whole.
        """
        settled = {str(path.relative_to(self.folder)): UNDIVIDED for path in self._settled()}

        def entries(names: Sequence[str]) -> pa.Table:
            rows = pa.concat_tables(self.read([self.folder / name for name in names], self.table.stored.names))
            marked = [(mark, at) for at, of_row in enumerate(marks(rows)) for mark in of_row]
            return rows.take(pa.array([at for _, at in marked], pa.int64())).append_column(
                MARK, pa.array([mark for mark, _ in marked], pa.int32())
            )

        return renew(kept_in(self.folder), settled, entries)

    def _settled(self) -> list[Path]:
        return [path for path, layer in self.layers().items() if layer == SETTLED]

    def _having(self, marks: pa.Array, columns: Collection[str]) -> pa.Table | None:
        """As `having`; None: nobody knows without reading all rows."""
        settled = {str(path.relative_to(self.folder)) for path in self._settled()}
        volume = next((one for one in volumes_in(kept_in(self.folder)) if set(one.files) == settled), None)
        if volume is None:
            return None
        found = volume.found(marks)
        once = found.take(pc.index_in(found[self.table.unit].unique(), found[self.table.unit]))
        covered = super().select(ds.field(LAYER) != SETTLED, (self.table.unit,))[self.table.unit].combine_chunks()
        there = [name for name in columns if name in once.column_names]  # an older asrun may have made the volume
        standing = once.filter(~self._is_one_of(covered)).select(there)
        changed = super().select(ds.field(LAYER) == CHANGED, columns)
        return pa.concat_tables([changed, standing], promote_options="default")

    def write(self, parts: Mapping[str, pa.Table]) -> None:
        """Make these the rows, settled."""
        nothing = self.table.stored.empty_table()
        for rows in parts.values():
            self._write({SETTLED: rows, CHANGED: nothing, REMOVED: nothing})

    def change(self, units: pa.Array, rows: pa.Table) -> None:
        is_other = ~self._is_one_of(units)
        changed = pa.concat_tables([self._layer(CHANGED, is_other), rows])
        removed = self._layer(REMOVED, is_other)
        gone = units.filter(pc.invert(pc.is_in(units, rows[self.table.unit])))
        if len(gone):  # seldom, and looking for none takes as long: all columns are read
            removed = pa.concat_tables([removed, self._layer(SETTLED, self._is_one_of(gone))])
        if changed.num_rows + removed.num_rows > self._most_rows():
            super().change(units, rows)
        else:
            self._write({CHANGED: changed, REMOVED: removed})

    def _write(self, layers: Mapping[str, pa.Table]) -> None:
        super().write({layer: _in_layer(rows, layer) for layer, rows in layers.items()})

    def _filed(self, rows: pa.Table) -> pa.Table:
        return _in_layer(rows, SETTLED)

    def _layer(self, layer: str, condition: ds.Expression) -> pa.Table:
        return super().select((ds.field(LAYER) == layer) & condition)

    def _is_covered(self) -> bool:
        """Whether something stands before what is settled."""
        return any(layer != SETTLED for layer in self.layers().values())

    def _most_rows(self) -> int:
        """So many rows may be in the layers above; none where nothing is settled yet."""
        settled = self.dataset().count_rows(filter=ds.field(LAYER) == SETTLED)
        return max(_LEAST_ROWS, settled // _SHARE) if settled else 0

    def _is_one_of(self, units: pa.Array) -> ds.Expression:
        return ds.field(self.table.unit).isin(units)


def _in_layer(rows: pa.Table, layer: str) -> pa.Table:
    named = pa.array([layer] * rows.num_rows, pa.string())
    return rows.append_column(pa.field(LAYER, pa.string(), nullable=False), named)
