"""Pages a second of one core: asrun's reading beside others' extraction of text, on the same pages.

What is compared is not the same work: asrun gives turns with their speakers, the others plain text.
"""

import json
import subprocess
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile

from bs4 import BeautifulSoup

from pipeline.parse import parse_page
from pipeline.sources import load_sources
from tests.network.crawl_server import Crawled

Way = Callable[[str, str], object]

PEERS = ("BeautifulSoup + lxml", "trafilatura", "newspaper4k", "news-please", "resiliparse")
"""All that asrun is set beside."""

_ELSEWHERE = Path(__file__).with_name("elsewhere")
_PYTHON = _ELSEWHERE / ".venv/bin/python"


def rates(pages: list[Crawled]) -> dict[str, float]:
    """Pages a second by way of reading; those whose library is not installed are left out."""
    texts = [(page.body.decode(), page.url) for page in pages]
    return {name: _rate(way, texts) for name, way in _ways().items()} | _rates_elsewhere(texts)


def _rates_elsewhere(texts: list[tuple[str, str]]) -> dict[str, float]:
    """Those of extractors that have an environment of their own; none where `make peers` has not made it."""
    if not _PYTHON.exists():
        return {}
    with NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps({"html": text, "url": url}) + "\n" for text, url in texts)
        file.flush()
        told = subprocess.run(
            [_PYTHON, "-W", "ignore", _ELSEWHERE / "extract.py", file.name], check=True, stdout=subprocess.PIPE
        )
    return {name: 1 / seconds for name, seconds in json.loads(told.stdout).items()}


def _ways() -> dict[str, Way]:
    sources = load_sources()
    ways: dict[str, Way] = {
        "asrun": lambda text, url: parse_page(text.encode(), url=url, content_type="text/html", sources=sources),
        "BeautifulSoup + lxml": lambda text, _: BeautifulSoup(text, "lxml").get_text("\n"),
    }
    if find_spec("trafilatura"):
        from trafilatura import extract

        ways["trafilatura"] = lambda text, _: extract(text)
    if find_spec("newspaper"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that its language models, which nobody asks for, are missing
            from newspaper import Article

        def newspaper(text: str, url: str) -> str:
            article = Article(url, fetch_images=False)
            article.download(input_html=text)
            article.parse()
            return str(article.text)

        ways["newspaper4k"] = newspaper
    return ways


def _rate(way: Way, texts: list[tuple[str, str]]) -> float:
    way(*texts[0])
    start = time.process_time()
    for text, url in texts:
        way(text, url)
    return len(texts) / (time.process_time() - start)
