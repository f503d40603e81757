"""Blocks of text to a script: labels, cues and passages in order, apart from all that was never said. Pure."""
