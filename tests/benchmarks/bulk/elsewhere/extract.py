"""Run in the environment that `make peers` makes: processor seconds a page, by extractor, as JSON on standard output.

Its argument is a file of JSON lines, each a page: its URL and its HTML.
"""

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

from newsplease import NewsPlease
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

WAYS: dict[str, Callable[[str, str], object]] = {
    "news-please": lambda text, url: NewsPlease.from_html(text, url=url, fetch_images=False).maintext,
    "resiliparse": lambda text, _: extract_plain_text(HTMLTree.parse(text), main_content=True),
}


def main() -> None:
    """Measure each extractor on all pages; the first is read once before, so that nothing is loaded in its time."""
    logging.disable()
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    pages = [(page["html"], page["url"]) for page in map(json.loads, lines)]
    found = {}
    for name, way in WAYS.items():
        way(*pages[0])
        start = time.process_time()
        for text, url in pages:
            way(text, url)
        found[name] = (time.process_time() - start) / len(pages)
    sys.stdout.write(json.dumps(found))


main()
