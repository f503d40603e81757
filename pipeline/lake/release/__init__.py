"""Releases: one edition of the lake as plain Parquet that anybody's tools read, complete, described and checkable.

    <DIR>/<table>/<air_year>=<year>/part-0.parquet    the rows, hive-partitioned by year, sorted, zstd
    <DIR>/open.sql                                    all of it as DuckDB views
    <DIR>/README.md, datapackage.json                 what it is and what every column means, for people and programs
    <DIR>/release.json                                edition, versions, row counts, quality figures
    <DIR>/SHA256SUMS                                  a digest of every other file, as `sha256sum -c` reads it

The same edition gives the same bytes. `write` makes a release, `verify` finds what befell one.
"""

from pipeline.lake.release.verify import verify
from pipeline.lake.release.write import Released, release

__all__ = ["Released", "release", "verify"]
