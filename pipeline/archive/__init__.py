"""The archive of raw pages: WARC 1.1, one gzip member a record, everything right of it a function of its bytes.

warc.py      records to bytes and back
members.py   gzip members of a file, and where a torn one begins
foreign.py   files that others wrote
store.py     the folder: append, read, iterate, recover after a crash
"""

from pipeline.archive.foreign import read_foreign
from pipeline.archive.store import Archive
from pipeline.archive.warc import Resource

__all__ = ["Archive", "Resource", "read_foreign"]
