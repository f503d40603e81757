"""Stories: how right linking is on a corpus with known truth, how fast, and what naive rules make of the same pages."""

import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from rich.table import Table

from pipeline.identify.stories.families import Families
from pipeline.identify.stories.linking import Arrival
from pipeline.identify.stories.prints import Print, print_of
from pipeline.identify.stories.wording import Said, Wording
from tests.benchmarks.clusters import agreement
from tests.benchmarks.corpus.damage import Spoken
from tests.benchmarks.corpus.stories import Page, pages
from tests.benchmarks.memory import peak_megabytes
from tests.identify.shelf import MemoryShelf

BATCH_PAGES = 1_000


@dataclass(slots=True)
class Truth:
    """What is known of the pages of the corpus."""

    story: dict[str, str] = field(default_factory=dict)
    title: dict[str, str] = field(default_factory=dict)
    repeat_of: dict[str, str | None] = field(default_factory=dict)
    speakers: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    """Turns of speech whose speaker the page does not name."""

    def add(self, page: Page) -> None:
        self.story[page.transcript_id] = page.story
        self.title[page.transcript_id] = page.title.lower()
        self.repeat_of[page.story] = page.repeat_of
        self.speakers[page.transcript_id] = tuple(turn.speaker for turn in page.turns)
        self.lost[page.transcript_id] = sum(turn.speaker is not None and turn.name is None for turn in page.turns)


@dataclass(frozen=True, slots=True)
class Measured:
    """One run over the corpus."""

    truth: Truth
    shelf: MemoryShelf
    seconds: float
    peak_megabytes: float


def measure(count: int, seed: int = 1) -> Measured:
    """Link so many pages, in batches by day; the making of the corpus is not timed."""
    truth, shelf, seconds = Truth(), MemoryShelf(), 0.0
    made = pages(count, seed)
    while batch := list(islice(made, BATCH_PAGES)):
        for page in batch:
            truth.add(page)
        start = time.perf_counter()
        shelf.add([arrival(page) for page in batch])
        seconds += time.perf_counter() - start
    return Measured(truth, shelf, seconds, peak_megabytes())


def tables(measured: Measured) -> list[Table]:
    """What came of it: pairs of pages beside naive rules, and the rest line by line."""
    return [_pairs(measured), _facts(measured)]


def _pairs(measured: Measured) -> Table:
    truth, known = measured.truth, measured.shelf.known
    table = Table(title=f"stories: {len(known):,} pages, {len(set(truth.story.values())):,} stories")
    for column in ("rule", "precision of pairs", "recall of pairs", "adjusted Rand index"):
        table.add_column(column, justify="left" if column == "rule" else "right")
    for rule, found in _partitions(truth, known).items():
        scores = agreement(found, truth.story)
        table.add_row(rule, f"{scores.precision:.4f}", f"{scores.recall:.4f}", f"{scores.adjusted_rand:.4f}")
    return table


def _partitions(truth: Truth, known: Mapping[str, Print]) -> dict[str, Mapping[str, Hashable]]:
    return {
        "asrun": {page: found.story_id for page, found in known.items()},
        "same NPR id": {page: found.npr_id or page for page, found in known.items()},
        "same title": truth.title,
        "same title and day": {page: (truth.title[page], found.day) for page, found in known.items()},
        "MinHash LSH alone": _by_bands(known.values()),
    }


def _by_bands(prints: Iterable[Print]) -> Mapping[str, Hashable]:
    """Whoever shares a fingerprint is one story, as deduplicators do it."""
    found, first = Families(), dict[int, str]()
    for page in prints:
        found.join(page.transcript_id, page.transcript_id)
        for band in page.bands:
            found.join(first.setdefault(band, page.transcript_id), page.transcript_id)
    return {page: family[0] for family in found.all() for page in family}


def _facts(measured: Measured) -> Table:
    table = Table(title="names, rebroadcasts, cost")
    table.add_column("what")
    table.add_column("figure", justify="right")
    for what, figure in {**_names(measured), **_repeats(measured), **_cost(measured)}.items():
        table.add_row(what, figure)
    return table


def _names(measured: Measured) -> dict[str, str]:
    truth, copies = measured.truth, measured.shelf.kept_copies
    judged = Counter(
        truth.speakers[copy.transcript_id][found.turn_index] == found.speaker_name
        for copy in copies.values()
        for found in copy.recovered
    )
    lost = sum(truth.lost[page] for page in copies)
    return {
        "turns without a name, all pages": f"{truth.lost.total():,}",
        "of these on pages that have copies": f"{lost:,}",
        "named by a sibling, rightly": f"{judged[True]:,} ({judged[True] / max(lost, 1):.1%})",
        "named by a sibling, wrongly": f"{judged[False]:,}",
    }


def _repeats(measured: Measured) -> dict[str, str]:
    truth, shelf = measured.truth, measured.shelf
    counts: dict[tuple[bool, bool], int] = defaultdict(int)
    for page, found in shelf.known.items():
        story = shelf.stories[found.story_id or ""]
        counts[truth.repeat_of[truth.story[page]] is not None, story.rebroadcast_of is not None] += 1
    both = counts[True, True]
    return {
        "pages of rebroadcasts": f"{both + counts[True, False]:,}",
        "linked to the first broadcast": f"{both:,}",
        "linked, but no rebroadcast": f"{counts[False, True]:,}",
    }


def _cost(measured: Measured) -> dict[str, str]:
    count = len(measured.shelf.known)
    return {
        "pages a second, one core": f"{count / measured.seconds:,.0f}",
        "milliseconds a page": f"{1000 * measured.seconds / count:.2f}",
        "peak memory, corpus included": f"{measured.peak_megabytes:,.0f} MB",
    }


def arrival(page: Page) -> Arrival:
    """A page of the corpus as linking takes it."""
    said = tuple(_said(index, turn) for index, turn in enumerate(page.turns) if turn.speaker is not None)
    wording = Wording(page.transcript_id, said)
    facts = {
        "transcript_id": page.transcript_id,
        "canonical_url": f"https://{page.source_id}.example.org/{page.transcript_id}",
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
