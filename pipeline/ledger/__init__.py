"""What is known of every URL: when it was seen, looked at, what came of it, when it is due. One SQLite file.

schema.py    tables and their version
counters.py  what is counted as pages change
records.py   what goes in, and the work that comes out
reported.py  what is told of it: counts, failures, coverage, alarms
rows.py      rows to records
file.py      the file: connection and transactions
links.py     listings and the pages that they name, in
store.py     looks, noted and settled
frontier.py  due pages out
watch.py     what freshness and alarms are judged by
alarms.py    alarms and whether they stand
history.py   runs, counts and failures: what reports and `asrun status` read
days.py      pages by source, programme and day: what coverage is counted from
expectations.py  what was to be expected of these days, and which were changed since
asked.py     what was asked for of a source's days, and what of it is done
"""

from pipeline.ledger.records import (
    Discovered,
    DueFilter,
    Figures,
    Look,
    OpenLook,
    Request,
    Reread,
    Run,
    Scope,
    Settlement,
    UrlState,
    Visit,
)
from pipeline.ledger.reported import Alarm, Coverage, DayCount, Failure, LookCount, OutcomeCount, PageFigures, RunLook
from pipeline.ledger.store import Ledger

__all__ = [
    "Alarm",
    "Coverage",
    "DayCount",
    "Discovered",
    "DueFilter",
    "Failure",
    "Figures",
    "Ledger",
    "Look",
    "LookCount",
    "OpenLook",
    "OutcomeCount",
    "PageFigures",
    "Request",
    "Reread",
    "Run",
    "RunLook",
    "Scope",
    "Settlement",
    "UrlState",
    "Visit",
]
