"""Who hosts, where no label says so: by idents, by pairs of hosts, by hand-overs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from pipeline.transcribe.evidence.introductions import says_own_name, says_program
from pipeline.transcribe.evidence.spoken_forms import CAPITALISED_NAME
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.speakers.hand_overs import LONGEST_HAND_OVER, hands_over_to
from pipeline.transcribe.words import starts

_OPENING_TURNS = 15
"""Where a BYLINE label may be a host's: a reporter who is quoted later may name his own programme."""
_BREATH = 120
_I_AM = re.compile(r"(?:[\w ,.!]{0,40}[,.!] )?(?:And )?(?:I'm|I’m|Im|I am) ")
_AND_ME = re.compile(r"And me, ")
_GIVING_WORDS = ("I'm", "I’m", "I am", " me,")
_GIVES_NAME = re.compile(r"\b(?:I'm|I’m|Im|I am|[Tt]his is) [A-Z]")
_SAYS_WHAT_THIS_IS = re.compile(
    r"(?:^|[.,!] )(?:(?:[Aa]nd|[Ss]o) )?[Tt]his is (?:the )?[\"“]?[A-Z\d][\w'’]*(?:[.,!\"”]| \w+)(?! (?:from|at) [A-Z])"
)
_AND_I_AM = ("And I'm ", "And I’m ", "And Im ", "And I am ")
_ENDS_NAME = (".", "!", ", sitting in for ", ", in for ")
_CO_HOSTS = re.compile(r"\bco-?host(?P<many>s)?[.!]$")
_CO_HOST = ("co-host ", "cohost ", "co-host, ", "cohost, ")
_CO_HOSTS_ENDS = ("host.", "hosts.", "host!", "hosts!")
_MOST_CO_HOSTS = 2
_VOICES_WITHIN = 4
_WORDS_OF_CALL = 3
_NAME_WITHIN = 90
"""Characters from the edge in which one host says his name and the next one answers with his own."""
_WELCOMES = Sought(
    r"\b[Jj]oin(?:ing|s) (?:me|us)\b"
    r"|\b(?:I['’]m|we['’]re|we are|I am) joined (?:now |today )?by\b"
    r"|\b[Tt]hank(?:s| you)(?: (?:so|very) much)? for (?:(?:joining|being with|talking with|talking to"
    r"|speaking with) us|playing)\b"
    r"|\b[Ww]elcome (?:back )?to (?:the|our) (?:program|show|studio)\b"
    r"|\b(?:[Hh]e|[Ss]he|[Tt]hey)(?:(?:'s|’s| is|'re|’re| are) with us\b| joins? (?:us|me)\b| spoke (?:to|with) me\b)"
    r"|(?:^|\s)[A-Z][\w'’-]+ [A-Z][\w'’-]+, welcome[.!]$"
    r"|\bis here (?:with (?:me|us) now|in (?:the|our) studio with (?:me|us))\b",
    "elcome|hank|oin|with us|is here |spoke ",
)
_WELCOMES_TO_PROGRAM = Sought(r"\b[Ww]elcome (?:back )?to (?:the )?[A-Z]{2,}[A-Z.'’&!]* [A-Z&]{2}", "elcome ")
"""«Ana Diaz, welcome back to FRESH AIR.»: who interviewed her, on tape too."""
_OF_OURS = re.compile(
    r"(?:,|[.,]? (?:and )?(?:[Ss]he|[Hh]e)(?: is|['’]s| becomes| will be)| is| becomes| will be) (?:[a-z]+ ){0,3}"
    r"host of (?:our|this) (?:show|program|podcast)\b"
)
_SAYS_HOST = Sought(
    r"\b(?:I'm|I’m|I am) (?:[A-Z][\w.'’-]+ ){0,3}?(?:[A-Z][\w.'’-]+, )?your host\b"
    r"|\bI(?:'ve been|’ve been| have been|'m|’m| am) the host of (?:the|this|our) (?:show|program|podcast)\b",
    "host",
)
"""«I'm Ophira Eisenberg, your host for this next hour»; who hosts another programme names it."""
_STANDS_IN = Sought(
    r"\b(?:I'm|I’m|I am) [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}, (?:sitting |filling )?in"
    r" (?:today |tonight |this week )?for [A-Z]",
    ", in |, sitting in |, filling in ",
)
"""«I'm Ana Diaz, in today for Ed Hale.»"""
_MOST_PROGRAMS = 5
_I_AM_THIS_IS = re.compile(
    rf"\b(?:I'm|I’m|I am) {CAPITALISED_NAME}\. (?:And )?[Tt]his is (?:the )?(?P<program>[A-Z][^.?!]{{2,40}})[.!]"
)
_GREETS_ALL = re.compile(
    r"(?:Good (?:morning|evening|afternoon)|Hello)(?:, everyone)?[.,!]\s{1,2}(?:And )?(?:I'm|I’m|I am) "
)


