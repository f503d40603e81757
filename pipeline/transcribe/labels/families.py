"""The family of labels that a page uses, found from all that might be one, and then applied.

Labels in capitals speak for themselves (`label`). All others look like prose, headlines, credits or recipes, and are
labels only where the page as a whole says so:

    Brian Lehrer: ...   Professor Ian Hickie: ...   Newnam: ...   TG: ...     Title Case, then surnames, initials
    Ira Glass           a name alone on its line, with or without colon
    Speaker 1: 00:00:04 ...     Nick Capodice [00:00:07] ...                  stamped with times
    JAMILA MICHENER, Cornell University: ...                                  an affiliation behind full capitals
    Stephen J. DUBNER: ...   DUBNER: ...                                      surnames alone in capitals

A string that fits no family of its page is prose.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.records import Block
from pipeline.transcribe.labels.candidates import LONGEST_NAME, LONGEST_NAME_LINE, Candidates, candidates_of
from pipeline.transcribe.labels.conversation import Mention, Signs, by_initials, is_conversation, names_talkers, people
from pipeline.transcribe.labels.flattened import ends_in_initials, names_inside
from pipeline.transcribe.labels.label import (
    Label,
    caps_label,
    is_anonymous,
    label_colon,
    letter_label,
    name_label,
    surname_label,
)
from pipeline.transcribe.labels.part_labels import part_labels
from pipeline.transcribe.labels.stamps import find_stamp
from pipeline.transcribe.vocabulary import NEVER_NAMES

_ANNOUNCED_WITHIN = 20
"""Blocks: a heading or a notice that says «transcript» stands above it."""
_LONGEST_ANNOUNCEMENT = 400
_ANNOUNCEMENTS = ("ranscript", "TRANSCRIPT", "TEXT OF INTERVIEW", "is produced for the ear")
_CALLED_TRANSCRIPT = re.compile(r"(?:\w{1,20} ){0,3}transcript\b", re.IGNORECASE)
_FEWEST_STAMPED = 2
_FEWEST_SPEAKERS = 2
"""Labels in capitals that a page has beside those with directions."""
_ANSWERS = frozenset("AIQ")
"""`Q:`, `A: Governor Eats Cookie`: questions and answers."""
_MOST_LABELS = 200
"""More different labels than any conversation has."""


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
    is_stamped: bool = False

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
        label = self._of_head(head)
        if label is None:
            return self.titles.get(head) or self.others.get(head)
        if not label.is_named:
            is_sure = label.role is not None or label.printed.upper().startswith("UNIDENTIFIED")
            return label if is_sure or (self.own and is_anonymous(head)) else None
        if label.role is None and label.honorific is None and not self._knows(label):
            return None
        self.own.add(label.tokens)
        return label

    def _knows(self, label: Label) -> bool:
        """A label of the page, the surname of one, or a full name; none that a sentence's end makes of one."""
        tokens = label.tokens
        if ends_in_initials(tokens) and tokens not in self.own and tokens[1:] in self.own:
            return False
        if len(tokens) > 1 and self.own:
            return NEVER_NAMES.isdisjoint(tokens)
        return any(other[-len(tokens) :] == tokens for other in self.own)

    @staticmethod
    def of_markup(speaker: str) -> Label:
        """The label that a page's markup names, whatever it looks like."""
        label = name_label(speaker)
        if label is None:
            return Label(speaker, (), None, None, None, None, is_named=False, end=0)
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


def labels_of(blocks: Sequence[Block], *, is_announced: bool, address: str | None = None) -> PageLabels:
    """The labels of a page. `is_announced`: its markup says that the blocks are a transcript."""
    page = PageLabels()
    found = candidates_of(blocks, lambda text: page.find(text) is not None)
    _take_surnames(page)
    _take_letters(page)
    _take_parts(page)
    page.is_stamped = found.stamped >= _FEWEST_STAMPED
    page.others = _partly_in_capitals(found, page)
    texts = [block.text for block in blocks]
    parts = part_labels(page.capitals, texts)
    page.titles, page.lines = dict(parts), dict(parts)
    if parts:
        page.capitals |= parts  # `GUEST 2` looks like a band
        page.seen.clear()
    if found.inline or found.lines:
        is_named = names_talkers(address or "", found.inline)
        is_announced = is_announced or is_named or says_transcript(blocks) or _names_guests(blocks, found.inline)
        has_roles = any(label is not None and label.role is not None for label in page.capitals.values())
        short = list(_short_capitals(blocks, page))
        signs = Signs(is_announced=is_announced and not has_roles, is_named=is_named)
        page.titles |= _established(found.inline, short, texts, signs) or by_initials(found.inline, short)
        page.lines |= _established(found.lines, [], texts, signs)
    page.own = {label.tokens for label in page.capitals.values() if label is not None and label.is_named}
    page.own = page.own or names_inside(texts)
    return page


