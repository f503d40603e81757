"""Two pages whose ids are one: the first stays what it is, the other is refused by name."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.lake.store import Lake
from pipeline.query.session import connect
from pipeline.records import Ingested
from pipeline.settings import Settings, load_settings
from tests.lake.factory import Look
from tests.one_digest import ONE_DIGEST

FIRST, OTHER = (f"https://www.kunc.org{path}" for path in ONE_DIGEST)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


def look(url: str, hours: float) -> Ingested:
    """A look at a page of a station that has its id by its address."""
    made = Look(hours=hours, source_id="kunc", title=url).ingested()
    assert made.reading
    assert made.reading.transcript
    names: dict[str, Any] = {"transcript_id": "kunc-233c241c03c5", "url": url}
    transcript = replace(made.reading.transcript, canonical_url=url, npr_id=None, **names)
    return replace(made, capture=replace(made.capture, **names), reading=replace(made.reading, transcript=transcript))


def held(settings: Settings) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The pages, and the looks in the order of time."""
    with connect(settings) as session:
        pages = session.arrow("SELECT canonical_url, title, revision FROM transcripts")
        looks = session.arrow(
            "SELECT url, outcome, transcript_id, content_hash IS NULL FROM captures ORDER BY captured_at"
        )
        return [tuple(row.values()) for row in pages.to_pylist()], [tuple(row.values()) for row in looks.to_pylist()]


ITEMS = [look(FIRST, 0), look(OTHER, 1), look(FIRST, 2), look(OTHER, 3)]
EXPECTED = (
    [(FIRST, FIRST, 1)],
    [
        (FIRST, "published", "kunc-233c241c03c5", False),
        (OTHER, "rejected:id_taken", None, True),
        (FIRST, "published", "kunc-233c241c03c5", False),
        (OTHER, "rejected:id_taken", None, True),
    ],
)


@pytest.mark.parametrize("batches", [[ITEMS], [[one] for one in ITEMS], [ITEMS[:1], ITEMS[1:]]], ids=len)
def test_the_page_that_came_first_has_the_id(settings: Settings, batches: Iterable[list[Ingested]]) -> None:
    refused = [Lake(settings).commit(batch).refused for batch in batches]

    told = {capture_id: reading for some in refused for capture_id, reading in some.items()}
    assert told.keys() == {ITEMS[1].capture.capture_id, ITEMS[3].capture.capture_id}
    for reading in told.values():
        assert reading.outcome == "rejected:id_taken"
        assert reading.detail == (
            f"its id kunc-233c241c03c5 is that of {FIRST}: two addresses with one digest; "
            "the page is in the archive alone"
        )
    assert held(settings) == EXPECTED


def test_a_rebuild_says_the_same(settings: Settings) -> None:
    Lake(settings).commit(ITEMS)

    done = Lake(settings).rebuild(ITEMS)

    assert not any(done.tables.values())
    assert done.refused.keys() == {ITEMS[1].capture.capture_id, ITEMS[3].capture.capture_id}
    assert held(settings) == EXPECTED


@pytest.mark.parametrize(
    "other",
    [FIRST.replace("www.", ""), FIRST.replace("https:", "http:"), "https://www.kunc.org/of-which-the-id-is-not"],
)
def test_one_place_on_two_hosts_or_an_id_of_something_else_is_one_page(settings: Settings, other: str) -> None:
    assert not Lake(settings).commit([look(FIRST, 0), look(other, 1)]).refused
