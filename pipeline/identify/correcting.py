"""Writing a correction down: checked first, then appended to the file, in which nothing else changes."""

import os
from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.items import AoT

from pipeline.errors import UsageError
from pipeline.identify.corrections import AnyCorrection, parse_corrections


def add_correction(path: Path, entry: Mapping[str, object]) -> AnyCorrection:
    """Append a correction to this file, made where it is not there; all or nothing.

    Raises:
        UsageError: the entry is incomplete or wrong, stands there already, or the file cannot be read or written.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        before = parse_corrections(text, path)
        after = appended(text, entry)
        added = parse_corrections(after, path).entries[-1]
        if added in before.entries:
            raise UsageError(f"{path}: this correction stands there already")
        fresh = path.with_name(f"{path.name}.new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read or written ({error})") from error
    return added


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
