"""`captures`: the looks at pages."""

from schemas.table import LARGE, MOMENT, TEXT, WHOLE, Column, Partition, Table

CAPTURES = Table(
    name="captures",
    description=(
        "One row a look at a URL. Looks answered with «not modified» have none, nor have failed looks that ended like "
        "the look before."
    ),
    key=("capture_id",),
    order=("captured_at", "capture_id"),
    partition=Partition("capture_month", "captured_at"),
    version=2,
    columns=(
        Column(
            "capture_id",
            TEXT,
            "Identity of the look; the id of the WARC record, where one was written.",
            nullable=False,
        ),
        Column("url", TEXT, "URL that answered, or that gave no answer.", nullable=False),
        Column("source_id", TEXT, "Site that was looked at, as in transcripts. NULL: no known source."),
        Column("captured_at", MOMENT, "When the request was sent (UTC).", nullable=False),
        Column(
            "outcome",
            TEXT,
            "What became of the page: published, unchanged, not_yet, not_a_transcript, gone, rejected:<reason> or "
            "fetch_failed:<reason>.",
            nullable=False,
        ),
        Column("detail", TEXT, "What was seen, where the outcome needs a word."),
        Column(
            "transcript_id",
            TEXT,
            "The transcript that the page holds; of a page that is gone, the one it held. NULL: none is known.",
        ),
        Column("content_hash", TEXT, "SHA-256 (hexadecimal) of what the page said at this look. NULL: no transcript."),
        Column("http_status", WHOLE, "Status code of the response. NULL: there was no response."),
        Column("content_type", TEXT, "Content-Type header as received."),
        Column("etag", TEXT, "ETag header as received."),
        Column("last_modified", TEXT, "Last-Modified header as received."),
        Column("body_bytes", LARGE, "Size of the body as received, in bytes."),
        Column("payload_digest", TEXT, "Digest of the body as received: sha256:<base32>, as in the WARC record."),
        Column(
            "warc_file",
            TEXT,
            "WARC file with the response, as a path below the archive folder. NULL: none was archived.",
        ),
        Column("warc_offset", LARGE, "Where the record starts in that file, in bytes."),
        Column(
            "original_digest",
            TEXT,
            "Payload digest that the crawl gave from whose archive the page was imported: algorithm:value. NULL: it "
            "was fetched, or the crawl gave none.",
        ),
    ),
)
