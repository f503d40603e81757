"""Stories and their copies, with known truth: which pages are one story, and who said each turn of them.

Network stories with none to two hundred copies, damaged as real ones are; and what is alike but not the same: series
with a common background, updates of yesterday's story, newscasts that repeat items, features with a formula, sponsors'
texts, the same report aired again the next morning or months later. As many pages as are asked for, day by day, the
same ones for the same seed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from tests.benchmarks.corpus import damage
from tests.benchmarks.corpus.babble import Babble
from tests.benchmarks.corpus.damage import Spoken

FIRST_DAY = date(2018, 1, 1)
STATIONS = 220
_PROGRAMS = ("Morning Edition", "All Things Considered", "Weekend Edition", "Here & Now")
_FOOTERS = (
    "Transcript provided by NPR, Copyright NPR.",
    "Copyright 2024 NPR. To see more, visit https://www.npr.org.",
    "This article was originally published on the site of our partner. Copyright 2021 NPR. To see more, visit NPR.",
    "News from this station is a public service. Support comes from listeners like you.",
)
_BROADCASTS_A_DAY = 16
_NEWSCASTS_A_DAY = 6
_FEATURES_A_DAY = 3
_LOCAL_A_DAY = 40
_KEPT = 400
"""Old stories of which one may be aired again."""

Said = tuple[str | None, bool, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the lake would know it, with the truth about it."""

    transcript_id: str
    story: str
    """The truth: the broadcast that it is a page of."""
    repeat_of: str | None
    """The truth: the broadcast that was aired again."""
    npr_id: str | None
    source_id: str
    program: str | None
    title: str
    air_date: date | None
    published_at: datetime
    seen_at: datetime
    turns: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class _Broadcast:
    """A report as it was aired."""

    key: str
    title: str
    program: str
    air_date: date
    said: tuple[Said, ...]
    has_npr_id: bool = True
    repeat_of: str | None = None


@dataclass(slots=True)
class _World:
    random: Random
    babble: Babble
    hosts: list[str]
    sponsors: list[str]
    formulas: list[list[str]]
    backgrounds: list[list[Said]]
    old: list[_Broadcast] = field(default_factory=list)
    yesterday: list[_Broadcast] = field(default_factory=list)
    count: int = 0

    def key(self) -> str:
        self.count += 1
        return f"nx-s1-{5_000_000 + self.count}"


def pages(count: int, seed: int = 1) -> Iterator[Page]:
    """So many pages, in the order of their days."""
    world = _world(seed)
    made, day = 0, FIRST_DAY
    while made < count:
        for page in _day(world, day):
            yield page
            made += 1
            if made == count:
                return
        day += timedelta(days=1)


def _world(seed: int) -> _World:
    random, babble = Random(seed), Babble()
    return _World(
        random,
        babble,
        [babble.name(random) for _ in range(12)],
        [" ".join(babble.sentences(random, 4)) for _ in range(6)],
        [babble.sentences(random, 4) for _ in range(8)],
        [
            [
                (None, False, "(SOUNDBITE OF MUSIC)"),
                (babble.name(random), False, " ".join(babble.sentences(random, 12))),
            ]
            for _ in range(10)
        ],
    )


def _day(world: _World, day: date) -> Iterator[Page]:
    broadcasts = [_report(world, day) for _ in range(_BROADCASTS_A_DAY)]
    for old in world.yesterday:
        if world.random.random() < 0.10:
            broadcasts.append(_update(world, old, day))
        if world.random.random() < 0.04:
            broadcasts.append(_again(world, old, day))
    if len(world.old) == _KEPT and world.random.random() < 0.7:
        place = world.random.randrange(_KEPT)
        if (day - world.old[place].air_date).days >= 90:
            broadcasts.append(_again(world, world.old[place], day))
    for broadcast in broadcasts:
        yield from _on_all_sites(world, broadcast)
    yield from _newscasts(world, day)
    yield from _features(world, day)
    yield from _local(world, day)
    world.yesterday = broadcasts[:_BROADCASTS_A_DAY]
    for broadcast in world.yesterday[:2]:
        if len(world.old) == _KEPT:
            world.old[world.random.randrange(_KEPT)] = broadcast
        else:
            world.old.append(broadcast)


