"""`stories`: one broadcast of one report, on however many pages it stands."""

import pyarrow as pa

from schemas.table import DAY, TEXT, WHOLE, Column, Partition, Table

STORIES = Table(
    name="stories",
    description=(
        "One row a story: a broadcast of a report, with all its copies on stations' sites. "
        "A page that stands alone is a story too. What was aired again is a story of its own, linked to the first."
    ),
    key=("story_id",),
    order=("first_air_date", "story_id"),
    partition=Partition("air_month", "first_air_date"),
    version=1,
    columns=(
        Column(
            "story_id",
            TEXT,
            "NPR's id where a page names it, else the transcript_id of the page that was primary when the story was "
            "founded. Kept when a better primary comes; of two stories that turn out to be one, the older id stays.",
            nullable=False,
        ),
        Column(
            "primary_transcript_id",
            TEXT,
            "The page by which the story is counted: npr.org's, else the fullest, else the earliest.",
            nullable=False,
        ),
        Column("origin_source_id", TEXT, "Source of the primary page. NULL: no known source."),
        Column("npr_id", TEXT, "NPR's id of the story. NULL: no page names one."),
        Column("title", TEXT, "Headline of the primary page."),
        Column("program", TEXT, "Programme of the primary page, else the one that most copies name."),
        Column("first_air_date", DAY, "Earliest day of broadcast among its pages. NULL: none has one."),
        Column("last_air_date", DAY, "Latest day of broadcast among its pages."),
        Column("copy_count", WHOLE, "Pages beside the primary one.", nullable=False),
        Column(
            "stations",
            pa.list_(pa.field("element", TEXT, nullable=False)),
            "Call signs of the stations with a page of it, sorted. Empty list: none, or none known.",
            nullable=False,
        ),
        Column(
            "join_rules",
            pa.list_(pa.field("element", TEXT, nullable=False)),
            "How its copies were joined, sorted: npr_id, canonical_link, text. Empty list: no copies.",
            nullable=False,
        ),
        Column(
            "rebroadcast_of",
            TEXT,
            "The story that was aired before in the same turns, the first of them. NULL: none is known.",
        ),
    ),
)
