"""`turns`: what was said, one row a turn."""

import pyarrow as pa

from schemas.table import DAY, REAL, TEXT, WHOLE, Column, Partition, Table

NOTE = pa.struct(
    [
        pa.field("kind", TEXT, nullable=False),
        pa.field("text", TEXT, nullable=False),
        pa.field("start", WHOLE, nullable=False),
        pa.field("end", WHOLE, nullable=False),
    ]
)

TURNS = Table(
    name="turns",
    description="One row a turn of the newest revision: a maximal run of one speaker, or a cue paragraph of its own.",
    key=("transcript_id", "turn_index"),
    order=("air_date", "transcript_id", "turn_index"),
    partition=Partition("air_month", "air_date"),
    version=2,
    columns=(
        Column("transcript_id", TEXT, "The transcript that the turn is in.", nullable=False),
        Column("turn_index", WHOLE, "Place of the turn in its transcript, from 0.", nullable=False),
        Column(
            "turn_id",
            TEXT,
            "Identity of the turn, kept through revisions of the page: where it stays the same, whatever comes or goes "
            "around it, and where it was edited and is certainly the same turn.",
            nullable=False,
        ),
        Column("air_date", DAY, "Day of broadcast, local to the source, as in transcripts."),
        Column("source_id", TEXT, "Site that the page is on, as in transcripts."),
        Column("program", TEXT, "Programme that broadcast it, as in transcripts."),
        Column("kind", TEXT, "speech, or cue for a direction that stands as a paragraph of its own.", nullable=False),
        Column("speaker_label", TEXT, "Label as printed, without colon and role. NULL: none is printed."),
        Column("speaker_name", TEXT, "Full name of the person in proper case, where the page allows to know it."),
        Column(
            "person_id",
            TEXT,
            "The person over all pages: a row of people. NULL: no full name, or several people may be meant.",
            is_derived=True,
        ),
        Column("speaker_role", TEXT, "host, reporter, guest, caller, announcer or other."),
        Column("speaker_affiliation", TEXT, "Affiliation as printed with the label, e.g. NPR."),
        Column(
            "name_rule",
            TEXT,
            "How speaker_name is known: printed, surname, self_introduction, byline, ... NULL where the name is.",
        ),
        Column("confidence", REAL, "Confidence in speaker_name, from 0 to 1. NULL where the name is."),
        Column("text", TEXT, "What was said, inline notes such as (laughter) included.", nullable=False, is_text=True),
        Column("word_count", WHOLE, "Words that were said: notes are not counted, and a cue has none.", nullable=False),
        Column("start_seconds", REAL, "Start in the audio, in seconds, where the page prints it."),
        Column(
            "notes",
            pa.list_(pa.field("element", NOTE, nullable=False)),
            "Inline notes in text: kind, wording, and place as characters from 0, end exclusive. Empty list: none.",
            nullable=False,
            is_text=True,
        ),
    ),
)
