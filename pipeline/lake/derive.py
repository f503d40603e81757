"""Derivations: rows that follow from other rows of the lake, not from one look at one page.

Who a person is, and which pages are copies of one story, can only be said over many pages. A derivation is a function
`derive(tables, touched)` that reads tables and puts rows into them. The derivations run in the order of `DERIVATIONS`
(`derivations.py`) in every commit and every rebuild: after the batch's own rows were staged, under the same lock, and
before anything becomes visible; what they put is committed and published together with the batch, or not at all.

What one may do:

- `tables[TABLE].select(condition, columns)`: read, what is staged included. Conditions that name `air_month`
  (`ds.field("air_month") == ...`, months from `tables[TABLE].parts()`) open the files of that month only; any other
  condition scans the table, so name few columns: a nightly commit must stay as fast in a large lake as in a small one.
- `tables[TABLE].of_units(units, parts, columns)`: the rows of these pages. What the commit has staged is not looked for
  on disk at all; `places` says in which months pages stood before.
- `tables[TABLE].replace(units, rows, parts)`: put Arrow rows in the place of *all* rows of these units: a page's turns
  are replaced together, a person's row by its `person_id`. The gate of `schemas/` checks them. Call it once with all
  units. Take a page's rows by `select`, set your columns, put the whole page back.

What one must do:

- depend on nothing but the tables and `touched.known`: no clock, no files, no network, and no order in which pages
  came. `touched` only says where something may have changed; what it derives must be what it would derive from the
  whole lake. A commit that changes nothing then writes nothing: `flush` compares with what is on disk. Only ids may
  have a memory: in a rebuild they are found in `touched.before`.
- give its columns to *every* page in `touched.pages`: the batch staged their rows with these columns NULL.
- where the last derivation of a rebuild only sets a column in all rows, it may leave that to their settling
  (`Tables.complete`), which has them in hand.
- where `touched.pages` is None (a rebuild: all pages), go month by month (`for part in tables[TURNS].parts()`), so that
  memory stays bounded: the lake may be larger than it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from pipeline.identify.known import Known
from pipeline.lake.spread import Spread
from pipeline.lake.tables.together import Tables
from schemas import Table


@dataclass(frozen=True, slots=True)
class Touched:
    """The pages whose rows the commit has staged."""

    pages: frozenset[str] | None
    """Their `transcript_id`; None in a rebuild: all pages of the lake."""
    before: Tables | None = None
    """In a rebuild the lake as it stood, for ids that are to stay; else None: it is in the tables."""
    known: Known = field(default_factory=Known)
    spread: Spread = map
    """In a rebuild: how work is done that each page takes by itself."""

    @property
    def is_rebuild(self) -> bool:
        """Whether the tables are new ones, to be settled in those that stood before."""
        return self.before is not None

    def more(self, pages: Collection[str] | None) -> "Touched":
        """With other pages that a derivation changed."""
        return replace(self, pages=self.pages.union(pages)) if pages and self.pages is not None else self


@dataclass(frozen=True, slots=True)
class Derivation:
    """A step that derives rows from rows; see above for what it may and must do."""

    name: str
    derive: Callable[[Tables, Touched], Collection[str] | None]
    """Gives the other pages of which it changed rows, for the derivations behind it; None: there are none."""
    tables: tuple[Table, ...] = ()
    """The corpus tables that it alone fills: a rebuild makes them anew."""
