"""People heard over twenty-five years, with known truth: who is meant by every name on every page.

Staff who come and go, change their job and their network, marry, shorten their names; guests, most of them heard once,
some for years, with an affiliation where labels print one; names as frequent as the census says, so that namesakes
meet by themselves, and a share of them made on purpose; typos, lost roles, labels that keep the surname only. As many
pages as are asked for, the same ones for the same seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from pipeline.identify.authority.entries import Role
from pipeline.identify.authority.known_people import Authority, KnownPerson
from pipeline.identify.names import person_name
from pipeline.records import Reading, Transcript, Turn
from pipeline.transcribe.census import census_given, census_surnames

FIRST_DAY = date(2001, 1, 1)
DAYS = 25 * 365
LABELS_WITH_AFFILIATION_UNTIL = date(2011, 6, 1)
_NETWORKS = {
    "NPR": ("All Things Considered", "Morning Edition", "Weekend Edition Saturday", "Fresh Air", "Planet Money"),
    "Marketplace": ("Marketplace", "Marketplace Morning Report"),
    "CBC": ("As It Happens", "The Current"),
}
_STATIONS = ("KQED", "WBUR", "WNYC", "KPCC", "WBEZ", "KUT", "WAMU", "KERA")
_CORRESPONDENTS = {"NPR": 160, "Marketplace": 30, "CBC": 40}
_LISTED_SURNAMES = 0.72
"""Share of people whose surname the census list has."""
_NEW_GUEST = 0.5
_NAMESAKE = 0.01
"""Guests who are given the name of somebody heard before."""
_TYPO = 0.003
_ROLE_LOST = 0.12
_LABEL_LOST = 0.04
"""Hosts whose only label with the full name is lost, so that the surname stands alone."""
_AFFILIATION_BEFORE, _AFFILIATION_AFTER = 0.75, 0.12
_HOSTS_IN_AUTHORITY = 0.8
_SHORT = {"robert": "Bob", "william": "Bill", "michael": "Mike", "thomas": "Tom", "susan": "Sue", "elizabeth": "Liz"}
_PLACES = (
    "Brookings Institution", "Stanford University", "Rand Corporation", "Cato Institute", "Pew Research Center",
    "Republican, Ohio", "Democrat, Oregon", "Harvard University", "Doctors Without Borders", "Human Rights Watch",
)  # fmt: skip
_SYLLABLES = (
    "ka",
    "lo",
    "mer",
    "vin",
    "tes",
    "ber",
    "zu",
    "ran",
    "sko",
    "fel",
    "hau",
    "nyt",
    "qua",
    "dru",
    "pim",
    "gar",
)


@dataclass(slots=True)
class _Somebody:
    number: int
    name: str
    network: str | None = None
    program: str | None = None
    first: date = FIRST_DAY
    last: date = FIRST_DAY
    is_host: bool = False
    places: list[tuple[date, str]] = field(default_factory=list)
    """Affiliations, each with the day from which it holds."""
    other_names: list[tuple[date, str]] = field(default_factory=list)
    """Names that he goes by as well from a day on."""
    station_until: date | None = None
    station: str | None = None


@dataclass(frozen=True, slots=True)
class TruePage:
    """A page as it is read, and the truth: a person's number for every speaker, by turn."""

    reading: Reading
    speakers: tuple[int, ...]


