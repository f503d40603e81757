"""From public radio's transcript pages to a corpus analysts can trust.

Everything here runs from a shell, a test or a worker; nothing here knows of Prefect. Imports go one way, rightwards
along the way of a page: discover, fetch, archive, read, transcribe, identify, lake, query.
"""
