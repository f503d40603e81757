"""The way of one source through a run: where it may be broken off."""

from datetime import date
from pathlib import Path

from pipeline.ingest import plans
from pipeline.ingest.discovering import Listed
from pipeline.ingest.sequence import Steps, ingest_source
from pipeline.ingest.work import Rooms, open_rooms, recorded_run
from pipeline.ledger import Discovered, Ledger
from pipeline.ledger.links import note_pages
from pipeline.settings import load_settings
from tests.running import NOW


def test_a_run_that_is_broken_off_begins_no_further_batch(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, batch_pages=2)
    begun: list[str] = []

    def stop_at_once(_wanted: object, _pages: object, rooms: Rooms) -> bool:
        begun.append("fetch")
        rooms.stopping.set()
        return True

    steps = Steps(
        discover=lambda _wanted, _rooms: Listed(0, 0),
        fetch=stop_at_once,
        publish=lambda _wanted, _rooms: begun.append("publish"),
    )
    with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
        (wanted,) = plans.nightly(run_id, date(2026, 3, 20), [rooms.sources.get("npr")], NOW, limit=500)
        urls = [f"https://www.npr.org/transcripts/{number}" for number in range(6)]
        with Ledger(settings) as ledger:
            note_pages(ledger, [Discovered(url, "npr", None, None, None, wanted.at, wanted.at) for url in urls], NOW)
        ingest_source(wanted, rooms, steps=steps)

    # What was fetched before the stop is still published.
    assert begun == ["publish", "fetch", "publish"]