def _report(world: _World, day: date) -> _Broadcast:
    """A host, a reporter, guests; some belong to a series and repeat its background, some carry a sponsor's text."""
    random, babble = world.random, world.babble
    host, reporter = random.choice(world.hosts), babble.name(random)
    said: list[Said] = [(host, True, " ".join(babble.sentences(random, random.randint(2, 4))))]
    guests = [babble.name(random) for _ in range(random.randint(1, 3))]
    for _ in range(random.randint(4, 12)):
        who = random.choice([reporter, *guests])
        said.append((who, False, " ".join(babble.sentences(random, random.randint(1, 5)))))
        if random.random() < 0.3:
            said.append((host, True, random.choice(("Right.", "Wow.", babble.sentence(random)))))
        if random.random() < 0.2:
            said.append((None, False, "(SOUNDBITE OF MUSIC)"))
    if random.random() < 0.12:
        said[2:2] = random.choice(world.backgrounds)
    if random.random() < 0.12:
        said.append((host, True, random.choice(world.sponsors)))
    return _Broadcast(world.key(), _title(world), random.choice(_PROGRAMS), day, _joined(said))


def _joined(said: Sequence[Said]) -> tuple[Said, ...]:
    """Maximal runs of one speaker."""
    runs: list[Said] = []
    for speaker, is_host, text in said:
        if runs and speaker is not None and runs[-1][0] == speaker:
            runs[-1] = (speaker, is_host, f"{runs[-1][2]} {text}")
        else:
            runs.append((speaker, is_host, text))
    return tuple(runs)


def _update(world: _World, old: _Broadcast, day: date) -> _Broadcast:
    """The next day's report on the same matter: a third of its turns or more are new."""
    said = _reworded(world, old.said, world.random.uniform(0.33, 0.7))
    return _Broadcast(world.key(), old.title, old.program, day, said)


def _reworded(world: _World, said: Sequence[Said], share: float) -> tuple[Said, ...]:
    """Other words in so many of the turns of speech."""
    random = world.random
    speech = [number for number, (speaker, _, _) in enumerate(said) if speaker is not None]
    new = set(random.sample(speech, round(len(speech) * share)))
    return tuple(
        (speaker, is_host, " ".join(world.babble.sentences(random, random.randint(2, 4))) if number in new else text)
        for number, (speaker, is_host, text) in enumerate(said)
    )


def _again(world: _World, old: _Broadcast, day: date) -> _Broadcast:
    """The same turns, under another id, behind one new sentence of the host."""
    said = ((world.random.choice(world.hosts), True, world.babble.sentence(world.random)), *old.said)
    program = world.random.choice([program for program in _PROGRAMS if program != old.program])
    return _Broadcast(world.key(), old.title, program, day, _joined(said), repeat_of=old.repeat_of or old.key)


def _on_all_sites(world: _World, broadcast: _Broadcast) -> Iterator[Page]:
    random = world.random
    whole = damage.printed(broadcast.said)
    if random.random() < 0.93:
        turns = damage.lose_labels(whole, random) if random.random() < 0.3 else whole
        yield _page(world, broadcast, "npr", turns, lag_days=0)
    kind = random.random()
    copies = 0 if kind < 0.45 else random.randint(1, 5) if kind < 0.82 else random.randint(6, 30)
    if kind > 0.97:
        copies = random.randint(31, 200)
    for station in random.sample(range(STATIONS), copies):
        # Some stations carry the story as it was before NPR edited it.
        is_early = random.random() < 0.05
        carried = damage.printed(_reworded(world, broadcast.said, 0.1)) if is_early else whole
        yield _page(world, broadcast, f"k{station:03}", _copied(world, carried), lag_days=int(random.expovariate(1.2)))


