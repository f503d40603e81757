"""How DuckDB reaches the lake's files."""

from typing import TYPE_CHECKING

from pipeline.storage import Storage

if TYPE_CHECKING:
    import duckdb


# Quoted for the reason given in `heard`.
def let_reach(connection: "duckdb.DuckDBPyConnection", storage: Storage) -> None:
    """Let a connection open what this storage keeps, by its `uri`: needs no extension of DuckDB's."""
    if storage.opener is not None:
        connection.register_filesystem(storage.opener)
