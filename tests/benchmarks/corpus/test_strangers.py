"""A lake of pages on which strangers are heard is one that a commit could have left."""

from datetime import date
from pathlib import Path

from pipeline.lake.tables.together import Tables
from schemas import APPEARANCES, FINGERPRINTS, PEOPLE, TRANSCRIPTS
from tests.benchmarks.corpus.strangers import put_strangers

PAGES = 40


def test_everybody_who_is_linked_has_a_row(tmp_path: Path) -> None:
    put_strangers(Tables(tmp_path), PAGES, [date(2026, 1, 1), date(2026, 2, 1)])

    rows = {table: Tables(tmp_path)[table].select() for table in (APPEARANCES, FINGERPRINTS, PEOPLE, TRANSCRIPTS)}
    assert rows[TRANSCRIPTS].num_rows == rows[FINGERPRINTS].num_rows == PAGES
    assert set(rows[APPEARANCES]["transcript_id"].to_pylist()) == set(rows[TRANSCRIPTS]["transcript_id"].to_pylist())
    linked = rows[APPEARANCES]["person_id"].drop_null()  # a name that says too little is nobody's
    assert set(linked.to_pylist()) == set(rows[PEOPLE]["person_id"].to_pylist())
