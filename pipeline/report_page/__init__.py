"""The report page: how things stand, as one HTML file without network and without scripts.

figures.py      what is shown, out of the ledger
charts.py       calendars and bars as SVG
report.html.j2  the page; Jinja escapes every text
style.css       its looks, on paper too
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.amounts import noun
from pipeline.errors import UsageError
from pipeline.ingest.correcting import unmatched_in
from pipeline.ledger import Ledger
from pipeline.report_page.charts import bars, calendar, shares
from pipeline.report_page.figures import Figures, figures_of
from pipeline.settings import Settings

FILE_NAME = "report.html"


def write_page(settings: Settings, path: Path, at: datetime) -> None:
    """Write the page of how things stand at `at`, all of it or nothing.

    Raises:
        LedgerError: the ledger cannot be read.
        UsageError: the file cannot be written.
    """
    with Ledger(settings) as ledger:
        text = render(figures_of(ledger, at), unmatched_in(settings))
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise UsageError(f"{path}: cannot be written ({error.strerror}); name another file with --out") from error


def render(figures: Figures, unmatched: Sequence[str] = ()) -> str:
    """The page as text; `unmatched` are corrections by hand that nothing answers to any more.

    Strangers' text is escaped; a URL is a link only where it is http or https.
    """
    return _ENVIRONMENT.get_template("report.html.j2").render(figures=figures, unmatched=unmatched)


def link(url: str) -> str | None:
    """The URL where it may be followed from the page, or None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


_ENVIRONMENT = Environment(
    loader=PackageLoader("pipeline.report_page", ""),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {"link": link}
_ENVIRONMENT.globals |= {"calendar": calendar, "bars": bars, "shares": shares, "noun": noun}
