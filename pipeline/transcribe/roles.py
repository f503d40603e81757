"""What part people play, where their labels do not say it: by their first words and by what hosts say of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.transcribe.evidence import is_from_outlet, says_program, sign_off
from pipeline.transcribe.script import Passage
from pipeline.transcribe.speakers import Speaker

# How guests answer a welcome: in their first words.
_GUEST_GREETS = re.compile(
    r"(?:(?:\([^)]{1,30}\)|Oh|Hi|Hey|Hello|Well|Yes|Sure|Good (?:morning|evening|afternoon)|\w{1,20})[,.!]? ){0,3}"
    r"(?:(?:Thank you|Thanks)\b(?: (?:so|very) much)?,?(?: \w+,)? ?(?:for (?:having|inviting|the invit)|[.!])"
    r"|(?:It's|It’s|It is|I'm|I’m) (?:so |very |really |a |my )?"
    r"(?:pleasure|great to|good to|nice to|glad to|happy to|honored to|delighted to|wonderful to|honor)"
    r"|(?:So |Very |Really )?(?:[Gg]reat|[Gg]ood|[Nn]ice|[Gg]lad|[Hh]appy|[Dd]elighted) to (?:be|talk|speak|join)"
    r"|(?:My|A|What a) pleasure\b|Thank you (?:so|very) much\b|Thank you for\b|Thanks for\b)"
)
_GREETING_WITHIN = 160
_ANNOUNCEMENT = re.compile(
    r"(?:This is|From|You're listening to|You’re listening to|The following (?:program|message)|Support for|"
    r"Live from|It's time for)\b"
)
_LONGEST_ANNOUNCEMENT = 250
"""Characters: an announcer's only turn is an ident or a billboard."""
# What hosts say of those who are about to speak, and to those who have spoken.
_WELCOMES = re.compile(
    r"\b(?:joins? (?:us|me)|joined (?:now |today )?by|joining (?:us|me)|(?:is|are) (?:here )?with (?:us|me)"
    r"|with us now|on the line|in (?:our|the) studio|our guest|(?:speak|talk|spoke|talked) (?:now )?(?:with|to)"
    r"|turn(?:ing)? (?:now )?to|[Ww]elcome(?: back)?\b(?! to (?!the (?:program|show)|our))"
    r"|(?:[Tt]hank you|[Tt]hanks)(?: (?:so|very) much)?(?: again)? for (?:joining|being|talking|speaking|coming|taking"
    r"|your time|this|sharing))\b"
)
_WELCOME_AROUND = 160
_OPENING_TURNS = 15
"""A programme may begin with tape before its hosts say who they are."""
_CO_HOST = re.compile(r"(?:And )?(?:I'm|I’m) ")
_CALLER = re.compile(r"(?:Hi|Hello|Hey)\b.{0,40}?\b(?:[Tt]his is|I'm|I’m|[Mm]y name is) ")
_CALLER_WITHIN = 120


@dataclass(slots=True)
class _Part:
    """What one person says, in order; his first passage, and who he is there."""

    passage: Passage
    speaker: Speaker
    texts: list[str] = field(default_factory=list)


def with_roles(
    passages: Sequence[Passage],
    speakers: Sequence[Speaker],
    page_text: str,
    program: str | None,
    hosts: Iterable[str],
) -> list[Speaker]:
    """The speakers with the roles that the page's words give them; a role that a label prints stands, but for BYLINE.

    NPR prints BYLINE also before announcers (`SYLVIE DOUGLIS, BYLINE: This is PLANET MONEY from NPR.`). `program` is
    the page's own, `hosts` are the names that it credits as its hosts.
    """
    parts = _parts(passages, speakers)
    roles = {key: part.speaker.role for key, part in parts.items()}
    for key, part in parts.items():
        if roles[key] is None or roles[key] == "reporter":
            roles[key] = "host" if key in hosts else _role(part, page_text, program) or roles[key]
    for key, former in _followers(passages, speakers):
        if roles[key] is None and roles.get(former) == "host" and _CO_HOST.match(parts[key].texts[0]):
            roles[key] = "host"
    without = [key for key, role in roles.items() if role is None]
    if without and "host" in roles.values():
        said = _welcomes(part.texts for key, part in parts.items() if roles[key] == "host")
        for key in without:
            if _is_guest(parts[key], said):
                roles[key] = "guest"
    return [_renewed(speaker, roles.get(_key(passage, speaker) or ""))
            for passage, speaker in zip(passages, speakers, strict=True)]  # fmt: skip


def _parts(passages: Sequence[Passage], speakers: Sequence[Speaker]) -> dict[str, _Part]:
    parts: dict[str, _Part] = {}
    for passage, speaker in zip(passages, speakers, strict=True):
        key = _key(passage, speaker)
        if key is not None:
            parts.setdefault(key, _Part(passage, speaker)).texts.append(passage.text)
    return parts


def _followers(passages: Sequence[Passage], speakers: Sequence[Speaker]) -> Iterator[tuple[str, str]]:
    """Who is heard right behind whom, where both are known."""
    keys = [_key(passage, speaker) for passage, speaker in zip(passages, speakers, strict=True) if not passage.is_cue]
    for former, key in pairwise(keys):
        if former is not None and key is not None and key != former:
            yield key, former


def _role(part: _Part, page_text: str, program: str | None) -> str | None:
    first, name = part.texts[0], part.speaker.name
    if part.speaker.role == "reporter":
        is_short = len(part.texts) == 1 and len(first) < _LONGEST_ANNOUNCEMENT
        return "announcer" if is_short and _ANNOUNCEMENT.match(first) else None
    if _is_caller(part.passage, first):
        return "caller"
    if name is None:
        return None
    if says_program(" ".join(part.texts[:_OPENING_TURNS]), name, program):
        return "host"
    is_reporter = sign_off(part.texts[-1], name) is not None or is_from_outlet(name, page_text)
    return "reporter" if is_reporter else None


def _welcomes(texts: Iterable[Sequence[str]]) -> list[str]:
    """What the hosts say around a welcome or thanks."""
    return [
        text[max(0, found.start() - _WELCOME_AROUND) : found.end() + _WELCOME_AROUND]
        for said in texts
        for text in said
        for found in _WELCOMES.finditer(text)
    ]


def _is_guest(part: _Part, welcomes: Sequence[str]) -> bool:
    """Somebody who answers a welcome as guests do, or whom the hosts welcome or thank by name."""
    if _GUEST_GREETS.match(part.texts[0][:_GREETING_WITHIN]):
        return True
    name = part.speaker.name
    return name is not None and any(name in said for said in welcomes)


def _is_caller(passage: Passage, first: str) -> bool:
    """«Hello, NPR. This is Tony»: listeners with one name."""
    label = passage.label
    if label is None or len(label.tokens) != 1:
        return False
    found = _CALLER.match(first[:_CALLER_WITHIN])
    return found is not None and first[found.end() :].upper().startswith(label.tokens[0].upper())


def _key(passage: Passage, speaker: Speaker) -> str | None:
    """By name, else by label; the unnamed have no part of their own."""
    if speaker.name is not None:
        return speaker.name
    return passage.label.printed if passage.label is not None and passage.label.is_named else None


def _renewed(speaker: Speaker, role: str | None) -> Speaker:
    return replace(speaker, role=role) if role is not None and role != speaker.role else speaker
