"""All pages of stories that stand on several: each beside its primary, each asked and asking for lost names.

What was worked out before is taken over where both pages are as they were.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.identify.stories.copies import UNTOUCHED, Comparison, compare
from pipeline.identify.stories.families import Texts
from pipeline.identify.stories.prints import Print
from pipeline.identify.stories.siblings import SOURCES, Recovered, recover
from pipeline.identify.stories.syndication import Rule, Story
from pipeline.identify.stories.wording import Wording


@dataclass(frozen=True, slots=True)
class Copy:
    """A page of a story that has several, beside the story's primary page."""

    transcript_id: str
    primary_id: str
    rule: Rule
    """How it was joined to the primary."""
    comparison: Comparison
    sibling_ids: tuple[str, ...]
    """The pages that were asked for the names of its speakers; none where it names them all."""
    recovered: tuple[Recovered, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """What is known of a copy, and what is still to be worked out."""

    copy: Copy
    is_compared: bool
    is_asked: bool

    @property
    def needed(self) -> set[str]:
        """The pages that must be read for it."""
        pages = set() if self.is_compared else {self.copy.transcript_id, self.copy.primary_id}
        return pages if self.is_asked else {*pages, self.copy.transcript_id, *self.copy.sibling_ids}

    def done(self, wordings: Mapping[str, Wording]) -> Copy:
        copy = self.copy
        if not self.is_compared:
            comparison = compare(wordings[copy.primary_id], wordings[copy.transcript_id])
            copy = replace(copy, comparison=comparison)
        if not self.is_asked:
            siblings = [wordings[page] for page in copy.sibling_ids]
            copy = replace(copy, recovered=recover(wordings[copy.transcript_id], siblings))
        return copy


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of pages as copies already."""

    before: Mapping[str, Copy]
    changed: Collection[str]
    """The pages that do not say what they said when `before` was worked out."""
    ahead: Mapping[str, Copy]
    """Worked out of what the pages say now."""

    def task(self, page: Print, story: Story) -> _Task:
        """What is left to be worked out of a page."""
        if (copy := self.ahead.get(page.transcript_id)) is not None:
            return _task(page, story, (), copy)
        return _task(page, story, self.changed, self.before.get(page.transcript_id))


def compare_all(
    stories: Sequence[Story], known: Known, at_hand: Mapping[str, Wording], texts: Texts
) -> tuple[Copy, ...]:
    """Every page of these stories as a copy; what is not `at_hand` is asked of `texts`."""
    tasks = [known.task(page, story) for story in stories for page in story.pages]
    needed = {page for task in tasks for page in task.needed}
    wordings = {**at_hand, **texts(sorted(needed - at_hand.keys()))}
    return tuple(task.done(wordings) for task in tasks)


def _task(page: Print, story: Story, changed: Collection[str], before: Copy | None) -> _Task:
    primary = story.primary
    siblings = _siblings(page, story) if page.unnamed_words else ()
    if page.transcript_id in changed:
        before = None
    is_compared = before is not None and before.primary_id == primary.transcript_id not in changed
    is_asked = before is not None and before.sibling_ids == siblings and not any(each in changed for each in siblings)
    copy = Copy(
        page.transcript_id,
        primary.transcript_id,
        story.rule(page),
        before.comparison if before and is_compared else UNTOUCHED,
        siblings,
        before.recovered if before and is_asked else (),
    )
    return _Task(copy, is_compared or page is primary, is_asked or not siblings)


def _siblings(page: Print, story: Story) -> tuple[str, ...]:
    """Whom to ask for a page's names: the primary, then those that name most of their words."""
    others = sorted(
        story.pages, key=lambda other: (other is not story.primary, -other.named_words, other.transcript_id)
    )
    return tuple(other.transcript_id for other in others if other is not page and other.named_words)[:SOURCES]
