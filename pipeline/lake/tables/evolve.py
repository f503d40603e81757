"""A lake that an older asrun wrote: columns that have been added since appear as NULL, tables are made.

A table that was one part and is filed by months or layers since is written anew so. All this is part of the commit that
meets such a lake, so it happens whole or not at all: a crash before `lake.json` is replaced puts the tables back,
columns included. For columns no file is rewritten: which files lack which is kept in `lake.json`, and the published
views say NULL for them, until a commit or maintenance has replaced the last of them.
"""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.lake.tables.together import Tables
from schemas import TABLES

logger = logging.getLogger(__name__)


def add_columns(tables: Tables, lake_dir: Path, older_files: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Add the columns of the contract that the tables lack; `older_files` (as in `State`) with those that lack them.

    Raises:
        LakeError: a table differs by more than columns that may be added; the message says what to do.
    """
    found = {name: list(lacking) for name, lacking in older_files.items()}
    for table in TABLES:
        disk = tables[table].disk
        if disk.is_undivided:
            logger.info("lake_divided table=%s", table.name)
            disk.divide()
        if lacking := disk.lacking():
            logger.info("lake_columns_added table=%s columns=%s", table.name, ",".join(lacking))
            for path in disk.files():
                found.setdefault(str(path.relative_to(lake_dir)), []).extend(lacking)
            disk.add_columns(lacking)
    return found
