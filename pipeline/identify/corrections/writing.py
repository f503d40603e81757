"""Writing corrections down, and taking them back: checked first; nothing else in the file changes."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import tomlkit
from pydantic import ValidationError
from tomlkit.items import AoT

from pipeline.errors import UsageError
from pipeline.identify.corrections.file import ENTRY, parse_corrections, problem_in
from pipeline.identify.corrections.kinds import AnyCorrection
from pipeline.storage import durable


def add_correction(path: Path, entry: Mapping[str, object]) -> AnyCorrection:
    """Append a correction to this file, made where it is not there; all or nothing.

    Raises:
        UsageError: the entry is incomplete or wrong, stands there already, or the file cannot be read or written.
    """
    _check(entry)
    text = _read(path)
    before = parse_corrections(text, path)
    after = appended(text, entry)
    added = parse_corrections(after, path).entries[-1]
    if added in before.standing:
        raise UsageError(f"{path}: this correction stands there already")
    _write(path, after)
    return added


def undo_correction(path: Path, correction_id: str, day: date) -> AnyCorrection:
    """Take a correction back: it stays in the file, with the day, and has no effect any more; all or nothing.

    Raises:
        UsageError: none with this id stands in the file, or the file cannot be read or written.
    """
    document = tomlkit.parse(text := _read(path))
    for entry, table in zip(parse_corrections(text, path).entries, document.get("correction", ()), strict=True):
        if entry.correction_id == correction_id and entry.undone is None:
            table.add("undone", day)
            _write(path, tomlkit.dumps(document))
            return entry
    raise UsageError(f"{path}: no correction {correction_id} stands there; `asrun uncorrect` without an id lists them")


def _check(entry: Mapping[str, object]) -> None:
    """What is wrong with the entry itself is said of it, and not of a place in the file, where it does not stand."""
    try:
        ENTRY.validate_python(entry)
    except ValidationError as error:
        raise UsageError(f"this correction cannot be written: {problem_in(error)}") from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error


def _write(path: Path, text: str) -> None:
    try:
        durable.write(path, text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error})") from error


def appended(text: str, entry: Mapping[str, object]) -> str:
    """The text of a corrections file with one more entry; what stands there stays letter for letter.

    >>> print(appended("# ours", {"what": "not_a_person", "name": "Sylvan Esso"}))
    # ours
    <BLANKLINE>
    [[correction]]
    what = "not_a_person"
    name = "Sylvan Esso"
    <BLANKLINE>
    """
    table = tomlkit.table()
    for name, value in entry.items():
        table.add(name, value)
    block = tomlkit.document()
    block.add("correction", AoT([table]))
    before = f"{text.rstrip()}\n\n" if text.strip() else ""
    return before + tomlkit.dumps(block).lstrip()
