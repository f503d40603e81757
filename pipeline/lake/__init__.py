"""The lake: the only writers of Parquet.

`store.py` is the door: commits, rebuilds and maintenance (`maintenance.py`). The way of a batch, in the lock and the
order that `published/writing.py` holds; each room imports those before it:

rows.py      rows to Arrow: the gate of the contract
reach.py     how DuckDB reaches the lake's files; trouble.py: other libraries' errors as ours
tables/      a Delta table on disk and its sorted volumes; what a commit stages over it, compared, and written where it
             differs; columns and tables that an older lake lacks
pages/       what was read of pages to Arrow, as workers hand it over; which look at a page counts, and what a batch
             changes in the tables that looks give
derive.py    what a derivation may and must do: rows that follow from rows over many pages; derivations.py is the list
stories/     which pages are one story
people/      hosts by their surnames, appearances, people
phrases/     the phrase index beside each file of `turns`
published/   the state of all tables, the DuckDB file that analysts open, the editions that are kept
release/     an edition as plain Parquet
"""
