"""A page to give to commands, and what a command answers."""

from collections.abc import Callable

from tests.network import npr
from tests.network.stories import STORIES

PAGE = npr.transcript_page(STORIES[0], STORIES[0].published_at, is_empty=False).body
URL = npr.transcript_url(STORIES[0])

Asrun = Callable[..., tuple[int, str, str]]
"""Arguments to exit code, output and errors."""
