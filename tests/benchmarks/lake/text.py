"""Transcripts by the million, straight as Arrow: words by Zipf's law, turns and stories as long as those on air.

Everything follows from the seed and the month. Two phrases are put in, so that it is known how rare they are.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas import APPEARANCES, BYLINES, CAPTURES, PEOPLE, TRANSCRIPTS, TURNS
from schemas.turns import NOTE
from tests.benchmarks.lake.rows import TURNS_A_STORY, Pages, appearances, captures, filled, transcripts
from tests.benchmarks.lake.words import VOCABULARY, vocabulary

WORDS_A_TURN = 3.2, 0.9
"""Mean and spread of the logarithm: 37 words on average, one in a hundred longer than 200."""
ZIPF = 1.07
SPEAKERS = 100_000
VOICES = 4
"""People a story."""
PROGRAMS = ("All Things Considered", "Morning Edition", "Fresh Air", "Weekend Edition Sunday", "Here & Now")
SOURCES = ("npr", "npr", "npr", "kpbs", "wuky")
RARE, FREQUENT = "copper lantern", "climate change"
UNNAMED = 0.1
"""How many of the turns are nobody's by full name."""
UNLINKED = 33
"""One name in so many is several people's."""
PLANTED = {RARE: 5e-6, FREQUENT: 1e-3}
"""How many of the turns hold the phrase."""
_COMMA, _STOP, _CAPITAL = 1, 2, 3
"""The forms of a word beside its plain one; form times vocabulary is its place."""


