"""Which pages are one story, derived over all pages of the lake."""
