"""Blocks to lines: the cues, the label and the words of each, also where a page's paragraphs were run together."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.records import Block
from pipeline.transcribe.brackets import closing_bracket
from pipeline.transcribe.cues import split_cues
from pipeline.transcribe.labels.candidates import without_bullet
from pipeline.transcribe.labels.flattened import inner_heads
from pipeline.transcribe.labels.label import Label, title_case_label
from pipeline.transcribe.labels.page_labels import PageLabels
from pipeline.transcribe.labels.stamps import cut_stamp, machine_breaks
from pipeline.transcribe.words import SENTENCE_ENDS

_CLIP = re.compile(r"(?:ARCHIVE|NEWS|AUDIO|VIDEO|MOVIE) CLIP(?:, [^:\[\]]{1,60})?")
_LONGEST_CLIP_LABEL = 80
_SOUNDS = ("(SOUNDBITE OF ", "(Soundbite of ", "(SOUNDBITES OF ", "(Soundbites of ")


class Line(NamedTuple):
    """Words that may be speech, with the cues before them and their label."""

    cues: tuple[str, ...]
    label: Label | None
    text: str
    gap_before: int
    start_seconds: float | None = None


def lines_of(block: Block, labels: PageLabels) -> list[Line]:
    """The lines of a block: one, or as many as labels were run together in it."""
    if block.speaker is not None:
        label = labels.of_markup(block.speaker)
        label = label._replace(role=block.role or label.role)
        cues, words = split_cues(block.text)
        return [Line(tuple(cues), label if words else None, words, block.gap_before, block.start_seconds)]
    clip = _clip(block, labels) if block.text[:1] in ("[", "(") else None
    if clip is not None:
        return [clip]
    text = without_bullet(block.text)
    first = _line(text, block, labels)
    if first.text.find(":") < 0:
        return _with_last_sound(first)
    places = sorted(set(_breaks(first.text, labels)))
    if not places:
        return _with_last_sound(first)
    before = first.text[: places[0]].strip()
    is_lost = first.label is None and not first.text[places[0] - 1].isalpha()  # somebody's words, not chrome
    if first.label is None:  # `(Laughter) ANA DIAZ: It rains.`: a cue, now that it is alone
        cues, before = split_cues(before)
        first = first._replace(cues=(*first.cues, *cues))
    found = [*_with_last_cue(first._replace(text=before, gap_before=2 if is_lost else first.gap_before))]
    for begin, end in pairwise([*places, len(first.text)]):
        piece = first.text[begin:end].strip()
        found.extend(_with_last_cue(_line(piece, Block(piece), labels)))
    return [line for line in found if line.cues or line.label or line.text]


def _clip(block: Block, labels: PageLabels) -> Line | None:
    """Tape that has its label and its words in brackets: `[ARCHIVE CLIP, radio: Let's welcome Seth Jackson.]`.

    Radiolab prints so, and its credits read by listeners: `[LISTENER: Hi, I'm Ellie from Cleveland.]`. A clip's bracket
    may never be closed, or in a later paragraph.
    """
    text = block.text
    colon = text.find(":", 0, _LONGEST_CLIP_LABEL)
    if colon < 0:
        return None
    head = text[1:colon]
    is_open = text[0] == "[" and "]" not in text and _CLIP.fullmatch(head) is not None
    if not is_open and closing_bracket(text, 0) != len(text) - 1:
        return None
    words = text[colon + 1 : len(text) if is_open else -1].strip()
    if not split_cues(words)[1]:
        return Line((text,), None, "", block.gap_before)
    if _CLIP.fullmatch(head):
        label: Label | None = _clip_label(head)
    else:
        label = labels.find_inside(head) if text[0] == "[" else None  # `(GK: Garrison Keillor; ...)` says who plays
    return Line((), label, words, block.gap_before) if label is not None else None


def _clip_label(printed: str) -> Label:
    """Whose tape it is, where it says so by a full name: `ARCHIVE CLIP, Carl Sagan`, but `ARCHIVE CLIP, astronaut`."""
    who = title_case_label(printed.partition(", ")[2])
    if who is None or not who.is_named or len(who.tokens) == 1:
        return Label(printed, (), "other", None, None, None, end=0)
    return who._replace(printed=printed, role="other", end=0)


def _with_last_sound(line: Line) -> list[Line]:
    """A line, and the sound at its end that a footer was glued to: `It holds. (SOUNDBITE OF MUSIC)`."""
    opening = max(map(line.text.rfind, _SOUNDS)) if line.text.endswith(")") else -1
    if opening <= 0:
        return [line]
    return [line._replace(text=line.text[:opening].rstrip()), Line((line.text[opening:],), None, "", 1)]


def _with_last_cue(line: Line) -> Iterator[Line]:
    """A line, and the cue at its end as a line of its own: `... today. (SOUNDBITE OF CHILDREN LAUGHING)`."""
    opening = max(line.text.rfind("("), line.text.rfind("["))
    if opening > 0 and line.text[-1] in ")]" and _is_cue_of_its_own(line.text[:opening], line.text[opening:]):
        yield line._replace(text=line.text[:opening].rstrip())
        yield Line((line.text[opening:],), None, "", 1)
    else:
        yield line


def _is_cue_of_its_own(before: str, bracket: str) -> bool:
    """Whether what stands in brackets behind speech is a cue: in capitals; or with one, behind a sentence's end."""
    if bracket[1:-1].isupper() and bracket[0] == "(":
        return True
    is_apart = before.rstrip().endswith(SENTENCE_ENDS) and bracket[1:2].isupper()
    return is_apart and not split_cues(bracket)[1]


def _line(text: str, block: Block, labels: PageLabels) -> Line:
    clock: float | None = None
    if labels.is_stamped:
        clock, text = cut_stamp(text)  # `[00:01:12] Ada Wren: ...`, `[00:01:12] (SOUNDBITE OF RAIN)`
    cues, rest = split_cues(text)
    seconds = block.start_seconds if clock is None else clock
    stamped = labels.find_stamped(rest) if labels.is_stamped else None
    label = stamped[0] if stamped else labels.find(rest)
    if label is not None:
        rest = rest[label.end :].strip()
        seconds = stamped[1] if stamped else seconds
    return Line(tuple(cues), label, rest, block.gap_before, seconds)


def _breaks(text: str, labels: PageLabels) -> Iterator[int]:
    """Where in a paragraph another speaker begins, and the cues right before him."""
    if labels.is_stamped:
        yield from machine_breaks(text)
    former = -1
    for begin, head in inner_heads(text):
        if begin > former and labels.find_inside(head) is not None:
            yield begin
            former = begin + len(head)
