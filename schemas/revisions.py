"""`revisions`: what changed on a page, and when."""

import pyarrow as pa

from schemas.table import DAY, MOMENT, REAL, TEXT, WHOLE, Column, Partition, Table


def _entries(*fields: pa.Field) -> pa.DataType:
    """A list of structs of these fields."""
    return pa.list_(pa.field("element", pa.struct(fields), nullable=False))


PIECES = _entries(pa.field("change", TEXT, nullable=False), pa.field("text", TEXT, nullable=False))
CHANGED_TURNS = _entries(
    pa.field("turn_id", TEXT, nullable=False),
    pa.field("old_index", WHOLE),
    pa.field("new_index", WHOLE),
    pa.field("old_label", TEXT),
    pa.field("new_label", TEXT),
    pa.field("pieces", pa.list_(pa.field("element", PIECES.value_type, nullable=False)), nullable=False),
)
CHANGED_FACTS = _entries(pa.field("name", TEXT, nullable=False), pa.field("old", TEXT), pa.field("new", TEXT))
FACTS = _entries(pa.field("name", TEXT, nullable=False), pa.field("value", TEXT, nullable=False))
LINES = _entries(
    pa.field("turn_id", TEXT, nullable=False),
    pa.field("kind", TEXT, nullable=False),
    pa.field("speaker_label", TEXT),
    pa.field("text", TEXT, nullable=False),
    pa.field("start_seconds", REAL),
)

REVISIONS = Table(
    name="revisions",
    description=(
        "One row for each content that a page was seen to have, the first one included, and for each time it was seen "
        "to be gone."
    ),
    key=("transcript_id", "revision"),
    order=("air_date", "transcript_id", "revision"),
    partition=Partition("air_month", "air_date"),
    version=1,
    columns=(
        Column("transcript_id", TEXT, "The transcript that was revised.", nullable=False),
        Column("revision", WHOLE, "Number of the revision, from 1, in the order of time.", nullable=False),
        Column("air_date", DAY, "Day of broadcast, local to the source, as in transcripts."),
        Column("source_id", TEXT, "Site that the page is on, as in transcripts."),
        Column("captured_at", MOMENT, "When this revision was first seen (UTC).", nullable=False),
        Column("capture_id", TEXT, "The look that first saw it: a row of captures.", nullable=False),
        Column("content_hash", TEXT, "SHA-256 (hexadecimal) of what the page said. NULL: it was gone."),
        Column(
            "kinds",
            pa.list_(pa.field("element", TEXT, nullable=False)),
            "What is new against the last content: first, text, label, metadata; withdrawn: the page was gone; "
            "restored: it is back. NULL: what the page said is not in the lake; asrun reparse reads it again.",
        ),
        Column("added_turn_count", WHOLE, "Turns that came. NULL, as in all counts: there is nothing to compare with."),
        Column("removed_turn_count", WHOLE, "Turns that went."),
        Column("changed_turn_count", WHOLE, "Turns that stayed and whose wording or label changed."),
        Column("added_word_count", WHOLE, "Words that came, in all turns."),
        Column("removed_word_count", WHOLE, "Words that went, in all turns."),
        Column(
            "changed_turns",
            CHANGED_TURNS,
            "Each turn that changed, came (no old_index) or went (no new_index), with its places and labels before and "
            "now and the pieces of its text: equal and deleted ones together are the old text, equal and inserted ones "
            "the new. Empty list: no turn changed.",
            is_text=True,
        ),
        Column(
            "changed_facts",
            CHANGED_FACTS,
            "Each column of transcripts, or bylines, of which the page says another thing, as text, before and now.",
            is_text=True,
        ),
        Column(
            "facts",
            FACTS,
            "What an older revision said in columns of transcripts, and in bylines, as text. "
            "NULL: it is the newest content, or none.",
            is_text=True,
        ),
        Column(
            "turns",
            LINES,
            "The turns of an older revision, in order; start_seconds in seconds. NULL: it is the newest content, which "
            "is in turns, or none.",
            is_text=True,
        ),
    ),
)