class World:
    """Everybody, and what the pages say of them."""

    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)
        self._given, self._given_sums = _weighted(census_given())
        self._surnames, self._surname_sums = _weighted(census_surnames())
        self._everybody: list[_Somebody] = []
        self._guests: list[_Somebody] = []
        self._hosts = {program: self._succession(network, program) for network, program in _programs()}
        self._staff = {network: self._newsroom(network, count) for network, count in _CORRESPONDENTS.items()}

    def authority(self) -> Authority:
        """What a file would know of the hosts: most of them, with their years."""
        chosen = Random(7)
        known = [
            _described(host)
            for hosts in self._hosts.values()
            for host in hosts
            if chosen.random() < _HOSTS_IN_AUTHORITY and person_name(host.name)
        ]
        return Authority(tuple({person.person_id: person for person in known}.values()))

    def pages(self, count: int) -> Iterator[TruePage]:
        """So many pages, spread over all days, in the order of their days."""
        for number in range(count):
            yield self._page(number, FIRST_DAY + timedelta(days=number * DAYS // count))

    def _page(self, number: int, day: date) -> TruePage:
        network, program = self._random.choices(_programs(), weights=_WEIGHTS)[0]
        hosts = [host for host in self._hosts[program] if host.first <= day <= host.last]
        said = [(host, self._as_staff(host, day)) for host in self._random.sample(hosts, k=min(len(hosts), 1))]
        newsroom = [one for one in self._staff[network] if one.first <= day <= one.last]
        said += [(one, self._as_staff(one, day)) for one in self._random.sample(newsroom, k=self._random.randint(0, 2))]
        guests = [self._guest(day) for _ in range(self._random.randint(0, 3))]
        said += [(one, self._as_guest(one, day)) for one in {guest.number: guest for guest in guests}.values()]
        turns = tuple(replace(turn, turn_index=index) for index, (_, turn) in enumerate(said))
        transcript = _transcript(f"page-{number:07}", network, program, day, len(turns))
        return TruePage(Reading("published", None, transcript, (), turns), tuple(one.number for one, _ in said))

    # --- people ---
    def _name(self) -> str:
        given = self._random.choices(self._given, cum_weights=self._given_sums)[0]
        if self._random.random() < _LISTED_SURNAMES:
            surname = self._random.choices(self._surnames, cum_weights=self._surname_sums)[0]
        else:
            surname = "".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 4)))
        return f"{given.title()} {surname.title()}"

    def _new(self, name: str | None = None) -> _Somebody:
        somebody = _Somebody(len(self._everybody), name or self._name())
        self._everybody.append(somebody)
        return somebody

    def _succession(self, network: str, program: str) -> list[_Somebody]:
        """Three chairs, each taken for some years by one after the other."""
        hosts = []
        for _ in range(3):
            day = FIRST_DAY
            while day < FIRST_DAY + timedelta(days=DAYS):
                host = self._new()
                host.network, host.program, host.is_host = network, program, True
                host.first, host.last = day, day + timedelta(days=self._random.randint(700, 4500))
                day = host.last + timedelta(days=1)
                hosts.append(host)
        return hosts

    def _newsroom(self, network: str, count: int) -> list[_Somebody]:
        staff = []
        for _ in range(count * 3):
            one = self._new()
            one.network = network
            one.first = FIRST_DAY + timedelta(days=self._random.randint(-1500, DAYS))
            one.last = one.first + timedelta(days=self._random.randint(400, 5000))
            middle = one.first + (one.last - one.first) / 2
            if self._random.random() < 0.15:
                one.station, one.station_until = self._random.choice(_STATIONS), one.first + (middle - one.first) / 2
            if self._random.random() < 0.06:
                one.other_names.append((middle, self._other_name(one.name)))
            staff.append(one)
        return staff

    def _other_name(self, name: str) -> str:
        given, _, surname = name.partition(" ")
        if given.lower() in _SHORT:
            return f"{_SHORT[given.lower()]} {surname}"
        if self._random.random() < 0.5:
            return f"{given} {self._random.choice('ABCDEFGJKLMRST')}. {surname}"
        return f"{given} {surname} {self._name().split()[-1]}"

    def _guest(self, day: date) -> _Somebody:
        if self._guests and self._random.random() > _NEW_GUEST:
            # The more often somebody was a guest, the likelier he is one again; old guests come back seldom.
            recent = self._guests[-20_000:]
            guest = recent[int(len(recent) * self._random.random() ** 0.5)]
        else:
            namesake = self._everybody and self._random.random() < _NAMESAKE
            guest = self._new(self._random.choice(self._everybody).name if namesake else None)
            guest.places.append((day, self._place()))
            if self._random.random() < 0.1:
                guest.places.append((day + timedelta(days=self._random.randint(300, 3000)), self._place()))
        self._guests.append(guest)
        return guest

    def _place(self) -> str:
        if self._random.random() < 0.25:
            return self._random.choice(_PLACES)
        word = "".join(self._random.choices(_SYLLABLES, k=3)).title()
        return self._random.choice(
            (f"Professor, {word} University", f'Author, "{word}"', f"{word} Institute", f"Mayor of {word}")
        )

    # --- what the page says of them ---
    def _as_staff(self, one: _Somebody, day: date) -> Turn:
        name = one.name
        usable = [other for since, other in one.other_names if since <= day]
        if usable and self._random.random() < 0.7:
            name = self._random.choice(usable)
        if one.is_host and self._random.random() < _LABEL_LOST:
            return _turn(name.split()[-1].upper(), None, None, None)
        name = self._mistyped(name)
        role = None if self._random.random() < _ROLE_LOST else "host" if one.is_host else "reporter"
        at_station = one.station_until is not None and day < one.station_until
        affiliation = one.station if at_station else one.network if self._random.random() < 0.3 else None
        return _turn(name.upper(), name, role, affiliation)

    def _as_guest(self, one: _Somebody, day: date) -> Turn:
        share = _AFFILIATION_BEFORE if day < LABELS_WITH_AFFILIATION_UNTIL else _AFFILIATION_AFTER
        places = [place for since, place in one.places if since <= day]
        affiliation = places[-1] if places and self._random.random() < share else None
        role = "guest" if self._random.random() < 0.5 else None
        name = self._mistyped(one.name)
        return _turn(name.upper(), name, role, affiliation)

    def _mistyped(self, name: str) -> str:
        if self._random.random() > _TYPO:
            return name
        at = self._random.randint(1, len(name) - 2)
        if name[at] == " " or name[at - 1] == " ":
            return name
        match self._random.randint(0, 2):
            case 0:
                return name[:at] + name[at + 1 :]
            case 1:
                return name[:at] + name[at] + name[at:]
            case _:
                return name[:at] + self._random.choice("aeioulnrst") + name[at + 1 :]


