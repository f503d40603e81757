"""The lake: the only writers of Parquet.

The way of a batch: rows (records to Arrow) - fold (revisions) - tables (what the batch changes) - monthly (Delta
tables) - publish (the DuckDB file that analysts open); store holds the lock and the order.
"""
