"""Whom files describe, and who is meant by a surname alone: hosts, and names that meant one person for some years."""
