"""Who hosts with whom, where no label says so: by what one says right behind another, and whom he calls to speak."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.transcribe.evidence.introductions import says_own_name
from pipeline.transcribe.evidence.spoken_forms import BREATH
from pipeline.transcribe.speakers.hand_overs import LONGEST_HAND_OVER, hands_over_to
from pipeline.transcribe.speakers.parts import Heard, as_said

_I_AM = re.compile(r"(?:[\w ,.!]{0,40}[,.!] )?(?:And )?(?:I'm|I’m|Im|I am) ")
_AND_ME = re.compile(r"And me, ")
_GIVING_WORDS = ("I'm", "I’m", "I am", " me,")
_GIVES_NAME = re.compile(r"\b(?:I'm|I’m|Im|I am|[Tt]his is) [A-Z]")
_SAYS_WHAT_THIS_IS = re.compile(
    r"(?:^|[.,!] )(?:(?:[Aa]nd|[Ss]o) )?(?:[Tt]his is|[Ii]t['’]s) (?:the )?[\"“]?[A-Z\d][\w'’]*"
    r"(?:[.,!\"”]| (?:\w+|&))(?! (?:from|at) [A-Z])"
)
_AND_I_AM = ("And I'm ", "And I’m ", "And Im ", "And I am ")
_ENDS_NAME = (".", "!", ", sitting in for ", ", in for ")
_CO_HOSTS = re.compile(r"\bco-?host(?P<many>s)?[.!]$")
_CO_HOSTS_ENDS = ("host.", "hosts.", "host!", "hosts!")
_MOST_CO_HOSTS = 2
_VOICES_WITHIN = 4
_WORDS_OF_CALL = 3
_NAME_WITHIN = 90
"""Characters from the edge in which one host says his name and the next one answers with his own."""


def co_hosts(pairs: Iterable[tuple[Heard, Heard]], roles: Mapping[str, str | None]) -> Iterator[str]:
    """Those who say who they are right behind a host who does, as in «I'm Ana Diaz.» «And I'm Ed Hale.».

    `pairs` are neighbours, each with name and words.

    >>> pair = (("Ana Diaz", "It's RAIN. I'm Ana Diaz."), ("Ed Hale", "And I'm Ed Hale, sitting in for Jo Fox."))
    >>> list(co_hosts([pair], {"Ana Diaz": "host"}))
    ['Ed Hale']
    """
    for (former, said), (follower, answer) in pairs:
        if former not in said[-_NAME_WITHIN:] or follower not in answer[: 2 * _NAME_WITHIN]:
            continue
        greeting = _I_AM.match(answer[:_NAME_WITHIN])
        if greeting is None or not answer.startswith(follower, greeting.end()):
            continue
        if not answer.startswith(_ENDS_NAME, greeting.end() + len(follower)):
            continue
        if roles.get(former) == "host":
            yield follower


def pairs_of_hosts(pairs: Iterable[tuple[Heard, Heard]]) -> Iterator[tuple[str, str]]:
    """Those of whom one gives his name and the next one says «And I am ...»; `pairs` as `co_hosts` has them."""
    for (former, said), (follower, answer) in pairs:
        is_said = as_said(former) in said[-_NAME_WITHIN:] and _GIVES_NAME.search(said[-_NAME_WITHIN - BREATH :])
        if is_said and answer.startswith(_AND_I_AM) and _first_sentence(answer).endswith(f" {as_said(follower)}"):
            yield former, follower


def hosts_in_one_breath(pairs: Iterable[tuple[Heard, Heard]]) -> Iterator[str]:
    """Two of whom one gives his name and the other adds his and no more; a transcriber may exchange their labels.

    >>> list(hosts_in_one_breath([(("Ana Diaz", "Hey, I'm Ana Diaz."), ("Ed Hale", "Ed Hale."))]))
    ['Ana Diaz', 'Ed Hale']
    """
    for (former, said), (follower, answer) in pairs:
        name = answer.rstrip(".!")
        first = follower if name == former else former
        if " " in name and name in (former, follower) and says_own_name(said[-_NAME_WITHIN:], first):
            yield from (former, follower)


def hosts_by_turns(pairs: Sequence[tuple[Heard, Heard]]) -> Iterator[str]:
    """Two who give their names in turn, of whom one says what this is: «I'm Ana Diaz.» «I'm Ed Hale.» «This is Rain».

    >>> from itertools import pairwise
    >>> talk = [("Ana Diaz", "Hey, I'm Ana Diaz."), ("Ed Hale", "I'm Ed Hale."), ("Ana Diaz", "This is Rain.")]
    >>> list(hosts_by_turns(list(pairwise(talk)))), list(hosts_by_turns(list(pairwise(talk[:2]))))
    (['Ana Diaz', 'Ed Hale'], [])
    >>> list(hosts_by_turns([(("Ana", "This is Rain with me, Ana."), ("Ed", "And me, Ed."))]))
    ['Ana', 'Ed']
    """
    for place, ((former, said), (follower, answer)) in enumerate(pairs):
        if former == follower or as_said(follower) not in answer[:BREATH]:
            continue
        if not (_ends_in_name(said, former) and _begins_with_name(answer, follower)):
            continue
        heard = [
            said[-BREATH:],
            answer,
            *(text for _, (key, text) in pairs[place + 1 :][:_VOICES_WITHIN] if key in (former, follower)),
        ]
        if any(_SAYS_WHAT_THIS_IS.search(text[:BREATH]) for text in heard):
            yield from (former, follower)


def _ends_in_name(said: str, key: str) -> bool:
    return said[-_NAME_WITHIN:].rstrip(".!").endswith(_own_names(key))


def _begins_with_name(said: str, key: str) -> bool:
    found = _I_AM.match(said[:_NAME_WITHIN]) or _AND_ME.match(said)
    return found is not None and _first_sentence(said[found.end() :]) == as_said(key)


def _own_names(key: str) -> tuple[str, ...]:
    return tuple(f"{giving} {as_said(key)}" for giving in _GIVING_WORDS)


def announced_co_hosts(pairs: Sequence[tuple[Heard, Heard]], roles: Mapping[str, str | None]) -> Iterator[str]:
    """Those who speak right behind a host's «... with two new co-hosts.», and those who open by calling each other."""
    for place, ((former, said), _) in enumerate(pairs):
        found = _CO_HOSTS.search(said) if roles.get(former) == "host" and said.endswith(_CO_HOSTS_ENDS) else None
        if found is not None:
            voices = (follower for _, (follower, _) in pairs[place : place + _VOICES_WITHIN])
            new = [voice for voice in dict.fromkeys(voices) if voice != former]
            yield from new[: _MOST_CO_HOSTS if found["many"] else 1]
    if pairs:
        (former, said), (follower, answer) = pairs[0]
        if _is_bare_call(said, follower) and _is_bare_call(answer, former):
            yield from (former, follower)


def _is_bare_call(text: str, key: str) -> bool:
    """«So Kathy.», «Good morning Kirsten.»: hardly more than a name."""
    words = _first_sentence(text).rstrip("?").split()
    return 0 < len(words) <= _WORDS_OF_CALL and words[-1] == as_said(key).partition(" ")[0]


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".!")


def called_roles(pairs: Iterable[tuple[Heard, Heard]]) -> Iterator[tuple[str, str, str]]:
    """Who is called to speak next, as in «Ana Diaz reports», by whom, and as what."""
    for (former, said), (follower, _) in pairs:
        name = follower.partition("'")[0]  # prose may spell the apostrophe otherwise
        called = hands_over_to(said) if name in said[-LONGEST_HAND_OVER:] else None
        if called is not None and called[0] == follower:
            yield follower, former, called[1]
