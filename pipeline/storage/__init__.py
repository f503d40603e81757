"""Where archive and lake are kept: in folders on this machine's disk, or in a bucket of an S3-compatible object store.

storage.py   what either of them does
disk.py      a folder
bucket.py    a part of a bucket; imported only where the settings name one
objects.py   objects of a bucket, as other libraries read files
places.py    which one the settings name
durable.py   files that are whole after a power cut
trouble.py   what an object store says, in one line

A file is named by its path below `home` wherever it is kept, so that ledger, lake and messages name it alike. An object
cannot be appended to: what grows (the WARC file that is being written, the ledger) is on the disk, and so is what is
only needed for a while (`lake/tmp`, the writer's lock). All else in archive and lake is written once, whole, and either
never changed or replaced whole.
"""

from pipeline.storage.places import archive_storage, lake_storage
from pipeline.storage.storage import Found, Overtaken, Storage, Unreachable

__all__ = ["Found", "Overtaken", "Storage", "Unreachable", "archive_storage", "lake_storage"]
