"""Pages whose corrections changed are read anew from the archive: they need not wait until they are fetched again."""

import logging

from pipeline.identify.corrections.file import Corrections, load_corrections
from pipeline.identify.corrections.kinds import AnyCorrection, PageCorrection, SpeakerCorrection
from pipeline.ingest.pages import ingested
from pipeline.ingest.work import Rooms
from pipeline.lake.published.publish import is_published
from pipeline.query.session import connect
from pipeline.settings import Settings
from schemas.table import quoted

logger = logging.getLogger(__name__)

_PLACES = """
SELECT transcript_id, correction_ids, warc_file, warc_offset
FROM transcripts JOIN captures USING (transcript_id, capture_id)
WHERE warc_file IS NOT NULL AND (correction_ids IS NOT NULL OR list_contains([{pages}], transcript_id))
"""
_LABELS = """
SELECT speaker_label, min(turn_index) FROM turns WHERE transcript_id = {page} GROUP BY speaker_label ORDER BY 2
"""


def correct_pages(rooms: Rooms) -> int:
    """Bring every page to what is corrected on it now, taken-back corrections included; the number of pages read.

    Raises:
        ArchiveError, LakeError: a page cannot be read back, or its rows could not be kept.
    """
    corrections = rooms.known.corrections
    if not is_published(rooms.settings):
        return 0
    pages = ", ".join("'" + page.replace("'", "''") + "'" for page in sorted(corrections.pages))
    with connect(rooms.settings) as session:
        rows = session.arrow(_PLACES.format(pages=pages)).to_pylist()
    stale = [row for row in rows if _wanted(corrections, row["transcript_id"]) != set(row["correction_ids"] or ())]
    pages_read = (rooms.archive.read(row["warc_file"], row["warc_offset"]) for row in stale)
    items = [ingested(page, rooms.sources, rooms.known) for page in pages_read]
    if items:
        rooms.lake.commit(items)
    for unmet in unmatched(corrections, rooms.settings):
        logger.warning("correction_without_match %s", unmet)
    return len(items)


def _wanted(corrections: Corrections, page: str) -> set[str]:
    return {entry.correction_id for entry in corrections.of_page(page)}


def not_there(entry: AnyCorrection, settings: Settings) -> str | None:
    """What of a page that a correction is about the lake has not, for who writes it; None where nothing is missing."""
    if not isinstance(entry, PageCorrection) or not is_published(settings):
        return None
    with connect(settings) as session:
        rows = session.arrow(_LABELS.format(page=quoted(entry.page))).to_pylist()
    labels = [row["speaker_label"] for row in rows if row["speaker_label"]]
    if not rows:
        return f"the lake has no page {entry.page}"
    if isinstance(entry, SpeakerCorrection) and entry.label not in labels:
        return f"no turn of {entry.page} has the label {entry.label}; there are {', '.join(labels) or 'none'}"
    return None


def unmatched_in(settings: Settings) -> list[str]:
    """The corrections of the user's file without a match; none where there is no lake yet: see `unmatched`.

    Raises:
        UsageError: the file is wrong.
    """
    corrections = load_corrections(settings.corrections_file)
    return unmatched(corrections, settings) if is_published(settings) else []


def unmatched(corrections: Corrections, settings: Settings) -> list[str]:
    """The corrections that nothing in the published lake answers to any more, each as a line that says what is missing.

    Raises:
        UsageError: there is no lake yet.
    """
    if not corrections.standing:
        return []
    with connect(settings) as session:
        pages = session.arrow("SELECT transcript_id, correction_ids FROM transcripts WHERE correction_ids IS NOT NULL")
        taken = {(row["transcript_id"], one) for row in pages.to_pylist() for one in row["correction_ids"]}
        keys = set(session.arrow("SELECT DISTINCT name_key FROM appearances").column(0).to_pylist())
        people = set(session.arrow("SELECT person_id FROM people").column(0).to_pylist())
    return corrections.unmatched(taken, keys, people)
