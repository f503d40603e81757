"""`bylines`: whom a page credits."""

from schemas.table import DAY, TEXT, WHOLE, Column, Partition, Table

BYLINES = Table(
    name="bylines",
    description="One row for everyone and everything that a page credits with the story, in printed order.",
    key=("transcript_id", "position"),
    order=("air_date", "transcript_id", "position"),
    partition=Partition("air_month", "air_date"),
    version=2,
    columns=(
        Column("transcript_id", TEXT, "The transcript that the byline is on.", nullable=False),
        Column("position", WHOLE, "Place of the byline on its page, in printed order.", nullable=False),
        Column("air_date", DAY, "Day of broadcast, local to the source, as in transcripts."),
        Column("name", TEXT, "Name of the person in proper case. NULL: a desk, a station or an agency is credited."),
        Column(
            "person_id",
            TEXT,
            "The person over all pages: a row of people. NULL: no full name, or several people may be meant.",
            is_derived=True,
        ),
        Column(
            "role",
            TEXT,
            "Role that the byline prints, else by the label in the transcript (host, reporter).",
        ),
        Column("affiliation", TEXT, "Affiliation that the byline prints."),
        Column("printed", TEXT, "The byline as printed.", nullable=False),
    ),
)
