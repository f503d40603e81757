"""NPR's ids of stories: the same in the URLs of a story and of its transcript, whatever form a page comes in."""

import re

_ID = r"(?P<id>(?:nx-s1-|g-s1-)?\d+(?:-e\d+)?)(?:[/?#&]|$)"
_ADDRESSES = (
    # 2012 on; section blogs and, to 2014, /blogs/.
    re.compile(
        r"https?://(?:[\w-]+\.)*npr\.org/(?:transcripts/|(?:(?:sections|blogs)/[\w-]+/)?\d{4}/\d{2}/\d{2}/)" + _ID
    ),
    # To 2012, and still answered: /templates/transcript/transcript.php?storyId=5565800, .../story/story.php?storyId=...
    re.compile(r"https?://(?:[\w-]+\.)*npr\.org/templates/(?:transcript/transcript|story/story)\.php\?storyId=" + _ID),
    # The text-only site: text.npr.org/g-s1-44212, to 2021 text.npr.org/s.php?sId=5565800.
    re.compile(r"https?://text\.npr\.org/(?:s\.php\?sId=)?" + _ID),
)


def npr_id_of(url: str | None) -> str | None:
    """The id in an address of npr.org; None in any other.

    >>> npr_id_of("https://www.npr.org/2026/01/04/nx-s1-5665795/oil-in-venezuela")
    'nx-s1-5665795'
    """
    if not url or "npr.org/" not in url:
        return None
    return next((found["id"] for address in _ADDRESSES if (found := address.match(url))), None)
