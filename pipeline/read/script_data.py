"""Pages that show themselves by a program: their transcript stands in the JSON that the program is given.

Next.js (`__NEXT_DATA__`), Nuxt (`__NUXT_DATA__`: one list, whose objects name places in it) and others
(`window.__STATE__ = {...}`). What the key is called in which the transcript stands is known by a part of it alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pipeline.read.asides import begins_with_label
from pipeline.read.html import Html, load_json
from pipeline.read.segments import segment_blocks
from pipeline.records import Block

_KEY = "transcript"
_MARK = "ranscript"
_STATE = re.compile(r"\s*(?:window|self|globalThis)(?:\.\w{1,60}|\[[\"']\w{1,60}[\"']\])\s*=\s*(?=[{\[])")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_WORD = re.compile(r"\w+")
_MOST_WORDS = 100_000
"""That are compared; a transcript of five hours has fewer."""
_FEWEST_LABELS = 2
_FEWEST_OF_ANOTHER = 30
"""Words of a transcript: what is shorter is a label or an address."""
_FEWEST_WORDS = 200
"""Without labels: a notice («transcripts are created on a rush deadline») has eighty."""

_Transcript = tuple[tuple[Block, ...], str]
"""As paragraphs whose speakers are named, or as text."""


def transcript_in_scripts(page: Html) -> _Transcript:
    """The longest transcript in a page's own data: as paragraphs whose speakers are named, or as text; or neither.

    Where several objects have transcripts that differ, the page is a list of episodes: none of them is its own.
    """
    if not page.mentions(_MARK):
        return (), ""
    found: dict[tuple[int, int], list[str | list[Any]]] = defaultdict(list)
    for number, data in enumerate(_data_of(page)):
        for holder, value in _values(data, data if isinstance(data, list) else []):
            found[number, holder].append(value)
    said = list(dict.fromkeys(map(_longest, found.values())))
    long = [one for one in said if len(one[1].split()) + _words_of(one[0]) >= _FEWEST_OF_ANOTHER]
    if not _are_one(long):
        return (), ""
    same = long or said[:1]
    return max((blocks for blocks, _ in same), key=_words_of, default=()), max(
        (text for _, text in same), default="", key=len
    )


def _longest(values: list[str | list[Any]]) -> _Transcript:
    texts = [value for value in values if isinstance(value, str)]
    lists = [blocks for value in values if isinstance(value, list) and (blocks := segment_blocks(value))]
    return max(lists, key=_words_of, default=()), max(texts, key=len, default="")


def _are_one(transcripts: Sequence[_Transcript]) -> bool:
    """Whether these are one transcript in several forms, or parts of it: the longest says most of any."""
    if len(transcripts) < 2:
        return True
    longest = max(transcripts, key=lambda one: len(one[1]) + _words_of(one[0]))
    said = _runs(longest)
    return all(2 * len(runs & said) > len(runs) for runs in map(_runs, transcripts))


def _runs(transcript: _Transcript) -> set[tuple[str, ...]]:
    """What is said, by three words each, whatever the markup."""
    blocks, text = transcript
    plain = _TAG.sub(" ", " ".join([text, *(block.text for block in blocks)])).casefold()
    words = [found[0] for found in islice(_WORD.finditer(plain), _MOST_WORDS)]
    return set(zip(words, words[1:], words[2:], strict=False))


def is_transcript(blocks: tuple[Block, ...]) -> bool:
    """Whether people speak in these paragraphs, or there are more of them than of any notice."""
    labels = sum(block.speaker is not None or begins_with_label(block.text) for block in blocks)
    return labels >= _FEWEST_LABELS or _words_of(blocks) >= _FEWEST_WORDS


def _words_of(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _data_of(page: Html) -> Iterator[Any]:
    for node in page.tree.tags("script"):
        text = node.text()
        if _MARK not in text:
            continue
        if (node.attributes.get("type") or "").lower() == "application/json":
            yield load_json(text)
        elif state := _STATE.match(text):
            yield load_json(text[state.end() :].rstrip().rstrip(";"))


def _values(data: Any, places: list[Any]) -> Iterator[tuple[int, str | list[Any]]]:
    """The strings and lists below keys of transcripts, each with the number of the object that has the key.

    `places`: what numbers stand for, in Nuxt's lists.
    """
    above: list[tuple[Any, int]] = [(data, 0)]
    seen: set[int] = set()
    holders = 0
    while above:
        value, holder = above.pop()
        if isinstance(value, int) and not isinstance(value, bool) and holder and 0 <= value < len(places):
            if value in seen:
                continue
            seen.add(value)
            value = places[value]
        if isinstance(value, dict):
            holders += 1
            above += [(one, holder or (holders if _KEY in key.lower() else 0)) for key, one in value.items()]
        elif isinstance(value, list):
            if holder:
                yield holder, value
            above += [(one, holder) for one in value]
        elif isinstance(value, str) and holder:
            yield holder, value
