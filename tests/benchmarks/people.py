"""People: how right linking is on a corpus with known truth, how fast, and what a naive rule makes of it."""

import resource
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rich.table import Table

from flows.cli.tables import table
from pipeline.identify.authority.hosts import with_known_hosts
from pipeline.identify.authority.program_hosts import Heard, ProgramHosts
from pipeline.identify.people.aliases import STAFF
from pipeline.identify.people.appearances import Appearance, Facets, Sighting, appearances_of
from pipeline.identify.people.linking import Grounds, Linked, link
from pipeline.identify.people.neighbours import Met, Neighbours
from pipeline.lake.pages.record_rows import turn_rows
from pipeline.lake.rows import Row
from pipeline.records import Turn
from tests.benchmarks.clusters import agreement
from tests.benchmarks.corpus.people import TruePage, World
from tests.identify.sightings import sightings_of


@dataclass(slots=True)
class Mentions:
    """Every mention of the corpus, by its number on its page: whom it truly means, and as what it was read."""

    true: dict[str, int] = field(default_factory=dict)
    printed: dict[str, str | None] = field(default_factory=dict)
    appeared: dict[str, Appearance] = field(default_factory=dict)
    named_hosts: int = 0
    lost_labels: int = 0
    open: list["Open"] = field(default_factory=list)
    heard: dict[tuple[str, int, str], list[bool]] = field(default_factory=lambda: defaultdict(list))
    """By programme, month and name: whether each page calls him host."""
    by_program: dict[str, str] = field(default_factory=dict)
    """Open turns that are named so, with the name."""


@dataclass(frozen=True, slots=True)
class Open:
    """A turn whose speaker neither its page nor the authority names."""

    mention: str
    facts: dict[str, Any]
    row: Row


def mentions_of(world: World, count: int) -> Mentions:
    """What the pages of this world say, surname-only hosts named by what is known of them."""
    found = Mentions()
    authority = world.authority()
    for page in world.pages(count):
        reading = with_known_hosts(page.reading, authority)
        _add(found, page, reading.turns)
    _name_open(found)
    return found


def _name_open(found: Mentions) -> None:
    """Give the turns that are left open to the hosts of the months around, as the lake does."""
    hosts = ProgramHosts(Heard(*place, sum(is_host)) for place, is_host in found.heard.items())
    for one in found.open:
        name = hosts.host(one.facts["program"], _month(one.facts), one.row["speaker_label"])
        if name is not None:
            found.by_program[one.mention] = name
            for appearance in appearances_of(one.facts, [{**one.row, "speaker_name": name}], ()):
                found.appeared[one.mention] = appearance


def _month(facts: Mapping[str, Any]) -> int:
    return int(facts["air_date"].year) * 12 + int(facts["air_date"].month) - 1


def _add(found: Mentions, page: TruePage, turns: Iterable[Turn]) -> None:
    transcript = page.reading.transcript
    assert transcript is not None
    facts = {
        name: getattr(transcript, name) for name in ("transcript_id", "air_date", "source_id", "network", "program")
    }
    rows = turn_rows(transcript, turns, (str(number) for number in range(len(page.speakers))))
    for index, (row, person, printed) in enumerate(zip(rows, page.speakers, page.reading.turns, strict=True)):
        mention = f"{transcript.transcript_id}#{index}"
        found.true[mention] = person
        found.printed[mention] = printed.speaker_name
        found.lost_labels += printed.speaker_name is None
        found.named_hosts += printed.speaker_name is None and row["speaker_name"] is not None
        if row["speaker_name"] is None:
            found.open.append(Open(mention, facts, row))
        else:
            found.heard[facts["program"], _month(facts), row["speaker_name"]].append(row["speaker_role"] == "host")
        for one in appearances_of(facts, [row], ()):
            found.appeared[mention] = one


def naive(mentions: Mentions) -> dict[str, Hashable]:
    """The same printed name is the same person; what has none is alone."""
    return {mention: name or mention for mention, name in mentions.printed.items()}


def linked(mentions: Mentions, world: World) -> tuple[dict[str, Hashable], Linked, float]:
    """What asrun makes of them, and the seconds that linking took."""
    start = time.perf_counter()
    sightings = sightings_of(mentions.appeared.values())
    neighbours = Neighbours(met(sightings))
    found = link(sightings, Grounds(neighbours, world.authority()))
    seconds = time.perf_counter() - start
    person_of = {mention: found.person_of.get(_facets(one)) for mention, one in mentions.appeared.items()}
    return {mention: person_of.get(mention) or mention for mention in mentions.true}, found, seconds


def met(sightings: Iterable[Sighting]) -> list[Met]:
    """How often each name is met."""
    every: Counter[str] = Counter()
    staff: Counter[str] = Counter()
    for one in sightings:
        every[one.name_key] += one.transcript_count
        staff[one.name_key] += one.transcript_count if one.role in STAFF else 0
    return [Met(key, count, staff[key]) for key, count in every.items()]


def _facets(one: Appearance) -> Facets:
    year = one.air_date.year if one.air_date else None
    return one.name_key, one.role, one.affiliation, one.network, one.program, year, None


def b_cubed(found: Mapping[str, Hashable], true: Mapping[str, Hashable]) -> tuple[float, float]:
    """Precision and recall averaged over mentions (Bagga and Baldwin 1998): big clusters do not outweigh all others."""
    ours, theirs = Counter(found[one] for one in true), Counter(true.values())
    both = Counter((found[one], true[one]) for one in true)
    precision = sum(count * count / ours[one] for (one, _), count in both.items()) / len(true)
    recall = sum(count * count / theirs[one] for (_, one), count in both.items()) / len(true)
    return precision, recall


def figures(count: int, seed: int) -> list[tuple[str, str]]:
    """Figures with their names, in the order in which they are read."""
    world = World(seed)
    start = time.perf_counter()
    mentions = mentions_of(world, count)
    made = time.perf_counter() - start
    ours, found, seconds = linked(mentions, world)
    lines = [
        ("pages, mentions, people", f"{count:,}, {len(mentions.true):,}, {len(set(mentions.true.values())):,}"),
        ("lost labels", f"{mentions.lost_labels:,}"),
        ("named by the authority, by the programme's months", f"{mentions.named_hosts:,}, {_judged(mentions)}"),
        ("people found, mentions unlinked", f"{len(found.people):,}, {_unlinked(ours):,}"),
    ]
    for name, partition in (("asrun", ours), ("same printed name", naive(mentions))):
        pairs = agreement(partition, mentions.true)
        precision, recall = b_cubed(partition, mentions.true)
        lines.append((f"{name}: pairs", f"precision {pairs.precision:.2%}, recall {pairs.recall:.2%}"))
        lines.append((f"{name}: B-cubed", f"precision {precision:.2%}, recall {recall:.2%}"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    lines.append(("seconds to make, to link", f"{made:.1f}, {seconds:.1f}"))
    lines.append(("peak memory, MB", f"{peak:,.0f}"))
    return lines


def _judged(mentions: Mentions) -> str:
    """How many open turns the programme's months named, and how many of them with a name that is printed for him."""
    printed = {(name, mentions.true[mention]) for mention, name in mentions.printed.items() if name}
    right = sum((name, mentions.true[mention]) in printed for mention, name in mentions.by_program.items())
    return f"{len(mentions.by_program):,} ({right:,} rightly)"


def _unlinked(partition: Mapping[str, Hashable]) -> int:
    return sum(mention == person for mention, person in partition.items())


def tables(count: int, seed: int) -> list[Table]:
    """The figures, for people."""
    return [table("People, with known truth", ("what", "figure"), figures(count, seed))]
