"""A first draft of a page's facts: what asrun gives today, to be read against the page, line by line, and corrected."""

import json

from pipeline.parse import parse_page
from pipeline.sources import load_sources
from tests.accuracy.facts import UNKNOWN, edges


def draft(content: bytes) -> str:
    """Facts as TOML; what asrun cannot know of a page is left open with `?`."""
    reading = parse_page(content, url=None, content_type=None, sources=load_sources())
    facts = {
        "page": "?",
        "url": reading.transcript.canonical_url if reading.transcript else None,
        "outcome": "published" if reading.transcript else "refused",
        "layout": reading.transcript.layout if reading.transcript else "?",
        "era": "?",
    }
    lines = [f"{key} = {_quoted(value)}" for key, value in facts.items() if value]
    rows = (
        (
            *(turn.kind, turn.speaker_label or UNKNOWN, turn.speaker_name or UNKNOWN, turn.speaker_role or UNKNOWN),
            *edges(turn.text),
            len(turn.text.split()),
        )
        for turn in reading.turns
    )
    table = [f"  [{', '.join(map(_quoted, row))}]," for row in rows]
    return "\n".join([*lines, "claimed = true", *(["turns = [", *table, "]"] if table else [])])


def _quoted(value: object) -> str:
    """A TOML string or number, which JSON's are."""
    return json.dumps(value, ensure_ascii=False)
