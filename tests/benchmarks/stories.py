"""Stories: how right linking is on a corpus with known truth, how fast, and what naive rules make of the same pages."""

from pipeline.identify.linking import Arrival
from pipeline.identify.prints import print_of
from pipeline.identify.wording import Said, Wording
from tests.benchmarks.corpus.damage import Spoken
from tests.benchmarks.corpus.stories import Page


def arrival(page: Page) -> Arrival:
    """A page of the corpus as linking takes it."""
    said = tuple(
        Said(
            index, turn.label, turn.name, "host" if turn.is_host else None, None, 1.0 if turn.name else None, turn.text
        )
        for index, turn in enumerate(page.turns)
        if turn.speaker is not None
    )
    wording = Wording(page.transcript_id, said)
    facts = {
        "transcript_id": page.transcript_id,
        "npr_id": page.npr_id,
        "source_id": page.source_id,
        "station": None if page.source_id == "npr" else page.source_id.upper(),
        "program": page.program,
        "title": page.title,
        "air_date": page.air_date,
        "published_at": page.published_at,
        "word_count": len(wording.words),
        "first_seen_at": page.seen_at,
    }
    return Arrival(print_of(facts, wording), wording)


def _said(index: int, turn: Spoken) -> Said:
    confidence = 1.0 if turn.name else None
    return Said(index, turn.label, turn.name, "host" if turn.is_host else None, None, confidence, turn.text)
