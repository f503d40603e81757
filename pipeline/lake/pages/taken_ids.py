"""Ids that two pages come to: an id is the page's that had it first, and looks at the other are refused by name."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter, itemgetter

from pipeline.lake.rows import Row
from pipeline.records import Ingested, Reading, rejected
from pipeline.transcribe.page_ids import identifying_place

logger = logging.getLogger(__name__)

ID_TAKEN = rejected("id_taken")
_IDENTITY = ("transcript_id", "url", "canonical_url", "source_id")


def refused(items: Iterable[Ingested], stored: Mapping[str, Row]) -> dict[str, Ingested]:
    """By capture, what these looks become whose page's id is another page's, in the lake or earlier in the batch.

    `stored`: the pages that the lake has, as rows of `transcripts` by their ids. Only pages that are there already
    or come twice are laid side by side: any other page costs two look-ups.
    """
    holders = {page_id: itemgetter(*_IDENTITY)(row) for page_id, row in stored.items()}
    found: dict[str, Ingested] = {}
    for item in items:
        if item.reading is None or item.reading.transcript is None:
            continue
        identity = attrgetter(*_IDENTITY)(item.reading.transcript)
        holder = holders.setdefault(identity[0], identity)
        if holder is not identity and _are_two(identifying_place(*holder), identifying_place(*identity)):
            found[item.capture.capture_id] = _refusal(item, identity[0], holder[2] or holder[1])
    return found


def _are_two(one: str | None, other: str | None) -> bool:
    return None not in {one, other} and one != other


def _refusal(item: Ingested, page_id: str, holder: str) -> Ingested:
    """The look as one that gave nothing: its page stays in the archive."""
    logger.warning("page_id_taken transcript_id=%s url=%s holder=%s", page_id, item.capture.url, holder)
    detail = f"its id {page_id} is that of {holder}: two addresses with one digest; the page is in the archive alone"
    capture = replace(item.capture, outcome=ID_TAKEN, detail=detail, transcript_id=None)
    return replace(item, capture=capture, reading=Reading(ID_TAKEN, detail), content_hash=None, correction_ids=())
