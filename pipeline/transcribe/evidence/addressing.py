"""Who talks to whom: people who are in one conversation call each other by their given names, voices on tape do not."""

import re
from collections.abc import Iterable, Iterator

_SAYS_WITHIN = 200
"""Characters before somebody's words in which he is called."""
_ANSWERS_WITHIN = 80
_GREETS = (
    r"\b(?:[Hh]i|[Hh]ey|[Hh]ello|[Ww]elcome|[Mm]orning|[Aa]fternoon|[Ee]vening|[Tt]hanks|[Tt]hank you"
    r"|[Cc]ongratulations|[Tt]ake it away|[Gg]o ahead|OK|[Aa]ll right|[Ww]ell|[Yy]eah|[Yy]es|[Rr]ight)\b"
)
# What stands before a name and behind it; no pattern holds the name, for it would be compiled anew on each page.
_GREETS_BEFORE = re.compile(rf"{_GREETS}(?:,? [\w'’]+){{0,5}},? \Z")
_TURNS_BEFORE = re.compile(r"\b(?:So|And|Now|But|Then),? \Z")
_ASKS_BEHIND = re.compile(
    r", [^.?!]{0,120}\b(?:you|your|[Hh]i|[Ww]elcome|tell (?:me|us)|good (?:afternoon|evening|morning))\b"
)
_CALLED = re.compile(r", ([A-Z][\w'’-]*)(?=[.,?!])")
_THANKS = re.compile(r"\bfor (?:having|joining|being with) (?:me|us)\b")
_ENDS = (".", "?", "!")
_ENDS_BEHIND = (*_ENDS, ",", " -")
_ENDS_BEFORE = (". ", "? ", "! ", "-- ")


def called_in(texts: Iterable[str]) -> set[str]:
    """What any words may call somebody by: «Thank you, Ana.», «What's new, Ana?»; and what else stands so.

    >>> sorted(called_in(["What's new, Ana?", "In Bath, Maine, it rains."]))
    ['Ana', 'Maine']
    """
    return {name for text in texts for name in _CALLED.findall(text)}


def thanks_for_talk(said: str) -> bool:
    """Whether somebody thanks another for talking with him, as guests do and hosts.

    >>> thanks_for_talk("Thank you so much for joining us."), thanks_for_talk("Thanks for the rain.")
    (True, False)
    """
    return _THANKS.search(said) is not None


def calls(said: str, given: str) -> bool:
    """Whether somebody's last words are said to one who is called by this given name.

    >>> calls("That's the news. So, Ana, what did you see?", "Ana"), calls("Take it away, Ana.", "Ana")
    (True, True)
    >>> calls("What did you see, Ana?", "Ana")
    True
    >>> calls("Ana, a farmer, grows corn. And here is his wife, Ana.", "Ana")
    False
    """
    tail = said[-_SAYS_WITHIN:]
    return given in tail and any(_is_called(tail, start, end) for start, end in _places(given, tail))


def answers(text: str, given: str) -> bool:
    """Whether somebody's first words are said to one who is called by this given name.

    >>> answers("Hey, thanks, Michel. Fellas.", "Michel"), answers("Well, you know, Neal, I do.", "Neal")
    (True, True)
    >>> answers("Neal Conan did that.", "Neal"), answers("I am Neal.", "Neal")
    (False, False)
    """
    head = text[:_ANSWERS_WITHIN]
    return given in head and any(_is_answered(head, start, end) for start, end in _places(given, head))


def _is_called(tail: str, start: int, end: int) -> bool:
    """«Hi, Ana.», «..., Ana?», «So, Ana, ...», «Ana, what do you ...»."""
    if tail.startswith(_ENDS_BEHIND, end) and _GREETS_BEFORE.search(tail, 0, start):
        return True
    if tail.startswith("?", end) and tail.endswith(", ", 0, start):
        return True
    if tail.startswith(",", end) and _TURNS_BEFORE.search(tail, 0, start):
        return True
    begins = start == 0 or tail.endswith(_ENDS_BEFORE, 0, start)
    return begins and (tail[end:] in _ENDS or _ASKS_BEHIND.match(tail, end) is not None)


def _is_answered(head: str, start: int, end: int) -> bool:
    """«Hi, Ana.», «Thanks so much, Ana», «Ana, I ...»."""
    return head.startswith(_ENDS_BEHIND, end) and (start == 0 or head.endswith(", ", 0, start))


def _places(given: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(given) if given else -1
    while start >= 0:
        yield start, start + len(given)
        start = text.find(given, start + 1)
