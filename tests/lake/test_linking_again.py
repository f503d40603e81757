"""People and stories are the same in whatever order and batches pages come, and after a rebuild, but for ids kept."""

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from pipeline.lake.published.writing import Writer
from pipeline.lake.store import Lake
from pipeline.lake.tables.volumes import VOLUMES_FOLDER
from pipeline.query.session import connect
from pipeline.records import Byline, Ingested
from pipeline.settings import Settings, load_settings
from tests.identify.pages import text
from tests.lake.factory import NOON, Look, batches_in_any_order

ME, ATC = "Morning Edition", "All Things Considered"
HEARD: tuple[tuple[str, date, str, tuple[tuple[str, str | None, str | None], ...]], ...] = (
    (ME, date(2026, 3, 1), "a", (("Zora Quist", "host", None), ("John Smith", "guest", "Mayor of Boise"))),
    (ME, date(2026, 3, 2), "b", (("Zora Quist", "host", None), ("John Smith", "guest", "Stanford University"))),
    (ME, date(2026, 3, 3), "c", (("Z. Quist", "host", None), ("John Smith", "guest", "Boise"))),
    (ATC, date(2026, 4, 1), "d", (("Robert Lund", "reporter", "NPR"), ("John Smith", None, None))),
    (ATC, date(2026, 4, 2), "e", (("Bob Lund", "reporter", "NPR"), ("Anna Diaz", "guest", None))),
    (ATC, date(2026, 4, 3), "f", (("Bob Lund", "reporter", None), ("Anna Diaz", "guest", "Mayor of Reno"))),
    (ATC, date(2026, 5, 1), "g", (("Zora Quist Hall", "host", None), ("Anna Diaz", "guest", "Cato Institute"))),
    (ME, date(2026, 5, 2), "a", (("Zora Quist", None, None), ("John Smith", "guest", "Mayor of Boise"))),
    (ME, date(2026, 3, 1), "a", (("Zora B. Quist", "host", None), ("John Smith", None, None))),
    (ME, date(2026, 3, 8), "h", (("Lourdes Garcia-Navarro", "reporter", None), ("Anna Diaz", None, None))),
    (ME, date(2026, 3, 9), "i", (("Lulu Garcia-Navarro", "host", None), ("Zora Quist", "host", None))),
)
"""Programme, day, what is said (the same is a copy, or aired again), and who says it."""
_SELDOM = 0.3


def _look(page: int, hours: int = 0, of: int | None = None) -> Ingested:
    """A look at a page; `of`: it says what another one does, as after an edit."""
    program, day, said, people = HEARD[page if of is None else of]
    words = [(f"{name.upper()}:", text(ord(said) * 100 + turn, 3)) for turn, (name, *_) in enumerate(people)]
    item = Look(page + 1, hours=hours, said=words, program=program, air_date=day).ingested()
    assert item.reading is not None
    turns = tuple(
        replace(turn, speaker_name=name, speaker_role=role, speaker_affiliation=affiliation)
        for turn, (name, role, affiliation) in zip(item.reading.turns, people, strict=True)
    )
    return replace(item, reading=replace(item.reading, turns=turns, bylines=()))


EVERY = [*(_look(page) for page in range(len(HEARD))), _look(3, 9, of=5), _look(5, 30, of=1)]


def _leave(settings: Settings, random: Random) -> None:
    """What happens to a lake between two commits, of all that may."""
    volumes = settings.lake_dir / VOLUMES_FOLDER
    happens = random.choice(["nothing", "maintenance", "older volumes", "lost volumes", "killed maintenance"])
    if happens == "older volumes":  # as a backup has them
        volumes.mkdir(exist_ok=True)
        shutil.copytree(volumes, settings.home / "older")
    if happens != "nothing":
        with pytest.MonkeyPatch.context() as patch, suppress(_Killed):
            if happens == "killed maintenance":
                patch.setattr(Writer, "finish", _die)
            Lake(settings).maintain(NOON)
    if happens == "older volumes":
        shutil.rmtree(volumes)
        (settings.home / "older").rename(volumes)
    if happens == "lost volumes":
        for path in random.sample(sorted(volumes.glob("*/*.arrow")), 3):
            path.unlink()


class _Killed(BaseException):
    """The writer is no more."""


def _die(*_: object) -> None:
    raise _Killed


