"""Selections of the corpus in other tools' formats: what analysts open elsewhere.

selection.py   transcripts that fulfil a condition, story by story
sheets.py      CSV that a spreadsheet opens without running anything
lines.py       JSON Lines, a story a line
convokit.py    a ConvoKit corpus
tei.py         TEI, an utterance a <u who="...">, as ParlaMint has it
datasets.py    a folder that Hugging Face `datasets` loads

Each writes aside and appears whole; a selection streams, whatever its size.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path

from pipeline.export import convokit, datasets, lines, sheets, tei
from pipeline.export.selection import Story, stories
from pipeline.lake.trouble import told
from pipeline.query.session import Session
from pipeline.storage.durable import appearing


class Format(StrEnum):
    """What a selection is written as; the first two are files, the others folders."""

    CSV = "csv"
    JSONL = "jsonl"
    CONVOKIT = "convokit"
    TEI = "tei"
    DATASETS = "datasets"


_WRITERS: dict[Format, Callable[[Iterable[Story], Path], int]] = {
    Format.CSV: sheets.write,
    Format.JSONL: lines.write,
    Format.CONVOKIT: convokit.write,
    Format.TEI: tei.write,
    Format.DATASETS: datasets.write,
}


def export(session: Session, form: Format, place: Path, where: str | None = None) -> int:
    """Write the transcripts that fulfil the condition `where` (SQL over `transcripts`; None: all) to `place`.

    Returns the number of transcripts written.

    Raises:
        UsageError: something is at `place` already, or the condition cannot be asked or chooses nothing.
        LakeError: the disk refused; nothing is left behind.
    """
    with told(place, "name another place"), appearing(place.absolute()) as aside:
        return _WRITERS[form](stories(session, where), aside)
