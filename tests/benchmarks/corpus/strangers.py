"""A lake of many pages that nobody links: rows as linking leaves them, with fingerprints and names of their own.

Twenty-five years before the corpus of stories begins. On every page two of the staff and one or two guests, half of
whom are heard once; names as frequent as the census says.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import accumulate
from random import Random
from typing import Any

import pyarrow as pa

from pipeline.identify.authority.known_people import Authority
from pipeline.identify.names import key_of
from pipeline.identify.people.appearances import Sighting
from pipeline.identify.people.linking import Grounds, Linked, link
from pipeline.identify.people.neighbours import Neighbours
from pipeline.lake.people.linking import people_row
from pipeline.lake.rows import build, ordered
from pipeline.lake.tables.together import Tables
from pipeline.records import Ingested
from pipeline.transcribe.census import census_given, census_surnames
from schemas import APPEARANCES, FINGERPRINTS, PEOPLE, TRANSCRIPTS, Table
from schemas.table import UNDIVIDED
from tests.benchmarks.people import met

MONTHS = [date(1993 + number // 12, number % 12 + 1, 1) for number in range(300)]
_BANDS = 32
_MONTHS_AT_ONCE = 30
_NETWORK, _PROGRAM = "NPR", "Morning Edition"
_STAFF = 900
_STAFF_A_PAGE = 2
_GUESTS_A_PAGE = 1.5
_NEW_GUEST = 0.5


Heard = list[tuple[str, str, str]]
"""Page, name and role."""


def put_strangers(
    tables: Tables, count: int, months: Sequence[date] = MONTHS, also: Callable[[date, Heard], None] | None = None
) -> "Strangers":
    """Put so many pages, in equal parts into every month, and link who is heard on them; everybody of them.

    `also`: told of each month, and who is heard in it.
    """
    people = Strangers(Random(1))
    size = count // len(months)
    pages = [[f"npr-{number}-{page}" for page in range(size)] for number in range(len(months))]
    heard = [people.on(ids) for ids in pages]
    linked = _linked(heard, months)
    for start in range(0, len(months), _MONTHS_AT_ONCE):
        coming: dict[Table, list[pa.Table]] = {FINGERPRINTS: [], TRANSCRIPTS: [], APPEARANCES: []}
        for number in range(start, min(start + _MONTHS_AT_ONCE, len(months))):
            own, facts = _facts(people.random, months[number], pages[number])
            coming[FINGERPRINTS].append(_rows(FINGERPRINTS, own, facts))
            coming[TRANSCRIPTS].append(_rows(TRANSCRIPTS, own, facts))
            coming[APPEARANCES].append(_rows(APPEARANCES, _appeared(heard[number], linked, months[number]), facts))
            if also:
                also(months[number], heard[number])
        for table, rows in coming.items():
            tables[table].disk.append(pa.concat_tables(rows))
    tables[PEOPLE].disk.write({UNDIVIDED: build(PEOPLE, [people_row(person) for person in linked.people])})
    return people


def _facts(random: Random, day: date, ids: list[str]) -> tuple[dict[str, pa.Array], dict[str, Any]]:
    """What the pages of a month have each, and what they have in common."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    facts: dict[str, Any] = {
        "air_date": day,
        "published_at": moment,
        "first_seen_at": moment,
        "captured_at": moment,
        "source_id": "npr",
        "network": _NETWORK,
        "program": _PROGRAM,
        "air_month": f"{day:%Y-%m}",
        "is_primary": True,
    }
    own = {name: pa.array(ids) for name in ("transcript_id", "family_id", "story_id")}
    bands = pa.array(memoryview(random.randbytes(4 * _BANDS * len(ids))).cast("i"), pa.int32())
    own["bands"] = pa.ListArray.from_arrays(pa.array(range(0, _BANDS * len(ids) + 1, _BANDS), pa.int32()), bands)
    return own, facts


