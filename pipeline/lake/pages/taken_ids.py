"""Ids that two pages come to: an id is the page's that had it first, and looks at the other are refused by name."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from pipeline.lake.pages.gist import Gist
from pipeline.lake.rows import Row
from pipeline.records import rejected
from pipeline.transcribe.page_ids import identifying_place

logger = logging.getLogger(__name__)

ID_TAKEN = rejected("id_taken")
_IDENTITY = ("transcript_id", "url", "canonical_url", "source_id")
_CHANGED = ("outcome", "detail", "transcript_id", "content_hash")


def refused(gists: Sequence[Gist], stored: Mapping[str, Row]) -> dict[int, Gist]:
    """By place, what these looks become whose page's id is another page's, in the lake or earlier in the batch.

    `stored`: the pages that the lake has, as rows of `transcripts` by their ids. Only pages that are there already
    or come twice are laid side by side: any other page costs two look-ups.
    """
    holders = {page_id: itemgetter(*_IDENTITY)(row) for page_id, row in stored.items()}
    found: dict[int, Gist] = {}
    for place, gist in enumerate(gists):
        if gist.page is None or gist.transcript_id is None:
            continue
        identity = (gist.transcript_id, gist.page.url, gist.page.canonical_url, gist.page.source_id)
        holder = holders.setdefault(gist.transcript_id, identity)
        if holder is not identity and _are_two(identifying_place(*holder), identifying_place(*identity)):
            found[place] = _refusal(gist, holder[2] or holder[1])
    return found


def changes(refusal: Gist) -> dict[str, Any]:
    """What the row of a look that was refused says otherwise than it came."""
    return {name: getattr(refusal, name) for name in _CHANGED}


def _are_two(one: str | None, other: str | None) -> bool:
    return None not in {one, other} and one != other


def _refusal(gist: Gist, holder: str) -> Gist:
    """The look as one that gave nothing: its page stays in the archive."""
    page_id = gist.transcript_id
    logger.warning("page_id_taken transcript_id=%s url=%s holder=%s", page_id, gist.url, holder)
    detail = f"its id {page_id} is that of {holder}: two addresses with one digest; the page is in the archive alone"
    return replace(gist, outcome=ID_TAKEN, detail=detail, transcript_id=None, content_hash=None, page=None)
