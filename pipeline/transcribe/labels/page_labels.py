"""What a label is on one page, once its families are found: at the beginning of a paragraph, and inside one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.records import Block
from pipeline.transcribe.brackets import CLOSINGS
from pipeline.transcribe.labels.candidates import LONGEST_NAME_LINE
from pipeline.transcribe.labels.colons import label_colon
from pipeline.transcribe.labels.label import Label, caps_label, is_anonymous, name_label
from pipeline.transcribe.labels.stamps import find_stamp
from pipeline.transcribe.vocabulary import NEVER_NAMES

_INITIAL = re.compile(r"[A-Z]\.")


@dataclass(slots=True)
class PageLabels:
    """What a label is on one page."""

    capitals: dict[str, Label | None] = field(default_factory=dict)
    """Labels in capitals by their words, or None for what is none."""
    seen: dict[str, Label | None] = field(default_factory=dict)
    """The same by paragraph: each is looked at more than once."""
    titles: dict[str, Label] = field(default_factory=dict)
    lines: dict[str, Label] = field(default_factory=dict)
    others: dict[str, Label] = field(default_factory=dict)
    """Labels of which a part alone is in capitals: with an affiliation, or with given names as they are spoken."""
    own: set[tuple[str, ...]] = field(default_factory=set)
    """The names of its labels."""
    own_ends: set[tuple[str, ...]] = field(default_factory=set)
    """The same, and what they end in: surnames."""
    is_stamped: bool = False
    is_flat: bool = False
    """It has more labels inside paragraphs than at their beginnings."""

    def find(self, paragraph: str) -> Label | None:
        """The label that a paragraph begins with, by the page's families; None where it begins with speech."""
        label = self._in_capitals(paragraph)
        if label is None and (self.titles or self.others):
            head = paragraph[: paragraph.find(":", 0, 200) + 1][:-1]
            label = self.titles.get(head) or self.others.get(head)
        if label is None and self.lines and len(paragraph) <= LONGEST_NAME_LINE:
            label = self.lines.get(paragraph)
        return label

    def find_stamped(self, paragraph: str) -> tuple[Label, float] | None:
        """A label with its time in seconds; `end` is behind both."""
        stamp = find_stamp(paragraph)
        label = name_label(stamp.head) if stamp is not None else None
        return (label._replace(end=stamp.end), stamp.seconds) if stamp is not None and label is not None else None

    def begins(self, block: Block) -> bool:
        """Whether a block begins with a label."""
        return block.speaker is not None or self.find(block.text) is not None

    def find_inside(self, head: str) -> Label | None:
        """The label that these words inside a paragraph are: only one with a role, or one of the page's own.

        A page's own are those that it prints at the beginning of paragraphs, their surnames, and, where it prints
        labels at all, full names in capitals.
        """
        if head[0] in CLOSINGS and CLOSINGS[head[0]] not in head:
            return None  # `[ARCHIVE CLIP: It rains.]` amid somebody's words is all of it a direction
        label = self._of_head(head)
        if label is None:
            return self.titles.get(head) or self.others.get(head)
        if not label.is_named:
            is_sure = label.role is not None or label.printed.upper().startswith("UNIDENTIFIED")
            is_group = self.is_flat and head.isupper() and NEVER_NAMES.isdisjoint(head.split())
            return label if is_sure or is_group or (self.own and is_anonymous(head)) else None
        if label.role is None and label.honorific is None and not self._knows(label):
            return None
        self.add_own([label.tokens])
        return label

    def add_own(self, names: Iterable[tuple[str, ...]]) -> None:
        """Take these for names of the page's labels."""
        for name in names:
            self.own.add(name)
            self.own_ends.update(name[begin:] for begin in range(len(name)))

    def _knows(self, label: Label) -> bool:
        """A label of the page, the surname of one, or a full name."""
        tokens = label.tokens
        if tokens[1:] in self.own_ends and tokens not in self.own and _INITIAL.fullmatch(tokens[0]):
            return False  # «It is vitamin E. DIAZ: Right.»
        if len(tokens) > 1 and self.own:
            return NEVER_NAMES.isdisjoint(tokens)
        return tokens in self.own_ends

    @staticmethod
    def of_markup(speaker: str) -> Label:
        """The label that a page's markup names, whatever it looks like."""
        label = name_label(speaker)
        if label is None:
            return Label(speaker, (), None, None, None, None, end=0)
        return label._replace(end=0)

    def _of_head(self, head: str) -> Label | None:
        if head not in self.capitals:
            self.capitals[head] = caps_label(head)
        return self.capitals[head]

    def _in_capitals(self, paragraph: str) -> Label | None:
        if paragraph in self.seen:
            return self.seen[paragraph]
        colon = label_colon(paragraph)
        label = None
        if colon is not None:
            label = self._of_head(paragraph[:colon])
        self.seen[paragraph] = label
        return label
