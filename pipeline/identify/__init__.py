"""What one look at one page cannot tell: what is the same on many pages, and what changed on one.

Pure: no files, no network, no clock.
"""