def _programs() -> list[tuple[str, str]]:
    return [(network, program) for network, programs in _NETWORKS.items() for program in programs]


_WEIGHTS = (30, 30, 10, 6, 4, 8, 4, 5, 3)


def _weighted(shares: dict[str, float]) -> tuple[list[str], list[float]]:
    return list(shares), list(accumulate(shares.values()))


def _described(host: _Somebody) -> KnownPerson:
    role = Role.model_validate(
        {"role": "host", "program": host.program, "affiliation": host.network, "from": host.first, "to": host.last}
    )
    name = person_name(host.name)
    return KnownPerson(f"{name.slug if name else ''}", host.name, (), (role,), "the world")


def _turn(label: str, name: str | None, role: str | None, affiliation: str | None) -> Turn:
    rule, confidence = ("printed", 1.0) if name else (None, None)
    return Turn(0, "speech", label, name, role, affiliation, rule, confidence, "It rained.", 2, None, ())


def _transcript(transcript_id: str, network: str, program: str, day: date, turns: int) -> Transcript:
    unknown = dict.fromkeys(
        (
            "npr_id", "station", "title", "segment_title", "teaser", "published_at", "updated_at", "audio_url",
            "audio_seconds", "language", "dateline", "correction", "rights", "author_bio",
        )
    )  # fmt: skip
    url = f"https://example.org/{transcript_id}"
    return Transcript(
        transcript_id=transcript_id,
        url=url,
        canonical_url=url,
        source_id=network.lower(),
        network=network,
        layout="npr_transcript",
        program=program,
        air_date=day,
        air_date_rule="published_at",
        word_count=2 * turns,
        turn_count=turns,
        speaker_count=turns,
        **unknown,
    )
