"""Counts that follow every change of a page: by source, and by programme and day. SQL, run by SQLite itself.

Of five million pages nobody counts all whenever he asks how things stand. Triggers take from the counts what a page was
and add what it is, in the transaction that changes it, so they are exact whoever writes. No page is ever deleted.
"""

_STATE = """CASE
    WHEN {page}.program IS NULL AND {page}.word_count IS NULL
        AND ({page}.outcome IS NULL OR {page}.outcome = 'gone' OR {page}.outcome LIKE 'fetch_failed:%') THEN 'none'
    WHEN {page}.outcome = 'gone' THEN 'gone'
    WHEN {page}.outcome = 'published' OR {page}.word_count IS NOT NULL THEN 'published'
    WHEN {page}.outcome = 'not_yet' THEN 'not_yet'
    WHEN {page}.outcome LIKE 'rejected:%' THEN 'rejected'
    WHEN {page}.outcome = 'not_a_transcript' THEN 'none'
    ELSE 'open' END"""
"""Where a page stands in the count of its day; what the counts mean says `records.DayCount`."""

_OF_SOURCE = {
    "pages": "1",
    "published": "{page}.outcome IS 'published'",
    "not_yet": "{page}.outcome IS 'not_yet'",
    "without_transcript": "{page}.outcome IS 'not_a_transcript'",
    "gone": "{page}.outcome IS 'gone'",
    "failed": "{page}.outcome GLOB '*:*'",
    "waiting": "{page}.looks = 0",
}
_OF_DAY = {
    "listed": "1",
    "published": "state = 'published'",
    "not_yet": "state = 'not_yet'",
    "rejected": "state = 'rejected'",
    "gone": "state = 'gone'",
    "word_count": "iif(state = 'published', COALESCE({page}.word_count, 0), 0)",
}
_COUNTED = ("source_id", "program", "air_date", "outcome", "word_count")
"""What the counts follow, beside whether a page was looked at."""


def _sums(counts: dict[str, str], page: str, sign: str) -> str:
    return ", ".join(f"{sign}COALESCE({count.format(page=page)}, 0)" for count in counts.values())


def _added(counts: dict[str, str]) -> str:
    return ", ".join(f"{name} = {name} + excluded.{name}" for name in counts)


def _follow(page: str, sign: str) -> str:
    """The statements that add a page's row (`NEW`) to the counts, or take it (`OLD`) from them."""
    day = f"{page}.source_id, COALESCE({page}.program, ''), {page}.air_date"
    is_counted = f"{page}.source_id IS NOT NULL AND {page}.air_date IS NOT NULL AND state != 'none'"
    standing = f"FROM (SELECT {_STATE.format(page=page)} AS state) WHERE {is_counted}"
    to_source = (
        f"INSERT INTO source_counts (source_id, {', '.join(_OF_SOURCE)}) "
        f"SELECT COALESCE({page}.source_id, ''), {_sums(_OF_SOURCE, page, sign)} WHERE true "
        f"ON CONFLICT DO UPDATE SET {_added(_OF_SOURCE)}"
    )
    to_day = (
        f"INSERT INTO day_counts (source_id, program, air_date, {', '.join(_OF_DAY)}) "
        f"SELECT {day}, {_sums(_OF_DAY, page, sign)} {standing} ON CONFLICT DO UPDATE SET {_added(_OF_DAY)}"
    )
    forget = f"DELETE FROM changed_days WHERE (source_id, program, air_date) IN (SELECT {day} {standing})"  # noqa: S608  # our own names
    change = f"INSERT INTO changed_days (source_id, program, air_date) SELECT {day} {standing}"
    return f"{to_source}; {to_day}; {forget}; {change}"


def _is_other() -> str:
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _COUNTED)
    return f"({changed} OR (OLD.looks = 0) != (NEW.looks = 0))"


def _filled(counts: dict[str, str]) -> str:
    return ", ".join(f"sum(COALESCE({count.format(page='urls')}, 0))" for count in counts.values())


COUNTERS = f"""
CREATE TABLE source_counts (
    source_id TEXT PRIMARY KEY,           -- '' for pages of no source
    {", ".join(f"{name} INTEGER NOT NULL" for name in _OF_SOURCE)}
) STRICT, WITHOUT ROWID;
CREATE TABLE day_counts (
    source_id TEXT NOT NULL,
    program   TEXT NOT NULL,              -- '' for pages of no programme
    air_date  TEXT NOT NULL,
    {", ".join(f"{name} INTEGER NOT NULL DEFAULT 0" for name in _OF_DAY)},
    expected  INTEGER NOT NULL DEFAULT 0, -- as last reckoned: see `expectations`
    missing   INTEGER GENERATED ALWAYS AS (max(expected - published - not_yet - rejected - gone, 0)) VIRTUAL,
    PRIMARY KEY (source_id, program, air_date)
) STRICT, WITHOUT ROWID;
CREATE INDEX days_by_date ON day_counts (air_date);
CREATE INDEX days_missing ON day_counts (source_id, missing) WHERE missing > 0;
-- the days whose counts or expectation were changed since they were published, each with its newest change
CREATE TABLE changed_days (
    change_id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id TEXT NOT NULL,
    program   TEXT NOT NULL,
    air_date  TEXT NOT NULL,
    UNIQUE (source_id, program, air_date)
) STRICT;
-- up to which day is reckoned what was to be expected: one row, or none
CREATE TABLE expected_until (air_date TEXT NOT NULL) STRICT;
CREATE TRIGGER urls_added AFTER INSERT ON urls WHEN NEW.kind = 'page' BEGIN {_follow("NEW", "")}; END;
CREATE TRIGGER urls_changed AFTER UPDATE OF {", ".join(_COUNTED)}, looks ON urls
WHEN NEW.kind = 'page' AND {_is_other()} BEGIN {_follow("OLD", "-")}; {_follow("NEW", "")}; END;
INSERT INTO source_counts SELECT COALESCE(source_id, ''), {_filled(_OF_SOURCE)}
FROM urls WHERE kind = 'page' GROUP BY COALESCE(source_id, '');
INSERT INTO day_counts (source_id, program, air_date, {", ".join(_OF_DAY)})
SELECT source_id, COALESCE(program, ''), air_date, {_filled(_OF_DAY)}
FROM (SELECT *, {_STATE.format(page="urls")} AS state FROM urls WHERE kind = 'page') AS urls
WHERE source_id IS NOT NULL AND air_date IS NOT NULL AND state != 'none' GROUP BY 1, 2, 3;
INSERT INTO changed_days (source_id, program, air_date) SELECT source_id, program, air_date FROM day_counts
"""  # noqa: S608  # our own names
