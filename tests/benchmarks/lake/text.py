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

from schemas import BYLINES, CAPTURES, TRANSCRIPTS, TURNS, Table
from schemas.turns import NOTE

TURNS_A_STORY = 20
WORDS_A_TURN = 3.2, 0.9
"""Mean and spread of the logarithm: 37 words on average, one in a hundred longer than 200."""
VOCABULARY = 200_000
ZIPF = 1.07
SPEAKERS = 20_000
PROGRAMS = ("All Things Considered", "Morning Edition", "Fresh Air", "Weekend Edition Sunday", "Here & Now")
SOURCES = ("npr", "npr", "npr", "kpbs", "wuky")
RARE, FREQUENT = "copper lantern", "climate change"
PLANTED = {RARE: 5e-6, FREQUENT: 1e-3}
"""How many of the turns hold the phrase."""
_LETTERS = "etaoinshrdlucmfwypvbgk"
_WEIGHTS = np.array([12, 9, 8, 7.5, 7, 6.7, 6.3, 6, 6, 4.2, 4, 2.8, 2.4, 2.4, 2.2, 2, 2, 1.9, 1, 1.5, 1.5, 1])
_COMMA, _STOP, _CAPITAL = 1, 2, 3
"""The forms of a word beside its plain one; form times vocabulary is its place."""


