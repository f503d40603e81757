"""Pages as linking takes them, written in a few words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from pipeline.identify.stories.linking import Arrival
from pipeline.identify.stories.prints import print_of
from pipeline.identify.stories.wording import wording
from tests.benchmarks.corpus.babble import Babble

BABBLE = Babble()
DAY = date(2026, 3, 20)
Said = tuple[str | None, str | None, str]
"""Label, name and text."""


@dataclass(frozen=True)
class Made:
    """A page; everything else follows from it."""

    transcript_id: str
    said: Sequence[Said]
    npr_id: str | None = None
    days: int | None = 0
    """After DAY; None: the page has no day."""
    seen_hours: int = 0
    program: str | None = None
    canonical_url: str | None = None

    @property
    def source_id(self) -> str:
        return self.transcript_id.split("-")[0]

    def arrival(self) -> Arrival:
        turns: list[dict[str, Any]] = [
            {
                "turn_index": index,
                "kind": "speech",
                "speaker_label": label,
                "speaker_name": name,
                "speaker_role": "host" if name and label is None else None,
                "speaker_affiliation": None,
                "confidence": 0.95 if name else None,
                "text": text,
                "notes": [],
            }
            for index, (label, name, text) in enumerate(self.said)
        ]
        page = wording(self.transcript_id, turns)
        seen = datetime(2026, 3, 20, tzinfo=UTC) + timedelta(hours=self.seen_hours)
        facts = {
            "transcript_id": self.transcript_id,
            "canonical_url": self.canonical_url,
            "npr_id": self.npr_id,
            "source_id": self.source_id,
            "station": None if self.source_id == "npr" else self.source_id.upper(),
            "program": self.program,
            "title": None,
            "air_date": None if self.days is None else DAY + timedelta(days=self.days),
            "published_at": None,
            "word_count": len(page.words),
            "first_seen_at": seen,
        }
        return Arrival(print_of(facts, page), page)

    def but(self, **changes: object) -> "Made":
        return replace(self, **changes)  # type: ignore[arg-type]  # what a test changes is what there is


def text(seed: int, sentences: int = 6) -> str:
    """Some sentences that no other seed gives."""
    return " ".join(BABBLE.sentences(Random(seed), sentences))


def talk(seed: int, turns: int = 6) -> list[Said]:
    """A host and a reporter by turns: full labels first, then surnames, all named."""
    people = (("LEILA FADEL", "Leila Fadel"), ("ROB SCHMITZ", "Rob Schmitz"))
    said: list[Said] = []
    for turn in range(turns):
        label, name = people[turn % 2]
        said.append((label if turn < 2 else label.split()[-1], name, text(seed * 1000 + turn, 4)))
    return said


def without_host(said: Sequence[Said]) -> list[Said]:
    """The same where an extractor lost the host's full label: nobody says who she is."""
    return [
        (None if index == 0 else label, None if index % 2 == 0 else name, words)
        for index, (label, name, words) in enumerate(said)
    ]
