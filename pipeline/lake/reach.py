"""How DuckDB reaches the lake's files."""

import duckdb

from pipeline.storage import Storage


def let_reach(connection: duckdb.DuckDBPyConnection, storage: Storage) -> None:
    """Let a connection open what this storage keeps, by its `uri`: needs no extension of DuckDB's."""
    if storage.opener is not None:
        connection.register_filesystem(storage.opener)
