"""Another contract than today's: tables and columns that a test adds."""

from dataclasses import replace

import pytest

from pipeline.lake import store
from pipeline.lake.pages import batch
from pipeline.lake.published import publish, state
from pipeline.lake.tables import evolve, together
from schemas import TABLES, TURNS, Table
from schemas.table import TEXT, WHOLE, Column

MOODS = Table(
    name="moods",
    description="One row a mood.",
    key=("mood_id",),
    order=("mood_id",),
    version=1,
    columns=(
        Column("mood_id", TEXT, "The mood.", nullable=False),
        Column("turn_count", WHOLE, "Turns in this mood.", nullable=False),
    ),
)
MOODY_TURNS = replace(
    TURNS,
    version=TURNS.version + 1,
    columns=(*TURNS.columns, Column("mood_id", TEXT, "Mood of the turn.", is_derived=True)),
)
WITH_MOODS = (*(MOODY_TURNS if table is TURNS else table for table in TABLES), MOODS)


def promise(monkeypatch: pytest.MonkeyPatch, promised: tuple[Table, ...]) -> None:
    """Make these the tables of the lake."""
    for module in (evolve, publish, state, store, together):
        monkeypatch.setattr(module, "TABLES", promised)
    monkeypatch.setattr(batch, "TURNS", next(table for table in promised if table.name == "turns"))