def _linked(heard: Sequence[Heard], months: Sequence[date]) -> Linked:
    """Who they all are."""
    seen: dict[tuple[str, str, int], list[tuple[date, str]]] = defaultdict(list)
    for month, there in zip(months, heard, strict=True):
        for page, key, role in there:
            seen[key, role, month.year].append((month, page))
    sightings = [
        Sighting(
            key, key.title(), role, None, _NETWORK, _PROGRAM, year, min(same)[0], max(same)[0], len(same), 1, 1,
            min(same)[1],
        )
        for (key, role, year), same in seen.items()
    ]  # fmt: skip
    return link(sightings, Grounds(Neighbours(met(sightings)), Authority()))


def _appeared(there: Heard, linked: Linked, day: date) -> dict[str, pa.Array]:
    facets = ((key, role, None, _NETWORK, _PROGRAM, day.year, None) for _, key, role in there)
    return {
        "transcript_id": pa.array([page for page, _, _ in there]),
        "name_key": pa.array([key for _, key, _ in there]),
        "name": pa.array([key.title() for _, key, _ in there]),
        "role": pa.array([role for _, _, role in there]),
        "person_id": pa.array(map(linked.person_of.get, facets), pa.string()),
    }


class Strangers:
    """Everybody heard."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._given, self._given_sums = _weighted(census_given())
        self._surnames, self._surname_sums = _weighted(census_surnames())
        self._guests: list[str] = []
        self._staff = [self._name() for _ in range(_STAFF)]

    def on(self, pages: Sequence[str]) -> Heard:
        """Who is heard on these pages."""
        found: dict[tuple[str, str], str] = {}
        for page in pages:
            found |= {(page, name): "reporter" for name in self.random.choices(self._staff, k=_STAFF_A_PAGE)}
            guests = int(_GUESTS_A_PAGE + self.random.random())
            found |= {(page, self._guest()): "guest" for _ in range(guests)}
        return [(page, key, role) for (page, key), role in found.items()]

    def meet(self, batch: Iterable[Ingested]) -> list[Ingested]:
        """These looks, three of four names on them those of people who were heard before, hosts all."""
        known: dict[str, str] = {}
        return [self._met(look, known) for look in batch]

    def _met(self, look: Ingested, known: dict[str, str]) -> Ingested:
        assert look.reading is not None
        turns = []
        for turn in look.reading.turns:
            name = turn.speaker_name
            if name is not None and name not in known:
                others = self._staff if turn.speaker_role == "host" or self.random.random() < 0.5 else self._guests
                known[name] = self.random.choice(others).title() if self.random.random() < 0.75 else name
            turns.append(replace(turn, speaker_name=name and known[name]))
        return replace(look, reading=replace(look.reading, turns=tuple(turns)))

    def _guest(self) -> str:
        recent = self._guests[-20_000:]
        if recent and self.random.random() > _NEW_GUEST:
            return recent[int(len(recent) * self.random.random() ** 0.5)]
        self._guests.append(self._name())
        return self._guests[-1]

    def _name(self) -> str:
        given = self.random.choices(self._given, cum_weights=self._given_sums)[0]
        surname = self.random.choices(self._surnames, cum_weights=self._surname_sums)[0]
        return key_of(f"{given} {surname}") or self._name()


def _weighted(shares: Mapping[str, float]) -> tuple[list[str], list[float]]:
    return list(shares), list(accumulate(shares.values()))


def _rows(table: Table, own: Mapping[str, pa.Array], facts: Mapping[str, Any]) -> pa.Table:
    size = len(own[table.unit])
    columns = [_column(field, own, facts, size) for field in table.stored]
    return ordered(table, pa.Table.from_arrays(columns, schema=table.stored))


def _column(field: pa.Field, own: Mapping[str, pa.Array], facts: Mapping[str, Any], size: int) -> pa.Array:
    if field.name in own:
        return own[field.name].cast(field.type)
    empty = 1 if pa.types.is_integer(field.type) else "x"
    value = facts.get(field.name, None if field.nullable else empty)
    return pa.array([value] * size, field.type)
