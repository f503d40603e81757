"""What a write changes, counted by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from schemas import Table

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one table, by what became of them; `unchanged` are those of the batch that were there already."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    def __bool__(self) -> bool:
        """Whether anything is new."""
        return bool(self.added or self.changed or self.removed)


@dataclass(slots=True)
class Tally:
    """Counts over several months: a row that left one month and came in another has changed.

    `is_new`: the table held nothing before, so that all it holds is added, and no row need be remembered by its key.
    """

    table: Table
    is_new: bool = False
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    came: set[Key] = field(default_factory=set)
    left: set[Key] = field(default_factory=set)

    def compare(self, old: pa.Table, new: pa.Table) -> bool:
        """Count the rows of one month as they are and as they shall be, both sorted; true where they differ."""
        if old.equals(new):
            self.unchanged += new.num_rows
            return False
        if self.is_new:
            self.added += new.num_rows - old.num_rows
            return True
        if not old.num_rows:
            self.came |= self._keys(new)
            return True
        if old.select(self.table.key).equals(new.select(self.table.key)):
            changed = _differing(old, new)
            self.changed += changed
            self.unchanged += new.num_rows - changed
            return True
        before, after = self._by_key(old), self._by_key(new)
        stayed = before.keys() & after.keys()
        changed = sum(before[key] != after[key] for key in stayed)
        self.changed += changed
        self.unchanged += len(stayed) - changed
        self.came |= after.keys() - stayed
        self.left |= before.keys() - stayed
        return True

    def add(self, other: "Tally") -> None:
        """Add what was compared of other months of the table."""
        self.added += other.added
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.came |= other.came
        self.left |= other.left

    def counts(self) -> Counts:
        """What was compared so far."""
        if self.is_new:
            return Counts(self.added, unchanged=self.unchanged)
        moved = len(self.came & self.left)
        return Counts(len(self.came) - moved, self.changed + moved, len(self.left) - moved, self.unchanged)

    def _keys(self, rows: pa.Table) -> set[Key]:
        return set(zip(*(rows[name].to_pylist() for name in self.table.key), strict=True))

    def _by_key(self, rows: pa.Table) -> Mapping[Key, dict[str, Any]]:
        return {tuple(row[name] for name in self.table.key): row for row in rows.to_pylist()}


def _differing(old: pa.Table, new: pa.Table) -> int:
    """How many rows of tables of the same rows differ; only the columns that do are looked at one by one."""
    differing = [name for name in new.column_names if not old[name].equals(new[name])]
    rows = {
        at
        for name in differing
        for at, (one, other) in enumerate(zip(old[name].to_pylist(), new[name].to_pylist(), strict=True))
        if one != other
    }
    return len(rows)
