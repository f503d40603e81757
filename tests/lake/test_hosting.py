"""Surname-only labels by who is heard on the programme then: named, taken back, the same in any order."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from pipeline.identify.authority.program_hosts import CONFIDENCE, RULE, Heard, ProgramHosts
from pipeline.lake.store import Lake
from pipeline.query.session import connect
from pipeline.records import Ingested
from pipeline.settings import Settings, load_settings
from tests.identify.pages import text
from tests.lake.factory import Look, batches_in_any_order

SHOW = "A Small Show"
HOSTED = 24_000
SAID = (("Zora Quist", 3), ("Anna Lund", 2), ("Carl Lund", 3))
NAMED = {
    "the one host of the months around": ("QUIST", HOSTED, "Zora Quist"),
    "a month later": ("Quist", HOSTED + 1, "Zora Quist"),
    "two months later": ("QUIST", HOSTED + 2, None),
    "two have the surname": ("LUND", HOSTED, None),
    "nobody has it": ("DIAZ", HOSTED, None),
    "no surname": ("UNIDENTIFIED MAN #1", HOSTED, None),
}


@pytest.mark.parametrize(("label", "month", "name"), NAMED.values(), ids=NAMED)
def test_who_is_meant(label: str, month: int, name: str | None) -> None:
    hosts = ProgramHosts([Heard(SHOW, HOSTED, one, pages) for one, pages in SAID])
    assert hosts.host("a small show!", month, label) == name
    assert hosts.host("Another Show", month, label) is None


def test_a_guest_or_a_host_of_two_pages_is_not_enough() -> None:
    assert ProgramHosts([Heard(SHOW, HOSTED, "Zora Quist", 2)]).host(SHOW, HOSTED, "QUIST") is None


def look(page: int, month: int, name: str | None, role: str | None = "host", words: str = "") -> Ingested:
    """A page on which one speaker is heard; without a name his label is `QUIST`."""
    item = Look(
        page,
        said=((f"{(name or 'Quist').upper()}:", f"{text(page, 3)} {words}"),),
        program=SHOW,
        air_date=date(2026, month, 5),
    ).ingested()
    assert item.reading is not None
    [turn] = item.reading.turns
    rule, confidence = ("printed", 1.0) if name else (None, None)
    turn = replace(turn, speaker_name=name, speaker_role=role, name_rule=rule, confidence=confidence)
    return replace(item, reading=replace(item.reading, turns=(turn,), bylines=()))


ZORA = [look(page, 3, "Zora Quist") for page in (1, 2, 3)]
OPEN = [look(4, 3, None, None), look(5, 4, None), look(6, 5, None), look(7, 4, None, words="Thanks to Carl Quist.")]
EDITH = look(8, 4, "Edith Quist", "guest")


def named(settings: Settings) -> dict[str, tuple[str | None, str | None]]:
    """Who speaks on each page, and whose turn it is."""
    with connect(settings) as session:
        rows = session.arrow("SELECT * FROM turns ORDER BY transcript_id").to_pylist()
    assert all((row["name_rule"] == RULE) == (row["confidence"] == CONFIDENCE) for row in rows)
    return {row["transcript_id"][-1]: (row["speaker_name"], row["person_id"]) for row in rows}


def test_turns_are_named_and_taken_back(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit([*OPEN, *ZORA])
    zora, nobody = ("Zora Quist", "zora-quist"), (None, None)
    assert named(settings) == {**dict.fromkeys("12345", zora), "6": nobody, "7": nobody}
    Lake(settings).commit([EDITH])
    assert named(settings) == {
        **dict.fromkeys("123", zora),
        **dict.fromkeys("4567", nobody),
        "8": ("Edith Quist", "edith-quist"),
    }


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.series) for seed in (0, *range(2, 40)))])
def test_neither_order_nor_batching_matters(seed: int, tmp_path: Path) -> None:
    every = [*ZORA, *OPEN, *([EDITH] if seed else [])]
    grown, anew = load_settings(home=tmp_path / "grown"), load_settings(home=tmp_path / "anew")
    for batch in batches_in_any_order(every, Random(seed)):
        Lake(grown).commit(batch)
    Lake(anew).rebuild(every)
    assert named(grown) == named(anew)
    assert not any(Lake(grown).rebuild(every).tables[name] for name in ("people", "appearances", "turns"))