def is_co_host(name: str, text: str) -> bool:
    """Whether somebody calls one his fellow host.

    >>> is_co_host("David Green", "It is our last day with my friend and co-host David Green.")
    True
    >>> is_co_host("David Green", "David Green is co-host of the radio show Rain.")
    False
    """
    return any(text.endswith(_CO_HOST, 0, start) for start in starts(name, text))


def is_host_of_ours(name: str, text: str) -> bool:
    """Whether somebody says of one that he hosts this programme.

    >>> is_host_of_ours("Ana Diaz", "Here is NPR's Ana Diaz. She becomes the permanent host of our show next weekend.")
    True
    >>> is_host_of_ours("Ana Diaz", "Ana Diaz is host of the radio show Rain.")
    False
    """
    return any(_OF_OURS.match(text, start + len(name)) for start in starts(name, text))


def says_host(texts: Iterable[str]) -> bool:
    """Whether somebody says that he is the host, or hosts in another's place.

    >>> says_host(["I'm Ophira Eisenberg, your host for this hour."]), says_host(["Here's your host, Peter Sagal."])
    (True, False)
    >>> says_host(["And I'm Ana Diaz, in today for Ed Hale."])
    True
    """
    return any(_SAYS_HOST.search(text) or _STANDS_IN.search(text) for text in texts)


def opens_program(texts: Sequence[str], name: str, program: str | None, *, is_byline: bool) -> bool:
    """Whether somebody gives a programme's name with his own in one breath, also where another host cuts in."""
    heard = texts[:_OPENING_TURNS] if is_byline else texts
    if name not in " ".join(heard):
        return False
    seams = (f"{former[-_BREATH:]} {text[:_BREATH]}" for former, text in pairwise(heard))
    return any(name in said and says_program(said, name, program) for said in (*heard, *seams))


def welcomes_to_own(texts: Sequence[str], name: str) -> bool:
    """Whether somebody says his name and his programme's, and welcomes others to it, however it is spelled.

    >>> welcomes_to_own(["I'm Bob Hale. This is Larks and Sparks.", "Ana, welcome to Larks and Sparks."], "Bob Hale")
    True
    >>> welcomes_to_own(["I'm Bob Hale. This is Utica.", "Dr Fox, welcome to Rain."], "Bob Hale")
    False
    """
    own = (text for text in texts if name in text)
    named = (found["program"] for text in own for found in _I_AM_THIS_IS.finditer(text) if found["name"] == name)
    programs = islice(dict.fromkeys(named), _MOST_PROGRAMS)
    welcomes = [f"elcome {back}to {program}" for program in programs for back in ("", "back ")]
    return any(welcome in text for welcome in welcomes for text in texts)


def greets_all(text: str, name: str) -> bool:
    """Whether words greet those who listen and say whose they are, as nobody but who opens a programme does.

    >>> greets_all("Good evening. I'm Judy Woodruff. On the program tonight:", "Judy Woodruff")
    True
    >>> greets_all("Good evening, Judy. I'm glad.", "Ed Hale")
    False
    """
    greeting = _GREETS_ALL.match(text)
    return greeting is not None and text.startswith(f"{name}.", greeting.end())


def welcomes_others(texts: Iterable[str]) -> bool:
    """Whether somebody says what nobody but a host does: «Joining me now is ...», «Thanks for being with us»."""
    return any(map(_WELCOMES.search, texts))


def welcomes_to_program(texts: Iterable[str]) -> bool:
    """Whether somebody welcomes others to a programme by its name.

    >>> welcomes_to_program(["Ana Diaz, welcome to FRESH AIR."]), welcomes_to_program(["Welcome to New York."])
    (True, False)
    """
    return any(map(_WELCOMES_TO_PROGRAM.search, texts))


