"""Reporters whom nothing but their telling shows: they speak of those who are heard on tape, and nobody asks them.

Labels without roles stand on copies of 2001 to 2011, where a host's own label had one, and on pages that lost it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.transcribe.addressing import calls
from pipeline.transcribe.parts import Cast, Part

_FEWEST_TOLD = 2
"""Times that somebody tells of one who is heard right before or behind him."""


def give_narrators(cast: Cast) -> None:
    """The role of reporter for those who tell of others, where it is not known who they are."""
    free = {key for key, role in cast.roles.items() if role is None}
    cast.roles.update((key, "reporter") for key in narrators_among(free, cast))


def narrators_among(keys: Iterable[str], cast: Cast) -> list[str]:
    """Those of some who tell of others again and again, and whom nobody asks."""
    labels = [part.passage.label for part in cast.parts.values()]
    # Where a host's own paragraph stands, hosts have their labels: a bare surname is a reporter's who lost his.
    has_printed_host = any(label is not None and label.role == "host" for label in labels)
    free = {key for key in keys if _may_narrate(cast.parts[key], is_bare_too=has_printed_host)}
    if not free:
        return []
    told = Counter(_tellers(cast, free))
    asked = {follower for (_, said), (follower, _) in cast.pairs if said.rstrip().endswith("?")}
    return [key for key in free - asked if told[key] >= _FEWEST_TOLD]


def _may_narrate(part: Part, *, is_bare_too: bool) -> bool:
    """Somebody with a full name in capitals and nothing else in his label, as NPR prints its own people.

    `is_bare_too`: or with a surname alone.
    """
    label = part.passage.label
    if label is None or label.honorific is not None or label.affiliation is not None:
        return False
    is_long = len(label.tokens) > 1 or (is_bare_too and label.is_named)
    return is_long and label.printed.isupper() and len(part.texts) > 1


def _tellers(cast: Cast, free: set[str]) -> Iterator[str]:
    """Who says a neighbour's surname and neither asks nor calls him."""
    for (former, said), (follower, answer) in cast.pairs:
        for teller, told, other in ((former, said, follower), (follower, answer, former)):
            if teller in free and other != teller and _tells_of(told, other):
                yield teller


def _tells_of(said: str, other: str) -> bool:
    given, _, surname = other.rpartition(" ")
    return bool(given) and surname in said and "?" not in said[-1:] and not calls(said, given.partition(" ")[0])
