"""The rooms of `pipeline/transcribe` stand in the order in which a page goes through them."""

import ast
from pathlib import Path

import pytest

import pipeline.transcribe

HOUSE = Path(pipeline.transcribe.__file__).parent
ROOMS = ("evidence", "labels", "script", "speakers", "roles")


def rooms_imported(module: Path) -> set[str]:
    """The rooms that a module imports from."""
    imports = [node.module for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.ImportFrom)]
    inside = [name.split(".") for name in imports if name and name.startswith(f"{pipeline.transcribe.__name__}.")]
    return {path[2] for path in inside if path[2] in ROOMS}


def test_every_room_is_known() -> None:
    assert {path.parent.name for path in HOUSE.glob("*/__init__.py")} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_from_those_before_it(room: str) -> None:
    may = set(ROOMS[: ROOMS.index(room) + 1])

    found = {module.name: rooms_imported(module) - may for module in (HOUSE / room).glob("*.py")}

    assert found
    assert not {name: later for name, later in found.items() if later}
