"""`fingerprints`: by what pages that say the same are found; an index of asrun's own, with no text in it."""

import pyarrow as pa

from schemas.table import DAY, MOMENT, TEXT, TRUTH, WHOLE, Column, Partition, Table

FINGERPRINTS = Table(
    name="fingerprints",
    description=(
        "One row a page: by what pages that say the same are found. Made for asrun itself, so that a new page can be "
        "laid beside all others without reading them; it may change from version to version."
    ),
    key=("transcript_id",),
    order=("air_date", "transcript_id"),
    partition=Partition("air_month", "air_date"),
    version=2,
    columns=(
        Column("transcript_id", TEXT, "The page.", nullable=False),
        Column("air_date", DAY, "As in transcripts."),
        Column("npr_id", TEXT, "As in transcripts."),
        Column("source_id", TEXT, "As in transcripts."),
        Column("station", TEXT, "As in transcripts."),
        Column("program", TEXT, "As in transcripts."),
        Column("title", TEXT, "As in transcripts."),
        Column("published_at", MOMENT, "As in transcripts (UTC)."),
        Column("word_count", WHOLE, "As in transcripts.", nullable=False),
        Column("first_seen_at", MOMENT, "As in transcripts (UTC).", nullable=False),
        Column("named_words", WHOLE, "Words in turns whose speaker the page itself names.", nullable=False),
        Column("unnamed_words", WHOLE, "Words in turns whose speaker it does not name.", nullable=False),
        Column(
            "address",
            WHOLE,
            "Checksum of the address that the page calls its own: pages that share it are compared. NULL: none.",
        ),
        Column("digest", TEXT, "Changes with what the page says, and with how it is compared.", nullable=False),
        Column(
            "bands",
            pa.list_(pa.field("element", WHOLE, nullable=False)),
            "MinHash over runs of four words, 32 bands of 3: pages with two in common are compared, with six where "
            "they are more than thirty days apart. Empty list: too few words.",
            nullable=False,
        ),
        Column("family_id", TEXT, "Smallest transcript_id of all pages that say the same, whenever.", nullable=False),
        Column("story_id", TEXT, "As in transcripts.", nullable=False),
        Column("is_primary", TRUTH, "As in transcripts.", nullable=False),
    ),
)
