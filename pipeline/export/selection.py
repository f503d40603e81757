"""The transcripts that fulfil a condition, each with its turns and bylines, oldest first."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import UsageError
from pipeline.query.session import Session
from schemas import BYLINES, TRANSCRIPTS, TURNS, Table
from schemas.table import quoted

Row = dict[str, Any]

AT_ONCE = 200
"""Transcripts asked for together: some 4,000 turns, which bounds the memory of an export."""


@dataclass(frozen=True, slots=True)
class Story:
    """One transcript: its row, its turns in order and its bylines in order, as in the lake."""

    transcript: Row
    turns: Sequence[Row]
    bylines: Sequence[Row]


def stories(session: Session, where: str | None) -> Iterator[Story]:
    """The stories in the order of air date and id; those without a date come last.

    Raises:
        UsageError: the condition cannot be asked, or no transcript fulfils it.
    """
    condition = f"WHERE ({where})" if where else ""
    chosen = session.arrow(f"SELECT transcript_id FROM transcripts {condition} ORDER BY air_date, transcript_id")  # noqa: S608  # read-only, and the analyst's own
    chosen_ids: list[str] = chosen["transcript_id"].to_pylist()
    if not chosen_ids:
        nothing = f"no transcript fulfils the condition {where}: look with `asrun sql`"
        raise UsageError(nothing if where else "the lake holds no transcript yet: run `asrun nightly` first")
    for start in range(0, len(chosen_ids), AT_ONCE):
        ids = chosen_ids[start : start + AT_ONCE]
        transcripts = _rows(session, TRANSCRIPTS, ids)
        turns, bylines = _rows(session, TURNS, ids), _rows(session, BYLINES, ids)
        for one in ids:
            yield Story(transcripts[one][0], turns[one], bylines[one])


def _rows(session: Session, table: Table, ids: Sequence[str]) -> dict[str, list[Row]]:
    """The table's rows of these transcripts, by transcript."""
    columns = ", ".join(f'"{name}"' for name in table.column_names)
    wanted = ", ".join(map(quoted, ids))
    order = ", ".join(table.key)
    found = session.arrow(f"SELECT {columns} FROM {table.name} WHERE transcript_id IN ({wanted}) ORDER BY {order}")  # noqa: S608  # our own names, quoted ids
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in found.to_pylist():
        grouped[row["transcript_id"]].append(row)
    return grouped


def speaker_id(story: Story, turn: Row) -> str:
    """Who says a turn, as an id that is the same wherever the same person is known; never empty.

    A full name, where there is one; else the label, which tells people apart within its page only; else `?`.
    """
    known = turn.get("person_id") or turn["speaker_name"]
    return str(known) if known else f"{story.transcript['transcript_id']}#{turn['speaker_label'] or '?'}"
