"""`copies`: the pages of stories that stand on several, each beside the primary page."""

import pyarrow as pa

from schemas.table import DAY, REAL, TEXT, WHOLE, Column, Partition, Table

DIFFERENCE = pa.struct(
    [
        pa.field("kind", TEXT, nullable=False),
        pa.field("turn_index", WHOLE),
        pa.field("copy_turn_index", WHOLE),
        pa.field("words", TEXT),
        pa.field("copy_words", TEXT),
        pa.field("word_count", WHOLE, nullable=False),
    ]
)
RECOVERED = pa.struct(
    [
        pa.field("turn_index", WHOLE, nullable=False),
        pa.field("speaker_name", TEXT, nullable=False),
        pa.field("speaker_role", TEXT),
        pa.field("speaker_affiliation", TEXT),
        pa.field("confidence", REAL, nullable=False),
        pa.field("from_transcript_id", TEXT, nullable=False),
        pa.field("from_turn_index", WHOLE, nullable=False),
    ]
)

COPIES = Table(
    name="copies",
    description=(
        "One row a page of a story that stands on several pages, the primary page included: what tells it from the "
        "primary, word by word, and which speakers it lost that another copy names."
    ),
    key=("transcript_id",),
    order=("air_date", "transcript_id"),
    partition=Partition("air_month", "air_date"),
    version=1,
    columns=(
        Column("transcript_id", TEXT, "The page.", nullable=False),
        Column("air_date", DAY, "Day of broadcast, local to the source, as in transcripts."),
        Column("source_id", TEXT, "Site that the page is on, as in transcripts."),
        Column("story_id", TEXT, "Its story.", nullable=False),
        Column("primary_transcript_id", TEXT, "The story's primary page, as in stories.", nullable=False),
        Column(
            "rule",
            TEXT,
            "How it was joined: npr_id (it names the primary page's id), canonical_link (both call one address their "
            "own), text (it says the same). primary: it is the primary page.",
            nullable=False,
        ),
        Column(
            "similarity",
            REAL,
            "Words that it has in common with the primary page, in runs of three or more, as a share of the longer "
            "page's words, from 0 to 1.",
            nullable=False,
        ),
        Column("lag_days", WHOLE, "Days of broadcast after the primary page; negative: before. NULL: not known."),
        Column(
            "lag_seconds", REAL, "From the publication of the primary page to its own, in seconds. NULL: not known."
        ),
        Column("cut_words", WHOLE, "Words of the primary page that are missing.", nullable=False),
        Column("added_words", WHOLE, "Words that the primary page does not have.", nullable=False),
        Column("changed_words", WHOLE, "Words that stand in the place of others, the longer side.", nullable=False),
        Column(
            "label_lost_words",
            WHOLE,
            "Words in common that stand under a speaker's label in the primary page, here under none or another's.",
            nullable=False,
        ),
        Column(
            "diff",
            pa.list_(pa.field("element", DIFFERENCE, nullable=False)),
            "The differences, in order: kind (cut, added, changed, label_lost), the turn in the primary page and here, "
            "the words there and here as printed, without the signs between them, and their number. Empty list: none.",
            nullable=False,
            is_text=True,
        ),
        Column(
            "sibling_ids",
            pa.list_(pa.field("element", TEXT, nullable=False)),
            "The pages of the story that were asked for speakers that this one does not name. Empty list: none.",
            nullable=False,
        ),
        Column(
            "recovered",
            pa.list_(pa.field("element", RECOVERED, nullable=False)),
            "Turns whose speaker another copy named: what was put into turns (role and affiliation NULL: the page has "
            "its own, or nobody has one), and the turn it was taken from. Empty list: none.",
            nullable=False,
        ),
    ),
)
