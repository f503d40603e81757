"""Whether a page of no site that is known may be the transcript of something that was on the air."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.records import Page
from pipeline.transcribe.evidence.air import is_unedited, speaks_of_air
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.speaker import SELF_SAID, Speaker

_ANYBODYS = frozenset(("generic", "plain_text"))
"""Layouts of pages that may be anybody's."""
_FEWEST_SURNAMES = 2
_SHORTEST_SURNAME = 3
"""Letters; of two are initials, which magazines print too."""


def may_be_aired(page: Page, passages: Sequence[Passage], speakers: Sequence[Speaker], *, is_of_source: bool) -> bool:
    """Whether a page says anything of what it would be the transcript of, or prints talk as it was said.

    A sound that is printed says it, whoever says who he is to those who do not see him, and surnames in capitals,
    which nobody prints so often as radio does. Talk that nobody edited is enough: of 762 passages of four to sixteen
    paragraphs out of real transcripts, 61 have no other sign (2026-11-27).
    """
    if is_of_source or page.layout not in _ANYBODYS or any(passage.is_cue for passage in passages):
        return True
    if any(speaker.rule in SELF_SAID for speaker in speakers) or _has_surnames_in_capitals(passages):
        return True
    if _is_anybody_introduced(passages):
        return True
    texts = [page.title or "", page.teaser or "", *(block.text for block in page.blocks)]
    return speaks_of_air(texts, page.url or page.canonical_url or "") or any(
        is_unedited(passage.text) for passage in passages if passage.label is not None
    )


def _has_surnames_in_capitals(passages: Sequence[Passage]) -> bool:
    """Two of them, or one of somebody who has a full label as well."""
    labels = {passage.label for passage in passages if passage.label is not None and passage.label.is_named}
    names = {label.tokens for label in labels if label.printed.isupper() and len(label.tokens[-1]) >= _SHORTEST_SURNAME}
    surnames = {name[-1] for name in names if len(name) == 1}
    return len(surnames) >= _FEWEST_SURNAMES or any(name[-1] in surnames for name in names if len(name) > 1)


def _is_anybody_introduced(passages: Sequence[Passage]) -> bool:
    """Whether the full name in capitals that somebody speaks under was said right before: who is read needs no telling.

    Names in Title Case tell nothing: operators of companies' calls say them too.
    """
    return any(
        after.label.printed.isupper()
        and len(after.label.tokens) > 1
        and " ".join(after.label.tokens).casefold() in before.text.casefold()
        for before, after in pairwise(passages)
        if before.label is not None and after.label is not None
    )
