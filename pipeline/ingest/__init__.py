"""The steps of a run, with no scheduler in sight: discover, fetch, archive, read, publish; reparse; import.

work.py          what the steps share
sequence.py      the way of one source through a run
discovering.py   listings to links
fetching.py      due pages to archived ones
publishing.py    open looks to rows
reparsing.py     the archive to rows again
importing.py     pages that others saved
"""
