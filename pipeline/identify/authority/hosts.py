"""Hosts of a page, by who hosted its programme on its day: `MARTIN:` on Morning Edition in 2019.

The label that spells the name out is the one that extractors lose most often: its paragraph stands alone. What the page
itself says has been tried before; here only labels are left that the page leaves open.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.identify.authority.entries import Role
from pipeline.identify.authority.known_people import Authority, KnownPerson
from pipeline.identify.names import key_of, name_of, person_name
from pipeline.records import Reading, Transcript, Turn
from pipeline.transcribe.evidence.mentions import full_names
from pipeline.transcribe.names import fold
from pipeline.transcribe.transcript import count_speakers

RULE = "authority"
BY_OFFICE = 0.75
"""Confidence where only programme and day speak for a host."""
BY_NAME = 0.85
"""Where his first name is said on the page as well («Thanks, Rachel»)."""
_LONGEST = 3
"""Words of a surname: `DE LA PENA`."""


def with_known_hosts(reading: Reading, authority: Authority) -> Reading:
    """The reading with names for labels that only a host of the programme can mean.

    Nobody is named where the page is a station's own, for its local hosts share NPR's programmes; where two hosts of
    that day have the surname; where anybody else on the page has it; or where the speaker answers as a guest.
    """
    transcript = reading.transcript
    if transcript is None or transcript.program is None or transcript.air_date is None:
        return reading
    hosts = authority.hosts_of(transcript.program, transcript.air_date)
    text = "\n".join(turn.text for turn in reading.turns)
    folded = fold(text)
    found = {
        label: host
        for label in _open_labels(reading)
        if (host := _host(label, hosts, reading)) and is_only_bearer(label, host[0], text, folded)
    }
    if not found:
        return reading
    turns = tuple(_named(turn, found.get(turn.speaker_label or ""), folded) for turn in reading.turns)
    count = count_speakers(turn for turn in turns if turn.kind == "speech")
    return replace(reading, turns=turns, transcript=replace(transcript, speaker_count=count))


def with_host_roles(reading: Reading, authority: Authority) -> Reading:
    """The reading with role `host` for who is named in full and hosted the programme then, where the page says no role.

    A bound that is not known holds for ever here: the page itself names the person, and only the part is open.
    """
    transcript = reading.transcript
    silent = {turn.speaker_name for turn in reading.turns if turn.speaker_name and turn.speaker_role is None}
    if transcript is None or transcript.program is None or transcript.air_date is None or not silent:
        return reading
    keys = authority.host_keys(transcript.program, transcript.air_date)
    hosts = {name for name in silent if key_of(name) in keys}
    turns = tuple(
        replace(turn, speaker_role="host") if turn.speaker_name in hosts and turn.speaker_role is None else turn
        for turn in reading.turns
    )
    return replace(reading, turns=turns) if hosts else reading


def is_left_open(reading: Reading) -> bool:
    """Whether a host may stand behind a label of a page that a network answers for."""
    transcript = reading.transcript
    is_dated = transcript is not None and transcript.program is not None and transcript.air_date is not None
    if transcript is None or not is_dated or not _open_labels(reading):
        return False
    return is_of_network(transcript.station, transcript.source_id, transcript.npr_id, transcript.rights)


def _open_labels(reading: Reading) -> set[str]:
    return {turn.speaker_label for turn in reading.turns if turn.speaker_label is not None and _is_open(turn)}


def _is_open(turn: Turn) -> bool:
    return turn.kind == "speech" and turn.speaker_name is None and turn.speaker_role in {None, "host"}


def is_of_network(station: str | None, source_id: str | None, npr_id: str | None, rights: str | None) -> bool:
    """Whether a page is on the network's own site, or a station's copy that says so: a station has hosts of its own."""
    return (station is None and source_id is not None) or npr_id is not None or "NPR" in (rights or "")


def is_of_station(page: Transcript) -> bool:
    """Whether a page is a station's own, as far as it says: text from elsewhere may be the network's."""
    return page.station is not None and not is_of_network(page.station, page.source_id, page.npr_id, page.rights)


def _host(label: str, hosts: Sequence[tuple[KnownPerson, Role]], reading: Reading) -> tuple[KnownPerson, Role] | None:
    """The one host with this surname, who is not named on the page already, nor is another with his surname."""
    surname = surname_of(label)
    if not surname:
        return None
    fitting = {
        person.person_id: (person, role)
        for person, role in hosts
        for name in person.names
        if len(name.words) > len(surname) and name.words[-len(surname) :] == surname
    }
    if len(fitting) != 1:
        return None
    answers = any(turn.speaker_label == label and not _is_open(turn) for turn in reading.turns)
    heard = {turn.speaker_name for turn in reading.turns} | {byline.name for byline in reading.bylines}
    is_taken = any(name and name.words[-len(surname) :] == surname for name in map(person_name, heard))
    return None if answers or is_taken else next(iter(fitting.values()))


def surname_of(label: str) -> tuple[str, ...]:
    """The words of a label that may be a surname alone; none where it is something else."""
    words = tuple(fold(label).replace("-", " ").replace("'", "").split())
    is_surname = len(words) <= _LONGEST and all(word.isalpha() for word in words) and len(words[0]) > 1
    return words if is_surname else ()


def is_only_bearer(label: str, host: KnownPerson, text: str, folded: str) -> bool:
    """Whether the page's words name nobody else with the host's surname."""
    named = full_names(tuple(fold(label).split()), text, folded)
    given = {name.given for name in host.names}
    return all(fold(name).split()[0] in given for name in named)


def _named(turn: Turn, host: tuple[KnownPerson, Role] | None, folded: str) -> Turn:
    if host is None or not _is_open(turn):
        return turn
    person, role = host
    given = {name_of(key).given for key in person.keys}
    is_said = any(f" {name}" in folded and len(name) > 1 for name in given)
    return replace(
        turn,
        speaker_name=person.name,
        speaker_role="host",
        speaker_affiliation=turn.speaker_affiliation or role.affiliation,
        name_rule=RULE,
        confidence=BY_NAME if is_said else BY_OFFICE,
    )
