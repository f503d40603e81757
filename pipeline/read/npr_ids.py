"""NPR's ids of stories: the same in the URLs of a story and of its transcript, whatever form a page comes in."""

import re

_ADDRESS = re.compile(
    r"https?://(?:[\w-]+\.)*npr\.org/(?:transcripts/|(?:sections/[\w-]+/)?\d{4}/\d{2}/\d{2}/)"
    r"(?P<id>(?:nx-s1-|g-s1-)?\d+(?:-e\d+)?)(?:[/?#]|$)"
)


def npr_id_of(url: str | None) -> str | None:
    """The id in an address of npr.org; None in any other.

    >>> npr_id_of("https://www.npr.org/2026/01/04/nx-s1-5665795/oil-in-venezuela")
    'nx-s1-5665795'
    """
    found = _ADDRESS.match(url or "")
    return found["id"] if found else None
