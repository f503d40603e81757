r"""Where words stand in running text.

Names are new on every page, and to compile a pattern for each costs 0.1 to 0.3 ms, a good part of a page's reading: so
words are found as they are, and what stands around them by patterns that are the same for all.
"""

from collections.abc import Iterator
from functools import lru_cache

SENTENCE_ENDS = (".", "?", "!", "…", '"', "”", ")", "]", "-", "—", "–")  # fmt: skip
"""What ends spoken words, of which a headline has none."""


_SMALL_WORD = 3
"""Letters of the longest word that has no capital in a headline; what somebody says has longer ones."""


@lru_cache(maxsize=32)  # rule after rule asks where in a page's words the same few names stand
def starts(words: str, text: str) -> tuple[int, ...]:
    """Where these words begin, one behind the other, within longer words too; nowhere where there are none.

    >>> starts("Ana", "Ana, Anabel"), starts("", "Ana")
    ((0, 5), ())
    """
    found: list[int] = []
    start = text.find(words) if words else -1
    while start >= 0:
        found.append(start)
        start = text.find(words, start + len(words))
    return tuple(found)


def places(words: str, text: str) -> Iterator[tuple[int, int]]:
    r"""Where these words begin and end, as whole words (`\b` on both sides).

    >>> list(places("Ana", "Ana, Anabel and Ana"))
    [(0, 3), (16, 19)]
    """
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if _parts(text, start) and _parts(text, end):
            yield start, end
        start = text.find(words, start + 1)


def name_places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name begins and ends that is no part of a longer word, nor joined to one by a hyphen."""
    for start in starts(words, text):
        end = start + len(words)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before.isalnum() or before == "-" or after.isalnum() or after == "-"):
            yield start, end


def has_small_words(text: str) -> bool:
    """Whether longer words begin with a small letter, as those of headings and links do not.

    >>> has_small_words("Rain in the Hills"), has_small_words("Rain and other news")
    (False, True)
    """
    return any(len(word) > _SMALL_WORD and word[0].islower() for word in text.split())


def has_words(words: str, text: str) -> bool:
    """Whether these words stand there, as whole words."""
    return next(places(words, text), None) is not None


def _parts(text: str, place: int) -> bool:
    r"""Whether a word begins or ends there (`\b`)."""
    return _is_of_word(text[place - 1 : place]) != _is_of_word(text[place : place + 1])


def _is_of_word(character: str) -> bool:
    r"""`\w`."""
    return character.isalnum() or character == "_"