def co_hosts(
    pairs: Iterable[tuple[tuple[str, str], tuple[str, str]]], roles: Mapping[str, str | None]
) -> Iterator[str]:
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


def pairs_of_hosts(pairs: Iterable[tuple[tuple[str, str], tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """Those of whom one gives his name and the next one says «And I am ...»; `pairs` as `co_hosts` has them."""
    for (former, said), (follower, answer) in pairs:
        is_said = as_said(former) in said[-_NAME_WITHIN:] and _GIVES_NAME.search(said[-_NAME_WITHIN - _BREATH :])
        if is_said and answer.startswith(_AND_I_AM) and _first_sentence(answer).endswith(f" {as_said(follower)}"):
            yield former, follower


def hosts_in_one_breath(pairs: Iterable[tuple[tuple[str, str], tuple[str, str]]]) -> Iterator[str]:
    """Two of whom one gives his name and the other adds his and no more; a transcriber may exchange their labels.

    >>> list(hosts_in_one_breath([(("Ana Diaz", "Hey, I'm Ana Diaz."), ("Ed Hale", "Ed Hale."))]))
    ['Ana Diaz', 'Ed Hale']
    """
    for (former, said), (follower, answer) in pairs:
        name = answer.rstrip(".!")
        first = follower if name == former else former
        if " " in name and name in (former, follower) and says_own_name(said[-_NAME_WITHIN:], first):
            yield from (former, follower)


def hosts_by_turns(pairs: Sequence[tuple[tuple[str, str], tuple[str, str]]]) -> Iterator[str]:
    """Two who give their names in turn, of whom one says what this is: «I'm Ana Diaz.» «I'm Ed Hale.» «This is Rain».

    >>> talk = [("Ana Diaz", "Hey, I'm Ana Diaz."), ("Ed Hale", "I'm Ed Hale."), ("Ana Diaz", "This is Rain.")]
    >>> list(hosts_by_turns(list(pairwise(talk)))), list(hosts_by_turns(list(pairwise(talk[:2]))))
    (['Ana Diaz', 'Ed Hale'], [])
    >>> list(hosts_by_turns([(("Ana", "This is Rain with me, Ana."), ("Ed", "And me, Ed."))]))
    ['Ana', 'Ed']
    """
    for place, ((former, said), (follower, answer)) in enumerate(pairs):
        if former == follower or as_said(follower) not in answer[:_BREATH]:
            continue
        if not (_ends_in_name(said, former) and _begins_with_name(answer, follower)):
            continue
        heard = [
            said[-_BREATH:],
            answer,
            *(text for _, (key, text) in pairs[place + 1 :][:_VOICES_WITHIN] if key in (former, follower)),
        ]
        if any(_SAYS_WHAT_THIS_IS.search(text[:_BREATH]) for text in heard):
            yield from (former, follower)


def _ends_in_name(said: str, key: str) -> bool:
    return said[-_NAME_WITHIN:].rstrip(".!").endswith(_own_names(key))


def _begins_with_name(said: str, key: str) -> bool:
    found = _I_AM.match(said[:_NAME_WITHIN]) or _AND_ME.match(said)
    return found is not None and _first_sentence(said[found.end() :]) == as_said(key)


def _own_names(key: str) -> tuple[str, ...]:
    return tuple(f"{giving} {as_said(key)}" for giving in _GIVING_WORDS)


def announced_co_hosts(
    pairs: Sequence[tuple[tuple[str, str], tuple[str, str]]], roles: Mapping[str, str | None]
) -> Iterator[str]:
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


def as_said(key: str) -> str:
    """The name that somebody's key holds, as prose spells it: `TOBIN`, a label of one name, is said Tobin."""
    return key if " " in key else key.title()


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".!")


def called_roles(pairs: Iterable[tuple[tuple[str, str], tuple[str, str]]]) -> Iterator[tuple[str, str, str]]:
    """Who is called to speak next, as in «Ana Diaz reports», by whom, and as what."""
    for (former, said), (follower, _) in pairs:
        name = follower.partition("'")[0]  # prose may spell the apostrophe otherwise
        called = hands_over_to(said) if name in said[-LONGEST_HAND_OVER:] else None
        if called is not None and called[0] == follower:
            yield follower, former, called[1]
