"""Blocks of text to turns, speakers and bylines. Pure."""
