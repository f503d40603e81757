"""`people`: who is heard and credited, one row a person; `appearances`: where."""

import pyarrow as pa

from schemas.table import DAY, REAL, TEXT, WHOLE, Column, Partition, Table

_SPAN = [
    pa.field("first_air_date", DAY),
    pa.field("last_air_date", DAY),
    pa.field("transcript_count", WHOLE, nullable=False),
]
ALIAS = pa.struct(
    [
        pa.field("name", TEXT, nullable=False),
        pa.field("rule", TEXT, nullable=False),
        pa.field("evidence", TEXT, nullable=False),
        *_SPAN,
    ]
)
ROLE = pa.struct([pa.field("role", TEXT), pa.field("program", TEXT), pa.field("affiliation", TEXT), *_SPAN])

PEOPLE = Table(
    name="people",
    description=(
        "One row a person with a full name, over all pages. Who shares a name with others and cannot be told from them "
        "is in no row: unsure is unlinked."
    ),
    key=("person_id",),
    order=("person_id",),
    version=2,
    is_layered=True,
    columns=(
        Column(
            "person_id",
            TEXT,
            "Identity of the person, e.g. michele-kelemen; a namesake has -2. An id once given stays.",
            nullable=False,
        ),
        Column("name", TEXT, "The name as the authority spells it, else its most frequent spelling.", nullable=False),
        Column(
            "rule",
            TEXT,
            "Why these appearances are one person's: authority, staff, affiliation, regular (of one programme), "
            "rare_name, single, correction.",
            nullable=False,
        ),
        Column(
            "aliases",
            pa.list_(pa.field("element", ALIAS, nullable=False)),
            "Other names and spellings met: name, rule (authority, spelling, middle_name, short_form, initial, "
            "surname_added, typo, correction), evidence, first and last day, transcripts.",
            nullable=False,
        ),
        Column(
            "roles",
            pa.list_(pa.field("element", ROLE, nullable=False)),
            "What the person was on the air: role, programme, affiliation, first and last day, transcripts; the most "
            "frequent first. Days are those of the corpus.",
            nullable=False,
        ),
        Column("first_air_date", DAY, "First day of broadcast heard or credited. NULL: no page has a day."),
        Column("last_air_date", DAY, "Last day of broadcast heard or credited. NULL: no page has a day."),
        Column("transcript_count", WHOLE, "Transcripts heard or credited in, copies included.", nullable=False),
        Column("turn_count", WHOLE, "Turns of speech in these transcripts.", nullable=False),
        Column("word_count", WHOLE, "Words said in these turns.", nullable=False),
        Column(
            "former_ids",
            pa.list_(pa.field("element", TEXT, nullable=False)),
            "Ids under which a part of the appearances stood before they were found to be one person's.",
            nullable=False,
        ),
        Column(
            "natural_id",
            TEXT,
            "The id that a numbering from nothing would give; another than person_id where an id was kept.",
            nullable=False,
        ),
    ),
)

APPEARANCES = Table(
    name="appearances",
    description="One row for everyone with a full name on a page, heard or credited.",
    key=("transcript_id", "name_key"),
    order=("air_date", "transcript_id", "name_key"),
    partition=Partition("air_month", "air_date"),
    version=1,
    columns=(
        Column("transcript_id", TEXT, "The transcript.", nullable=False),
        Column(
            "name_key",
            TEXT,
            "What spellings of a name are compared by: lower case, no accents, titles or stops.",
            nullable=False,
        ),
        Column("person_id", TEXT, "The person: a row of people. NULL: several people may be meant.", is_derived=True),
        Column("name", TEXT, "Name on this page.", nullable=False),
        Column("label", TEXT, "Label as printed. NULL: only credited, or heard without a label."),
        Column("air_date", DAY, "Day of broadcast, local to the source, as in transcripts."),
        Column("source_id", TEXT, "Site that the page is on, as in transcripts."),
        Column("network", TEXT, "Network of the source, as in transcripts."),
        Column("program", TEXT, "Programme, as in transcripts."),
        Column("role", TEXT, "Role on this page, as in turns; reporter for who is credited and not heard."),
        Column("affiliation", TEXT, "Affiliation printed on this page."),
        Column("turn_count", WHOLE, "Turns of speech on this page; 0: credited, not heard.", nullable=False),
        Column("word_count", WHOLE, "Words said in these turns.", nullable=False),
        Column("name_rule", TEXT, "How the name is known, as in turns; byline for who is credited and not heard."),
        Column("confidence", REAL, "Confidence in the name, from 0 to 1, as in turns."),
    ),
)
