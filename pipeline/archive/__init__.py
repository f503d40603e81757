"""The archive of raw pages: WARC 1.1, one gzip member a record, everything right of it a function of its bytes.

encode.py    exchanges to records
warc.py      records read back
members.py   gzip members of a file, and where a torn one begins
writer.py    one file while it is written; repair of its end
index.py     an index beside each file
stretches.py parts of a file, for several readers
files.py     where the files are: here while they are written, then in a bucket, if one is set
store.py     the whole: append, read, iterate, recover after a crash
lookup.py    what a URL held at a time
verify.py    is all of it whole?
salvage.py   what can be read of a file that is damaged
foreign.py   files that others wrote
"""

from pipeline.archive.encode import EncodedPage, encode_page
from pipeline.archive.foreign import read_foreign
from pipeline.archive.store import Archive
from pipeline.archive.stretches import Stretch
from pipeline.archive.warc import Resource

__all__ = ["Archive", "EncodedPage", "Resource", "Stretch", "encode_page", "read_foreign"]
