"""What is kept of a page so that later pages can be laid beside it without reading it again."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import pairwise
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from pipeline.identify.stories.signatures import SIGNATURE_VERSION, bands
from pipeline.identify.stories.wording import Said, Wording

NPR = "npr"
"""The source whose page is the origin wherever there is one: npr.org."""
COPY_WINDOW_DAYS = 30
"""A station's copy follows the broadcast within days; the same words a month later were aired again."""
FEWEST_NEAR = 2
FEWEST_AFAR = 6
"""Fingerprints, of 32, that two pages must share to be compared: within the days of a copy, and further apart or of no
known day. What is aired again shares most of its words. A programme's formula, a fifth of the runs, gives one
fingerprint to 23 % of all pairs, two to 3 %, six to one in a million: without these bounds every edition of a feature
would be laid beside all those before. Copies that are left with less than two (a fifth of those that lost more than
half of their runs) are joined by NPR's id or by other copies: recall fell by 0.0002 on 10,000 pages."""


@dataclass(frozen=True, slots=True)
class Print:
    """A page as the index of fingerprints knows it."""

    transcript_id: str
    npr_id: str | None
    source_id: str | None
    station: str | None
    program: str | None
    title: str | None
    air_date: date | None
    published_at: datetime | None
    word_count: int
    named_words: int
    """Words under a name that the page itself gives."""
    unnamed_words: int
    """Words in turns whose speaker it does not name."""
    first_seen_at: datetime
    address: int | None
    """Checksum of the address that the page calls its own: what two pages share of which one is a copy of the other."""
    digest: str
    """Of the words and who says them: where it stays, so do the page's links."""
    bands: Sequence[int]
    family_id: str | None = None
    """The family it was found to be of; None where that is to be found out."""
    story_id: str | None = None
    """The story it was in before."""
    is_primary: bool | None = None

    @property
    def day(self) -> date | None:
        """Day of broadcast, else of publication."""
        return self.air_date or (self.published_at.date() if self.published_at else None)

    @property
    def precedence(self) -> tuple[object, ...]:
        """What sorts the pages of a story, the primary first: npr.org before the fullest before the earliest."""
        return self.source_id != NPR, -self.word_count, self.day or date.max, self.transcript_id

    @property
    def age(self) -> tuple[datetime, str]:
        """What sorts pages by when they became known."""
        return self.first_seen_at, self.transcript_id


def common(one: Print, other: Print) -> int:
    """How many fingerprints two pages share."""
    return len(set(one.bands).intersection(other.bands))


def is_worth_comparing(one: Print, other: Print) -> bool:
    """Whether these pages may say the same; a matter of the two alone."""
    return common(one, other) >= (FEWEST_NEAR if _are_near(one.day, other.day) else FEWEST_AFAR)


def has_same_address(one: Print, other: Print) -> bool:
    """Whether both call one address their own: a copy that links to its origin as canonical does."""
    return one.address is not None and one.address == other.address


def _are_near(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs((one - other).days) <= COPY_WINDOW_DAYS


def print_of(transcript: Mapping[str, Any], page: Wording) -> Print:
    """A page as the index shall know it, from its row in `transcripts` and what it says."""
    sizes = [end - start for start, end in pairwise((0, *page.ends))]
    named = sum(size for size, turn in zip(sizes, page.said, strict=True) if turn.speaker_name is not None)
    return Print(
        **{name: transcript[name] for name in _FACTS},
        named_words=named,
        unnamed_words=sum(sizes) - named,
        address=_address(transcript["canonical_url"]),
        digest=_digest(transcript["npr_id"], page.said),
        bands=bands(page.words),
    )


_FACTS = (
    "transcript_id", "npr_id", "source_id", "station", "program", "title", "air_date", "published_at", "word_count",
    "first_seen_at",
)  # fmt: skip


def _address(url: str | None) -> int | None:
    """Checksum of a page's address, as a signed whole number of 32 bits: without scheme, `www.` and last slash.

    None where it names no page: a site's entrance, which some pages call their own by mistake. That two addresses may
    have one checksum is of no account, as pages are joined by what they say.
    """
    parts = urlsplit(url or "")
    path = parts.path.rstrip("/")
    if not path or parts.hostname is None:
        return None
    address = f"{parts.hostname.removeprefix('www.')}{path}?{parts.query}"
    return int.from_bytes(crc32(address.encode()).to_bytes(4), signed=True)


_SPOKEN = attrgetter(*(field.name for field in fields(Said)))


def _digest(npr_id: str | None, said: Sequence[Said]) -> str:
    """What tells a page whose links must be looked at anew from one that is as it was."""
    parts = (SIGNATURE_VERSION, npr_id, [_SPOKEN(turn) for turn in said])
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]
