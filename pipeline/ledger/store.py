"""The ledger: looks at pages, noted when they are had and settled when their rows are in the lake."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from pipeline.exchanges import Validators
from pipeline.ledger.file import LedgerFile
from pipeline.ledger.records import Figures, Look, OpenLook, Reread, Settlement, UrlState, Visit
from pipeline.ledger.rows import open_look_of, state_of, text_of
from pipeline.records import GONE, PUBLISHED, UNCHANGED

_OF_CAPTURE = "url = (SELECT url FROM looks WHERE looks.capture_id = ?) AND capture_id = ?"
"""The page of a look, found by the index of looks: pages have none of captures."""
_AMEND = f"""
UPDATE urls SET outcome = CASE WHEN ? = 'unchanged' THEN 'published' ELSE ? END
WHERE {_OF_CAPTURE} AND outcome IS NOT NULL AND outcome NOT LIKE 'fetch_failed:%' AND outcome != 'gone'
"""  # noqa: S608  # constant parts only


_IS_NEWEST = "NOT EXISTS (SELECT 1 FROM looks WHERE looks.capture_id = urls.capture_id AND looked_at > ?)"
"""Whether no later response of the page is known than one of this time."""
_IS_OF_PAGE = "EXISTS (SELECT 1 FROM looks WHERE look_id = ? AND (warc_file IS NULL OR capture_id = urls.capture_id))"
"""Whether the page stands as a look says: it failed, or its response is the page's last."""
_RESPOND = f"""
UPDATE urls SET etag = ?, last_modified = ?, payload_digest = ?, capture_id = ?, warc_file = ?, warc_offset = ?
WHERE url = ? AND (? OR {_IS_NEWEST})
"""  # noqa: S608  # constant parts only
_IS_LOST = """
EXISTS (SELECT 1 FROM looks WHERE looks.capture_id = urls.capture_id AND outcome = 'fetch_failed:lost')
"""
_REOPEN = """
UPDATE looks SET run_id = ?, warc_file = ?, warc_offset = ?, outcome = NULL, detail = NULL, is_settled = 0
WHERE capture_id = ? AND outcome = 'fetch_failed:lost' AND is_settled = 1
"""
_SETTLE = f"""
UPDATE urls SET due_at = ?, outcome = ?, program = COALESCE(program, ?), air_date = COALESCE(?, air_date),
counted_from = COALESCE(?, counted_from) WHERE url = ? AND {_IS_OF_PAGE}
"""  # noqa: S608  # constant parts only


_UNARCHIVED = """
SELECT looks.*, urls.source_id FROM looks JOIN urls USING (url)
WHERE is_settled = 1 AND looks.warc_file IS NULL AND kind = 'page'
AND (looks.outcome = 'gone' OR looks.outcome LIKE 'fetch_failed:%')
AND looks.outcome IS NOT (
    SELECT outcome FROM looks AS earlier WHERE earlier.url = looks.url AND earlier.look_id < looks.look_id
    ORDER BY look_id DESC LIMIT 1
)
ORDER BY look_id
"""


