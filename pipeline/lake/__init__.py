"""The lake: the only writers of Parquet."""
