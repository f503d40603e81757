"""What a page says, in one number: whether a look learned something new is decided by it."""

import hashlib
import json
from datetime import date, datetime

from pipeline.identify.revisions.revisions import SAID_BY_PAGE
from pipeline.records import Reading


def content_hash(reading: Reading) -> str | None:
    """SHA-256 (hexadecimal) of what the page says: its facts, bylines as printed, turns as labelled and worded.

    What the parser concludes (names, roles, counts) does not count. None where there is no transcript.
    """
    if reading.transcript is None:
        return None
    said = [
        [getattr(reading.transcript, name) for name in SAID_BY_PAGE],
        [byline.printed for byline in reading.bylines],
        [[turn.kind, turn.speaker_label, turn.text, turn.start_seconds] for turn in reading.turns],
    ]
    return hashlib.sha256(json.dumps(said, default=_iso).encode("ascii")).hexdigest()


def _iso(value: date | datetime) -> str:
    return value.isoformat()