@dataclass(frozen=True)
class Corpus:
    """A corpus of any size."""

    seed: int = 1
    words_a_turn: tuple[float, float] = WORDS_A_TURN

    @cached_property
    def words(self) -> list[str]:
        return vocabulary(self.seed, set(f"{RARE} {FREQUENT}".split()))

    @cached_property
    def _forms(self) -> pa.Array:
        """All words in all forms, then the words that are put in."""
        plain = self.words
        return pa.array(
            [
                *plain,
                *(f"{word}," for word in plain),
                *(f"{word}." for word in plain),
                *(word.capitalize() for word in plain),
                *f"{RARE} {FREQUENT}".split(),
            ]
        )

    @cached_property
    def _cumulated(self) -> "np.typing.NDArray[np.float64]":
        weights = 1 / np.power(np.arange(1, VOCABULARY + 1) + 2.7, ZIPF)
        shares: np.typing.NDArray[np.float64] = np.cumsum(weights) / weights.sum()
        return shares

    def month(self, month: str, stories: int, *, first: int = 0) -> dict[str, pa.Table]:
        """The rows of all tables, by name, of so many stories in this month (`2026-03`), numbered from `first`."""
        year, number = map(int, month.split("-"))
        random = np.random.default_rng((self.seed, year, number, first))
        story = np.arange(first, first + stories)
        day = np.sort(random.integers(0, monthrange(year, number)[1], stories))
        page = Pages(
            transcript_id=pa.array([f"npr:{month}-{one:06d}" for one in story]),
            air_date=pa.array([date(year, number, 1) + timedelta(days=int(one)) for one in day], pa.date32()),
            program=pa.array(PROGRAMS).take(pa.array(story % len(PROGRAMS))),
            source_id=pa.array(SOURCES).take(pa.array(story % len(SOURCES))),
        )
        turns = self.turns(page, stories, random)
        return {
            TURNS.name: turns,
            APPEARANCES.name: appearances(turns),
            TRANSCRIPTS.name: transcripts(page, turns, month, stories),
            BYLINES.name: filled(
                BYLINES,
                stories,
                page.columns(("transcript_id", "air_date"))
                | {"position": 0, "name": "Rob Schmitz", "printed": "Rob Schmitz", "air_month": month},
            ),
            CAPTURES.name: captures(page, month, stories),
        }

    def turns(self, page: "Pages", stories: int, random: np.random.Generator) -> pa.Table:
        """The rows of `turns` of these pages."""
        count = stories * TURNS_A_STORY
        story = pa.array(np.repeat(np.arange(stories), TURNS_A_STORY))
        index = np.tile(np.arange(TURNS_A_STORY, dtype=np.int32), stories)
        sizes = np.maximum(4, random.lognormal(*self.words_a_turn, count)).astype(np.int64)
        transcript_id = page.transcript_id.take(story)
        turn_index = pa.array(index)
        voices = (random.zipf(1.3, (stories, VOICES)) % SPEAKERS).astype(np.int64)
        voice = voices[np.repeat(np.arange(stories), TURNS_A_STORY), index % VOICES]
        speaker = pa.array(voice, mask=random.random(count) < UNNAMED)
        return filled(
            TURNS,
            count,
            {
                "transcript_id": transcript_id,
                "turn_index": turn_index,
                "turn_id": pc.binary_join_element_wise(transcript_id, turn_index.cast(pa.string()), "#"),
                "air_date": page.air_date.take(story),
                "source_id": page.source_id.take(story),
                "program": page.program.take(story),
                "kind": "speech",
                "speaker_label": "SMITH",
                "speaker_name": self._speakers["name"].take(speaker),
                "person_id": self._speakers["person_id"].take(speaker),
                "speaker_role": pa.array(["host", "reporter", "guest", None]).take(pa.array(index % VOICES)),
                "name_rule": "surname",
                "confidence": 0.98,
                "text": self._texts(sizes, random),
                "word_count": pa.array(sizes.astype(np.int32)),
                "notes": pa.array([[]] * count, pa.list_(pa.field("element", NOTE, nullable=False))),
                "air_month": pc.strftime(page.air_date.take(story), "%Y-%m"),
            },
        )

    @cached_property
    def _speakers(self) -> pa.Table:
        """Everybody, by rank: name and id, which those lack who share their names."""
        given, family = self.words[1_000 : 1_000 + SPEAKERS], self.words[-SPEAKERS:]
        names = [f"{one.capitalize()} {two.capitalize()}" for one, two in zip(given, family, strict=True)]
        ids = [None if rank % UNLINKED == 0 else name.lower().replace(" ", "-") for rank, name in enumerate(names)]
        return pa.table({"name": names, "person_id": ids}).combine_chunks()

    def people(self) -> pa.Table:
        """The rows of `people`."""
        linked = self._speakers.filter(pc.field("person_id").is_valid())
        names = {"name": linked["name"], "person_id": linked["person_id"], "natural_id": linked["person_id"]}
        nothing: dict[str, list[object]] = {"aliases": [], "roles": [], "former_ids": []}
        counts = {"transcript_count": 1, "turn_count": 1, "word_count": 1}
        return filled(PEOPLE, linked.num_rows, {"rule": "regular", **names, **nothing, **counts})

    def _texts(self, sizes: np.ndarray, random: np.random.Generator) -> pa.Array:
        """Texts of these numbers of words: capitals where sentences begin, commas and full stops."""
        ends = np.cumsum(sizes)
        starts = ends - sizes
        words = np.searchsorted(self._cumulated, random.random(ends[-1])).astype(np.int64)
        chance = random.random(ends[-1])
        form = np.where(chance < 0.07, _COMMA, np.where(chance < 0.14, _STOP, 0))
        form[ends - 1] = _STOP
        begins = np.zeros(ends[-1], bool)
        begins[starts] = True
        begins[1:] |= form[:-1] == _STOP
        form[begins & (form == 0)] = _CAPITAL
        words += form * VOCABULARY
        for number, share in enumerate(PLANTED.values()):
            held = starts[random.random(len(sizes)) < share]
            words[held + 1] = 4 * VOCABULARY + 2 * number
            words[held + 2] = 4 * VOCABULARY + 2 * number + 1
        offsets = pa.array(np.concatenate([[0], ends]).astype(np.int32))
        return pc.binary_join(pa.ListArray.from_arrays(offsets, self._forms.take(pa.array(words))), " ")


def months(first: date, count: int) -> list[str]:
    """So many months from this one on."""
    return [f"{first.year + (first.month - 1 + k) // 12}-{(first.month - 1 + k) % 12 + 1:02d}" for k in range(count)]
