"""Labels that stand with a time above the words: name, time and speech on three lines, on two, or on one.

    Ana Diaz            Ana Diaz 0:01       00:00:01 - Ana Diaz
    [00:00:01]          It rains.           It rains.
    It rains.

    0:00:01.5 **Ana Diaz** It rains.       Ana Diaz: 00:01 It rains.

So do chapters, which never come back, and lists of videos, whose lengths go up and down: a page must name several
people so, some of whom come back and who talk, and its times must go on.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.records import Block
from pipeline.transcribe.labels.conversation import is_talk
from pipeline.transcribe.labels.label import name_label
from pipeline.transcribe.labels.stamps import cut_stamp

_CLOCK = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?[\])]?")
_LONGEST_CLOCK = 14
_WITH_CLOCK = re.compile(
    rf"(?P<clock>{_CLOCK.pattern}) (?:[-–—|·] )?(?P<name>[A-Z][^:]{{1,60}}):?"
    rf"|(?P<name_first>[A-Z][^:]{{1,60}}?):? (?:[-–—|·] )?(?P<clock_last>{_CLOCK.pattern})"
)
_BEFORE_EMPHASIS = re.compile(
    rf"(?P<clock>{_CLOCK.pattern}) (?P<mark>\*\*|__)(?P<name>[A-Z][^:*_\n]{{1,60}}):?(?P=mark):? (?P<words>\S.*)",
    re.DOTALL,
)
_BEFORE_WORDS = re.compile(r"(?P<clock>\d{1,2}:\d{2}:\d{2}(?:\.\d{1,3})?) (?P<words>(?![ap]\.?m|[-–—*_]).+)", re.DOTALL)
"""Hours too: a time of day has two numbers. Before a dash or Markdown's bold a name stands."""
_MINUTES = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?!\d|:\d)"
_BESIDE_NAME = re.compile(
    rf"(?P<name>[A-Z][^:\[(\d\n]{{1,60}}?)(?::\s{{1,40}}\(?(?P<behind>{_MINUTES})\)?:?| (?P<before_colon>{_MINUTES}):)"
    rf"\s{{1,40}}(?P<words>\S.*)"
    rf"|(?P<first>{_MINUTES}) (?P<name_last>[A-Z][^:\[(\d\n]{{1,60}}?):\s{{1,40}}(?P<words_last>\S.*)",
    re.DOTALL,
)
"""`Ana Diaz: 00:01 It rains.`, `Ana Diaz 00:01: It rains.`, `00:01 Ana Diaz: It rains.`: minutes, without brackets."""
_BESIDE_WITHIN = 160
_LATEST_FIRST = 300
"""Seconds: what begins with a later time tells when things are on (`Yoga: 9:00 Room 2`)."""
_EMPHASIS = (" **", " __")
_EMPHASIS_WITHIN = 20
_CLOCK_EDGES = "0123456789[]()"
_MARKS = "*_#: "
"""Of Markdown, around a name."""
_LONGEST_NAME = 60
_NO_NAME = (".", "?", "!", "…", ",", ";")
_FEWEST = 4
_FEWEST_WHO_COME_BACK = 2
_STEPS_A_SLIP = 8


