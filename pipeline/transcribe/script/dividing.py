"""Blocks to a script: labels, cues and speech in order, and apart from them all that was never said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.records import Block
from pipeline.transcribe.cues import is_bare_sound
from pipeline.transcribe.labels.announced import calls_transcript
from pipeline.transcribe.labels.families import labels_of
from pipeline.transcribe.labels.flattened import with_paragraphs
from pipeline.transcribe.labels.other_marks import with_colons
from pipeline.transcribe.labels.page_labels import PageLabels
from pipeline.transcribe.labels.stamped_lines import with_stamped_lines
from pipeline.transcribe.script.chrome import is_chrome, is_rule
from pipeline.transcribe.script.credit_lines import credits_somebody, is_credits_heading
from pipeline.transcribe.script.feet import without_foot
from pipeline.transcribe.script.headers import DATE, opens_alone, part_header
from pipeline.transcribe.script.headings import heading, is_button
from pipeline.transcribe.script.lines import Line, lines_of
from pipeline.transcribe.script.menus import is_menu
from pipeline.transcribe.script.notices import (
    closes_page,
    cut_correction,
    cut_footer,
    is_notice,
    is_rights,
    may_have_footers,
    may_have_notices,
    without_emphasis,
    without_notice,
)
from pipeline.transcribe.script.passages import Passage, passages_of
from pipeline.transcribe.words import has_small_words

_LONGEST_HEADLINE = 90
_GUEST = ("Guest: ", "Guests: ")
_LONGEST_DATE = 40
_ONE_OF_MANY = re.compile(r"Originally published on [A-Z][a-z]{2} [A-Z]|Read more$")
"""What stations' listings of 2012 to 2014 print with each story; a story's own page has it once at most."""
_STORY_BEGINS = ("Originally published on ", "Read more")
_PART = re.compile(r"Part \d{1,2}: (?P<stories>.{1,300})")
_MOST_OUTLETS = 2
_MOST_GLUED = 10
"""Footers in one paragraph that are told apart; a page with more than two is a listing."""


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
    is_glued: bool
    """A copyright line stands between labels: one transcript ended there, and another begins."""
    is_listing: bool = False
    """A date in a line of its own stands between labels: that of the next story."""
    is_conversation: bool = False
    """Its labels are names in Title Case that answer each other."""
    is_stamped: bool = False
    """It prints times in the audio."""
    is_headed: bool = False
    """A heading «Transcript» stands right above its first label."""


@dataclass(slots=True)
class _Draft:
    """What was met so far, block by block."""

    labels: PageLabels
    is_all_spoken: bool
    has_notices: bool
    has_footers: bool
    """Whether such may be glued to paragraphs, as a look at all of them together tells."""
    lines: list[Line] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    gap: int = 0
    has_label: bool = False
    is_open: bool = False
    """A programme was opened in words that need no label."""
    is_over: bool = False
    is_dated: bool = False
    stories: int = 0
    rundown: frozenset[str] = frozenset()
    """The stories of a programme's part, each of which is a heading further down."""
    outlets: int = 0
    """How often an outlet's name alone stands in a line: aggregators print it above each teaser."""
    is_glued: bool = False
    is_listing: bool = False
    top: int = 0
    """Lines above a copyright line that no label stands above: npr.org prints it between teaser and transcript."""

    def add(self, block: Block) -> None:
        """Take a paragraph, and what stands behind each footer that is glued into it."""
        for _ in range(_MOST_GLUED):
            rest = self._add(block)
            if rest is None:
                return
            block = rest
        self._say(block.text, block)

    def _add(self, block: Block) -> Block | None:
        """Take a paragraph up to its first footer; what stands behind that, if anything does."""
        text = without_emphasis(block.text)
        text = without_notice(text) if self.has_notices else text
        if text is not block.text:
            block = replace(block, text=text)
        self.gap = max(self.gap, block.gap_before)
        self.outlets += text == "NPR"
        if text.startswith("Part "):
            part = _PART.fullmatch(text)
            self.rundown = self.rundown if part is None else frozenset(part["stories"].split(", "))
        if is_rule(text) or text in self.rundown:
            self.gap = 2  # who speaks may begin anew
        elif is_rights(text):
            self.top = self.top if self.has_label or self.is_open else len(self.lines)
            tail = cut_footer(text)
            if tail is not None and not tail.text and tail.after:  # the paragraph's edge behind it is lost
                self._end(tail.rights)
                return replace(block, text=tail.after, gap_before=0)
            self._end(text)
        elif self._is_credit(text):
            self._take_heading(text)
            self.credits.append(text)
        elif self.has_label and len(text) <= _LONGEST_DATE and (text == "Transcript" or DATE.fullmatch(text)):
            self.is_dated = True  # what begins here is another story
        elif self.has_label and not self.is_over and is_bare_sound(text):
            self.lines.append(Line((text,), None, "", self.gap))
            self.gap = 0
        elif not (is_notice(text) or is_chrome(text) or (self.has_label and is_menu(text))):
            return self._add_text(block)
        else:
            self.is_over = self.is_over or (self.has_label and closes_page(text))
        return None

    def _add_text(self, block: Block) -> Block | None:
        """Words that may be speech, without the correction and the footer that are glued to them."""
        self.stories += block.text.startswith(_STORY_BEGINS) and _ONE_OF_MANY.match(block.text) is not None
        text, correction = cut_correction(block.text)
        if correction is not None:
            self.corrections.append(correction)
        tail = cut_footer(text) if self.has_footers else None
        text = text if tail is None else tail.text
        if any(map(str.isalnum, text)) or tail is None:
            self._say(text, block)
        if tail is None:
            return None
        self._end(tail.rights)
        return replace(block, text=tail.after, gap_before=0) if tail.after else None

    def _is_credit(self, text: str) -> bool:
        """A credit line; or a heading of those below a transcript, which ends it."""
        if self.has_label and is_credits_heading(text):
            self.is_over = True
            return True
        is_apart = self.has_label or self.is_all_spoken  # else it stands in the header, and ends that
        return is_apart and credits_somebody(text) and self.labels.find(text) is None

    def _take_heading(self, credit: str) -> None:
        """Take the line above `Guest: Ana Diaz`, inside a programme, for the headline of what begins there (CBC)."""
        last = self.lines[-1] if self.has_label and self.lines and credit.startswith(_GUEST) else None
        if last is None or last.label is not None or last.cues or not 0 < len(last.text) <= _LONGEST_HEADLINE:
            return
        is_behind_sound = len(self.lines) > 1 and bool(self.lines[-2].cues) and not self.lines[-2].text
        if last.text[-1].isalnum() and (is_behind_sound or not has_small_words(last.text)):
            self.credits.append(self.lines.pop().text)
            self.gap = 2

    def _end(self, rights: str) -> None:
        self.rights.append(rights)
        self.is_over = self.is_over or self.has_label or self.is_open

    def _say(self, text: str, block: Block) -> None:
        if text is not block.text or self.gap != block.gap_before:
            block = Block(text, self.gap, block.speaker, block.start_seconds)
        lines = lines_of(block, self.labels)
        self.gap = 0
        self.is_open = self.is_open or (not self.has_label and opens_alone(text))
        if any(line.label is not None for line in lines):
            self.has_label = True
            self.is_listing = self.is_listing or self.is_dated
            if self.is_over:  # the footer stood in the middle: nothing was over
                former = (lines_of(Block(text, 2), self.labels) for text in self.after)
                self.lines.extend(line for lines in former for line in lines)
                self.after, self.is_over, self.is_glued = [], False, True
        if self.is_over:
            self.after.append(text)
        else:
            self.lines.extend(lines)


