"""What stands below a transcript without a copyright line above it: headings and links, as if somebody's last words.

    ... I'm Ruth Alden. Stay tuned for Rain Today.      somebody's last words
    Sponsored                                           a foot: no sentence
    To learn more, please read our privacy policy.

    Related Content
    Forest Service: Stay out                            nobody's label, but a headline with a colon: of the foot too

People speak in sentences. Where nearly all of a page's paragraphs are some, those behind the last label from the first
that is none are a foot, if they are short, and several of them headings or the first asks for something.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.words import SENTENCE_ENDS, has_small_words

_GOES_ON = (*SENTENCE_ENDS, ",", ";", ":", "'", "’")
_LONGEST_HEADING = 60
_LONGEST_HEADLINE = 120
_FEWEST_PARAGRAPHS = 8
_FEW_OF = 12
"""One paragraph in so many may end without a stop where people are heard."""
_ASKS = re.compile(r"(?:Sign up|Subscribe|Follow|Share|Read|Click|Support|Donate|Listen|Download|Get|Add|See|Find) ")
"""How links begin of which no other word has a capital."""
_WORDS_OF_A_LINK = 12
"""On average: of who talks a whole paragraph longer is nearly all."""
_READS = re.compile(r"\((?:[Rr]ead|READ|[Ss]ing|SING|[Cc]hant|CHANT)(?:ing|ING)\b")
"""Poems and songs have lines without stops; and so has a list: «These were there:»."""
_SHORTEST_WORD = 4


def without_foot(passages: Sequence[Passage]) -> tuple[Sequence[Passage], tuple[str, ...]]:
    r"""The passages without what stands below the last words, and that.

    >>> said = [Passage(is_cue=False, label=None, text=f"It rains on day {day}.") for day in range(9)]
    >>> passages, foot = without_foot([*said[:-1], said[-1]._replace(text="Good night.\n\nTopics\n\nRecent Shows")])
    >>> passages[-1].text, foot
    ('Good night.', ('Topics', 'Recent Shows'))
    """
    end = _end_of_speech(passages)
    if not end or passages[end - 1].is_cue:
        return passages, ()
    below = [
        text
        for passage in passages[end:]
        if passage.label
        for text in f"{passage.label.printed}: {passage.text}".split("\n\n")
    ]
    is_list = len(below) > len(passages) - end and sum(map(_is_heading, below)) > 1
    passages, whole = passages[:end], passages
    last = passages[-1]
    paragraphs = last.text.split("\n\n")
    first = 0 if last.is_carried else 1
    begin = next((place for place in range(first, len(paragraphs)) if _is_heading(paragraphs[place])), None)
    begin = len(paragraphs) if begin is None and is_list else begin
    if begin is None or not _is_foot([*paragraphs[begin:], *below]) or not _speak_in_sentences(passages[:-1]):
        return whole, ()
    if _READS.search(last.text) is not None or "".join(paragraphs[:begin][-1:]).endswith((":", ",")):
        return whole, ()
    text = "\n\n".join(paragraphs[:begin])
    return [*passages[:-1], *([last._replace(text=text)] if text else [])], (*paragraphs[begin:], *below)


def _end_of_speech(passages: Sequence[Passage]) -> int:
    """How many passages stand above the last ones that are headlines: no sentences, behind labels of nobody above."""
    times = Counter(passage.label.tokens for passage in passages if passage.label)
    end = len(passages)
    above = 0
    """Passages further up with the labels of those met."""
    met: set[tuple[str, ...]] = set()
    for place in range(len(passages) - 1, -1, -1):
        passage = passages[place]
        if passage.label is None or any(map(_is_sentence, passage.text.split("\n\n"))):
            break
        tokens = passage.label.tokens
        above += -1 if tokens in met else times[tokens] - 1
        met.add(tokens)
        end = place if not above else end
    return end


def _is_sentence(text: str) -> bool:
    return len(text) > _LONGEST_HEADLINE or (text.endswith(_GOES_ON) and not text.endswith("?"))


def _is_foot(paragraphs: Sequence[str]) -> bool:
    """Whether these are short, and headings several of them: one alone may be a poem's title, if it asks nothing.

    However long, a paragraph is of somebody's bio that begins as the heading above it does: with his name.
    """
    is_asking = _ASKS.match(paragraphs[0]) is not None
    bios = {below for above, below in pairwise(paragraphs) if _is_heading(above) and below.startswith(f"{above} ")}
    lines = [text for text in paragraphs if text not in bios]
    is_short = sum(len(text.split()) for text in lines) <= _WORDS_OF_A_LINK * len(lines)
    return is_short and (is_asking or len(bios) + sum(map(_is_heading, lines)) > 1)


def _is_heading(text: str) -> bool:
    """Whether a paragraph is no sentence: few words, which begin with capitals, or with what a reader may do."""
    if len(text) > _LONGEST_HEADING or text.endswith(_GOES_ON):
        return False
    has_words = any(len(word) >= _SHORTEST_WORD for word in text.split())
    return has_words and (not has_small_words(text) or _ASKS.match(text) is not None)


def _speak_in_sentences(passages: Sequence[Passage]) -> bool:
    """Whether hardly a paragraph of the page ends without a stop: machines that hear none print no sentences."""
    texts = [text for passage in passages if not passage.is_cue for text in passage.text.split("\n\n")]
    others = sum(not text.endswith(_GOES_ON) for text in texts)
    return len(texts) >= _FEWEST_PARAGRAPHS and others * _FEW_OF <= len(texts)
