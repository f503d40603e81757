"""What is due: a run's pages in the order in which they are looked at, read one by one, however many are waiting.

Of five million pages most are at rest, and most of those that are due belong to no night: nobody asked for their days.
So the index `urls_due` holds what has a due time and nothing else, pages that were looked at apart from those that
were not, each in the order of their days; a run reads as far into it as it gets, and sorts nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from pipeline.ledger.records import DueFilter, Scope, UrlState
from pipeline.ledger.rows import state_of, text_of
from pipeline.ledger.store import Ledger

_DUE = "FROM urls WHERE source_id = :source_id AND kind = 'page' AND due_at <= :at"
_NEW, _SEEN = "(looks > 0) = 0", "(looks > 0) = 1"
_UNDATED, _DATED, _OF_ITS_DAYS = "air_date IS NULL", "air_date IS NOT NULL", "air_date BETWEEN :first AND :last"

_PARTS = {
    Scope.NIGHT: (((_NEW, _UNDATED), (_SEEN, _UNDATED)), ((_NEW, _OF_ITS_DAYS), (_SEEN, _DATED))),
    Scope.DAYS: (((_NEW, _OF_ITS_DAYS), (_SEEN, _OF_ITS_DAYS)),),
    Scope.REVISITS: (((_SEEN, _UNDATED),), ((_SEEN, _DATED),)),
}
"""The pages of each scope: parts that come one after the other, of stretches of the index that are merged."""

_STILL_DUE = f"SELECT 1 {_DUE} AND (looks > 0) IN (0, 1) AND air_date = :day LIMIT 1"


def due(ledger: Ledger, wanted: DueFilter) -> Iterator[UrlState]:
    """The pages to look at now, by air date, the newest first or last; those of unknown date before all.

    Of a day, the one that has been due longest comes first, or last where the oldest day does. Read as they are asked
    for: take no more than are wanted, and change nothing meanwhile.
    """
    for query in queries(wanted):
        for row in ledger.each(query, _values(wanted)):
            yield state_of(row)


def queries(wanted: DueFilter) -> Iterator[str]:
    """What `due` asks, one query after the other."""
    order = "air_date, due_at DESC" if wanted.oldest_first else "air_date DESC, due_at"
    for stretches in _PARTS[wanted.scope]:
        arms = (f"SELECT * {_DUE} AND {seen} AND {days}" for seen, days in stretches)
        yield f"{' UNION ALL '.join(arms)} ORDER BY {order}"


def count_due(ledger: Ledger, wanted: DueFilter, limit: int | None) -> int:
    """How many pages `due` gives; `limit` at most."""
    left, found = limit, 0
    for stretches in _PARTS[wanted.scope]:
        for seen, days in stretches:
            some = f"SELECT 1 {_DUE} AND {seen} AND {days} LIMIT :limit"
            values = {**_values(wanted), "limit": -1 if left is None else left - found}  # SQLite: no limit
            (row,) = ledger.rows(f"SELECT count(*) AS pages FROM ({some})", values)  # noqa: S608  # constant parts only
            found += row["pages"]
    return found


def are_all_due(ledger: Ledger, urls: Iterable[str], at: datetime) -> bool:
    """Whether each of these pages is due at a time."""
    return all(ledger.rows("SELECT 1 FROM urls WHERE url = ? AND due_at <= ?", (url, text_of(at))) for url in urls)


def is_day_due(ledger: Ledger, wanted: DueFilter, day: date) -> bool:
    """Whether a page of this day is due, looked at before or not."""
    return bool(ledger.rows(_STILL_DUE, {**_values(wanted), "day": day.isoformat()}))


def _values(wanted: DueFilter) -> dict[str, object]:
    return {
        "source_id": wanted.source_id,
        "at": text_of(wanted.at),
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
    }
