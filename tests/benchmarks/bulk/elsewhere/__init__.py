"""Extractors whose requirements are too many for ours: they have an environment of their own, made by `make peers`."""
