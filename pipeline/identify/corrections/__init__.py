"""What people corrected by hand: its kinds, the file, and what it does to a page."""
