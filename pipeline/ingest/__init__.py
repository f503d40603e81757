"""The steps of a run, with no scheduler in sight: discover, fetch, archive, read, publish; reparse; import.

work.py          what the steps share
asking.py        what a run asks for, noted so that the next one can go on with it
holding.py       one run at a source at a time, nights first
sequence.py      the way of one source through a run
discovering.py   listings to links
fetching.py      due pages to archived ones
publishing.py    open looks to rows
reparsing.py     the archive to rows again
importing.py     pages that others saved
rebuilding.py    a lost ledger, anew out of the archive
covering.py      the table of coverage, out of the ledger
"""
