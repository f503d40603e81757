"""`coverage`: what each programme's day should hold, and holds."""

from schemas.table import DAY, TEXT, WHOLE, Column, Partition, Table

COVERAGE = Table(
    name="coverage",
    description=(
        "One row a programme's day on which pages were to be expected, at one source. Pages are counted as the ledger "
        "knows them: what was expected and is in none of the other counts was never listed, or could not be fetched."
    ),
    key=("source_id", "program", "air_date"),
    order=("source_id", "program", "air_date"),
    version=2,
    partition=Partition("air_month", "air_date"),
    columns=(
        Column("source_id", TEXT, "Site that the pages are on, as in transcripts.", nullable=False),
        Column("program", TEXT, "Programme, as in transcripts. NULL: the pages name none."),
        Column("air_date", DAY, "Day of broadcast, local to the source.", nullable=False),
        Column(
            "expected",
            WHOLE,
            "Pages that its listing named; where that is less than half of the programme's usual rundown on this "
            "weekday, the usual rundown (median of the eight weeks around).",
            nullable=False,
        ),
        Column("published", WHOLE, "Pages that gave a transcript.", nullable=False),
        Column("not_yet", WHOLE, "Pages whose transcript is still to come.", nullable=False),
        Column("rejected", WHOLE, "Pages that cannot be read.", nullable=False),
        Column("gone", WHOLE, "Pages that are not there (any more): 404 or 410.", nullable=False),
    ),
)
