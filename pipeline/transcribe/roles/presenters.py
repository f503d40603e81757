"""Hosts whom no words of their own and no label call so: by who calls, welcomes or names whom."""

import re
from collections.abc import Iterable

from pipeline.transcribe.evidence.outlets import OUTLET
from pipeline.transcribe.evidence.spoken_forms import CAPITALISED_NAME
from pipeline.transcribe.roles.guests import asks_by_name
from pipeline.transcribe.roles.hosting import greets_all, welcomes_others
from pipeline.transcribe.roles.hosts_together import (
    announced_co_hosts,
    called_roles,
    co_hosts,
    hosts_by_turns,
    hosts_in_one_breath,
    pairs_of_hosts,
)
from pipeline.transcribe.roles.narrators import narrators_among
from pipeline.transcribe.roles.tellings import only_tells
from pipeline.transcribe.speakers.parts import LOST_HOST, Cast, surname_of

_PLACES = (" is at ", " is in ", " is on ", " is outside ")
_IS_ON_THE_SPOT = re.compile(rf"\b{OUTLET}['’]s {CAPITALISED_NAME}(?:{'|'.join(_PLACES)})")
_WITH_US = re.compile(
    r"(?:You(?:'re|’re| are) listening|[Ww]elcome|Hello and welcome) (?:back )?to [A-Z][^.?!]{2,80}? with us\b"
)
_TWO = 2
"""Voices of a talk among hosts: of more, some are those who call."""
_OPENING = 2
"""Texts of who is heard first: a sound may stand between the first two."""


def give_hosts(cast: Cast) -> None:
    """The hosts whom other hosts' words show, and the reporters whom they call."""
    _make_hosts(cast, tuple(co_hosts(cast.pairs, cast.roles)))
    _make_hosts(cast, tuple(key for key, part in cast.parts.items() if part.opens_together))
    _make_hosts(cast, (*hosts_in_one_breath(cast.pairs), *hosts_by_turns(cast.pairs)))
    _make_hosts(cast, tuple(announced_co_hosts(cast.pairs, cast.roles)))
    _make_hosts(cast, _who_open_together(cast))
    # Where somebody hosts, calling tells of those alone whose part is open.
    pairs = [pair for pair in cast.pairs if cast.roles[pair[1][0]] is None] if cast.has_host else cast.pairs
    first = next(iter(cast.parts), None)
    for key, caller, role in called_roles(pairs):
        cast.roles[key] = cast.roles[key] or role
        if role == "reporter" and not cast.has_host:
            # A known reporter who is heard first and calls another one stands in for the host.
            stands_in = caller == first and _may_host(cast, caller)
            cast.roles[caller] = "host" if stands_in else cast.roles[caller] or "host"
    for find in (_who_welcomes, _who_pair, _who_opens):
        if not cast.has_host:
            cast.roles.update((key, "host") for key in find(cast) if _may_host(cast, key))
    if not any(part.speaker.role == "host" for key, part in cast.parts.items() if key != LOST_HOST):
        _make_hosts(cast, asks_by_name(cast))
    cast.roles.update((key, "reporter") for key in _on_the_spot(cast))


def _on_the_spot(cast: Cast) -> list[str]:
    """Those of whom a host says first where they are, on a page that says so of an outlet's own.

    «Ana Diaz is at the hotel in Lowell.», beside «NPR's Ed Hale is at the bridge.».
    """
    called = [
        follower
        for (former, told), (follower, answer) in cast.pairs
        if cast.roles[former] == "host"
        and cast.roles[follower] is None
        and told.startswith(follower)
        and told.startswith(_PLACES, len(follower))
        and answer is cast.parts[follower].texts[0]
    ]
    if not called:
        return []
    said = (text for key, part in cast.parts.items() if cast.roles[key] == "host" for text in part.texts)
    return called if any(map(_IS_ON_THE_SPOT.search, said)) else []


def _make_hosts(cast: Cast, keys: Iterable[str]) -> None:
    for key in keys:
        cast.roles[key] = cast.roles[key] or "host"


def _who_open_together(cast: Cast) -> list[str]:
    """Two alone, of whom the first says: «You're listening to Car Talk with us, Click and Clack»."""
    first = next(iter(cast.parts.values()), None)
    is_ours = first is not None and len(cast.parts) == _TWO and _WITH_US.match(first.texts[0]) is not None
    return [*cast.parts] if is_ours else []


def _who_pair(cast: Cast) -> list[str]:
    """Two who say who they are in one breath: «Hi, this is Stacey Vanek Smith.» «And I am Robert Smith.»."""
    return [key for pair in pairs_of_hosts(cast.pairs) for key in pair]


def _who_opens(cast: Cast) -> list[str]:
    """Who is heard first, where he greets all, or names in full who speaks next; or names him and tells no more."""
    key = next(iter(cast.parts), None)
    if key is None or cast.roles[key] is not None or _is_amid_report(key, cast):
        return []
    if greets_all(cast.parts[key].texts[0], key):
        return [key]
    texts = cast.parts[key].texts[:_OPENING]
    names = [part.speaker.name for other, part in cast.parts.items() if other != key and part.speaker.name]
    if any(" " in name and name in texts[0] for name in names):
        return [key]
    is_told = any(surname_of(name) in text for name in names for text in texts)
    return [key] if is_told and not narrators_among({key}, cast) else []


def _is_amid_report(key: str, cast: Cast) -> bool:
    """Whether a surname alone is left of somebody who tells and talks with nobody: a reporter, amid his tape."""
    label = cast.parts[key].passage.label
    return label is not None and label.is_bare and only_tells(key, cast)


def _who_welcomes(cast: Cast) -> list[str]:
    """Those who welcome others, also where the page calls them an outlet's own: «NPR's Ana Diaz talks with ...»."""
    return [key for key, part in cast.parts.items() if welcomes_others(part.texts)]


def _may_host(cast: Cast, key: str) -> bool:
    """Whether no label prints another role of somebody, and no words give him one but that of a reporter."""
    return cast.roles[key] in (None, "reporter") and cast.parts[key].speaker.role is None