@dataclass(frozen=True)
class Corpus:
    """A corpus of any size."""

    seed: int = 1

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary, most frequent word first; frequent words are short."""
        random = np.random.default_rng(self.seed)
        seen = set(f"{RARE} {FREQUENT}".split())
        words: list[str] = []
        while len(words) < VOCABULARY:
            length = max(1, int(1.6 + np.log2(len(words) + 2) * 0.42 + random.normal(0, 1.2)))
            word = "".join(random.choice(list(_LETTERS), length, p=_WEIGHTS / _WEIGHTS.sum()))
            if word not in seen:
                seen.add(word)
                words.append(word)
        return words

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
        page = _Pages(
            transcript_id=pa.array([f"npr:{month}-{one:06d}" for one in story]),
            air_date=pa.array([date(year, number, 1) + timedelta(days=int(one)) for one in day], pa.date32()),
            program=pa.array(PROGRAMS).take(pa.array(story % len(PROGRAMS))),
            source_id=pa.array(SOURCES).take(pa.array(story % len(SOURCES))),
        )
        turns = self._turns(page, stories, random)
        return {
            TURNS.name: turns,
            TRANSCRIPTS.name: _transcripts(page, turns, month, stories),
            BYLINES.name: _table(
                BYLINES,
                stories,
                page.columns(("transcript_id", "air_date"))
                | {"position": 0, "name": "Rob Schmitz", "printed": "Rob Schmitz", "air_month": month},
            ),
            CAPTURES.name: _captures(page, month, stories),
        }

    def _turns(self, page: "_Pages", stories: int, random: np.random.Generator) -> pa.Table:
        count = stories * TURNS_A_STORY
        story = pa.array(np.repeat(np.arange(stories), TURNS_A_STORY))
        index = np.tile(np.arange(TURNS_A_STORY, dtype=np.int32), stories)
        sizes = np.maximum(4, random.lognormal(*WORDS_A_TURN, count)).astype(np.int64)
        transcript_id = page.transcript_id.take(story)
        turn_index = pa.array(index)
        return _table(
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
                "speaker_name": self._speakers.take(pa.array((random.zipf(1.3, count) % SPEAKERS).astype(np.int64))),
                "speaker_role": pa.array(["host", "reporter", "guest", None]).take(pa.array(index % 4)),
                "name_rule": "surname",
                "confidence": 0.98,
                "text": self._texts(sizes, random),
                "word_count": pa.array(sizes.astype(np.int32)),
                "notes": pa.array([[]] * count, pa.list_(pa.field("element", NOTE, nullable=False))),
                "air_month": pc.strftime(page.air_date.take(story), "%Y-%m"),
            },
        )

    @cached_property
    def _speakers(self) -> pa.Array:
        given, family = self.words[1_000 : 1_000 + SPEAKERS], self.words[50_000 : 50_000 + SPEAKERS]
        return pa.array([f"{one.capitalize()} {two.capitalize()}" for one, two in zip(given, family, strict=True)])

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


@dataclass(frozen=True, slots=True)
class _Pages:
    """What the pages of a month share with their turns."""

    transcript_id: pa.Array
    air_date: pa.Array
    program: pa.Array
    source_id: pa.Array

    def columns(
        self, names: tuple[str, ...] = ("transcript_id", "air_date", "program", "source_id")
    ) -> dict[str, object]:
        return {name: getattr(self, name) for name in names}


def _transcripts(page: _Pages, turns: pa.Table, month: str, stories: int) -> pa.Table:
    words = np.add.reduceat(turns["word_count"].to_numpy(), np.arange(0, turns.num_rows, TURNS_A_STORY))
    seen_at = _seen_at(page)
    return _table(
        TRANSCRIPTS,
        stories,
        page.columns()
        | {
            "url": pc.binary_join_element_wise("https://www.npr.org/transcripts/", page.transcript_id, ""),
            "layout": "npr_transcript",
            "title": pc.binary_join_element_wise("Story", page.transcript_id, " "),
            "air_date_rule": "printed",
            "audio_seconds": pa.array(words / 2.7),
            "language": "en",
            "word_count": pa.array(words.astype(np.int32)),
            "turn_count": TURNS_A_STORY,
            "speaker_count": 4,
            "content_hash": _hashes(page),
            "revision": 1,
            "first_seen_at": seen_at,
            "captured_at": seen_at,
            "capture_id": _captured(page),
            "parser_version": "1",
            "air_month": month,
        },
    )


def _captures(page: _Pages, month: str, stories: int) -> pa.Table:
    return _table(
        CAPTURES,
        stories,
        page.columns(("transcript_id", "source_id"))
        | {
            "capture_id": _captured(page),
            "url": pc.binary_join_element_wise("https://www.npr.org/transcripts/", page.transcript_id, ""),
            "captured_at": _seen_at(page),
            "outcome": "published",
            "content_hash": _hashes(page),
            "http_status": 200,
            "body_bytes": 52_000,
            "warc_file": f"{month}.warc.gz",
            "warc_offset": pa.array(np.arange(stories) * 20_000),
            "capture_month": pc.strftime(page.air_date, "%Y-%m"),
        },
    )


def _captured(page: _Pages) -> pa.Array:
    return pc.binary_join_element_wise("urn:uuid", page.transcript_id, ":")


def _hashes(page: _Pages) -> pa.Array:
    return pc.binary_join_element_wise(page.transcript_id, "0123456789abcdef0123456789abcdef", "")


def _seen_at(page: _Pages) -> pa.Array:
    """Noon of the day of broadcast."""
    noon = pa.scalar(timedelta(hours=12))
    return pc.add(page.air_date.cast(pa.timestamp("us")), noon).cast(pa.timestamp("us")).cast(pa.timestamp("us", "UTC"))


def _table(table: Table, count: int, values: dict[str, object]) -> pa.Table:
    """The rows as they are stored: constants repeated, what is not given NULL."""
    columns = []
    for field in table.stored:
        value = values.get(field.name)
        column = (
            value if isinstance(value, pa.Array | pa.ChunkedArray) else pa.repeat(pa.scalar(value, field.type), count)
        )
        columns.append(column.cast(field.type))
    return pa.table(columns, schema=table.stored)


def months(first: date, count: int) -> list[str]:
    """So many months from this one on."""
    return [f"{first.year + (first.month - 1 + k) // 12}-{(first.month - 1 + k) % 12 + 1:02d}" for k in range(count)]
