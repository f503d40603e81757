"""Hosts of whom a surname alone is printed, on pages whose programme or day is not known: `SIEGEL:` is Robert Siegel.

Half of the pages that crawls kept as text have lost the labels that spell hosts' names out, and most of those say
neither programme nor day. A surname that one of those whom the authority knows bears, and hardly anybody else, is his;
a common one, that of somebody who is a guest elsewhere, or one that is a first name too, where the page says his first
name («Thanks, Mary Louise»).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from pipeline.identify.authority.entries import Role
from pipeline.identify.authority.hosts import BY_NAME, RULE, is_of_station, is_only_bearer, surname_of
from pipeline.identify.authority.known_people import Authority, KnownPerson
from pipeline.identify.authority.standings import NETWORK, SENDERS
from pipeline.identify.names import person_name
from pipeline.records import Reading, Turn
from pipeline.transcribe.census import census_given, census_surnames
from pipeline.transcribe.names import fold
from pipeline.transcribe.transcript import count_speakers
from pipeline.transcribe.vocabulary import OFFICES
from pipeline.transcribe.words import places

BY_SURNAME = 0.7
"""Confidence where nothing but a rare surname speaks for a host."""
_RARE = 8.0
"""Bearers per 100,000 at most, as a surname and as a first name: Siegel has 6, Norris 41; 16 are called Guillermo."""
_LONGEST_NAME = 30
_WORK = frozenset(("host", "reporter"))


def with_known_surnames(reading: Reading, authority: Authority) -> Reading:
    """The reading with names for hosts' labels that one person alone can mean of all whom the authority knows.

    Nobody is named on a station's own page, which may print the surname of a host of its own.
    """
    transcript = reading.transcript
    labels = {turn.speaker_label for turn in reading.turns if turn.speaker_label is not None and _is_open(turn)}
    if transcript is None or not labels or is_of_station(transcript):
        return reading
    day = transcript.air_date
    known = {
        label: person for label in labels if (person := _only(authority.with_surname(surname_of(label), day), day))
    }
    if not known:
        return reading
    text = "\n".join(turn.text for turn in reading.turns)
    folded = fold(text)
    heard = {turn.speaker_name for turn in reading.turns} | {byline.name for byline in reading.bylines}
    surnames = {name.last for name in map(person_name, heard) if name is not None}
    found: dict[str, tuple[KnownPerson, float]] = {}
    for label, person in known.items():
        surname = surname_of(label)[-1]
        is_called = any(_is_called(name, text) for name in (person.name, *person.aliases))
        if (
            (is_called or _stands_alone(person, " ".join(surname_of(label))))
            and surname not in surnames
            and is_only_bearer(label, person, text, folded)
        ):
            found[label] = person, BY_NAME if is_called else BY_SURNAME
    if not found:
        return reading
    turns = tuple(_named(turn, found) for turn in reading.turns)
    count = count_speakers(turn for turn in turns if turn.kind == "speech")
    return replace(reading, turns=turns, transcript=replace(transcript, speaker_count=count))


def _stands_alone(person: KnownPerson, surname: str) -> bool:
    """Whether a surname alone means him: whose work is heard on the air alone, as Angela Duckworth's is not.

    `JUDGE:` is whoever judges in a report from a court, and not Phoebe Judge.
    """
    is_guest = any(role.role == "guest" for role in person.roles)
    if is_guest or surname.upper() in OFFICES:
        return False
    return max(census_surnames().get(surname, 0.0), census_given().get(surname, 0.0)) <= _RARE


def _is_called(name: str, text: str) -> bool:
    """Whether somebody's first name is said, and is nobody else's: «Thanks, Mary.», but not «Mary Poppins»."""
    given, *others = name.split()
    return len(given) > 1 and any(_next_name(text, end) in {None, *others} for _, end in places(given, text))


def _next_name(text: str, end: int) -> str | None:
    """The word in capitals that stands next; None where another does, or a sign between them."""
    if not text[end + 1 : end + 2].isupper() or text[end] != " ":
        return None
    return text[end + 1 : end + _LONGEST_NAME].split(maxsplit=1)[0].rstrip(".,;:?!")


def _is_open(turn: Turn) -> bool:
    return turn.kind == "speech" and turn.speaker_name is None and turn.speaker_role in _WORK


def _only(people: Iterable[KnownPerson], day: date | None) -> KnownPerson | None:
    """The one who is heard on a network: of all with the surname, or of those who hosted in that year."""
    everybody = [
        person for person in people if any(role.role == "host" or _is_of_network(role) for role in person.roles)
    ]
    if len(everybody) > 1 and day is not None:
        everybody = [
            person
            for person in everybody
            if any(role.role == "host" and role.may_cover(day.year, 0) for role in person.roles)
        ]
    return everybody[0] if len(everybody) == 1 and any(map(_is_of_network, everybody[0].roles)) else None


def _is_of_network(role: Role) -> bool:
    """Whether somebody works for a programme that many stations send, or for NPR: a station's own stay there."""
    is_heard = role.affiliation in SENDERS if role.program is not None else role.affiliation == NETWORK
    return role.role in _WORK and is_heard


def _named(turn: Turn, found: Mapping[str, tuple[KnownPerson, float]]) -> Turn:
    known = found.get(turn.speaker_label or "")
    if known is None or not _is_open(turn):
        return turn
    person, confidence = known
    return replace(turn, speaker_name=person.name, name_rule=RULE, confidence=confidence)
