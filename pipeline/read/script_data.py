"""Pages that show themselves by a program: their transcript stands in the JSON that the program is given.

Next.js (`__NEXT_DATA__`), Nuxt (`__NUXT_DATA__`: one list, whose objects name places in it) and others
(`window.__STATE__ = {...}`). What the key is called in which the transcript stands is known by a part of it alone.
"""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.read.asides import begins_with_label
from pipeline.read.html import Html, load_json
from pipeline.read.segments import segment_blocks
from pipeline.records import Block

_KEY = "transcript"
_MARK = "ranscript"
_STATE = re.compile(r"\s*(?:window|self|globalThis)(?:\.\w{1,60}|\[[\"']\w{1,60}[\"']\])\s*=\s*(?=[{\[])")
_FEWEST_LABELS = 2
_FEWEST_WORDS = 200
"""Without labels: a notice («transcripts are created on a rush deadline») has eighty."""


def transcript_in_scripts(page: Html) -> tuple[tuple[Block, ...], str]:
    """The longest transcript in a page's own data: as paragraphs whose speakers are named, or as text; or neither."""
    if not page.mentions(_MARK):
        return (), ""
    found = [value for data in _data_of(page) for value in _values(data, data if isinstance(data, list) else [])]
    texts = [value for value in found if isinstance(value, str)]
    lists = [blocks for value in found if isinstance(value, list) and (blocks := segment_blocks(value))]
    return max(lists, key=_words_of, default=()), max(texts, key=len, default="")


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


def _values(data: Any, places: list[Any]) -> Iterator[str | list[Any]]:
    """The strings and lists below keys of transcripts. `places`: what numbers stand for, in Nuxt's lists."""
    above: list[tuple[Any, bool]] = [(data, False)]
    seen: set[int] = set()
    while above:
        value, is_transcripts = above.pop()
        if isinstance(value, int) and not isinstance(value, bool) and is_transcripts and 0 <= value < len(places):
            if value in seen:
                continue
            seen.add(value)
            value = places[value]
        if isinstance(value, dict):
            above += [(one, is_transcripts or _KEY in key.lower()) for key, one in value.items()]
        elif isinstance(value, list):
            if is_transcripts:
                yield value
            above += [(one, is_transcripts) for one in value]
        elif isinstance(value, str) and is_transcripts:
            yield value
