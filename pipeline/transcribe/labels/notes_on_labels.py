"""Labels with a note that is none of the name, otherwise than in parentheses: `ANA DIAZ [on tape]:`.

ANA DIAZ [on tape]: It rains.    as in parentheses, where `label` reads it
ANA DIAZ/KUT: It rains.          whose reporter it is
ANA DIAZ CLIP: It rains.   Voice of Ana Diaz: It rains.   [ANA DIAZ]: It rains.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Block
from pipeline.transcribe.census import census_given
from pipeline.transcribe.labels.how_spoken import says_how
from pipeline.transcribe.labels.label import name_label
from pipeline.transcribe.names import fold
from pipeline.transcribe.sought import Sought

_LONGEST = 120
_FULL_NAME = 2
_PLAYED = r"(?:[Cc]lip|CLIP|[Tt]ape|TAPE|[Vv]oice|VOICE)"
_NOTED = Sought(
    r"(?:(?P<name>[^\W\d_][^\[\]()/:]{1,50}) ?\[(?P<note>[^\[\]:]{2,80})\]"
    r"|(?P<reporter>[^\W\d_][^\[\]()/:]{2,50})/(?P<outlet>[A-Z]{3,6})"
    rf"|{_PLAYED} (?:of|OF) (?P<heard>[A-Z][^\[\]()/:]{{2,50}})"
    rf"|(?P<played>[^\W\d_][^\[\]()/:]{{2,50}}) {_PLAYED}"
    r"|\[(?P<bracketed>[^\W\d_][^\[\]()/:]{2,50})\])$",
    "[|/|lip|LIP|ape|APE|oice|OICE",
)


def with_notes_in_parentheses(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with notes on their labels in parentheses, and without those that say only that they are played.

    >>> with_notes_in_parentheses([Block("Ana Diaz [on tape]: It rains.")])[0].text
    'Ana Diaz (on tape): It rains.'
    >>> with_notes_in_parentheses([Block("DIAZ [in Spanish]: It rains.")])[0].text
    'DIAZ (in Spanish): It rains.'
    >>> with_notes_in_parentheses([Block("Voice of Ana Diaz: It rains.")])[0].text
    'Ana Diaz: It rains.'
    >>> with_notes_in_parentheses([Block("STAR TREK CLIP: It rains.")])[0].text
    'STAR TREK CLIP: It rains.'
    >>> with_notes_in_parentheses([Block("Rain [on tape]: It rains.")])[0].text
    'Rain [on tape]: It rains.'
    """
    return [_without_note(block) for block in blocks]


def _without_note(block: Block) -> Block:
    colon = block.text.find(":", 0, _LONGEST)
    found = _NOTED.match(block.text[:colon]) if colon > 0 else None
    if found is None:
        return block
    note = found["note"] or found["outlet"]
    name = (found["name"] or found["reporter"] or found["heard"] or found["played"] or found["bracketed"]).rstrip()
    label = name_label(name)
    if label is None or (len(label.tokens) < _FULL_NAME and not (label.is_bare and says_how(note or ""))):
        return block
    if note is None and fold(label.tokens[0]) not in census_given():
        return block  # `STAR TREK CLIP`, `[Crowd Noise]`
    return replace(block, text=f"{name} ({note}){block.text[colon:]}" if note else f"{name}{block.text[colon:]}")
