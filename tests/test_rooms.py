"""The rooms of a house stand in the order in which a page goes through them."""

import ast
from pathlib import Path

import pytest

import pipeline.identify
import pipeline.lake
import pipeline.transcribe

ROOMS = {
    pipeline.transcribe.__name__: ("evidence", "labels", "script", "speakers", "roles"),
    pipeline.identify.__name__: ("authority", "corrections", "people", "stories", "revisions"),
    pipeline.lake.__name__: ("tables", "pages", "stories", "people", "phrases", "published", "release"),
}
FOLDERS = {
    house.__name__: Path(house.__file__ or "").parent
    for house in (pipeline.transcribe, pipeline.identify, pipeline.lake)
}


def rooms_imported(module: Path, house: str) -> set[str]:
    """The rooms of a house that a module imports from, itself or by what lies above all rooms."""
    inside = set(imported_from(module, house))
    above = {FOLDERS[house] / f"{name}.py" for name in inside - set(ROOMS[house])}
    return inside.intersection(ROOMS[house]).union(*(rooms_imported(other, house) for other in above))


def imported_from(module: Path, house: str) -> list[str]:
    """The rooms and modules of a house that a module names in its imports."""
    imports = [node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.ImportFrom)]
    named = [f"{node.module}.{alias.name}" for node in imports for alias in node.names]
    return [name.split(".")[2] for name in named if name.startswith(f"{house}.")]


@pytest.mark.parametrize("house", ROOMS)
def test_every_room_is_known(house: str) -> None:
    assert {path.parent.name for path in FOLDERS[house].glob("*/__init__.py")} == set(ROOMS[house])


@pytest.mark.parametrize(("house", "room"), [(house, room) for house, rooms in ROOMS.items() for room in rooms])
def test_a_room_imports_from_those_before_it(house: str, room: str) -> None:
    may = set(ROOMS[house][: ROOMS[house].index(room) + 1])

    found = {module.name: rooms_imported(module, house) - may for module in (FOLDERS[house] / room).glob("*.py")}

    assert found
    assert not {name: later for name, later in found.items() if later}
