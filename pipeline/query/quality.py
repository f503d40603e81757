"""How good the data is, as the published lake says."""

from collections.abc import Collection
from typing import Any

from pipeline.query.session import connect
from pipeline.settings import Settings


def identities_of(settings: Settings) -> dict[str, int]:
    """The row of the view `identities`.

    Raises:
        UsageError: there is no lake yet, or an older asrun published it.
        LakeTooNew: a newer asrun wrote the lake.
    """
    with connect(settings) as session:
        found: list[dict[str, int]] = session.arrow("FROM identities").to_pylist()
    return found[0]


def quality_of(settings: Settings, sources: Collection[str] = ()) -> list[dict[str, Any]]:
    """The rows of the view `quality`, of these sources or of all; ready to be written as JSON.

    Raises:
        UsageError: there is no lake yet, or an older asrun published it.
        LakeTooNew: a newer asrun wrote the lake.
    """
    with connect(settings) as session:
        found = session.arrow("FROM quality ORDER BY source_id, program, year").to_pylist(maps_as_pydicts="strict")
    return [row for row in found if not sources or row["source_id"] in sources]
