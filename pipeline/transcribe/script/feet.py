"""What stands below a transcript without a copyright line above it: headings and links, as if somebody's last words.

    ... I'm Ruth Alden. Stay tuned for Rain Today.      somebody's last words
    Sponsored                                           a foot: no sentence
    To learn more, please read our privacy policy.

People speak in sentences. Where nearly all of a page's paragraphs are some, those behind the last label from the first
that is none are a foot, if they are short, and several of them headings or the first asks for something.
"""

import re
from collections.abc import Sequence

from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.words import SENTENCE_ENDS

_GOES_ON = (*SENTENCE_ENDS, ",", ";", ":", "'", "’")
_LONGEST_HEADING = 60
_FEWEST_PARAGRAPHS = 8
_FEW_OF = 12
"""One paragraph in so many may end without a stop where people are heard."""
_ASKS = re.compile(r"(?:Sign up|Subscribe|Follow|Share|Read|Click|Support|Donate|Listen|Download|Get|Add|See|Find) ")
"""How links begin of which no other word has a capital."""
_WORDS_OF_A_LINK = 12
"""On average: of who talks a whole paragraph longer is nearly all."""
_SMALL_WORD = 3
_PLUS = "+-•>»"


def without_foot(passages: Sequence[Passage]) -> tuple[Sequence[Passage], tuple[str, ...]]:
    r"""The passages without what stands below the last words, and that.

    >>> said = [Passage(is_cue=False, label=None, text=f"It rains on day {day}.") for day in range(9)]
    >>> passages, foot = without_foot([*said[:-1], said[-1]._replace(text="Good night.\n\nTopics\n\nRecent Shows")])
    >>> passages[-1].text, foot
    ('Good night.', ('Topics', 'Recent Shows'))
    """
    if not passages or passages[-1].is_cue:
        return passages, ()
    last = passages[-1]
    paragraphs = last.text.split("\n\n")
    first = 0 if last.is_carried else 1
    begin = next((place for place in range(first, len(paragraphs)) if _is_heading(paragraphs[place])), None)
    if begin is None or not _is_foot(paragraphs[begin:]) or not _speak_in_sentences(passages[:-1]):
        return passages, ()
    text = "\n\n".join(paragraphs[:begin])
    return [*passages[:-1], *([last._replace(text=text)] if text else [])], tuple(paragraphs[begin:])


def _is_foot(paragraphs: Sequence[str]) -> bool:
    """Whether these are short, and headings several of them: one alone may be a poem's title, if it asks nothing."""
    is_asking = _ASKS.match(paragraphs[0]) is not None
    is_short = sum(len(text.split()) for text in paragraphs) <= _WORDS_OF_A_LINK * len(paragraphs)
    return is_short and (is_asking or sum(map(_is_heading, paragraphs)) > 1)


def _is_heading(text: str) -> bool:
    """Whether a paragraph is no sentence: few words, which begin with capitals, or with what a reader may do."""
    if len(text) > _LONGEST_HEADING or text.endswith(_GOES_ON):
        return False
    words = [word for word in text.strip(_PLUS).split() if len(word) > _SMALL_WORD]
    return bool(words) and (not any(word[0].islower() for word in words) or _ASKS.match(text) is not None)


def _speak_in_sentences(passages: Sequence[Passage]) -> bool:
    """Whether hardly a paragraph of the page ends without a stop: machines that hear none print no sentences."""
    texts = [text for passage in passages if not passage.is_cue for text in passage.text.split("\n\n")]
    others = sum(not text.endswith(_GOES_ON) for text in texts)
    return len(texts) >= _FEWEST_PARAGRAPHS and others * _FEW_OF <= len(texts)
