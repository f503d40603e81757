"""What a run had archived and not noted when it died is noted by the next, under the URL that was asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.ingest import plans
from pipeline.ingest.fetching import fetch, recover
from pipeline.ingest.publishing import publish
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.ledger import Discovered, Ledger
from pipeline.ledger.links import note_pages
from pipeline.records import PUBLISHED
from pipeline.settings import Settings, load_settings
from tests.network import npr
from tests.network.fault_server import FaultServer, page, redirect
from tests.network.stories import STORIES
from tests.running import FIRST_DAY, NOW

STORY = STORIES[0]
ASKED, THERE, PLAIN = (f"https://{npr.HOST}/transcripts/{name}" for name in ("old", STORY.story_id, "nx-s1-9000001"))
BODY = npr.transcript_page(STORY, STORY.published_at, is_empty=False).body
SCRIPT = {
    "/transcripts/old": [redirect(f"/transcripts/{STORY.story_id}")],
    f"/transcripts/{STORY.story_id}": [page(BODY)],
    "/transcripts/nx-s1-9000001": [page(BODY.replace(STORY.story_id.encode(), b"nx-s1-9000001"))],
}


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A home whose ledger knows two pages, one of which redirects."""
    with FaultServer(SCRIPT, hosts=[npr.HOST]) as server:
        settings = load_settings(home=tmp_path, host_map=server.host_map, min_gap_seconds=0, delay_factor=0)
        with Ledger(settings) as ledger:
            pages = [Discovered(url, "npr", None, FIRST_DAY, None, NOW, NOW) for url in (ASKED, PLAIN)]
            note_pages(ledger, pages, NOW)
        yield settings


def die_before_noting(settings: Settings) -> None:
    """Archive both pages in a run that ends before either is noted."""
    with Ledger(settings) as ledger:
        states = [state for url in (ASKED, PLAIN) if (state := ledger.state(url))]
    with open_rooms(settings) as rooms:
        (wanted,) = plans.nightly("dead", FIRST_DAY, [rooms.sources.get("npr")], NOW, limit=9)
        fetch(wanted, states, rooms)
        raise KeyboardInterrupt


def test_a_page_behind_a_redirect_is_known_by_what_was_asked_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "note_look", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            die_before_noting(settings)
    with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
        assert recover(run_id, rooms) == 2
        assert recover(run_id, rooms) == 0
        (wanted,) = plans.nightly(run_id, FIRST_DAY, [rooms.sources.get("npr")], NOW, limit=9)
        publish(wanted, rooms)

    with Ledger(settings) as ledger:
        urls = {row["url"]: (row["outcome"], row["looks"]) for row in ledger.rows("SELECT * FROM urls")}
    assert urls == {ASKED: (PUBLISHED, 1), PLAIN: (PUBLISHED, 1)}
