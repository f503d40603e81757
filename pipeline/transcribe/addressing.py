"""Who talks to whom: people who are in one conversation call each other by their given names, voices on tape do not."""

import re
from functools import lru_cache

_SAYS_WITHIN = 200
"""Characters before somebody's words in which he is called."""
_ANSWERS_WITHIN = 80
_GREETS = (
    r"(?:[Hh]i|[Hh]ey|[Hh]ello|[Ww]elcome|[Mm]orning|[Aa]fternoon|[Ee]vening|[Tt]hanks|[Tt]hank you|[Cc]ongratulations"
    r"|[Tt]ake it away|[Gg]o ahead|OK|[Aa]ll right|[Ww]ell|[Yy]eah|[Yy]es|[Rr]ight)"
)
_TURNS = r"(?:So|And|Now|But|Then)"


def calls(said: str, given: str) -> bool:
    """Whether somebody's last words are said to one who is called by this given name.

    >>> calls("That's the news. So, Ana, what did you see?", "Ana"), calls("Take it away, Ana.", "Ana")
    (True, True)
    >>> calls("Ana, a farmer, grows corn. And here is his wife, Ana.", "Ana")
    False
    """
    tail = said[-_SAYS_WITHIN:]
    return given in tail and _calling(given).search(tail) is not None


def answers(text: str, given: str) -> bool:
    """Whether somebody's first words are said to one who is called by this given name.

    >>> answers("Hey, thanks, Michel. Fellas.", "Michel"), answers("Well, you know, Neal, I do.", "Neal")
    (True, True)
    >>> answers("Neal Conan did that.", "Neal"), answers("I am Neal.", "Neal")
    (False, False)
    """
    head = text[:_ANSWERS_WITHIN]
    return given in head and _answering(given).search(head) is not None


@lru_cache(maxsize=512)
def _calling(given: str) -> re.Pattern[str]:
    """«Hi, Ana.», «..., Ana?», «So, Ana, ...», «Ana, what do you ...»."""
    name = re.escape(given)
    return re.compile(
        rf"\b{_GREETS}\b(?:,? [\w'’]+){{0,5}},? {name}(?:[.?!,]| -)|, {name}\?|\b{_TURNS},? {name},"
        rf"|(?:^|[.?!] ){name}(?:[.?!]$|, [^.?!]{{0,120}}\b(?:you|your|[Hh]i|[Ww]elcome)\b)"
    )


@lru_cache(maxsize=512)
def _answering(given: str) -> re.Pattern[str]:
    """«Hi, Ana.», «Thanks so much, Ana», «Ana, I ...»."""
    name = re.escape(given)
    return re.compile(rf"(?:^|\b{_GREETS}\b(?:,? [\w'’]+){{0,4}},? |, ){name}(?:[.?!,]| -|$)")
