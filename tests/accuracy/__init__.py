"""How right asrun is, beside what is known of a page and beside three extractors of text."""