@pytest.mark.parametrize("upkeep", ["none", "any", pytest.param("every time", marks=pytest.mark.series)])
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.series) for seed in range(1, 40))])
def test_neither_order_nor_batching_matters(seed: int, upkeep: str, tmp_path: Path) -> None:
    """Nor whether a commit looks up what it asks, in volumes that maintenance made, or reads all that is there.

    Volumes may be of files that are named no more, or not be there; a commit may have been killed.
    """
    grown = load_settings(home=tmp_path / "grown", phrase_index=False)
    anew = load_settings(home=tmp_path / "anew", phrase_index=False)
    random = Random(seed)
    for batch in batches_in_any_order(EVERY, Random(seed)):
        if upkeep == "any" and random.random() < _SELDOM:
            with pytest.MonkeyPatch.context() as patch, suppress(_Killed):
                patch.setattr(Writer, "finish", _die)
                Lake(grown).commit(batch)
        Lake(grown).commit(batch)
        if upkeep == "every time":
            Lake(grown).maintain(NOON)
        elif upkeep == "any":
            _leave(grown, random)
    Lake(anew).rebuild(EVERY)
    assert _whose(grown, "person_id") == _whose(anew, "person_id")
    assert _whose(grown, "story_id") == _whose(anew, "story_id")
    assert _ids(anew) == _ids(grown)
    assert all(one["person_id"] == one["natural_id"] for one in _people(anew)), "from nothing, none is kept"
    before = _people(grown)
    done = Lake(grown).rebuild(EVERY)
    assert _people(grown) == before, "a rebuild keeps the ids that were given"
    assert not any(done.tables[name] for name in ("people", "appearances", "stories", "turns"))


def test_a_namesake_has_a_number_and_keeps_it(tmp_path: Path) -> None:
    grown, anew = load_settings(home=tmp_path / "grown"), load_settings(home=tmp_path / "anew")
    boise, stanford = EVERY[:2]
    for look in (stanford, boise):
        Lake(grown).commit([look])
    Lake(anew).rebuild([boise, stanford])
    smiths = [(_smiths(settings), _kept(settings)) for settings in (grown, anew)]
    Lake(grown).rebuild([boise, stanford])
    assert smiths == [
        ({"john-smith": "Stanford University", "john-smith-2": "Mayor of Boise"}, 2),
        ({"john-smith": "Mayor of Boise", "john-smith-2": "Stanford University"}, 0),
    ]
    assert (_smiths(grown), _kept(grown)) == smiths[0]


@pytest.mark.parametrize("order", [(9, 10), (10, 9)])
def test_a_known_persons_other_name_is_his_whenever_it_comes(order: tuple[int, int], tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    for number in order:
        Lake(settings).commit([_look(number)])
    (lulu,) = (one for one in _people(settings) if str(one["person_id"]).startswith("lulu"))
    assert (lulu["person_id"], lulu["transcript_count"]) == ("lulu-garcia-navarro", 2)


def test_who_is_on_no_page_any_more_is_nobody(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    for look in (_look(3), _look(3, 9, of=1)):
        Lake(settings).commit([look])
    assert [one["person_id"] for one in _people(settings)] == ["john-smith", "zora-quist"]


def test_bylines_have_the_person_too(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    printed = ("Zora Quist", "Zelda Lund", None)
    bylines = tuple(
        Byline(position=at, name=name, role=None, affiliation=None, printed=name or "NPR Staff")
        for at, name in enumerate(printed, start=1)
    )
    look = EVERY[0]
    assert look.reading is not None
    Lake(settings).commit([replace(look, reading=replace(look.reading, bylines=bylines))])
    with connect(settings) as session:
        rows = session.arrow("SELECT person_id FROM bylines ORDER BY position").to_pylist()
    assert [row["person_id"] for row in rows] == ["zora-quist", "zelda-lund", None]


def _smiths(settings: Settings) -> dict[str, str]:
    with connect(settings) as session:
        rows = session.arrow("SELECT person_id, affiliation FROM appearances WHERE name = 'John Smith'").to_pylist()
    return {row["person_id"]: row["affiliation"] for row in rows}


def _kept(settings: Settings) -> int:
    with connect(settings) as session:
        (row,) = session.arrow("SELECT kept_person_id_count FROM identities").to_pylist()
    return int(row["kept_person_id_count"])


def _whose(settings: Settings, column: str) -> set[frozenset[tuple[object, ...]]]:
    """What is one person's or one story's, whatever he or it is called; what is nobody's, each alone."""
    table, place = ("appearances", "name_key") if column == "person_id" else ("transcripts", "is_primary")
    with connect(settings) as session:
        rows = session.arrow(f"SELECT {column} AS whose, transcript_id, {place} AS place FROM {table}").to_pylist()
    groups: dict[object, set[tuple[object, ...]]] = {}
    for row in rows:
        one = (row["transcript_id"], row["place"])
        groups.setdefault(row["whose"] or one, set()).add(one)
    return {frozenset(group) for group in groups.values()}


def _ids(settings: Settings) -> dict[object, object]:
    """What people would be called if all were met today: that has no memory."""
    with connect(settings) as session:
        places = session.arrow(
            "SELECT natural_id, min(transcript_id || name_key) AS place FROM appearances JOIN people USING (person_id) "
            "GROUP BY ALL"
        ).to_pylist()
    return {row["place"]: row["natural_id"] for row in places}


def _people(settings: Settings) -> list[dict[str, object]]:
    with connect(settings) as session:
        rows: list[dict[str, object]] = session.arrow("FROM people ORDER BY person_id").to_pylist()
    return rows
