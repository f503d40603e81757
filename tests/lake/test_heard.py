"""What linking is told of the names in the lake is what it would find among all of them."""

from dataclasses import asdict
from random import Random

import pytest

from pipeline.identify.people.neighbours import Met, Neighbours, closed
from pipeline.lake.people.heard import heard
from pipeline.lake.people.met_names import met_names
from pipeline.lake.rows import build
from pipeline.lake.tables.staged import StagedTable
from pipeline.storage.disk import Disk
from schemas import APPEARANCES
from tests.identify.people import heard as appeared
from tests.identify.sightings import sightings_of

HEARD = [
    *appeared("Michele Kelemen", "reporter", times=25),
    *appeared("Michele Keleman", "reporter"),
    *appeared("Michele Klemen"),
    *appeared("Robert Quist", times=3),
    *appeared("Bob Quist"),
    *appeared("R. Quist", "host"),
    *appeared("Robert Quist Jr."),
    *appeared("Anna Quist", "reporter"),
    *appeared("Anna Quist Lund", "reporter", year=2014),
    *appeared("Anna Quisp", times=30),
    *appeared("Zoe Þorarin", times=30),
    *appeared("Zoe Þorarim"),
]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> StagedTable:
    """Half of the appearances on disk, half staged."""
    folder = tmp_path_factory.mktemp("lake")
    table = StagedTable(APPEARANCES, folder / "appearances", Disk(folder, is_durable=False))
    rows = [{**asdict(one), "person_id": None} for one in HEARD]
    for half in (rows[::2], rows[1::2]):
        table.flush()
        table.replace([row["transcript_id"] for row in half], build(APPEARANCES, half))
    return table


def test_names_are_closed_as_among_all_names(table: StagedTable) -> None:
    with heard(table) as corpus, met_names(table) as counted:
        every = list(corpus.all_names())
        whole = Neighbours(every)
        assert {one.name_key: one.transcript_count for one in every} == {
            "michele kelemen": 25, "michele keleman": 1, "michele klemen": 1, "robert quist": 3, "bob quist": 1,
            "r quist": 1, "robert quist jr": 1, "anna quist": 1, "anna quist lund": 1, "anna quisp": 30,
            "zoe Þorarin": 30, "zoe Þorarim": 1,
        }  # fmt: skip
        for one in every:
            names, neighbours = closed([one], counted.looking_like)
            assert names == _reached(whole, one.name_key)
            assert all(neighbours.of(key) == whole.of(key) for key in names)
    assert whole.of("michele keleman") == ["michele kelemen"]
    assert whole.of("michele kelemen") == ["michele keleman", "michele klemen"]
    assert whole.of("anna quist") == ["anna quisp", "anna quist lund"]


def _reached(whole: Neighbours, key: str) -> set[str]:
    found, waiting = {key}, [key]
    while waiting:
        fresh = set(whole.of(waiting.pop())) - found
        found |= fresh
        waiting += fresh
    return found


def test_looking_alike_is_mutual(table: StagedTable) -> None:
    with heard(table) as corpus:
        whole = Neighbours(corpus.all_names())
    assert all(key in whole.of(other) for key in whole.known for other in whole.of(key))


def test_sightings_are_those_of_the_appearances(table: StagedTable) -> None:
    with heard(table) as corpus:
        found = corpus.sightings(None, {})
    with heard(table) as corpus:
        some = corpus.sightings({"bob quist", "anna quisp"}, {})
    assert sorted(found, key=str) == sorted(sightings_of(Random(1).sample(HEARD, len(HEARD))), key=str)
    assert {one.name_key for one in some} == {"bob quist", "anna quisp"}


def test_who_is_somebody_else_is_told_by_hand_first(table: StagedTable) -> None:
    page = HEARD[-1].transcript_id
    with heard(table) as corpus:
        sightings = corpus.sightings({"zoe Þorarim"}, {(page, "zoe Þorarim"): "zoe-thorarim"})
        assert [one.by_hand for one in sightings] == ["zoe-thorarim"]
        changed = corpus.changed({sightings[0].facets: "zoe-thorarim"})
        assert changed.to_pylist() == [
            {"transcript_id": page, "name_key": "zoe Þorarim", "person_id": "zoe-thorarim", "air_month": "2010-01"}
        ]
        assert corpus.changed({}).num_rows == 0


def test_a_name_that_is_met_no_more_still_has_those_it_looked_like(table: StagedTable) -> None:
    with met_names(table) as counted:
        gone = counted.met({"rob quist"})
        assert gone == [Met("rob quist", 0, 0)]
        names, _ = closed(gone, counted.looking_like)
    assert "robert quist" in names
