"""Voices on tape whom their labels call guests: what somebody is in parentheses does not say that he was welcomed."""

import re
from collections.abc import Iterator

from pipeline.transcribe.evidence.addressing import answers, calls
from pipeline.transcribe.roles.guests import greets_as_guest, is_welcomed_by
from pipeline.transcribe.roles.hosting import welcomes_others
from pipeline.transcribe.roles.interviews import asks, speaks_to_one
from pipeline.transcribe.speakers.parts import Cast, Part, surname_of
from pipeline.transcribe.words import starts

_QUOTES_WITHIN = 120
_QUOTES = re.compile(r"[a-z](?:\.{3}|…)$|\b(?:said|says|say|told|put it|explained|responded)\b[^.?!]{0,60}[.:,]$")
"""What somebody's words on tape go on, or what says that he said them."""
_PRESENTS = ("oins ", "oining ", "oined ", "ith us", "ith me", "uest", "elcome")
_MY_GUEST = re.compile(r"\b[Gg]uests?(?: today| tonight)?(?:,| is| are)(?: [a-z]+){0,4} $")


def voices_on_tape(cast: Cast) -> set[str]:
    """Those whom nothing but what stands in their labels' parentheses makes guests, and who are heard on tape.

    Cues tell so, or they speak beside a reporter and never right behind a host: a reporter's own questions are tape,
    but where nobody hosts. So are voices that hosts play one behind the other, and those of songs and parts alone.
    """
    called_guests = {
        key
        for key, part in cast.parts.items()
        if cast.roles[key] == part.speaker.role == "guest" and part.speaker.affiliation is not None
    }
    if not called_guests:
        return called_guests
    hosts = {key for key, role in cast.roles.items() if role == "host"}
    reporters = {key for key, role in cast.roles.items() if role == "reporter"}
    answering = {
        follower
        for (former, said), (follower, _) in cast.pairs
        if follower in called_guests
        and former != follower
        and (former in hosts or (not hosts and (asks(said) or speaks_to_one(said))))
    }
    neighbours = {
        key
        for (former, _), (follower, _) in cast.pairs
        for key, other in ((former, follower), (follower, former))
        if other in reporters
    }
    on_tape = {
        key
        for key in called_guests
        if cast.parts[key].is_taped
        or key in neighbours - answering
        or _only_performs(key, hosts, cast)
        or _is_quoted(key, hosts, cast)
    }
    return called_guests if _are_played(called_guests, hosts, cast) else on_tape


def _only_performs(key: str, hosts: set[str], cast: Cast) -> bool:
    """Whether nothing but a song or a part of somebody is heard, and no host calls him his guest.

    «Our guest, James Franco, stars with Sean Penn»: of two in a scene, one is.
    """
    said = (text for host in hosts for text in cast.parts[host].texts)
    called = (text[:start] for text in said for start in starts(key, text))
    return cast.parts[key].only_performs and not any(map(_MY_GUEST.search, called))


def _is_quoted(key: str, hosts: set[str], cast: Cast) -> bool:
    """Whether a host tells of somebody right before his first words that he said them, and talks with him nowhere.

    «Senator Hale first praised the nominee...» «Ana Diaz said this.» Of who holds an office whatever is told is enough:
    «Senator Ed Hale was not pleased.»
    """
    part = cast.parts[key]
    before = (
        said[-_QUOTES_WITHIN:]
        for (former, said), (follower, heard) in cast.pairs
        if follower == key and former in hosts and heard is part.texts[0]
    )
    told = next((said for said in before if surname_of(key) in said), None)
    if told is None or asks(told) or any(map(told.__contains__, _PRESENTS)):
        return False
    label = part.passage.label
    has_office = label is not None and label.honorific is None and _has_title(part)
    if not has_office and not _QUOTES.search(told):
        return False
    return key not in _talking(hosts, cast) and not is_welcomed_by(hosts, cast, key)


def _are_played(called_guests: set[str], hosts: set[str], cast: Cast) -> bool:
    """Whether hosts play voices one behind the other, and talk with none: nobody asks, welcomes, thanks or calls them.

    `Mr. ED HALE (Farmer): ...` `Ms. JO FOX (Baker): ...`, with hosts' words before, between and behind them at most.
    """
    told = [text for key in hosts for text in cast.parts[key].texts]
    is_hosts_alone = bool(hosts) and set(cast.roles.values()) <= {"host", "guest", None}
    if not is_hosts_alone or not all(_has_title(cast.parts[key]) for key in called_guests):
        return False
    if welcomes_others(told) or any("guest" in text for text in told):
        return False
    if any(greets_as_guest(cast.parts[key]) for key in called_guests):
        return False
    if not called_guests.isdisjoint(_talking(hosts, cast)):
        return False
    return len(called_guests) > 1


def _talking(hosts: set[str], cast: Cast) -> Iterator[str]:
    """Those who talk with a host: one of them asks or calls the other, right before his words or behind."""
    for (former, said), (follower, answer) in cast.pairs:
        if former in hosts and (asks(said) or speaks_to_one(said) or calls(said, _given(follower))):
            yield follower
        if former in hosts and answers(answer, _given(former)):
            yield follower
        if follower in hosts and (
            asks(said) or speaks_to_one(said) or answers(answer, _given(former)) or calls(said, _given(follower))
        ):
            yield former


def _has_title(part: Part) -> bool:
    """`Mr. ED HALE (Farmer)`, `Senator JO FOX (Democrat, Iowa)`: strangers, as NPR printed them until 2011."""
    label = part.passage.label
    if label is None or not label.printed[:2].istitle():
        return False
    return label.tokens[0].isupper() or label.honorific is not None


def _given(key: str) -> str:
    return key.partition(" ")[0]