def _copied(world: _World, whole: Sequence[Spoken]) -> list[Spoken]:
    random, babble = world.random, world.babble
    turns = damage.lose_labels(whole, random) if random.random() < 0.5 else list(whole)
    if random.random() < 0.08:
        turns = damage.cut(turns, random)
    if random.random() < 0.2:
        # His words come before the network host's, or in their place.
        turns = damage.introduce(turns[random.randint(0, 1) :], babble, random)
    if random.random() < 0.2:
        turns = damage.misspell(turns, babble, random, random.uniform(0, 0.04))
    return damage.append(turns, random.choice(_FOOTERS)) if random.random() < 0.3 else turns


def _newscasts(world: _World, day: date) -> Iterator[Page]:
    """One after the other, each with its station's formula and a third to a half of the items of the one before."""
    random, babble = world.random, world.babble
    station = random.randrange(STATIONS)
    items: list[str] = []
    for number in range(_NEWSCASTS_A_DAY):
        repeated = items[: round(len(items) * random.uniform(0.3, 0.6))]
        items = [*repeated, *(" ".join(babble.sentences(random, 3)) for _ in range(8 - len(repeated)))]
        opening, *closing = world.formulas[station % 4]
        text = " ".join([opening, *items, *closing])
        key = f"cast-{day:%Y%m%d}-{number}"
        said = ((world.hosts[station % 12], True, text),)
        broadcast = _Broadcast(key, "The latest headlines", "Newscast", day, said, has_npr_id=False)
        yield _page(world, broadcast, f"k{station:03}", damage.printed(said), lag_days=0)


def _features(world: _World, day: date) -> Iterator[Page]:
    """Short features of which a third is formula."""
    random, babble = world.random, world.babble
    for number in range(_FEATURES_A_DAY):
        opening, *closing = world.formulas[4 + number]
        said = ((world.hosts[number], True, " ".join([opening, *babble.sentences(random, 7), *closing])),)
        broadcast = _Broadcast(
            f"feature-{day:%Y%m%d}-{number}", "A minute of stars", "Feature", day, said, has_npr_id=False
        )
        yield _page(world, broadcast, f"k{100 + number}", damage.printed(said), lag_days=0)


def _local(world: _World, day: date) -> Iterator[Page]:
    """Stations' own reports, of which one in ten stands on sister stations too."""
    random = world.random
    for number in range(_LOCAL_A_DAY):
        broadcast = replace(_report(world, day), key=f"local-{day:%Y%m%d}-{number}", has_npr_id=False)
        whole = damage.printed(broadcast.said)
        first, *sisters = random.sample(range(STATIONS), random.randint(2, 4) if random.random() < 0.1 else 1)
        yield _page(world, broadcast, f"k{first:03}", whole, lag_days=0)
        for station in sisters:
            yield _page(world, broadcast, f"k{station:03}", _copied(world, whole), lag_days=random.randint(0, 2))


def _page(world: _World, broadcast: _Broadcast, source_id: str, turns: Sequence[Spoken], lag_days: int) -> Page:
    """Half of the copies name NPR's id, one in fifty no day; what is seen comes hours later, in no order."""
    random = world.random
    is_npr = source_id == "npr"
    has_id = broadcast.has_npr_id and (is_npr or random.random() < 0.5)
    day = broadcast.air_date + timedelta(days=lag_days)
    published = datetime.combine(day, time(random.randint(6, 20)), UTC)
    title = broadcast.title if random.random() < 0.5 else broadcast.title.title()
    return Page(
        transcript_id=f"{source_id}-{broadcast.key}",
        story=broadcast.key,
        repeat_of=broadcast.repeat_of,
        npr_id=broadcast.key if has_id else None,
        source_id=source_id,
        program=broadcast.program if is_npr or random.random() < 0.6 else None,
        title=title,
        air_date=None if not is_npr and random.random() < 0.02 else day,
        published_at=published,
        seen_at=published + timedelta(hours=random.randint(1, 40)),
        turns=tuple(turns),
    )


def _title(world: _World) -> str:
    """A headline; some stand on many stories («Morning news brief»)."""
    if world.random.random() < 0.1:
        return world.random.choice(
            ("Morning news brief", "Week in politics", "Sunday puzzle", "Letters from listeners")
        )
    return " ".join(world.babble.sentence(world.random).rstrip(".?").split()[:7])
