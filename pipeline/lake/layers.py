"""A table without months of which a commit writes what it changes, not the whole: `people`.

Its files are of three layers. *Settled* is the bulk. *Changed* holds the rows that were written since, and stands
before what is settled of the same units; *removed* holds the rows of units that are no more. The two are rewritten by
every commit, until they have grown to an eighth of what is settled, or maintenance puts the files together: then all is
settled again. So a row is rewritten a few times at most, however large the table is.

Whoever reads the table past `asrun.duckdb` has the layer as a column: what counts is all that changed, and what is
settled of units that neither other layer has.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.lake.delta import DeltaFolder
from schemas.table import LAYER, UNDIVIDED

SETTLED, CHANGED, REMOVED = "settled", "changed", "removed"
_LEAST_ROWS = 5_000
"""Rows that may be in the layers above, however few are settled: rewriting them takes as long as a commit of none."""
_SHARE = 8


class LayeredFolder(DeltaFolder):
    """The Delta table of a layered table; to others, one part."""

    def layers(self) -> dict[Path, str]:
        return dict.fromkeys(self._placed(), SETTLED) if self.is_undivided else self._placed()

    def files(self) -> dict[Path, str]:
        return dict.fromkeys(self._placed(), UNDIVIDED)

    def is_of(self, part: str) -> ds.Expression:  # noqa: ARG002  # there is one
        return ds.scalar(value=True)

    def select(self, condition: ds.Expression | None = None, columns: Collection[str] | None = None) -> pa.Table:
        if not self._is_covered():
            return super().select(condition, columns)
        covered = super().select(ds.field(LAYER) != SETTLED, (self.table.unit,))[self.table.unit]
        is_settled = (ds.field(LAYER) == SETTLED) & ~self._is_one_of(covered.combine_chunks())
        is_standing = (ds.field(LAYER) == CHANGED) | is_settled
        return super().select(is_standing if condition is None else is_standing & condition, columns)

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
        settled = self._dataset().count_rows(filter=ds.field(LAYER) == SETTLED)
        return max(_LEAST_ROWS, settled // _SHARE) if settled else 0

    def _is_one_of(self, units: pa.Array) -> ds.Expression:
        return ds.field(self.table.unit).isin(units)


def _in_layer(rows: pa.Table, layer: str) -> pa.Table:
    named = pa.array([layer] * rows.num_rows, pa.string())
    return rows.append_column(pa.field(LAYER, pa.string(), nullable=False), named)
