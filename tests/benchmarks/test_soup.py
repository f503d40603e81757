"""BeautifulSoup is set beside asrun as doing the same: it must give the same rows."""

import pytest

from pipeline.parse import parse_page
from pipeline.sources import load_sources
from tests.benchmarks.extraction import Sample, groups
from tests.benchmarks.soup import on_beautiful_soup


@pytest.mark.parametrize("sample", groups(), ids=lambda sample: sample.name)
def test_beautiful_soup_gives_the_same_rows(sample: Sample) -> None:
    sources = load_sources()
    content, url = sample.pages[0]
    own = parse_page(content, url=url, content_type="text/html", sources=sources)

    with on_beautiful_soup():
        assert parse_page(content, url=url, content_type="text/html", sources=sources) == own