def _names_guests(blocks: Sequence[Block], mentions: Sequence[Mention]) -> bool:
    """Whether credits above name somebody who speaks as their guest (Radio National)."""
    heads = {mention.head for mention in mentions}
    lines = [block.text for block in blocks[:_ANNOUNCED_WITHIN]]
    return any(
        line.rstrip(":") in ("Guest", "Guests") and heads & set(lines[index + 1 :]) for index, line in enumerate(lines)
    )


def _take_surnames(page: PageLabels) -> None:
    """Take words that nobody is called for labels where they are the surname of somebody whose full label is there."""
    surnames = {label.tokens[-1] for label in page.capitals.values() if label is not None and len(label.tokens) > 1}
    taken = {head: surname_label(head) for head, label in page.capitals.items() if label is None and head in surnames}
    if taken:
        page.capitals |= taken
        page.seen.clear()


def _take_letters(page: PageLabels) -> None:
    """Take single letters for labels of somebody unnamed, beside full names: `C: We really are on the outskirts.`.

    Readers of npr.org's pages of 2009 to 2011 kept no more of `Captain DAN (U.S. Army)`.
    """
    if sum(label is not None and len(label.tokens) > 1 for label in page.capitals.values()) == 0:
        return
    taken = {head for head, label in page.capitals.items() if label is None and head.isupper() and head not in _ANSWERS}
    taken = {head for head in taken if len(head) == 1}
    if taken:
        page.capitals |= {head: letter_label(head) for head in taken}
        page.seen.clear()


def _take_parts(page: PageLabels) -> None:
    """Take one name with a direction in capitals for a label: `TK (TEEN):`, `SS (ON TAPE):` of those who play parts."""
    if sum(label is not None and label.is_named for label in page.capitals.values()) < _FEWEST_SPEAKERS:
        return
    heads = [head for head, label in page.capitals.items() if label is None and head.isupper() and head[-1] == ")"]
    taken = {
        head: label._replace(end=len(head) + 1)
        for head in heads
        if (label := caps_label(head.partition(" (")[0])) is not None
    }
    if taken:
        page.capitals |= taken
        page.seen.clear()


def _partly_in_capitals(found: Candidates, page: PageLabels) -> dict[str, Label]:
    """Affiliations beside other full names, and surnames that come back alone: `Stephen J. DUBNER:`, `DUBNER:`."""
    capitals = {label.tokens for label in page.capitals.values() if label is not None and label.is_named}
    others: dict[str, Label] = {}
    if len(found.affiliated) + sum(len(tokens) > 1 for tokens in capitals) > 1:
        # Headings look like `VAL KILMER, ACTOR:` too, but no `KILMER:` comes behind them.
        is_in_use = any(label.tokens[-1:] in capitals for label in found.affiliated.values())
        others |= {head: label for head, label in found.affiliated.items() if is_in_use or not head.isupper()}
    if any(label.tokens[-1:] in capitals for label in found.surnames.values()):
        others |= found.surnames
    return others


def _short_capitals(blocks: Sequence[Block], page: PageLabels) -> Iterable[tuple[int, Label]]:
    """Labels of one word in capitals with their blocks: `TG:` may be the initials of `Terry Gross:`."""
    for index, block in enumerate(blocks):
        colon = block.text.find(":", 0, LONGEST_NAME)
        label = page.capitals.get(block.text[:colon]) if colon > 0 else None
        if label is not None and len(label.tokens) == 1:
            yield index, label


def _established(
    mentions: Sequence[Mention], short: Iterable[tuple[int, Label]], texts: Sequence[str], signs: Signs
) -> dict[str, Label]:
    """The heads that are labels of the page; none where it is no conversation."""
    if not 0 < len({mention.head for mention in mentions}) <= _MOST_LABELS:
        return {}
    keys = people([mention.label for mention in mentions])
    initials = {"".join(word[0] for word in key) for key in keys.values() if len(key) > 1}
    of_initials = [
        Mention(index, label.printed, label, texts[index][label.end :])
        for index, label in short
        if label.tokens[0].replace(".", "").casefold() in initials
    ]
    return is_conversation(sorted([*mentions, *of_initials], key=lambda m: m.index), texts, signs)


def calls_transcript(title: str) -> bool:
    """Whether a headline calls its page a transcript: `TRANSCRIPT: Our interview with the mayor`."""
    return _CALLED_TRANSCRIPT.match(title) is not None


def says_transcript(blocks: Sequence[Block]) -> bool:
    """Whether a page says of itself that it holds a transcript: by a heading, a notice, a demand for credit."""
    return any(
        any(words in block.text for words in _ANNOUNCEMENTS)
        for block in blocks[:_ANNOUNCED_WITHIN]
        if len(block.text) <= _LONGEST_ANNOUNCEMENT
    )
