"""Reporters whom nothing but their telling shows: they speak of those who are heard on tape, and nobody asks them.

Labels without roles stand on copies of 2001 to 2011, where a host's own label had one, and on pages that lost it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.transcribe.census import census_given, census_surnames
from pipeline.transcribe.evidence.addressing import calls
from pipeline.transcribe.roles.tellings import told_by
from pipeline.transcribe.speakers.parts import Cast, Part
from pipeline.transcribe.words import places

_DOES = re.compile(r"(?:['’]s)? [a-z]")
_FEWEST_BY_TURNS = 4
_FEWEST_TOLD = 2
"""Times that somebody tells of one who is heard right before or behind him."""
_LONGEST_CALL = 40
"""Characters in which somebody may say no more than whom he calls: «... from Ari.», of two who tell by turns."""


def give_narrators(cast: Cast) -> bool:
    """The role of reporter for those who tell of others, where it is not known who they are.

    Of whom a surname alone is printed, that may be once: the page is a passage, out of the midst of his report; but
    who tells of a reporter («The comments of Ted Koppel.») is a host.
    Who tells by turns with a host is another host: a reporter is called once and then tells alone. Returns whether
    there is one.
    """
    reporters = {key for key, role in cast.roles.items() if role == "reporter"}
    telling = {key for key, part in cast.parts.items() if cast.roles[key] is None and _is_met_before(part)}
    told = {key: told_by(key, cast) for key in telling}
    cast.roles.update((key, "host" if told[key] & reporters else "reporter") for key in telling if told[key])
    has_new_host = any(cast.roles[key] == "host" for key in telling)
    free = {key for key, role in cast.roles.items() if role is None}
    for key in narrators_among(free, cast):
        turns = sum(
            cast.roles[other] == "host"
            for (former, _), (follower, _) in cast.pairs
            for teller, other in ((former, follower), (follower, former))
            if teller == key
        )
        cast.roles[key] = "host" if turns >= _FEWEST_BY_TURNS else "reporter"
        has_new_host |= cast.roles[key] == "host"
    return has_new_host


def _is_met_before(part: Part) -> bool:
    """Whether a surname alone is printed of somebody, who says more than a word: the full label stood above."""
    label = part.passage.label
    if label is None or not label.is_bare or all(len(text) <= _LONGEST_CALL for text in part.texts):
        return False
    name = label.printed.casefold()
    return census_surnames().get(name, 0.0) >= census_given().get(name, 0.0)


def narrators_among(keys: Iterable[str], cast: Cast) -> list[str]:
    """Those of some who tell of others again and again, and whom nobody asks."""
    free = {key for key in keys if _may_narrate(cast.parts[key])}
    if not free:
        return []
    told = Counter(_tellers(cast, free))
    asked = {follower for (_, said), (follower, _) in cast.pairs if said.rstrip().endswith("?")}
    return [key for key in free - asked if told[key] >= _FEWEST_TOLD]


def _may_narrate(part: Part) -> bool:
    """Somebody with a full name in capitals and nothing else in his label, as NPR prints its own people."""
    label = part.passage.label
    if label is None or label.honorific is not None or label.affiliation is not None:
        return False
    return len(label.tokens) > 1 and label.printed.isupper() and len(part.texts) > 1


def _tellers(cast: Cast, free: set[str]) -> Iterator[str]:
    """Who says a neighbour's surname and neither asks nor calls him."""
    for (former, said), (follower, answer) in cast.pairs:
        for teller, told, other in ((former, said, follower), (follower, answer, former)):
            if teller not in free or other == teller:
                continue
            if _tells_of(told, other) or (cast.roles[other] != "host" and _tells_by_given_name(told, other)):
                yield teller


def _tells_of(said: str, other: str) -> bool:
    """Whether somebody says another's surname and neither asks nor calls him."""
    given, _, surname = other.rpartition(" ")
    return bool(given) and surname in said and "?" not in said[-1:] and not calls(said, given.partition(" ")[0])


def _tells_by_given_name(said: str, other: str) -> bool:
    """«Ron gets a call», «Ron's job is to look»: nobody speaks so to Ron."""
    given = other.partition(" ")[0] if " " in other else ""
    return any(_DOES.match(said, end) for _, end in places(given, said))