def with_stamped_lines(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with name, time and words in one where the page parts them; times beside the words in any case.

    >>> page = [Block(text) for name in ("Ana Diaz", "Ed Hale") * 2 for text in (name, "[0:07]", "I see rain.")]
    >>> with_stamped_lines(page)[1]
    Block(text='I see rain.', gap_before=1, speaker='Ed Hale', start_seconds=7.0, role=None)
    """
    if sum(_has_clock(block.text) for block in blocks) >= _FEWEST and (joined := _joined(blocks)):
        return joined
    return _with_times_apart(_with_times_beside_names(blocks))


def _with_times_beside_names(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, their times out of their words, where names with minutes come back and the minutes go on from none.

    >>> page = [Block(f"{name} 0:0{at}: I see rain.") for at, name in enumerate(("Ana Diaz", "Ed Hale") * 2)]
    >>> _with_times_beside_names(page)[1]
    Block(text='Ed Hale: I see rain.', gap_before=1, speaker=None, start_seconds=1.0, role=None)
    """
    timed = {
        index: found
        for index, block in enumerate(blocks)
        if block.text.count(":", 0, _BESIDE_WITHIN) > 1 and (found := _BESIDE_NAME.fullmatch(block.text)) is not None
    }
    said = {
        index: (
            found["name"] or found["name_last"],
            _seconds(found["behind"] or found["before_colon"] or found["first"]),
            found["words"] or found["words_last"],
        )
        for index, found in timed.items()
    }
    times = Counter(name for name, _, _ in said.values())
    come_back = sum(count > 1 and name_label(name) is not None for name, count in times.items())
    seconds = [second for _, second, _ in said.values()]
    if len(said) < _FEWEST or come_back < _FEWEST_WHO_COME_BACK or seconds[0] > _LATEST_FIRST or not _goes_on(seconds):
        return blocks
    if not is_talk([words for _, _, words in said.values()]):
        return blocks
    return [
        replace(block, text=f"{said[index][0]}: {said[index][2]}", start_seconds=said[index][1])
        if index in said
        else block
        for index, block in enumerate(blocks)
    ]


def _joined(blocks: Sequence[Block]) -> Sequence[Block]:
    """Name, time and words in one; none where the page does not part them."""
    parted = [part for block in blocks for part in _parted(block)]
    clocks = {index: _seconds(block.text) for index, block in enumerate(parted) if _is_clock(block.text)}
    names = {index - 1 for index in clocks if 0 < index < len(parted) - 1 and _may_be_name(parted[index - 1].text)}
    times = Counter(parted[index].text.strip(_MARKS) for index in names)
    come_back = sum(count > 1 and name_label(name) is not None for name, count in times.items())
    if len(names) < _FEWEST or come_back < _FEWEST_WHO_COME_BACK or not _goes_on(list(clocks.values())):
        return []
    if not is_talk([parted[index + 2].text for index in sorted(names)]):
        return []
    found: list[Block] = []
    name: Block | None = None
    seconds: float | None = None
    for index, block in enumerate(parted):
        if index in names:
            name = block
        elif index in clocks:
            seconds = clocks[index]
        else:
            speaker = name.text.strip(_MARKS) if name is not None else block.speaker
            gap = name.gap_before if name is not None else block.gap_before
            start = block.start_seconds if seconds is None else seconds
            found.append(replace(block, gap_before=gap, speaker=speaker, start_seconds=start))
            name = seconds = None
    return found


def _with_times_apart(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, their times beside their words where the page prints one before paragraph after paragraph.

    >>> page = [Block(f"00:0{minute}:12 It rains.") for minute in range(4)]
    >>> _with_times_apart(page)[1]
    Block(text='It rains.', gap_before=1, speaker=None, start_seconds=72.0, role=None)
    """
    timed = {
        index: found
        for index, block in enumerate(blocks)
        if block.text[:1].isdigit() and (found := _BEFORE_WORDS.fullmatch(block.text)) is not None
    }
    if len(timed) < _FEWEST or not _goes_on([_seconds(found["clock"]) for found in timed.values()]):
        return blocks
    return [
        replace(block, text=timed[index]["words"], start_seconds=_seconds(timed[index]["clock"]))
        if index in timed
        else block
        for index, block in enumerate(blocks)
    ]


def _parted(block: Block) -> tuple[Block, ...]:
    """Name, time and words of a line that holds them, the words perhaps in the next one; or the block as it is."""
    if not _has_clock(block.text):
        return (block,)
    if _has_emphasis(block.text) and (whole := _BEFORE_EMPHASIS.fullmatch(block.text)) is not None:
        return (replace(block, text=whole["name"]), Block(whole["clock"]), Block(whole["words"]))
    found = _WITH_CLOCK.fullmatch(block.text) if len(block.text) <= _LONGEST_NAME else None
    if found is None:
        return (block,)
    name, clock = (found["name"] or found["name_first"]), (found["clock"] or found["clock_last"])
    return (replace(block, text=name), Block(clock))


def _has_clock(text: str) -> bool:
    """Whether a line may be a time, or begin or end with one: a quick look."""
    if len(text) > _LONGEST_NAME:
        return text[0] in _CLOCK_EDGES and _has_emphasis(text)
    return ":" in text and (text[0] in _CLOCK_EDGES or text[-1] in _CLOCK_EDGES)


def _has_emphasis(text: str) -> bool:
    """Whether a line that begins as a time does may go on with a name in bold type: a quick look."""
    return any(text.find(mark, 0, _EMPHASIS_WITHIN) > 0 for mark in _EMPHASIS)


def _is_clock(text: str) -> bool:
    return len(text) <= _LONGEST_CLOCK and ":" in text and _CLOCK.fullmatch(text) is not None


def _seconds(clock: str) -> float:
    return cut_stamp(f"[{clock.strip('[]()')}]")[0] or 0.0


def _goes_on(seconds: Sequence[float]) -> bool:
    """Whether times never go back, but for a slip and the second part of a programme."""
    return sum(former > follower for former, follower in pairwise(seconds)) * _STEPS_A_SLIP <= len(seconds)


def _may_be_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and text.lstrip(_MARKS)[:1].isupper()
        and not text.endswith(_NO_NAME)
        and ": " not in text
    )
