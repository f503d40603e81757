"""Which content of a page counts, and which revision it is: a pure function of the looks at the page.

The rules, for the looks (captures) of one page that gave a transcript or found it gone, in the order of their time:

1. Neighbouring looks that saw the same content make one revision. So a page that changed and changed back has three.
   Looks that found the page gone make one too: it was withdrawn. Before there was any content they do not count.
2. The newest revision with content is the one that is published; its provenance (`captured_at`, `capture_id`) is the
   look that saw it first. Later looks that saw the same leave no mark but their row in `captures`. Where the page has
   been gone since, `gone_at` says since when.
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
from itertools import dropwhile, groupby


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """A capture that gave a transcript, or found the page gone."""

    captured_at: datetime
    capture_id: str
    content_hash: str | None
    """None: the page was gone."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page's looks amount to: the last columns of its row in `transcripts`."""

    content_hash: str
    revision: int
    first_seen_at: datetime
    captured_at: datetime
    capture_id: str
    gone_at: datetime | None


def revisions(looks: Iterable[Look]) -> list[Look]:
    """The look that saw each revision first, the oldest first. The order of the looks is of no account."""
    seen = dropwhile(lambda look: look.content_hash is None, sorted(looks))
    return [next(same) for _, same in groupby(seen, key=lambda look: look.content_hash)]


def fold(looks: Iterable[Look]) -> Standing | None:
    """What these looks at one page amount to; None where none of them saw a transcript."""
    seen = revisions(looks)
    if not seen:
        return None
    number, newest = max((number, look) for number, look in enumerate(seen, 1) if look.content_hash is not None)
    return Standing(
        content_hash=str(newest.content_hash),
        revision=number,
        first_seen_at=seen[0].captured_at,
        captured_at=newest.captured_at,
        capture_id=newest.capture_id,
        gone_at=seen[-1].captured_at if seen[-1].content_hash is None else None,
    )


def first_standing(look: Look) -> Standing:
    """What a page amounts to that was looked at this once, and gave a transcript: `fold` of nothing else."""
    return Standing(str(look.content_hash), 1, look.captured_at, look.captured_at, look.capture_id, None)
