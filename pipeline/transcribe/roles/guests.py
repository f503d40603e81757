"""Who is a guest: whom hosts call to the microphone, welcome, thank or ask, and who answers as guests do."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.transcribe.evidence.addressing import answers, calls
from pipeline.transcribe.evidence.introductions import says_own_name
from pipeline.transcribe.evidence.outlets import is_from_outlet
from pipeline.transcribe.evidence.teasers import presented
from pipeline.transcribe.evidence.welcomes import WELCOME_AROUND, welcomes
from pipeline.transcribe.labels.label import names_office
from pipeline.transcribe.roles.callers import give_callers
from pipeline.transcribe.roles.interviews import asks, speaks_to_one
from pipeline.transcribe.roles.panels import listed_by
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.speakers.parts import Cast, Part, as_said
from pipeline.transcribe.words import starts

# How guests answer a welcome: in their first words.
_GUEST_GREETS = Sought(
    r"(?:(?:\([^)]{1,30}\)|Oh|Hi|Hey|Hello|Well|Yes|Sure|Good (?:morning|evening|afternoon)|\w{1,20})[,.!]? ){0,3}"
    r"(?:(?:Thank you|Thanks)\b(?: (?:so|very) much)?,?(?: \w+,)? ?(?:for (?:having|inviting|the invit)|[.!])"
    r"|(?:[Ii]t's|[Ii]t’s|[Ii]t is|I'm|I’m) (?:so |very |really |an? |my )?"
    r"(?:pleasure|great to|good to|nice to|glad to|happy to|honored to|delighted to|excited to|wonderful to|honor)"
    r"|(?:So |Very |Really )?(?:[Gg]reat|[Gg]ood|[Nn]ice|[Gg]lad|[Hh]appy|[Ee]xcited|[Hh]onored|[Dd]elighted)"
    r" to (?:be|talk|speak|join)"
    r"|(?:My|A|What a|Always a) pleasure\b|Pleasure to\b|Thank you (?:so|very) much\b|Thank you for\b|Thanks for\b)",
    "hank|leasure|onor|reat to|ood to|ice to|lad to|appy to|ted to|ful to",
)
_GREETING_WITHIN = 160
_GREETS_WITHIN = 3
_HAD = Sought(
    r"[Tt]hank(?:s| you)(?: (?:so|very) much)?(?:,? [A-Z][\w'’-]{1,20},?)? for (?:having|inviting) (?:me|us)\b",
    " for having | for inviting ",
)
_ON_THE_SHOW = Sought(r"\bon (?:the|our) (?:show|program)\b", "the show|our show|the program|our program")
_JOINS = Sought(
    r"\b(?:[Jj]oining (?:us|me)(?: now| today| here)* (?:is|are)|[Jj]oined (?:now |today )?by"
    r"|[Mm]y guest(?: today)?(?:,| is)|[Oo]ur guest(?: today)?(?:,| is)|[Ww]elcome(?: back)?,?)"
    r"(?: (?:[^.?!]|\.{3}){1,80})?(?: |\.{3})$",
    "oining |oined |uest|elcome",
)
_SAYS_HELLO = re.compile(r"(?:Hello|Hi|Hey|Good (?:morning|afternoon|evening))\b[^.!?]{0,24}[.!]?")
_AGREES = re.compile(
    r"(?:Yes|Yeah|Yep|No|Right|Exactly|Absolutely|Sure|Correct|Oh|Well|Mm-hmm|Uh-huh|Definitely|Of course|I think"
    r"|I don['’]t)\b"
)
_FEWEST_AGREED = 2
"""Answers of this kind: a tale's question may be answered by tape once."""
_SUFFIX = re.compile(r" (?:Jr\.|Sr\.|II|III|IV)$")


def give_guests(cast: Cast, above: Sequence[str]) -> None:
    """Those whom hosts call to the microphone, welcome, thank or ask, and whom the words above a transcript present."""
    hosts = {key for key, role in cast.roles.items() if role == "host"}
    if not hosts:
        return
    give_callers(cast, hosts)
    if all(cast.roles.values()):
        return
    presenters = hosts | {key for key, role in cast.roles.items() if role == "announcer"} | _opener(cast)
    # Most who are heard on tape are never named: what does not name anybody whose role is open is not looked at.
    names = {_bare_name(part) for key, part in cast.parts.items() if cast.roles[key] is None} - {""}
    told = (text for key in presenters for text in cast.parts[key].texts)
    said = [*welcomes(text for text in told if _may_welcome(text, names)), *presented(above)]
    for part in cast.parts.values():
        part.replies = part.answers = part.agrees = 0
    for (former, asked), (follower, heard) in cast.pairs:
        if former in hosts and follower not in hosts:
            part, is_asked = cast.parts[follower], asks(asked)
            part.replies += 1
            part.answers += cast.roles[follower] is None and (is_asked or speaks_to_one(asked))
            part.agrees += is_asked and _AGREES.match(heard) is not None
    by_name = {follower for former, follower in (*_asked_by_name(cast), *_greeted(cast)) if former in hosts}
    callers = {key for key, role in cast.roles.items() if role == "caller"}
    in_talk = {*_in_talk(cast, hosts | callers), *listed_by(cast, presenters)}
    is_alone = len(cast.parts) == len(hosts) + 1
    is_live = bool(in_talk) or any(_is_labelled_host(cast.parts[key]) or _asks_on(cast, key) for key in hosts)
    for key, part in cast.parts.items():
        if (
            cast.roles[key] is None
            and not part.is_taped
            and (
                key in by_name
                or key in in_talk
                or _is_welcomed(part, said)
                or (is_live and _is_interviewed(part, is_alone=is_alone))
                or _tells_who_he_is(part)
                or part.agrees >= _FEWEST_AGREED
            )
        ):
            cast.roles[key] = "guest"


