"""Bytes to Page: decoding, layouts, and which layout a page has. Pure."""
