import random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pipeline.lake.store import Lake
from pipeline.settings import load_settings
from tests.lake.factory import AIR_DATE, NEXT_MONTH, SAID, Look
from tests.lake.held import Held, rows


@st.composite
def some_looks(draw: st.DrawFn) -> list[tuple[Look, bool]]:
    """Looks at two pages whose title, words and day change now and then, and whether the page was there."""
    times = draw(st.lists(st.tuples(st.integers(1, 2), st.integers(-800, 800)), unique=True, min_size=1, max_size=6))
    return [
        (
            Look(
                page,
                hours=hours,
                title=draw(st.sampled_from(["A", "B"])),
                said=SAID[: draw(st.integers(2, 3))],
                air_date=draw(st.sampled_from([None, AIR_DATE, NEXT_MONTH])),
            ),
            draw(st.sampled_from([True, True, False])),
        )
        for page, hours in times
    ]


few, many = (
    examples(max_examples=count, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    for count in (2, 100)
)


@few
@given(drawn=some_looks(), seed=st.integers(0, 99), size=st.integers(1, 4))
def test_order_and_cut_of_batches_do_not_matter_and_rebuild_agrees(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[Look, bool]], seed: int, size: int
) -> None:
    one_by_one, at_once = _however_cut(tmp_path_factory, drawn, seed, size)
    assert one_by_one == at_once


@pytest.mark.series
@pytest.mark.timeout(1800)
@many
@given(drawn=some_looks(), seed=st.integers(0, 99), size=st.integers(1, 4))
def test_order_and_cut_of_very_many_batches(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[Look, bool]], seed: int, size: int
) -> None:
    one_by_one, at_once = _however_cut(tmp_path_factory, drawn, seed, size)
    assert one_by_one == at_once


def _however_cut(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[Look, bool]], seed: int, size: int
) -> tuple[Held, Held]:
    """What a lake of small batches in any order holds, and one of all looks at once; neither changes any more.

    Pages are known before they are found gone, and looks that found them so are not in the archive.
    """
    at_once, one_by_one = (load_settings(home=tmp_path_factory.mktemp("home")) for _ in range(2))
    looks = [look.ingested() for look, is_there in drawn if is_there]
    known = {item.capture.transcript_id for item in looks}
    gone = [look.gone() for look, is_there in drawn if not is_there and look.transcript_id in known]
    in_time = sorted([*looks, *gone], key=lambda item: item.capture.captured_at)
    Lake(at_once).commit(in_time)
    shuffled = random.Random(seed).sample(looks, len(looks))
    first, rest = shuffled[:1], [*shuffled[1:], *gone]
    for page in known - {item.capture.transcript_id for item in first}:
        first.append(next(item for item in shuffled if item.capture.transcript_id == page))
    rest = [item for item in random.Random(seed).sample(rest, len(rest)) if item not in first]
    Lake(one_by_one).commit([])
    for start in range(0, len(shuffled) + len(gone), size):
        Lake(one_by_one).commit([*first, *rest][start : start + size])
        _agrees(rows(one_by_one))
    assert Lake(one_by_one).commit(in_time).edition is None
    assert Lake(one_by_one).rebuild(looks).edition is None
    return rows(one_by_one), rows(at_once)


def _agrees(held: Held) -> None:
    """Every transcript has exactly its turns, on its day, its revisions and its capture."""
    for transcript in held["transcripts"]:
        turns = [row for row in held["turns"] if row["transcript_id"] == transcript["transcript_id"]]
        assert [row["turn_index"] for row in turns] == list(range(transcript["turn_count"]))
        assert {row["air_date"] for row in turns} == {transcript["air_date"]}
        assert transcript["capture_id"] in {row["capture_id"] for row in held["captures"]}
        revisions = [row for row in held["revisions"] if row["transcript_id"] == transcript["transcript_id"]]
        assert [row["revision"] for row in revisions] == list(range(1, len(revisions) + 1))
        assert {row["air_date"] for row in revisions} == {transcript["air_date"]}
        assert revisions[transcript["revision"] - 1]["content_hash"] == transcript["content_hash"]
        assert len(revisions) - transcript["revision"] == int(transcript["gone_at"] is not None)
    assert {row["transcript_id"] for row in held["turns"]} == {row["transcript_id"] for row in held["transcripts"]}
