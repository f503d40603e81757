"""Reporters and producers who bring a story to a programme's hosts: hosts say so, or they tell of voices on tape.

Labels of podcasts print no roles, and hosts speak with those who bring stories as they do with guests.
"""

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.transcribe.roles.guests import greets_as_guest, is_welcomed_by, says_who_he_is
from pipeline.transcribe.roles.interviews import asks, speaks_to_one
from pipeline.transcribe.roles.tellings import names_of, tells_of
from pipeline.transcribe.speakers.parts import Cast
from pipeline.transcribe.words import starts

_TITLE = (
    r"(?:(?:[Ss]enior|[Aa]ssociate|[Ss]taff|[Ff]ield|[Cc]ontributing|[Ss]upervising|[Mm]anaging) ){0,2}"
    r"(?:[Rr]eporter|[Pp]roducer|[Cc]orrespondent|[Ee]ditor)"
)
_IS_OURS = re.compile(rf"\b(?:[Oo]ur(?: own)? {_TITLE}|[Oo]ne of our {_TITLE}s),? $")
_HAS_TITLE = re.compile(rf"(?:(?:^|[.?!] )|\b(?:[Tt]hat['’]?s|[Tt]hat was|[Hh]ere['’]?s|[Hh]ere is|from) ){_TITLE},? $")
_TITLE_WITHIN = 60
_OF_ELSEWHERE = re.compile(
    r",? (?:is |was )?(?:an? |the )?(?:[\w-]+ ){0,2}"
    r"(?:author|professor|director|founder|president|scientist|researcher|filmmaker|activist|attorney|historian)\b"
)
"""What a host calls a stranger behind his name: «Ana Diaz, author of Rain»."""
_MY_NAME = "My name is "
_FEWEST_TURNS = 4
_FEWEST_TOLD = 2
"""Times that somebody tells of a voice on tape, where no host says what he is."""
_MOST_SPOKEN_TO = 4
"""Of so many texts of a voice on tape, fewer than one stands behind words to «you»: listeners are called so too."""
_PRINTED = frozenset(("host", "reporter"))
_MAY_BRING = frozenset((None, "other"))


def give_story_bringers(cast: Cast) -> None:
    """The role of reporter for those who tell of a voice on tape and whom hosts call so, or who do it again and again.

    Not for who answers a welcome or says who he is, as guests do. A producer whom hosts call theirs is one of the house
    till he tells.
    """
    if not cast.has_host:
        return
    hosts = {key for key, role in cast.roles.items() if role == "host"}
    bringing = [
        key
        for key, part in cast.parts.items()
        if cast.roles[key] in _MAY_BRING
        and part.speaker.role is None
        and len(part.texts) >= _FEWEST_TURNS
        and not greets_as_guest(part)
        and not (says_who_he_is(part) or part.texts[0].startswith(_MY_NAME))
    ]
    if not bringing:
        return
    told_of = set(_tellings(cast))
    if not told_of:
        return
    on_tape = _on_tape(cast, hosts)
    tellings = [(teller, other) for teller, other, _ in told_of if other in on_tape]
    prints_roles = any(part.speaker.role in _PRINTED for part in cast.parts.values())
    both = {(other, teller) for teller, other in tellings}  # a couple tells by turns
    told = Counter(teller for teller, other in tellings if teller in bringing and (teller, other) not in both)
    for key, times in told.items():
        name = cast.parts[key].speaker.name or ""
        is_plain = times >= _FEWEST_TOLD and cast.roles[key] is None and not prints_roles
        # A book's author tells of its people, too.
        is_plain = is_plain and not is_welcomed_by(hosts, cast, key) and not _is_of_elsewhere(name, cast, hosts)
        if is_plain or _is_called_reporter(name, cast, hosts):
            cast.roles[key] = "reporter"


def _on_tape(cast: Cast, hosts: set[str]) -> set[str]:
    """Those whose part is open and to whom hosts hardly speak."""
    spoken_to = Counter(
        follower
        for (former, said), (follower, _) in cast.pairs
        if former in hosts and cast.roles[follower] is None and (asks(said) or speaks_to_one(said))
    )
    return {
        key
        for key, part in cast.parts.items()
        if cast.roles[key] is None and spoken_to[key] * _MOST_SPOKEN_TO < len(part.texts)
    }


def _tellings(cast: Cast) -> Iterator[tuple[str, str, str]]:
    """Who names which neighbour whose part is open, and neither asks nor calls him; and in which words."""
    names = {key: names_of(key) for key, role in cast.roles.items() if role is None}
    for (former, said), (follower, answer) in cast.pairs:
        if former == follower:
            continue
        for teller, words, other in ((former, said, follower), (follower, answer, former)):
            if other in names and cast.roles[teller] in _MAY_BRING and tells_of(words, *names[other]):
                yield teller, other, words


def _is_of_elsewhere(name: str, cast: Cast, hosts: set[str]) -> bool:
    """Whether hosts say of somebody what nobody of their own is."""
    texts = (text for host in hosts for text in cast.parts[host].texts)
    return any(_OF_ELSEWHERE.match(text, start + len(name)) for text in texts for start in starts(name, text))


def _is_called_reporter(name: str, cast: Cast, hosts: set[str]) -> bool:
    """Whether hosts say what somebody is: «That's producer Ana Diaz»."""
    befores = (
        text[max(0, start - _TITLE_WITHIN) : start]
        for host in hosts
        for text in cast.parts[host].texts
        for start in starts(name, text)
    )
    return any(_IS_OURS.search(before) or _HAS_TITLE.search(before) for before in befores)
