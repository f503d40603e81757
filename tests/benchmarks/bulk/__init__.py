"""Pages by the hundred thousand: out of WARC files into archive, lake and ledger, and out of the archive again."""
