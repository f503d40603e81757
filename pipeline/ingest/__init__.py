"""The steps of a run, with no scheduler in sight: discover, fetch, archive, read, publish; reparse; import.

work.py          what the steps share
asking.py        what a run asks for, noted so that the next one can go on with it
holding.py       one run at a source at a time, nights first
sequence.py      the way of one source through a run
discovering.py   listings to links
fetching.py      due pages to archived ones
pages.py         an archived page to what it gives
publishing.py    open looks to rows
workers.py       processes side by side, or a cluster
reading.py       archived pages to what they give, in Arrow, by many workers
reparsing.py     the archive to rows again
rereads.py       what it must remember of them, on the disk
saved.py         files that others saved, to pages (kinds.py, portions.py, zipped.py)
taking.py        these pages to archived ones and what they give, by many workers
importing.py     pages that others saved, into archive and lake
gathering.py     pages that web crawls hold, into archive and lake
rebuilding.py    a lost ledger, anew out of the archive
covering.py      the table of coverage, out of the ledger
"""
