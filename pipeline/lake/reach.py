"""How DuckDB reaches the lake's files."""

from typing import TYPE_CHECKING

from pipeline.storage import Storage

if TYPE_CHECKING:
    import duckdb


# Quoted: a type of DuckDB's that a function holds can outlive the library at the end, and its binding says so.
def let_reach(connection: "duckdb.DuckDBPyConnection", storage: Storage) -> None:
    """Let a connection open what this storage keeps, by its `uri`: needs no extension of DuckDB's."""
    if storage.opener is not None:
        connection.register_filesystem(storage.opener)
