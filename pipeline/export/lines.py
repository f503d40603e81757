"""JSON Lines: a story a line, with the columns of the tables, times in ISO 8601, NULL as null."""

import json
import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.export.selection import Story


def write(stories: Iterable[Story], path: Path) -> int:
    """Write the stories; their number."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for story in stories:
            whole = {**story.transcript, "bylines": story.bylines, "turns": story.turns}
            file.write(line(whole))
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def line(value: dict[str, Any]) -> str:
    """One record as a line of JSON."""
    return json.dumps(value, ensure_ascii=False, default=_iso) + "\n"


def _iso(value: date | datetime) -> str:
    return value.isoformat()
