"""Listeners on the air: by how they say who they are, and by how hosts of call-in programmes and quizzes call them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.transcribe.evidence.spoken_forms import CAPITALISED_NAME
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.names import Spellings, proper_name
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.sought import Sought
from pipeline.transcribe.speakers.parts import Cast, Part
from pipeline.transcribe.speakers.speaker import CONFIDENCE, Speaker
from pipeline.transcribe.words import has_words, places

_CALLER = re.compile(r"(?:Hi|Hello|Hey)\b.{0,40}?\b(?:[Tt]his is|I'm|I’m|[Mm]y name is) ")
# «Hi. My name is Jen Lopez, and I live in New York City.», «Hi, Ana. Jen in Utica.», «This is Jon Stein calling.».
_SAYS_PLACE = re.compile(
    r"(?:\([^)]{1,30}\) ?)?(?:(?:Hi|Hello|Hey)\b(?:.{0,40}?\b(?:[Tt]his is|I'm|I’m|[Mm]y name is)|[^.?!]{0,30}[.!])"
    r" (?P<name>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3})(?: \(ph\))?,?"
    r" (?:(?:and )?(?:I'm |I’m |I live |I am )?(?:calling )?(?:in )?(?:from|in)"
    r" (?!(?:NPR|[KW][A-Z]{2,3}|\w*(?:News|Radio|Channel|Media)\w*)\b)[A-Z]|calling\b)"
    r"|[Tt]his is (?P<named>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3})(?: \(ph\))?,? calling\b)"
)
_CALLER_WITHIN = 120
_CALLS_IN = Sought(
    r"\b(?:(?:for )?taking my call|long-?time listener|first-?time caller|(?:i'm|i’m) calling (?:in )?from)\b",
    "call|listener",
)
# A listener opens a podcast: «This is Tony from Ohio. This podcast was recorded at ...».
_RECORDS = Sought(
    r"(?:H(?:i|ey|ello)\b[^.!]{0,20}[.!] )?[Tt]his is [A-Z].*"
    r"\b(?:podcast|PODCAST|episode|show)\b[^.?!]{0,60}\bwas (?:recorded|taped) (?:at|on)\b",
    "was recorded |was taped ",
)
_RECORDS_WITHIN = 600
_ON_THE_AIR = re.compile(
    r"[Yy]ou(?:'re|’re| are) on (?:the air|the line|with us|[A-Z]{2,}[A-Z .,!']{0,40})[^a-z]{0,4}$"
    r"|\b[Hh]ello, caller\b|\ba caller on the line\b"
)
# «Hi, who's this?», not «I asked the museum: who is this?»
_ASKS_WHO = re.compile(
    r"\b(?:[Hh]i|[Hh]ello|[Hh]ey|[Ww]elcome|[Gg]ood (?:morning|afternoon|evening)|[Yy]ou(?:'re|’re| are) on)\b"
    r"[^:\"“]{0,40}[,.!-] (?:[Aa]nd )?[Ww]ho(?:'s|’s| is) this\?$"
)
_ON_THE_AIR_WITHIN = 80
# What hosts of call-in programmes say: the number, or that somebody calls.
_TAKES_CALLS = Sought(
    r"\b(?:[Gg]ive us a call|[Oo]ur (?:phone )?number (?:here )?is|[Cc]all us at|1-8\d\d-\d{3}-|800-989-8255"
    r"|(?:a|the|our|your|next|first|some) (?:phone )?callers?\b|(?:the|our|your|next|first|some) (?:phone )?calls?\b"
    r"|(?:[Tt]ak(?:e|ing)|[Gg]et|[Hh]ave) a (?:phone )?call\b|"
    r"(?!(?:He|She|They|Who|It)\b)[A-Z][a-z]+(?:['’]s| is|,)? calling (?:us |in )?from [A-Z])",
    "call|Call|number|1-8|800-",
)
_HAS_WON = Sought(
    r"\b(?:[Oo]ur(?: \w+)?|randomly[- ](?:selected|chosen)|[Tt]his week(?:'s|’s)|listener) (?:winner|contestant)\b"
    r"|\bwinner,? (?:(?:is|was) )?randomly\b|\bwinner this week\b",
    "winner|contestant",
)
_HAS_PLAYED = re.compile(r"\b[Tt]hank(?:s| you)(?: (?:so|very) much)? for (?:playing|calling)\b[^.?!]{0,40}[.!]?$")
_LISTENER = Sought(
    rf"\b[Ll]istener,? {CAPITALISED_NAME}(?:,? (?:of|from|in) [A-Z][^.?!:]{{2,40}}?)?"
    r"(?: (?:says|said|called|called in|writes|wrote|told us|had this to say))?[.:]$",
    "istener",
)
"""«... drew this response from listener Ana Diaz.»"""
_SURNAME = re.compile(r" [A-Z]")
_CALLED_WITHIN = 200
"""Characters before a caller's first words in which the host gives his name."""