def write_script(
    blocks: Sequence[Block], *, is_all_spoken: bool = False, address: str | None = None, title: str | None = None
) -> Script:
    """Divide a page's blocks into header, script and what follows it.

    `is_all_spoken`: the page's markup says that the blocks are a transcript, so nothing of them is a header. `address`:
    the page's, which may name those who talk; `title`: its headline, which may call it a transcript.
    """
    blocks = with_colons(with_stamped_lines(with_paragraphs(blocks)))
    is_announced = is_all_spoken or (title is not None and calls_transcript(title))
    labels = labels_of(blocks, is_announced=is_announced, address=address)
    marker, start = heading(blocks, labels)
    text = "\n".join(block.text for block in blocks)
    draft = _Draft(labels, is_all_spoken, may_have_notices(text), may_have_footers(text))
    draft.rights.extend(block.text for block in blocks[:start] if is_rights(block.text))
    draft.stories = sum(_ONE_OF_MANY.match(block.text) is not None for block in blocks[:start])
    for block in blocks[start:]:
        draft.add(block)
    is_headed = start > 0 and not is_button(blocks[marker].text)
    top = draft.top if draft.has_label and not (is_all_spoken or is_headed) else 0
    header, script = ((), draft.lines) if is_all_spoken or is_headed else part_header(draft.lines[top:], title)
    above = (
        block.text
        for place, block in enumerate(blocks[:start])
        if place != marker and not is_chrome(block.text) and not is_rights(block.text)
    )
    passages, foot = without_foot(passages_of(script))
    return Script(
        passages=tuple(passages),
        header=(*above, *(line.text for line in draft.lines[:top] if line.text), *header, *draft.credits),
        after=(*foot, *draft.after),
        rights=" ".join(dict.fromkeys(draft.rights)) or None,
        correction=" ".join(dict.fromkeys(draft.corrections)) or None,
        footers=len(draft.rights),
        is_glued=draft.is_glued,
        is_listing=draft.is_listing or draft.stories > 1 or draft.outlets > _MOST_OUTLETS,
        is_conversation=bool(labels.titles or labels.lines),
        is_stamped=labels.is_stamped,
        is_headed=0 < start < len(blocks) and labels.begins(blocks[start]),
    )