class Ledger(LedgerFile):
    """The ledger file of a home folder. An instance belongs to one thread; processes may share the file."""

    def state(self, url: str) -> UrlState | None:
        """What is known of a page, or None."""
        row = self.one("SELECT * FROM urls WHERE url = ?", (url,))
        return state_of(row) if row else None

    def note_look(self, look: Look) -> None:
        """Note a look that is still to be read or published; noting it twice is noting it once.

        One whose page was lost before it was read is open again: whoever notes it has the page.
        """
        visit = look.visit
        with self.transaction() as sql:
            is_back = sql.execute(_REOPEN, (visit.run_id, look.warc_file, look.warc_offset, visit.capture_id)).rowcount
            added = is_back or add_look(sql, look, is_settled=False)
            if added and look.warc_file is not None:
                validators = look.validators or Validators()
                sql.execute(
                    _RESPOND,
                    (
                        validators.etag,
                        validators.last_modified,
                        look.payload_digest,
                        visit.capture_id,
                        look.warc_file,
                        look.warc_offset,
                        visit.url,
                        not look.is_taken_over,
                        text_of(visit.looked_at),
                    ),
                )

    def note_again(self, visit: Visit, outcome: str) -> None:
        """Note that somebody brought what is known already: of how the page stands it says nothing, of why the same."""
        with self.transaction() as sql:
            known = "SELECT detail FROM looks JOIN urls USING (capture_id) WHERE urls.url = ? AND looks.outcome = ?"
            (detail,) = sql.execute(known, (visit.url, outcome)).fetchone() or (None,)
            add_look(sql, Look(visit, outcome, detail), is_settled=True)

    def note_unchanged(self, visit: Visit, due_at: datetime | None) -> None:
        """Note a look that learned nothing new (304, or the same bytes): it is settled at once.

        The page's outcome is again that of its last archived response, whatever failed in between.
        """
        with self.transaction() as sql:
            add_look(sql, Look(visit, UNCHANGED), is_settled=True)
            sql.execute(
                "UPDATE urls SET due_at = ?, outcome = COALESCE("
                "(SELECT CASE looks.outcome WHEN 'unchanged' THEN 'published' ELSE looks.outcome END "
                "FROM looks WHERE looks.capture_id = urls.capture_id), outcome) WHERE url = ?",
                (text_of(due_at), visit.url),
            )

    def open_looks(self, source_id: str | None) -> list[OpenLook]:
        """The looks at a source's pages that are not settled, oldest first."""
        return self._open_looks("urls.source_id IS ?", source_id)

    def open_looks_of_run(self, run_id: str) -> list[OpenLook]:
        """The looks of a run that are not settled, oldest first."""
        return self._open_looks("run_id = ?", run_id)

    def open_looks_left_by(self, flow: str) -> list[OpenLook]:
        """The looks that runs of a flow left unsettled when they ended, oldest first."""
        return self._open_looks("run_id IN (SELECT run_id FROM runs WHERE flow = ? AND status != 'running')", flow)

    def knows_capture(self, capture_id: str) -> bool:
        """True where this look is noted, and its page was not lost before it was read."""
        known = "SELECT 1 FROM looks WHERE capture_id = ? AND outcome IS NOT 'fetch_failed:lost'"
        return self.one(known, (capture_id,)) is not None

    def is_newest(self, url: str, at: datetime) -> bool:
        """Whether no response of the page is known that came after this time, and the last was not lost unread."""
        newest = f"SELECT 1 FROM urls WHERE url = ? AND {_IS_NEWEST} AND NOT {_IS_LOST}"  # noqa: S608  # constant parts only
        return self.one(newest, (url, text_of(at))) is not None

    def outcome_before(self, look: OpenLook) -> str | None:
        """The outcome of the look at the same page before this one."""
        row = self.one(
            "SELECT outcome FROM looks WHERE url = ? AND look_id < ? ORDER BY look_id DESC LIMIT 1",
            (look.url, look.look_id),
        )
        return row["outcome"] if row else None

    def was_gone(self, url: str) -> bool:
        """Whether the last look at the page that got an answer found it gone."""
        row = self.one(
            "SELECT outcome FROM looks WHERE url = ? AND outcome NOT LIKE 'fetch_failed:%' "
            "ORDER BY look_id DESC LIMIT 1",
            (url,),
        )
        return row is not None and row["outcome"] == GONE

    def transcript_before(self, look: OpenLook) -> tuple[str, int] | None:
        """File and offset of the last response before this look's that gave a transcript."""
        row = self.one(
            "SELECT warc_file, warc_offset FROM looks WHERE url = ? AND look_id < ? AND warc_file IS NOT NULL "
            "AND outcome IN ('published', 'unchanged') ORDER BY look_id DESC LIMIT 1",
            (look.url, look.look_id),
        )
        return (row["warc_file"], row["warc_offset"]) if row else None

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """End looks whose rows are in the lake, all or nothing."""
        with self.transaction() as sql:
            for ended in settlements:
                sql.execute(
                    "UPDATE looks SET outcome = ?, detail = ?, change = ?, is_settled = 1 WHERE look_id = ?",
                    (ended.outcome, ended.detail, ended.change, ended.look_id),
                )
                self._settle_page(sql, ended)

    def _settle_page(self, sql: sqlite3.Connection, ended: Settlement) -> None:
        """Let the page of a look stand as the look says; of one before the page's last, take what was unknown."""
        air_date = ended.air_date.isoformat() if ended.air_date else None
        is_of_page = sql.execute(
            _SETTLE,
            (
                text_of(ended.due_at),
                # It was read, and says what it said before: a transcript, whatever came between.
                PUBLISHED if ended.outcome == UNCHANGED else ended.outcome,
                ended.program,
                air_date,
                text_of(ended.counted_from),
                ended.url,
                ended.look_id,
            ),
        ).rowcount
        if not is_of_page:
            sql.execute(
                "UPDATE urls SET program = COALESCE(program, ?), air_date = COALESCE(air_date, ?) WHERE url = ?",
                (ended.program, air_date, ended.url),
            )
        if ended.figures:
            condition = "url = ?" if is_of_page else "url = ? AND word_count IS NULL"
            _keep_figures(sql, ended.figures, condition, (ended.url,))

    def amend(self, rereads: Iterable[Reread]) -> None:
        """Put the outcomes of looks whose pages were read again in the place of those they had, all or nothing."""
        with self.transaction() as sql:
            for reread in rereads:
                sql.execute(
                    "UPDATE looks SET outcome = ?, detail = ? WHERE capture_id = ? AND is_settled = 1",
                    (reread.outcome, reread.detail, reread.capture_id),
                )
                sql.execute(_AMEND, (reread.outcome, reread.outcome, reread.capture_id, reread.capture_id))
                if reread.figures:
                    _keep_figures(sql, reread.figures, _OF_CAPTURE, (reread.capture_id, reread.capture_id))

    def unarchived(self) -> Iterator[OpenLook]:
        """The settled looks at pages that gave nothing and ended otherwise than the one before, oldest first."""
        for row in self.each(_UNARCHIVED, {}):
            yield open_look_of(row)

    def _open_looks(self, condition: str, value: str | None) -> list[OpenLook]:
        rows = self.rows(
            f"SELECT looks.*, urls.source_id FROM looks JOIN urls USING (url) "  # noqa: S608  # constant parts only
            f"WHERE is_settled = 0 AND {condition} ORDER BY look_id",
            (value,),
        )
        return [open_look_of(row) for row in rows]


