"""`transcripts`: the pages, one row each."""

import pyarrow as pa

from schemas.table import DAY, MOMENT, REAL, TEXT, TRUTH, WHOLE, Column, Partition, Table

TRANSCRIPTS = Table(
    name="transcripts",
    description=(
        "One row a page that holds a transcript, as its newest revision says. "
        "A copy on a station's site is a page of its own."
    ),
    key=("transcript_id",),
    order=("air_date", "transcript_id"),
    partition=Partition("air_month", "air_date"),
    version=2,
    columns=(
        Column(
            "transcript_id",
            TEXT,
            "Identity of the page, the same in every table and through all its revisions.",
            nullable=False,
        ),
        Column("url", TEXT, "URL that the page was fetched from."),
        Column("canonical_url", TEXT, "URL that the page calls its own."),
        Column("npr_id", TEXT, "NPR's story id as printed in URLs, e.g. nx-s1-5665795."),
        Column(
            "source_id",
            TEXT,
            "Site that the page is on: npr, or a station's call sign in lower case. NULL: no known source.",
        ),
        Column("network", TEXT, "Name of the network that the source belongs to, e.g. NPR."),
        Column("station", TEXT, "Call sign of the station. NULL: the network's own site, or no known source."),
        Column("layout", TEXT, "Layout that the page was read with.", nullable=False),
        Column("program", TEXT, "Programme that broadcast it, e.g. All Things Considered."),
        Column("title", TEXT, "Headline of the page."),
        Column("segment_title", TEXT, "Title of the segment on air, where it differs from the headline."),
        Column("teaser", TEXT, "Introductory text of the page; not part of what was said.", is_text=True),
        Column("air_date", DAY, "Day of broadcast, local to the source."),
        Column("air_date_rule", TEXT, "What air_date was taken from. NULL where air_date is."),
        Column("published_at", MOMENT, "When the page says it was published (UTC)."),
        Column(
            "updated_at", MOMENT, "When the page says it was last changed (UTC); a change of this alone is no revision."
        ),
        Column("audio_url", TEXT, "URL of the audio of the broadcast."),
        Column("audio_seconds", REAL, "Length of the audio in seconds."),
        Column("language", TEXT, "Language as a BCP 47 tag, e.g. en."),
        Column("dateline", TEXT, "Printed dateline, e.g. WASHINGTON."),
        Column("correction", TEXT, "Text of the correction or clarification that the page prints.", is_text=True),
        Column("rights", TEXT, "Printed notice of rights."),
        Column("author_bio", TEXT, "Printed biography of the author; in no turn.", is_text=True),
        Column("word_count", WHOLE, "Words that were said: the sum over its turns.", nullable=False),
        Column("turn_count", WHOLE, "Rows of this transcript in turns, cues included.", nullable=False),
        Column("speaker_count", WHOLE, "Different people heard, told apart by name, else by label.", nullable=False),
        Column("content_hash", TEXT, "SHA-256 (hexadecimal) of what this revision of the page says.", nullable=False),
        Column(
            "revision",
            WHOLE,
            "1 for the first content that was seen, one more each time it was seen to have changed.",
            nullable=False,
        ),
        Column("first_seen_at", MOMENT, "When the page was first seen with a transcript (UTC).", nullable=False),
        Column("captured_at", MOMENT, "When this revision was first seen (UTC).", nullable=False),
        Column(
            "capture_id", TEXT, "The look at the page that first saw this revision: a row of captures.", nullable=False
        ),
        Column(
            "correction_ids",
            pa.list_(pa.field("element", TEXT, nullable=False)),
            "The corrections by hand that the rows of this page hold. NULL: none.",
        ),
        Column(
            "parser_version",
            TEXT,
            "Version of the parser that read this row and its turns and bylines.",
            nullable=False,
        ),
        Column(
            "story_id",
            TEXT,
            "The story that the page is a copy of, alone or not: a row of stories. Every page has one.",
            is_derived=True,
        ),
        Column(
            "is_primary",
            TRUTH,
            "Whether it is the page by which its story is counted: npr.org's, else the fullest, else the earliest.",
            is_derived=True,
        ),
        Column(
            "gone_at",
            MOMENT,
            "Since when the page has been gone (UTC); its rows stay. NULL: it was there when it was last looked at.",
        ),
    ),
)
