"""The contract with analysts: one module a table, with its columns, their types, units and meaning, and its key."""

from schemas.bylines import BYLINES
from schemas.captures import CAPTURES
from schemas.copies import COPIES
from schemas.coverage import COVERAGE
from schemas.fingerprints import FINGERPRINTS
from schemas.people import APPEARANCES, PEOPLE
from schemas.revisions import REVISIONS
from schemas.stories import STORIES
from schemas.table import Column, Partition, Table
from schemas.transcripts import TRANSCRIPTS
from schemas.turns import TURNS

LAKE_VERSION = 2
"""Version of the lake as a whole; a lake with a higher one was written by a newer asrun."""

TABLES: tuple[Table, ...] = (
    TRANSCRIPTS,
    TURNS,
    BYLINES,
    APPEARANCES,
    PEOPLE,
    REVISIONS,
    STORIES,
    COPIES,
    CAPTURES,
    COVERAGE,
    FINGERPRINTS,
)

__all__ = [
    "APPEARANCES",
    "BYLINES",
    "CAPTURES",
    "COPIES",
    "COVERAGE",
    "FINGERPRINTS",
    "LAKE_VERSION",
    "PEOPLE",
    "REVISIONS",
    "STORIES",
    "TABLES",
    "TRANSCRIPTS",
    "TURNS",
    "Column",
    "Partition",
    "Table",
]