def add_look(sql: sqlite3.Connection, look: Look, *, is_settled: bool) -> bool:
    visit = look.visit
    added = sql.execute(
        "INSERT INTO looks (url, run_id, looked_at, outcome, detail, http_status, body_bytes, seconds, requests, "
        "capture_id, warc_file, warc_offset, is_settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        (
            visit.url,
            visit.run_id,
            text_of(visit.looked_at),
            look.outcome,
            look.detail,
            visit.http_status,
            visit.body_bytes,
            visit.seconds,
            visit.requests,
            visit.capture_id,
            look.warc_file,
            look.warc_offset,
            is_settled,
        ),
    ).rowcount
    if added:
        sql.execute("UPDATE urls SET looks = looks + 1 WHERE url = ?", (visit.url,))
        sql.execute(
            "INSERT INTO last_looks SELECT COALESCE(source_id, ''), ? FROM urls WHERE url = ? "
            "ON CONFLICT DO UPDATE SET looked_at = max(looked_at, excluded.looked_at)",
            (text_of(visit.looked_at), visit.url),
        )
    return added > 0


def _keep_figures(sql: sqlite3.Connection, figures: Figures, condition: str, values: tuple[str, ...]) -> None:
    """Note what a transcript amounts to on the page that fulfils this condition."""
    sql.execute(
        f"UPDATE urls SET title = COALESCE(?, title), word_count = ?, speech_count = ?, named_count = ? "  # noqa: S608  # constant parts only
        f"WHERE {condition}",
        (figures.title, figures.word_count, figures.speech_count, figures.named_count, *values),
    )
