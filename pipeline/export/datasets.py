"""A folder that Hugging Face `datasets` loads: `load_dataset(folder, "turns")`, with the columns of the tables."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.export.selection import Row, Story
from pipeline.storage import durable
from schemas import BYLINES, TRANSCRIPTS, TURNS, Table

_TABLES = (TURNS, TRANSCRIPTS, BYLINES)
_AT_ONCE = 200
"""Stories in a row group: some 4,000 turns."""


def write(stories: Iterable[Story], folder: Path) -> int:
    """Write the stories' turns, transcripts and bylines as one configuration each; the number of stories."""
    folder.mkdir()
    count = 0
    with ExitStack() as stack:
        turns, transcripts, bylines = (stack.enter_context(_file(folder, table)) for table in _TABLES)
        waiting = iter(stories)
        while some := list(islice(waiting, _AT_ONCE)):
            turns.write_table(_arrow(TURNS, (turn for story in some for turn in story.turns)))
            transcripts.write_table(_arrow(TRANSCRIPTS, (story.transcript for story in some)))
            bylines.write_table(_arrow(BYLINES, (byline for story in some for byline in story.bylines)))
            count += len(some)
    card = folder / "README.md"
    card.write_text(_card(), encoding="utf-8")
    durable.sync(card)
    return count


@contextmanager
def _file(folder: Path, table: Table) -> Iterator[pq.ParquetWriter]:
    path = folder / "data" / table.name / "train.parquet"
    path.parent.mkdir(parents=True)
    with pq.ParquetWriter(path, table.arrow, compression="zstd") as writer:
        yield writer
    durable.sync(path)


def _arrow(table: Table, rows: Iterable[Row]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=table.arrow)


def _card() -> str:
    """The card, whose head tells `datasets` where each configuration's file is."""
    configurations = "\n".join(
        f"- config_name: {table.name}\n  data_files: data/{table.name}/train.parquet"
        + "\n  default: true" * (not index)
        for index, table in enumerate(_TABLES)
    )
    return f"""---
pretty_name: Public radio transcripts
license: other
configs:
{configurations}
---

# Public radio transcripts

A selection made with asrun: one row a turn (`turns`), a page (`transcripts`), a credit (`bylines`), joined by
`transcript_id`. Transcripts belong to their publishers: do not publish their text without their leave.
"""
