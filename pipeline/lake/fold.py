"""Which content of a page counts, and which revision it is: a pure function of the looks at the page.

The rules, for the looks (captures) of one page that gave a transcript, in the order of their time:

1. Neighbouring looks that saw the same content make one revision. So a page that changed and changed back has three.
2. The newest revision is the one that is published; its provenance (`captured_at`, `capture_id`) is the look that saw
   it first. Later looks that saw the same leave no mark but their row in `captures`.
3. `first_seen_at` is the time of the oldest look.
4. Content is what the page says (`content_hash`), not what the parser makes of it: a parser that names a speaker better
   makes no revision. Where a new parser takes other text from a page, its first look after the upgrade counts as a
   revision, because from the lake alone the two causes cannot be told apart; `reparse` reads every look with one parser
   and settles it.

As nothing but the set of looks decides, neither the order in which they arrive nor the cut into batches matters: an old
look that is imported late never overwrites a newer one, but may move `first_seen_at` back and the number of revisions
up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """A capture that gave a transcript."""

    captured_at: datetime
    capture_id: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page's looks amount to: the last columns of its row in `transcripts`."""

    content_hash: str
    revision: int
    first_seen_at: datetime
    captured_at: datetime
    capture_id: str


def fold(looks: Iterable[Look]) -> Standing:
    """What these looks at one page amount to; there must be at least one. Their order is of no account."""
    revisions = [list(same) for _, same in groupby(sorted(looks), key=lambda look: look.content_hash)]
    first = revisions[-1][0]
    return Standing(
        content_hash=first.content_hash,
        revision=len(revisions),
        first_seen_at=revisions[0][0].captured_at,
        captured_at=first.captured_at,
        capture_id=first.capture_id,
    )
