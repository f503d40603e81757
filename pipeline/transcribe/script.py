"""Blocks to a script: labels, cues and speech in order, and apart from them all that was never said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records import Block
from pipeline.transcribe.chrome import correction_in, cut_footer, is_chrome, is_notice, is_rights
from pipeline.transcribe.cues import split_cues
from pipeline.transcribe.labels import Label, find_label

_LONGEST_LEAD_PARAGRAPHS = 5
_LONGEST_LEAD_CHARACTERS = 2500
"""A host's introduction whose label is missing; what is longer is a written article above its transcript."""
_MARKERS = frozenset(("transcript", "transcript:", "read the transcript", "full transcript", "full transcript:"))


@dataclass(frozen=True, slots=True)
class Passage:
    """One label's run of paragraphs, or one cue.

    `is_uncertain`: lines may be missing right before it, so nothing says that the former speaker goes on.
    `is_carried`: it goes on after a cue without a label of its own. `is_lead`: it stands before the first label.
    """

    is_cue: bool
    label: Label | None
    text: str
    is_uncertain: bool = False
    is_carried: bool = False
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """What a page's text holds: `header` stands above the transcript, `after` below it; both were not spoken."""

    passages: tuple[Passage, ...]
    header: tuple[str, ...]
    after: tuple[str, ...]
    rights: str | None
    correction: str | None
    footers: int
    """Copyright lines met: more than a page's top and foot have make it a listing."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A block that may be speech, its leading cues and its label found."""

    cues: tuple[str, ...]
    label: Label | None
    text: str
    gap_before: int


def write_script(blocks: Sequence[Block]) -> Script:
    """Divide a page's blocks into header, script and what follows it."""
    lines: list[_Line] = []
    after: list[str] = []
    rights: list[str] = []
    corrections: list[str] = []
    gap = 0
    is_over = False
    start = _after_marker(blocks)
    for block in blocks[start:]:
        gap = max(gap, block.gap_before)
        correction = correction_in(block.text)
        if correction is not None:
            corrections.append(correction)
        elif is_rights(block.text):
            rights.append(block.text)
            is_over = (bool(lines) and lines[-1].label is not None) or is_over
        elif is_notice(block.text) or is_chrome(block.text):
            continue
        else:
            tail = cut_footer(block.text)
            line = _line(tail.text, gap) if tail.text else None
            gap = 0
            if line is not None and line.label is not None:
                lines.extend(_line(text, 2) for text in after)  # the footer stood in the middle: nothing was over
                after, is_over = [], False
            if line is not None and is_over:
                after.append(tail.text)
            elif line is not None:
                lines.append(line)
            if tail.rights is not None:
                rights.append(tail.rights)
                is_over = True
    header, script = _part_header(lines)
    return Script(
        passages=tuple(_passages(script)),
        header=(*(block.text for block in blocks[:start] if not is_chrome(block.text)), *header),
        after=tuple(after),
        rights=" ".join(dict.fromkeys(rights)) or None,
        correction=" ".join(dict.fromkeys(corrections)) or None,
        footers=len(rights),
    )


def _line(text: str, gap: int) -> _Line:
    cues, rest = split_cues(text)
    label = find_label(rest)
    if label is not None:
        rest = rest[label.end :].strip()
    return _Line(tuple(cues), label, rest, gap)


def _after_marker(blocks: Sequence[Block]) -> int:
    """The block behind a heading «Transcript», where the page has one and a label follows it; 0 otherwise."""
    for index, block in enumerate(blocks):
        if block.text.casefold() in _MARKERS and any(find_label(later.text) for later in blocks[index + 1 : index + 9]):
            return index + 1
        if find_label(block.text):
            break
    return 0


def _part_header(lines: Sequence[_Line]) -> tuple[tuple[str, ...], Sequence[_Line]]:
    """Header and script. A page whose HOST line is missing begins with his words, behind two blank lines or more."""
    first = next((index for index, line in enumerate(lines) if line.label is not None), None)
    if first is None:
        return (), lines
    begin = first
    while begin > 0 and lines[begin - 1].cues and not lines[begin - 1].text:
        begin -= 1
    label = lines[first].label
    lead = lines[:begin]
    if label is not None and label.role == "host":
        return tuple(line.text for line in lead if line.text), lines[begin:]
    gap = max((index for index, line in enumerate(lead) if line.gap_before >= 2), default=0)
    if (
        sum(len(line.text) for line in lead[gap:]) > _LONGEST_LEAD_CHARACTERS
        or len(lead) - gap > _LONGEST_LEAD_PARAGRAPHS
    ):
        return tuple(line.text for line in lead if line.text), lines[begin:]
    return tuple(line.text for line in lead[:gap] if line.text), lines[gap:]


def _passages(lines: Sequence[_Line]) -> list[Passage]:
    found: list[Passage] = []
    speech: Passage | None = None
    """The passage that an unlabelled paragraph would go on with."""
    is_open = False
    for line in lines:
        for cue in line.cues:
            found.append(Passage(is_cue=True, label=None, text=cue))
            is_open = False
        if line.label is not None:
            speech = Passage(is_cue=False, label=line.label, text=line.text, is_uncertain=line.gap_before >= 2)
            found.append(speech)
            is_open = True
        elif line.text and is_open and speech is not None and (line.gap_before < 2 or not speech.text):
            speech = replace(speech, text=f"{speech.text}\n\n{line.text}" if speech.text else line.text)
            found[-1] = speech
        elif line.text:
            former = speech if line.gap_before < 2 else None
            speech = Passage(
                is_cue=False,
                label=former.label if former is not None else None,
                text=line.text,
                is_uncertain=line.gap_before >= 2,
                is_carried=former is not None,
                is_lead=speech is None or speech.is_lead,
            )
            found.append(speech)
            is_open = True
    return [passage for passage in found if passage.text]
