"""The lake: the only writers of Parquet.

The way of a batch, in the lock and the order that `writing` holds:

rows.py      records to rows, rows to Arrow: the gate of the contract
fold.py      which look at a page counts
pages.py     what a batch changes in the tables that looks give
derive.py    what follows from rows over many pages; derivations.py is the list
staged.py    all of it held over what is on disk, compared, and written where it differs
delta.py     a Delta table on disk; delta_files.py reads it
evolve.py    columns and tables that an older lake lacks
publish.py   the DuckDB file that analysts open
"""
