"""All that might be a label on a page whose labels are not in capitals: by what it looks like, before it is judged."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.records import Block
from pipeline.transcribe.cues import split_cues
from pipeline.transcribe.labels.label import Label, affiliated_label, name_label, surname_caps_label, title_case_label
from pipeline.transcribe.labels.mention import Mention
from pipeline.transcribe.labels.stamps import cut_stamp, find_stamp, machine_breaks

_CRAWLED = re.compile(r"date \d{4}-\d\d-\d\d ")
LONGEST_NAME = 60
LONGEST_NAME_LINE = 45
_FULL_NAME = 2
_HONORIFICS = ("Mr. ", "Ms. ", "Mrs. ", "Dr. ")
_BULLETS = "•·◦> "
"""`>> JUDY HALE:` too, as captions of television begin each speaker."""
_MAY_BEGIN_OTHERWISE = f"{_BULLETS}d"


@dataclass(slots=True)
class Candidates:
    """All that might be a label: inline, alone on its line, partly in capitals, stamped."""

    inline: list[Mention] = field(default_factory=list)
    lines: list[Mention] = field(default_factory=list)
    affiliated: dict[str, Label] = field(default_factory=dict)
    surnames: dict[str, Label] = field(default_factory=dict)
    """By surname in capitals behind given names."""
    stamped: int = 0


def candidates_of(blocks: Sequence[Block], is_label: Callable[[str], bool]) -> Candidates:
    """All that might be labels, but for what is one already: `is_label` says that of a paragraph."""
    found = Candidates()
    for index, block in enumerate(blocks):
        text = without_bullet(block.text)
        if text[:1] in ("(", "["):
            seconds, text = cut_stamp(text)
            found.stamped += seconds is not None
            text = split_cues(text)[1]
        colon = text.find(":", 0, 200)
        if colon < 0:
            if (
                0 < len(text) <= LONGEST_NAME_LINE
                and text[-1:] not in ".?!…,;-–—"
                and (label := title_case_label(text))
            ):
                found.lines.append(Mention(index, text, label, ""))
        elif not is_label(text):
            _sort(text, colon, index, found)
    return found


def _sort(text: str, colon: int, index: int, found: Candidates) -> None:
    """Put what stands before a colon to the candidates of its kind."""
    head = text[:colon]
    if (text[colon - 1].isdigit() or text[colon + 2 : colon + 3].isdigit() or "[" in text[colon : colon + 3]) and (
        stamp := find_stamp(text)
    ):
        found.stamped += name_label(stamp.head) is not None
        found.stamped += sum(1 for _ in machine_breaks(text))
    elif (label := _affiliated(head)) is not None:
        found.affiliated[head] = label
    elif colon <= LONGEST_NAME:
        if head[-2:].isupper() and (label := surname_caps_label(head)) is not None:
            found.surnames[head] = label
        elif (label := title_case_label(head)) is not None:
            found.inline.append(Mention(index, head, label, text[colon + 1 :].strip()))


def _affiliated(head: str) -> Label | None:
    """`ANA DIAZ, Cornell University`; `Mr. Rick Lewis (builder from Arlington)`, amid others in capitals."""
    if "," in head and head[:2].isupper():
        return affiliated_label(head)
    if not head.endswith(")") or not head.startswith(_HONORIFICS):
        return None
    name, _, what = head.partition(" (")
    label = title_case_label(name)
    if label is None or len(label.tokens) < _FULL_NAME:
        return None
    return label._replace(role="guest", affiliation=what[:-1], end=len(head) + 1)


def without_bullet(text: str) -> str:
    """`• Hari Sreenivasan:` without its bullet, ` date 2019-03-22 RACHEL MARTIN, HOST:` without the crawler's date."""
    if text[:1] not in _MAY_BEGIN_OTHERWISE:
        return text
    if text[:1] in _BULLETS:
        text = text.lstrip(_BULLETS)
    found = _CRAWLED.match(text) if text.startswith("date ") else None
    return text[found.end() :] if found else text
