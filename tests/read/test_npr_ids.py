import pytest

from pipeline.read.npr_ids import npr_id_of


@pytest.mark.parametrize(
    ("url", "npr_id"),
    [
        ("https://www.npr.org/transcripts/1005674357", "1005674357"),
        ("https://www.npr.org/transcripts/nx-s1-5665795-e1", "nx-s1-5665795-e1"),
        ("https://www.npr.org/2026/01/04/g-s1-44212/oil", "g-s1-44212"),
        ("https://www.npr.org/sections/thetwo-way/2016/12/15/505723552/jury", "505723552"),
        ("http://www.npr.org/blogs/money/2010/10/04/130329523/how", "130329523"),
        ("http://www.npr.org/templates/transcript/transcript.php?storyId=5565800", "5565800"),
        ("http://www.npr.org/templates/story/story.php?storyId=5565800&ft=1", "5565800"),
        ("https://text.npr.org/g-s1-44212", "g-s1-44212"),
        ("https://text.npr.org/s.php?sId=5565800", "5565800"),
        ("https://www.npr.org/sections/news/", None),
        ("https://www.kpbs.org/2026/01/04/5565800/x", None),
        ("https://evil.example/?u=https://www.npr.org/transcripts/1", None),
        ("", None),
        (None, None),
    ],
)
def test_the_id_in_an_address(url: str | None, npr_id: str | None) -> None:
    assert npr_id_of(url) == npr_id
