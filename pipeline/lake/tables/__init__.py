"""One table of the lake on disk, its sorted volumes, what a commit stages over it, and all tables together."""
