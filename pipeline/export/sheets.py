"""CSV, a turn a row, that a spreadsheet opens without running anything.

Text that begins like a formula (`= + - @`, tab, carriage return, line feed: OWASP's page on CSV injection, as of 2025)
is written behind an apostrophe, as that page has it. Numbers are numbers. For other programs, which want the text as
it is, there is `asrun sql --format csv`.
"""

import csv
import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from pipeline.export.selection import Story

COLUMNS = (
    "transcript_id", "air_date", "source_id", "program", "title", "url", "turn_index", "kind", "speaker_label",
    "speaker_name", "speaker_role", "speaker_affiliation", "name_rule", "confidence", "text", "word_count",
    "start_seconds",
)  # fmt: skip
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(stories: Iterable[Story], path: Path) -> int:
    """Write the stories' turns; the number of stories. UTF-8 with a BOM, without which Excel takes it for Latin-1."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for story in stories:
            for turn in story.turns:
                row = {**story.transcript, **turn}
                writer.writerow([defused(row[name]) for name in COLUMNS])
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def defused(value: object) -> object:
    """A value as a cell in which a spreadsheet sees no formula; NULL is an empty cell.

    >>> defused("=1+1"), defused("- and then"), defused(-1), defused(None)
    ("'=1+1", "'- and then", -1, '')
    """
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA_BEGINS):
        return f"'{value}"
    return value
