import pytest

from pipeline.errors import PageRejected
from pipeline.read.feeds import kind_of_xml
from pipeline.read.page import LAYOUTS, RECORD_LAYOUTS, read_page
from pipeline.read.wnyc_text import wnyc_blocks
from pipeline.records import Block


def test_every_layout_has_a_name_of_its_own() -> None:
    names = [layout.NAME for layout in (*LAYOUTS, *RECORD_LAYOUTS)]

    assert len(set(names)) == len(names)
    assert names == [layout.__name__.rpartition(".")[2] for layout in (*LAYOUTS, *RECORD_LAYOUTS)]


@pytest.mark.parametrize(
    ("url", "layout"),
    [
        ("https://www.npr.org/transcripts/1", "npr_transcript"),
        ("http://www.npr.org/templates/transcript/transcript.php?storyId=1", "npr_transcript_2006"),
        ("https://www.npr.org/2016/12/15/505723552/jury", "npr_story"),
        ("https://text.npr.org/1", "npr_text"),
        ("https://www.wnyc.org/story/x", "wnyc"),
        ("https://radiolab.org/podcast/x", "radiolab"),
        ("https://www.thisamericanlife.org/1/transcript", "this_american_life"),
        ("https://freshairarchive.org/segments/x", "fresh_air_archive"),
        ("https://www.marketplace.org/2009/09/11/x", "marketplace"),
        ("http://upr.org/post/x", "core_publisher"),
        ("https://radio.example.org/x", "generic"),
        ("https://notnpr.org/transcripts/1", "generic"),
        (None, "generic"),
    ],
)
def test_the_address_alone_chooses_a_layout(url: str | None, layout: str) -> None:
    assert read_page(b"<p>Hello.</p>", url=url, content_type="text/html").layout == layout


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        ('{"title": "x"}', "not_a_transcript"),
        ('[{"title": "x"}]', "not_a_transcript"),
        ('{"title": "x', "rejected:malformed"),
        ('{"a":' * 100_000, "rejected:malformed"),
        ("[" * 100_000, "rejected:malformed"),
        ("<?xml version='1.0'?><!-- x --><urlset></urlset>", "not_a_transcript"),
    ],
)
def test_records_and_feeds_are_refused_by_name(content: str, outcome: str) -> None:
    with pytest.raises(PageRejected) as rejection:
        read_page(content.encode(), url=None, content_type="application/json")

    assert rejection.value.outcome == outcome


@pytest.mark.parametrize(
    "page", ["<?xml version='1.0'?><!DOCTYPE html><html><p>a</p></html>", "<p>a</p>", "T\n\na < b", "T\n\n{a} b"]
)
def test_pages_are_no_feeds(page: str) -> None:
    assert kind_of_xml(page) is None
    assert read_page(page.encode(), url=None, content_type=None).blocks


@pytest.mark.parametrize("content_type", ["text/html", "text/plain"])
def test_an_accent_is_one_character_with_its_letter(content_type: str) -> None:
    letter = "PEN\u0303A"
    markup = f'<title>{letter}</title><meta name="description" content="{letter}">\n<p>{letter}: Hola.</p><p>{letter}'
    page = read_page(markup.encode(), url=None, content_type=content_type)

    assert all("PEÑA" in text for text in (page.title or "", *(block.text for block in page.blocks)))
    assert content_type == "text/plain" or page.teaser == "PEÑA"


def test_a_time_alone_is_when_the_next_words_begin() -> None:
    texts = [
        "CRANES FINAL WEB TRANSCRIPT",
        "#00:00:30.70#",
        "RK: Hello.",
        "SC: No.",
        "#01:15:49.49#",
        "[THE END]",
        "-30-",
    ]

    assert wnyc_blocks(texts) == (Block("RK: Hello.", start_seconds=30.7), Block("SC: No."))
