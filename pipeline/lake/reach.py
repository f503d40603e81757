"""How DuckDB reaches the lake's files, and how it is told which ones."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.storage import Storage
from schemas.table import quoted

if TYPE_CHECKING:
    import duckdb

_PARQUET_PATHS = re.compile(r"'((?:[^']|'')*\.parquet)'")
_BETWEEN = "\n"
# To DuckDB a pattern, or what stands between names; to delta-rs 1.6 the end of a folder, or an escaped character.
_MISTAKEN = re.compile(r"[*?\[\\\x00-\x1f\x7f]|%[0-9A-Fa-f]{2}")


# Quoted for the reason given in `heard`.
def let_reach(connection: "duckdb.DuckDBPyConnection", storage: Storage) -> None:
    """Let a connection open what this storage keeps, by its `uri`: needs no extension of DuckDB's."""
    if storage.opener is not None:
        connection.register_filesystem(storage.opener)


def parquet_files(uris: Iterable[str]) -> str:
    """The SQL of reading these Parquet files and no others.

    They are one text. In a list of its own each path is a constant that DuckDB takes in hand whenever a view of them is
    made, bound, commented or stored: of three thousand files that takes 50 ms an edition, and as many in every view
    over these.
    """
    return f"read_parquet(string_split({quoted(_BETWEEN.join(uris))}, chr({ord(_BETWEEN)})), hive_partitioning = false)"


def parquet_files_in(sql: str) -> set[str]:
    """The Parquet files that this SQL names, by `parquet_files` or one by one, as older editions do."""
    named = (text.replace("''", "'") for text in _PARQUET_PATHS.findall(sql))
    return {path for text in named for path in text.split(_BETWEEN)}


def check_place(place: str) -> None:
    """Refuse a place whose files DuckDB could not be told by name, or delta-rs not find again.

    Raises:
        UsageError: its path holds a character that one of them takes for something else.
    """
    if _MISTAKEN.search(place):
        raise UsageError(
            f"{place!r}: a path with * ? [, with a backslash or a control character, or a percent sign before two hex "
            "digits is read otherwise by DuckDB or delta-rs; choose another ASRUN_HOME or ASRUN_STORAGE_URL"
        )
