"""What stands between a transcript's paragraphs and is none: captions, promotions, players, headings of its parts.

Names of classes are habits of systems (NPR's, Grove, WordPress, Drupal), and a class may mislead: transcripts stand in
accordions (`hidden`), in modules called `Enhancement` or `promo`, and a video's own in `captions`. So an aside is left
out only where no conversation stands in it, and never where asides are most of the text.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from pipeline.transcribe.labels.colons import label_colon
from pipeline.transcribe.labels.label import find_label, title_case_label
from pipeline.transcribe.words import SENTENCE_ENDS

ASIDE_TAGS = ("figure", "figcaption", "aside", "nav", "audio", "video", "object", "canvas", "textarea")
HIDDEN = '[hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"], [id*="cookie" i]'
"""Asides by other attributes than classes; each selector more costs a walk of all elements."""
UNSEEN = "label[for]"
_IN_CLASSES = (
    "caption", "credit", "embed", "newsletter", "signup", "related", "promo", "donat", "advert", "sponsor", "social",
    "cookie", "share-", "-share", "sharedaddy", "mejs",
)  # fmt: skip
_BOTH_IN_CLASSES = (("pull", "quote"), ("audio", "player"))
_CLASSES = frozenset((
    "share", "bucketwrap", "media-element-container", "twitter-tweet", "instagram-media", "audio-module", "Quote",
    "Tags", "tags", "tag-list", "post-tags", "entry-tags", "gallery", "slideshow", "infobox", "factbox", "skip-link",
))  # fmt: skip
_COMMENTS = frozenset(("comments", "comments-area", "commentlist", "comment-list", "comment-respond"))
"""What readers write below a page, however much they talk."""
_OF_TRANSCRIPT = re.compile(r"(?:^|[-_])transcript[-_](?:caption|embed)|transcript$", re.IGNORECASE)
"""`social-transcript`, `transcript-embed`: a transcript, whatever is beside the word; `transcript-caption`: a line."""
_TOPICS = ("category-", "tag-")
"""WordPress gives a post's element its categories and tags: `category-social-issues`."""
_UNSEEN_CLASSES = frozenset(("sr-only", "visually-hidden", "screen-reader-text"))
_MARKING = (
    *_IN_CLASSES, *(one for one, _ in _BOTH_IN_CLASSES), *map(str.lower, _CLASSES), *_COMMENTS, *_UNSEEN_CLASSES,
    "offscreen",
)  # fmt: skip
"""One stands in all classes that mark an element, without regard to capitals."""
_LONGEST_CLASSES = 300
"""Characters of an element's classes that are looked at."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_FEWEST_LABELS = 4
"""Of a conversation; a list of related stories may have «LISTEN:» before one or two."""
_FEWEST_PER_HEADING = 4
"""Paragraphs, where headings are few: some pages print all of their text in headings."""
_LONGEST_HEADLINE = 120
_ANNOUNCING = ("transcript", "text of")


@dataclass(frozen=True, slots=True)
class _Span:
    """An aside: its paragraphs, and how many of them begin with a label."""

    first: int
    end: int
    labels: int


class Mark(IntEnum):
    """What an element is by its name, its classes, because it is hidden, or by a layout's word."""

    OUT = 1
    """None of the text, whatever stands in it."""
    UNSEEN = 2
    """Told only by programmes that read aloud, also within a line: «Opens in a new window»."""
    ASIDE = 3
    """None of the text unless a conversation stands in it."""


def mark_of_classes(classes: str | None) -> Mark | None:
    """Whether an element is unseen, readers' comments or an aside by its classes."""
    return _mark_of_classes(classes[:_LONGEST_CLASSES]) if classes else None


@lru_cache(maxsize=4096)  # a site's pages have the same few hundred
def _mark_of_classes(classes: str) -> Mark | None:
    lower = classes.lower()
    if not any(map(lower.__contains__, _MARKING)):
        return None
    if any(map(_OF_TRANSCRIPT.search, classes.split())):
        return None
    names = {name for name in classes.split() if not name.startswith(_TOPICS)}
    lower = " ".join(sorted(names)).lower()
    if names & _COMMENTS:
        return Mark.OUT
    if "offscreen" in lower or names & _UNSEEN_CLASSES:
        return Mark.UNSEEN
    is_aside = (
        any(words in lower for words in _IN_CLASSES)
        or any(one in lower and other in lower for one, other in _BOTH_IN_CLASSES)
        or bool(names & _CLASSES)
    )
    return Mark.ASIDE if is_aside else None


class Asides:
    """The asides and headings of a text, told of while its paragraphs are gathered. Linear, however they nest."""

    def __init__(self) -> None:
        self._spans: list[_Span] = []
        self._kept_from = -1
        self._headings: list[tuple[int, int]] = []

    def end_aside(self, texts: list[str], first: int) -> None:
        """An aside ends, that began with this paragraph: it is one unless a conversation stands in it."""
        if self._kept_from >= first:
            return  # one stands in an element within
        inner: list[_Span] = []
        labels, end = 0, len(texts)
        while self._spans and self._spans[-1].first >= first:
            span = self._spans.pop()
            inner.append(span)
            labels += span.labels + sum(map(begins_with_label, texts[span.end : end]))
            end = span.first
        labels += sum(map(begins_with_label, texts[first:end]))
        if labels < _FEWEST_LABELS:
            self._spans.append(_Span(first, len(texts), labels))
        else:
            self._spans += reversed(inner)
            self._kept_from = first

    def end_heading(self, texts: list[str], first: int) -> None:
        """A heading ends, that began with this paragraph."""
        while self._headings and self._headings[-1][0] >= first:
            self._headings.pop()  # within this one
        self._headings.append((first, len(texts)))

    def left_out_of(self, texts: list[str]) -> list[str]:
        """The paragraphs without asides, and without headings that are nobody's name or words."""
        apart = {index for span in self._spans for index in range(span.first, span.end)}
        if 2 * sum(len(texts[index]) for index in apart) > sum(map(len, texts)):
            apart = set()
        elif not apart and not self._headings:
            return texts
        kept = [index for index in range(len(texts)) if index not in apart]
        headings = {index for first, end in self._headings for index in range(first, end)} - apart
        if headings and len(headings) * _FEWEST_PER_HEADING <= len(kept):
            below = {one: texts[other] for one, other in pairwise([*kept, kept[-1]]) if one in headings}
            apart |= {one for one, text in below.items() if _heads_turns(texts[one], text)}
        return [texts[index] for index in kept if index not in apart]


def begins_with_label(text: str) -> bool:
    """Whether a paragraph begins with somebody's label: in capitals, or a whole name in Title Case.

    >>> begins_with_label("ANA DIAZ, HOST: It rains."), begins_with_label("Opinion: It rains")
    (True, False)
    """
    colon = label_colon(text)
    if colon is None:
        return False
    if find_label(text) is not None:
        return True
    label = title_case_label(text[:colon])
    return label is not None and len(label.tokens) > 1


def _heads_turns(heading: str, below: str) -> bool:
    """Whether a heading is no name and nobody's words: it has small words and no end, or a label stands below it."""
    is_headline = len(heading) <= _LONGEST_HEADLINE and not heading.endswith(SENTENCE_ENDS)
    is_headline = is_headline and any(word.islower() for word in heading.split()) and title_case_label(heading) is None
    if begins_with_label(heading) or not (is_headline or begins_with_label(below)):
        return False
    return not any(word in heading.lower() for word in _ANNOUNCING)
