"""A reading as JSON: what `asrun parse` prints, and what the golden cases hold."""

import dataclasses
from datetime import date, datetime
from typing import Any

from pipeline.records import Reading


def reading_as_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain JSON values: dates and times in ISO 8601, unknown as null.

    A published page has `outcome`, `transcript`, `bylines` and `turns`; any other has `outcome` and `detail`.
    """
    if reading.transcript is None:
        return {"outcome": reading.outcome, "detail": reading.detail}
    return {
        "outcome": reading.outcome,
        "transcript": _plain(dataclasses.asdict(reading.transcript)),
        "bylines": [_plain(dataclasses.asdict(byline)) for byline in reading.bylines],
        "turns": [_plain(dataclasses.asdict(turn)) for turn in reading.turns],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime | date) else value
