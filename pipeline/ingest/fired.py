"""Every rule that gives a turn's label a name, the one that stands and those that it came before.

Rules are asked in the order of their certainty, and the first that is sure ends the search; here each is asked alone,
about the page as it is read today. Two names by one rule are why that rule was not sure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.identify.authority.hosts import RULE as BY_AUTHORITY
from pipeline.identify.authority.keys import call_key
from pipeline.identify.authority.known_people import KnownPerson
from pipeline.identify.known import Known
from pipeline.identify.names import person_name
from pipeline.records import Reading, Turn
from pipeline.transcribe.evidence.introduced import introductions
from pipeline.transcribe.evidence.introductions import self_introductions
from pipeline.transcribe.evidence.mentions import full_names
from pipeline.transcribe.names import fold

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fired:
    """A name that a rule gives, and what bears it out."""

    rule: str
    name: str
    evidence: str


def fired(turn: Turn, reading: Reading, known: Known) -> list[Fired]:
    """What each rule says of a turn's speaker; without a label only his own words count."""
    if turn.speaker_label is None:
        said = [(name, rule) for name, rule in self_introductions(turn.text) if " " in name]
        return [Fired(rule, name, "the turn itself says so") for name, rule in dict.fromkeys(said)]
    words = _words(turn.speaker_label)
    found = [*_by_labels(words, reading), *_by_words(words, reading), *_by_authority(words, reading, known)]
    return list(dict.fromkeys(found))


def _by_labels(words: Words, reading: Reading) -> Iterator[Fired]:
    """Full labels of the page that this one may be short for."""
    seen: set[Words] = set()
    for one in reading.turns:
        full = _words(one.speaker_label or "")
        if len(full) < 2 or full in seen or one.speaker_name is None:
            continue
        seen.add(full)
        for rule, fits in _SHORTER.items():
            if fits(words, full):
                yield Fired(rule, one.speaker_name, f"the label {one.speaker_label!r} of turn {one.turn_index}")


_SHORTER: dict[str, Callable[[Words, Words], bool]] = {
    "printed": lambda words, full: words == full,
    "surname": lambda words, full: len(words) < len(full) and full[-len(words) :] == words,
    "first_name": lambda words, full: words == full[:1],
    "initials": lambda words, full: words == ("".join(word[0] for word in full),),
}


def _by_words(words: Words, reading: Reading) -> Iterator[Fired]:
    """Full names in what the page says that end as the label does."""
    for byline in reading.bylines:
        if byline.name is not None and _ends_with(byline.name, words):
            yield Fired("byline", byline.name, f"the byline {byline.printed!r}")
    for one in reading.turns:
        where = f"turn {one.turn_index}"
        for name, rule in self_introductions(one.text):
            if _ends_with(name, words):
                yield Fired(rule, name, where)
        for name in introductions(one.text):
            if _ends_with(name, words):
                yield Fired("introduction", name, where)
        for name in full_names(words, one.text, fold(one.text)):
            yield Fired("mention", name, where)


def _by_authority(words: Words, reading: Reading, known: Known) -> Iterator[Fired]:
    call = " ".join(words)
    for said in said_by_authority(reading, known):
        if said.call == call or (
            said.call is None and any(name.words[-len(words) :] == words for name in said.person.names)
        ):
            yield Fired(BY_AUTHORITY, said.person.name, said.evidence)


@dataclass(frozen=True, slots=True)
class Said:
    """What the authority says of somebody on a page's day: host of its programme, or meant by a `call`."""

    person: KnownPerson
    call: str | None
    evidence: str


def said_by_authority(reading: Reading, known: Known) -> Iterator[Said]:
    """Hosts of the page's programme on its day, and whoever alone was called something then."""
    transcript = reading.transcript
    if transcript is None or transcript.air_date is None:
        return
    day = transcript.air_date
    for person in known.authority.people:
        for called in person.called:
            if called.covers(day):
                span = f"called {called.name}, {called.first} to {called.last}"
                yield Said(person, call_key(called.name), f"{person.origin}: {span}; the page is of {day}")
    for person, role in known.authority.hosts_of(transcript.program, day) if transcript.program else ():
        span = f"host of {role.program}, {role.first} to {role.last}"
        yield Said(person, None, f"{person.origin}: {span}; the page is of {day}")


def _words(label: str) -> Words:
    name = person_name(label)
    return name.words if name else tuple(fold(label).replace(".", " ").replace("-", " ").split())


def _ends_with(name: str, words: Words) -> bool:
    full = _words(name)
    return len(full) > len(words) > 0 and full[-len(words) :] == words
