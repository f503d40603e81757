"""The derivations of the lake, in the order in which they run; what they may do is written in `derive.py`."""

from collections.abc import Sequence

from pipeline.lake.derive import Derivation, Touched
from pipeline.lake.people.hosting import HOSTING
from pipeline.lake.people.linking import PEOPLE_DERIVATION
from pipeline.lake.stories.linking import LINKED_STORIES
from pipeline.lake.tables.together import Tables
from schemas import Table

DERIVATIONS: Sequence[Derivation] = (LINKED_STORIES, HOSTING, PEOPLE_DERIVATION)


def derive_all(tables: Tables, touched: Touched) -> None:
    """Run all derivations. Where a commit touches no page, none has anything to do."""
    if touched.pages is not None and not touched.pages:
        return
    for derivation in DERIVATIONS:
        touched = touched.more(derivation.derive(tables, touched))


def derived_tables() -> tuple[Table, ...]:
    """The tables that derivations fill."""
    return tuple(table for derivation in DERIVATIONS for table in derivation.tables)