def _in_talk(cast: Cast, hosts: set[str]) -> Iterator[str]:
    """Who talks with a host: one of them calls the other by his given name, right before or behind his words."""
    given = {key: as_said(key).partition(" ")[0] for key in cast.parts}
    for (former, said), (follower, answer) in cast.pairs:
        if former in hosts and follower not in hosts:
            if calls(said, given[follower]) or (" " in former and answers(answer, given[former])):
                yield follower
        elif (
            follower in hosts
            and former not in hosts
            and (answers(answer, given[former]) or (" " in follower and calls(said, given[follower])))
        ):
            yield former


def asks_by_name(cast: Cast) -> list[str]:
    """Those who ask somebody by his full name before he has said a word: «Ana Diaz, what story is yours?»."""
    return list(dict.fromkeys(former for former, _ in _asked_by_name(cast)))


def _asked_by_name(cast: Cast) -> Iterator[tuple[str, str]]:
    """Who asks whom by his full name, before his first words."""
    for (former, said), (follower, answer) in cast.pairs:
        part = cast.parts[follower]
        name = part.speaker.name
        is_first = answer is part.texts[0]
        if is_first and name is not None and " " in name and name in said and said.rstrip().endswith("?"):
            yield former, follower


def _greeted(cast: Cast) -> Iterator[tuple[str, str]]:
    """Who is presented by whom with his full name, and says hello: «And Joanie Pimentel, her sister.» «Hello.»."""
    for (former, said), (follower, answer) in cast.pairs:
        part = cast.parts[follower]
        name = part.speaker.name
        is_named = name is not None and " " in name and name in said
        if is_named and answer is part.texts[0] and _SAYS_HELLO.fullmatch(answer):
            yield former, follower


def _opener(cast: Cast) -> set[str]:
    """Who is heard first, where he says who will be «on the show»: a guest or a friend may be asked to."""
    key = next(iter(cast.parts), None)
    if key is None:
        return set()
    return {key} if _ON_THE_SHOW.search(cast.parts[key].texts[0]) else set()


def _is_labelled_host(part: Part) -> bool:
    """A HOST by his label, or one whose label was lost: storytellers (Radiolab) have none, and ask people on tape."""
    label = part.passage.label
    return label is None or label.role == "host"


def _asks_on(cast: Cast, key: str) -> bool:
    """Whether a host's words, where others go on, are questions for the most part: no teller of stories."""
    ends = [asks(said) for (former, said), (follower, _) in cast.pairs if former == key != follower]
    return sum(ends) * 2 >= len(ends) > 1


def _may_welcome(text: str, names: Iterable[str]) -> bool:
    return any(map(text.__contains__, names))


def _is_welcomed(part: Part, welcomes: Sequence[str]) -> bool:
    """Somebody who answers a welcome as guests do, or whom the hosts welcome or thank by name."""
    if greets_as_guest(part):
        return True
    name = _bare_name(part)
    if not name:
        return False
    return name in "\n".join(welcomes)


def is_welcomed_by(hosts: Iterable[str], cast: Cast, key: str) -> bool:
    """Whether somebody answers a welcome as guests do, or these hosts welcome, thank or present him by name."""
    return _is_welcomed(cast.parts[key], [*welcomes(text for host in hosts for text in cast.parts[host].texts)])


def _bare_name(part: Part) -> str:
    """Somebody's name without `Jr.`; empty where he has none."""
    return _SUFFIX.sub("", part.speaker.name or "")


def _is_interviewed(part: Part, *, is_alone: bool) -> bool:
    """Somebody who answers hosts again and again; voices on tape follow what hosts tell, not what they ask.

    `is_alone`: nobody else speaks with the hosts.
    """
    label = part.passage.label
    is_known = part.speaker.name is not None or (label is not None and names_office(label))
    if not is_known or part.replies * 2 < len(part.texts):
        return False
    if is_alone and part.answers > 0:
        return True
    return part.answers > 1 and part.answers * 2 >= part.replies


def _tells_who_he_is(part: Part) -> bool:
    """Somebody who tells hosts who he is, as they ask him first, and goes on to answer them and nobody else.

    They may tell between his words of what he told them («So one day he went out»), and ask seldom.
    """
    return part.answers > 1 and part.replies * 2 >= len(part.texts) and says_who_he_is(part)


def says_who_he_is(part: Part) -> bool:
    """Whether somebody gives his name among his first words."""
    return any(says_own_name(text, part.speaker.name or "") for text in part.texts[:_GREETS_WITHIN])


def is_announced_guest(name: str, text: str) -> bool:
    """«And joining us is puzzlemaster Will Shortz»: whom no outlet claims. Nobody is who has no name."""
    for start in starts(name, text):
        before = text[max(0, start - WELCOME_AROUND) : start]
        if _JOINS.search(before):
            return not is_from_outlet(name, text)
    return False


def has_told_us(name: str, text: str) -> bool:
    """«Ed Hale told us how it rained»: a stranger, whose words are played again."""
    return any(text.startswith((" told us ", " told me "), start + len(name)) for start in starts(name, text))


def greets_as_guest(part: Part) -> bool:
    """Whether somebody's first words answer a welcome: «Thanks for having me», which he may say behind his name."""
    heads = [text[:_GREETING_WITHIN] for text in part.texts[:_GREETS_WITHIN]]
    return _answers_welcome(heads[0]) or any(map(_HAD.search, heads))


@lru_cache(maxsize=32)  # rule after rule asks it of the same few people
def _answers_welcome(head: str) -> bool:
    return _GUEST_GREETS.match(head) is not None