def is_caller(passage: Passage, first: str, *, is_by_first_names: bool) -> bool:
    """«Hello, NPR. This is Tony»: listeners with one name; or «Thanks for taking my call».

    `is_by_first_names`: the page calls nobody by more, so one name tells no listener.
    """
    label = passage.label
    if label is None or not label.is_named:
        return False
    if _CALLS_IN.search(first[:_CALLER_WITHIN].casefold()) or _RECORDS.match(first[:_RECORDS_WITHIN]):
        return True
    placed = _SAYS_PLACE.match(first[:_CALLER_WITHIN])
    if placed is not None:
        given, *further = (placed["name"] or placed["named"]).upper().split()
        # `ROE: This is Ana calling from New York.`, whose full label was lost: nobody but a listener says so.
        is_short = placed["named"] is not None and not further and len(label.tokens) == 1 and label.role is None
        return is_short or label.tokens[0].upper() in (given, *further[-1:])
    is_one_name = len(label.tokens) == 1 and not is_by_first_names
    found = _CALLER.match(first[:_CALLER_WITHIN]) if is_one_name else None
    return found is not None and first[found.end() :].upper().startswith(label.tokens[0].upper())


def with_called_names(passages: Sequence[Passage], speakers: Sequence[Speaker], spellings: Spellings) -> list[Speaker]:
    """The speakers, with the one name that callers have where others call them by it: «Let's bring in Dawn»."""
    found = list(speakers)
    names: dict[Label, str | None] = {}
    for index, (passage, speaker) in enumerate(zip(passages, speakers, strict=True)):
        label = passage.label
        is_open = speaker.role == "caller" and speaker.name is None
        if label is None or not is_open or not label.is_named or len(label.tokens) > 1:
            continue
        if label not in names:  # who calls says more than once
            is_called = _is_called_alone(label.tokens[0].title(), spellings.text)
            names[label] = proper_name(label.tokens, spellings, label.suffix) if is_called else None
        if names[label] is not None:
            found[index] = replace(speaker, name=names[label], rule="mention", confidence=CONFIDENCE["mention"])
    return found


def _is_called_alone(given: str, text: str) -> bool:
    """Whether a name stands in a text, and never before a surname: of another Tom the page says more."""
    ends = [end for _, end in places(given, text)]
    return bool(ends) and not any(_SURNAME.match(text, end) for end in ends)


def asks_who(said: str) -> bool:
    """Whether words end as those of a host who has a listener on the line.

    >>> asks_who("Hi, who's this?"), asks_who("I asked the museum: who is this?"), asks_who("Who is this?")
    (True, False, False)
    """
    return _ASKS_WHO.search(said[-_ON_THE_AIR_WITHIN:]) is not None


def puts_on_air(said: str) -> bool:
    """Whether words end as those of a host who has just put a listener on the air.

    >>> puts_on_air("Hi, you're on WAIT WAIT... DON'T TELL ME!"), puts_on_air("Hi, you're on time.")
    (True, False)
    """
    return _ON_THE_AIR.search(said[-_ON_THE_AIR_WITHIN:]) is not None or asks_who(said)


def give_callers(cast: Cast, hosts: set[str]) -> None:
    """Those whom a host has just put on the air: «You're on the air», «Let's go to Ed», «Our winner is»."""
    for key in _winners(cast, hosts):
        cast.roles[key] = "caller"
    named = []
    for (former, said), (follower, answer) in cast.pairs:
        part = cast.parts[follower]
        if former not in hosts or cast.roles[follower] is not None:
            continue
        if _HAS_PLAYED.search(said[-_ON_THE_AIR_WITHIN:]):
            cast.roles[follower] = "caller"
        if answer is not part.texts[0]:
            continue
        listener = _LISTENER.search(said[-_CALLED_WITHIN:])
        is_listener = listener is not None and listener["name"] == part.speaker.name
        if is_listener or puts_on_air(said):
            cast.roles[follower] = "caller"
        elif _is_called(part, said[-_CALLED_WITHIN:]):
            named.append(follower)
    if named and any(_TAKES_CALLS.search(text) for key in hosts for text in cast.parts[key].texts):
        cast.roles.update(dict.fromkeys(named, "caller"))


def _winners(cast: Cast, hosts: set[str]) -> list[str]:
    """«Our randomly selected winner is Karen Neale of Afton, Virginia»: a quiz's listeners by their full names."""
    said = [text for key in hosts for text in cast.parts[key].texts if _HAS_WON.search(text)]
    return [
        key
        for key, part in cast.parts.items()
        if cast.roles[key] in (None, "guest")
        and part.speaker.name is not None
        and any(part.speaker.name in text for text in said)
    ]


def _is_called(part: Part, said: str) -> bool:
    """Whether somebody with one name, and neither title nor office, has just been called by it."""
    label = part.passage.label
    if label is None or " " in label.printed or " " in (part.speaker.name or ""):
        return False
    return has_words(label.tokens[0].title(), said)
