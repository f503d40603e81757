"""Interviews on pages that call nobody a host: who asks again and again, and is hardly asked himself."""

import re
from collections import Counter

from pipeline.transcribe.parts import Cast

ASKS = ("?", " blank.")
"""A quiz's questions may end in what is to be filled in."""
_FEWEST_QUESTIONS = 2
_MOST_ASKED_BACK = 3
"""Of so many questions of his one may be asked by the others."""
_YOU_WITHIN = 160
"""Characters of somebody's last words in which he speaks to the next one."""
_YOU = re.compile(
    r"(?<!ank )\b[Yy]ou(?:r|rself)?\b(?! (?:know|can (?:find|hear|see)|(?:are|were) listening)\b|['’]re listening)"
)
_INITIALS = re.compile(r"[A-Z]{2,3}")
_VOICES = 2
"""Of an interview whose asker is known by his initials alone: so are a play's parts."""
_MAY_ASK = frozenset((None, "reporter"))


def give_interviewer(cast: Cast) -> None:
    """The role of host for the one whose words, where others go on, are questions for the most part."""
    if cast.has_host:
        return
    heard: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for (former, said), (follower, _) in cast.pairs:
        if former != follower:
            heard[former] += 1
            asked[former] += asks(said)
    asker, questions = max(asked.items(), key=lambda pair: pair[1], default=("", 0))
    if (
        questions >= _FEWEST_QUESTIONS
        and questions * 2 >= heard[asker]
        and questions >= _MOST_ASKED_BACK * (asked.total() - questions)
        and cast.roles.get(asker) in _MAY_ASK
        and (len(cast.parts) == _VOICES or not _INITIALS.fullmatch(asker))
    ):
        cast.roles[asker] = "host"


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
