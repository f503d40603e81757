"""Interviews on pages that call nobody a host: who asks again and again, and is hardly asked himself."""

import re
from collections import Counter

from pipeline.transcribe.sought import Sought
from pipeline.transcribe.speakers.parts import LOST_HOST, Cast, as_said, surname_of
from pipeline.transcribe.words import has_words, places

ASKS = ("?", " blank.")
"""A quiz's questions may end in what is to be filled in."""
_FEWEST_QUESTIONS = 2
_MOST_ASKED_BACK = 3
"""Of so many questions of his one may be asked by the others."""
_YOU_WITHIN = 160
"""Characters of somebody's last words in which he speaks to the next one."""
_YOU = Sought(
    r"(?<!ank )\b[Yy]ou(?:r|rself)?\b(?! (?:know|can (?:find|hear|see)|(?:are|were) listening)\b|['’]re listening)",
    "you|You",
)
_FEWEST_BESIDE = 4
_INITIALS = re.compile(r"[A-Z]{2,3}")
_VOICES = 2
"""Of an interview whose asker is known by his initials alone: so are a play's parts."""
_TALK = Sought(
    r"\b(?:interview|conversation|spoke (?:with|to)|talked (?:with|to)|speaking (?:with|to)|sat down with)\b",
    "interview|conversation|spoke |talked |speaking |sat down with",
)
_SENTENCES = re.compile(r"(?<=[.?!]) ")
_SURNAME = re.compile(r" [A-Z]")
_MAY_ASK = frozenset((None, "reporter"))


def give_interviewer(cast: Cast) -> None:
    """The role of host for the one whose words, where others go on, are questions for the most part; or amid all.

    A reporter of whom a host without a label tells («Ana Diaz visited a truck stop.») asks on tape.
    """
    if cast.has_host:
        return
    heard: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for (former, said), (follower, _) in cast.pairs:
        if former != follower:
            heard[former] += 1
            asked[former] += asks(said)
    asker, questions = max(asked.items(), key=lambda pair: pair[1], default=("", 0))
    if questions < _FEWEST_QUESTIONS or cast.roles.get(asker) not in _MAY_ASK or _is_sent(asker, cast):
        return
    by_others = asked.total() - questions
    is_asker = questions * 2 >= heard[asker] and questions >= _MOST_ASKED_BACK * by_others
    is_known = len(cast.parts) == _VOICES or not _INITIALS.fullmatch(asker)
    if (is_asker and is_known) or (questions > by_others and _is_amid_all(asker, cast)):
        cast.roles[asker] = "host"


def _is_sent(key: str, cast: Cast) -> bool:
    """Whether somebody is a reporter whose name a host says whose own label was lost."""
    lost = cast.parts.get(LOST_HOST)
    return (
        cast.roles[key] == "reporter" and lost is not None and any(has_words(as_said(key), text) for text in lost.texts)
    )


def _is_amid_all(key: str, cast: Cast) -> bool:
    """Whether somebody speaks by turns with many others, who hardly speak with each other: a quiz's host."""
    beside = {
        other
        for (former, _), (follower, _) in cast.pairs
        for one, other in ((former, follower), (follower, former))
        if one == key != other
    }
    between = sum(former != follower and key not in (former, follower) for (former, _), (follower, _) in cast.pairs)
    return len(beside) >= _FEWEST_BESIDE and between * _MOST_ASKED_BACK <= len(cast.pairs)


def give_interviewer_on_tape(cast: Cast) -> None:
    """The roles of host and guest for two whose talk a host plays: «Let's continue Terry's interview with Ed Hale»."""
    told: list[str] | None = None
    for (former, said), (follower, _) in cast.pairs:
        if former == follower or cast.roles[follower] is not None or cast.roles[former] not in (None, "host"):
            continue
        given, _, surname = former.partition(" ")
        if not surname or not (asks(said) or speaks_to_one(said)):
            continue
        told = _talks_told(cast) if told is None else told  # most pages have nobody who is asked and nothing yet
        if any(_calls_by_given(given, sentence) for sentence in told):
            cast.roles[former], cast.roles[follower] = "host", "guest"


def give_host_of_colleague(cast: Cast) -> None:
    """The roles of host and guest for two BYLINEs of whom a host says that they talked; who asks again and again hosts.

    «Ana Diaz retires after forty years. She spoke with Ed Hale.»
    """
    bylines = {key for key, part in cast.parts.items() if part.speaker.role == cast.roles[key] == "reporter"}
    if len(bylines) < _VOICES:
        return
    told = _texts_of_talks(cast)
    both = [[key for key in cast.parts if key in bylines and surname_of(key) in text] for text in told]
    for one, other in (pair for pair in both if len(pair) == _VOICES):
        asked = Counter(
            former
            for (former, said), (follower, _) in cast.pairs
            if {former, follower} == {one, other} and (asks(said) or speaks_to_one(said))
        )
        [(asker, times), *_] = [*asked.most_common(1), ("", 0)]
        if times >= _FEWEST_QUESTIONS and times >= _MOST_ASKED_BACK * (asked.total() - times):
            cast.roles.update({one: "guest", other: "guest"} | {asker: "host"})


def _talks_told(cast: Cast) -> list[str]:
    """The sentences in which hosts tell of a talk."""
    return [sentence for text in _texts_of_talks(cast) for sentence in _SENTENCES.split(text) if _TALK.search(sentence)]


def _texts_of_talks(cast: Cast) -> list[str]:
    """What hosts say where they tell of a talk."""
    return [
        text
        for key, role in cast.roles.items()
        if role == "host"
        for text in cast.parts[key].texts
        if _TALK.search(text)
    ]


def _calls_by_given(given: str, sentence: str) -> bool:
    """Whether a sentence calls somebody by his given name alone."""
    return any(not _SURNAME.match(sentence, end) for _, end in places(given, sentence))


def asks(said: str) -> bool:
    """Whether somebody's last words want an answer.

    >>> asks("What did you see?"), asks("It rains.")
    (True, False)
    """
    return said.rstrip().endswith(ASKS)


def speaks_to_one(said: str) -> bool:
    """Whether somebody's last words are said to one who hears them: they call him you.

    >>> speaks_to_one("And this story is your story."), speaks_to_one("Thank you. He said it rains, you know.")
    (True, False)
    """
    return _YOU.search(said[-_YOU_WITHIN:]) is not None
