"""Pages as they come to be linked: their words, out of their rows. What workers do with them, who need no lake."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import pyarrow as pa

from pipeline.identify.authority.program_hosts import RULE as PROGRAM_HOST
from pipeline.identify.stories.linking import Arrival, Linked, link_alone
from pipeline.identify.stories.prints import print_of
from pipeline.identify.stories.siblings import NAME_RULE, Recovered
from pipeline.identify.stories.wording import wording
from pipeline.lake.rows import Row

SPOKEN = (
    "transcript_id", "turn_index", "kind", "speaker_label", "speaker_name", "speaker_role", "speaker_affiliation",
    "name_rule", "confidence", "text", "notes",
)  # fmt: skip
"""The columns of `turns` that linking reads."""
NAMELESS: Row = {"speaker_name": None, "name_rule": None, "confidence": None}


@dataclass(frozen=True, slots=True)
class Unread:
    """Pages whose words are still to be taken: their rows in `transcripts` and in `turns`."""

    transcripts: list[Row]
    turns: pa.Table


@dataclass(frozen=True, slots=True)
class Arrived:
    """Pages with their words, linked with each other and with no others."""

    arrivals: list[Arrival]
    linked: Linked


def arrivals_of(unread: Unread) -> Arrived:
    """Pages of which no other lends a name yet, with their words; what another process may do."""
    found = list(arrivals(unread.transcripts, unread.turns, {}))
    return Arrived(found, link_alone(found))


def arrivals(rows: Iterable[Row], turns: pa.Table, recovered: Mapping[str, Sequence[Recovered]]) -> Iterator[Arrival]:
    """Pages with their words; `recovered`: the names among them that other pages lent."""
    said = {
        page: wording(page, [as_printed(turn, recovered.get(page, ())) for turn in of_page])
        for page, of_page in by_page(turns)
    }
    for row in rows:
        page = row["transcript_id"]
        words = said.get(page) or wording(page, ())
        yield Arrival(print_of(row, words), words)


def by_page(turns: pa.Table) -> Iterator[tuple[str, Iterable[Row]]]:
    """The rows of each page, in the order of its turns."""
    ordered = turns.sort_by([("transcript_id", "ascending"), ("turn_index", "ascending")])
    return groupby(ordered.to_pylist(), key=itemgetter("transcript_id"))


def as_printed(turn: Row, recovered: Iterable[Recovered]) -> Row:
    """A turn as its own page gives it, without the name that a sibling or its programme's other pages gave."""
    if turn["name_rule"] not in {NAME_RULE, PROGRAM_HOST}:
        return turn
    plain = turn | NAMELESS
    for found in recovered:
        if found.turn_index == turn["turn_index"]:
            plain |= {"speaker_role": None} if found.speaker_role else {}
            plain |= {"speaker_affiliation": None} if found.speaker_affiliation else {}
    return plain
