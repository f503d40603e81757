"""What status and the report page tell of all pages, kept as it changes: which fail, which are missing. SQL.

The older a corpus, the more of its pages were rejected or never found: counting them anew took as long as all else that
the report page shows. As in `counters`, triggers keep the counts.
"""

_IS_FAILING = "{url}.outcome GLOB '*:*'"


def _count(url: str, sign: str) -> str:
    """The statement that adds what fails (`NEW`) to the counts, or takes it (`OLD`) from them."""
    return (
        f"INSERT INTO failing_counts SELECT COALESCE({url}.source_id, ''), {url}.kind, {url}.outcome, {sign}1 "
        f"WHERE {_IS_FAILING.format(url=url)} ON CONFLICT DO UPDATE SET urls = urls + excluded.urls"
    )


_IS_OTHER = "OLD.outcome IS NOT NEW.outcome OR OLD.source_id IS NOT NEW.source_id"
_MISSING = "UPDATE source_counts SET missing = missing + {more} WHERE source_id = NEW.source_id"

STANDING = f"""
-- a listing's outcome is how its last look ended
UPDATE urls SET outcome = (SELECT outcome FROM looks WHERE looks.url = urls.url ORDER BY look_id DESC LIMIT 1)
WHERE kind = 'listing';
DROP INDEX urls_failing;
DROP INDEX urls_listings;
CREATE INDEX urls_failing ON urls (source_id, kind, outcome, url) WHERE outcome GLOB '*:*';
CREATE INDEX looks_rejected ON looks (looked_at DESC, url) WHERE outcome GLOB 'rejected:*';
CREATE TABLE failing_counts (
    source_id TEXT NOT NULL,              -- '' for pages of no source
    kind      TEXT NOT NULL,
    outcome   TEXT NOT NULL,
    urls      INTEGER NOT NULL,
    PRIMARY KEY (source_id, kind, outcome)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER urls_failing_added AFTER INSERT ON urls WHEN {_IS_FAILING.format(url="NEW")}
BEGIN {_count("NEW", "")}; END;
CREATE TRIGGER urls_failing_changed AFTER UPDATE OF outcome, source_id ON urls WHEN {_IS_OTHER}
BEGIN {_count("OLD", "-")}; {_count("NEW", "")}; END;
INSERT INTO failing_counts SELECT COALESCE(source_id, ''), kind, outcome, count(*) FROM urls
WHERE {_IS_FAILING.format(url="urls")} GROUP BY 1, 2, 3;
-- the sum of what is missing on its days
ALTER TABLE source_counts ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER days_added AFTER INSERT ON day_counts WHEN NEW.missing > 0
BEGIN {_MISSING.format(more="NEW.missing")}; END;
CREATE TRIGGER days_changed AFTER UPDATE ON day_counts WHEN OLD.missing != NEW.missing
BEGIN {_MISSING.format(more="NEW.missing - OLD.missing")}; END;
UPDATE source_counts SET missing = COALESCE((SELECT sum(missing) FROM day_counts
WHERE day_counts.source_id = source_counts.source_id AND day_counts.missing > 0), 0)
"""  # noqa: S608  # our own names
